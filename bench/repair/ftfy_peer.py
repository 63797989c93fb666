"""Compares what ftfy mends with what score said of us in the same run.

    ftfy_peer.py FILE.jsonl MEGABYTES OURS

FILE has lines {"chain", "orig", "bad"}, OURS is what score printed. ftfy runs as its
encoding-only settings would, on the text of each chain, line by line as it does.
"""

import json
import re
import sys
import time

import ftfy

CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
ROW = "{:<20} {:>9} {:>9} {:>10} {:>10} {:>7}"


def ours(path):
    """The share of exact lines and the MB/s that score printed, by chain."""
    exact, speed = {}, {}
    for line in open(path, encoding="utf-8"):
        if m := re.match(r"(.+?) +lines +([\d.]+) %", line):
            exact[m[1]] = float(m[2])
        elif m := re.match(r"(.+?) +([\d.]+) MB/s", line):
            speed[m[1]] = float(m[2])
    return exact, speed


def rate(text):
    """Megabytes that ftfy goes through in a second of processor time."""
    before = time.process_time()
    ftfy.fix_text(text, CONFIG)
    return len(text.encode()) / 1e6 / (time.process_time() - before)


def main():
    path, size = sys.argv[1], int(float(sys.argv[2]) * 1e6)
    exact, speed = ours(sys.argv[3])
    chains = {}
    for line in open(path, encoding="utf-8"):
        line = json.loads(line)
        chains.setdefault(line["chain"], []).append((line["orig"], line["bad"]))

    print(f"\nbeside ftfy {ftfy.__version__}:")
    print(ROW.format("chain", "exact %", "ftfy", "MB/s", "ftfy", "ratio"))
    right = lines = total = 0
    seconds = 0.0
    for chain, pairs in sorted(chains.items()):
        n = sum(ftfy.fix_text(bad, CONFIG) == orig for orig, bad in pairs)
        right, lines = right + n, lines + len(pairs)
        text = "".join(bad + "\n" for _, bad in pairs)
        text *= size // len(text.encode()) + 1
        mb = rate(text)
        total += len(text.encode()) / 1e6
        seconds += len(text.encode()) / 1e6 / mb
        row(chain, exact.get(chain), 100 * n / len(pairs), speed.get(chain), mb)
    row("all", exact.get("all"), 100 * right / lines, speed.get("all broken"), total / seconds)


def row(chain, exact, ftfy_exact, speed, ftfy_speed):
    both = exact is not None and speed is not None
    print(ROW.format(
        chain,
        f"{exact:.1f}" if both else "-", f"{ftfy_exact:.1f}",
        f"{speed:.1f}" if both else "-", f"{ftfy_speed:.2f}",
        f"{speed / ftfy_speed:.0f}" if both else "-",
    ))


main()
