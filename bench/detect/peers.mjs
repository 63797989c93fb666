// Compares detectors of npm on a file of JSON Lines {"enc", "len", "b": base64}:
// the share of snippets that are read as they were meant, by length, and MB/s.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const lines = readFileSync(process.argv[2], "utf8").trim().split("\n").map((l) => JSON.parse(l));
for (const s of lines) s.bytes = Buffer.from(s.b, "base64");

// The libraries' names as the WHATWG's; null where it has none.
function decode(bytes, name) {
  name = (name || "").toLowerCase().replace(/^cp125/, "windows-125").replace(/^cp866$/, "ibm866").replace(/^cp874$/, "windows-874")
    .replace(/^iso8859/, "iso-8859").replace(/^maccyrillic$/, "x-mac-cyrillic").replace(/^ascii$/, "utf-8");
  try {
    return new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function peers() {
  const all = [];
  try {
    const jschardet = require("jschardet");
    all.push(["jschardet", (b) => jschardet.detect(b).encoding]);
  } catch (e) {
    console.error("jschardet is not there, skipped: " + e.message.split("\n")[0]);
  }
  try {
    // The package is made for bundlers: its glue and its module are put together here.
    const dir = require.resolve("chardetng-wasm/package.json").replace(/package.json$/, "dist/");
    const source = readFileSync(dir + "chardetng_wasm_bg.js", "utf8").replace(/^import .*$/m, "let wasm; export function setWasm(w) { wasm = w; }");
    const glue = await import("data:text/javascript," + encodeURIComponent(source));
    const { instance } = await WebAssembly.instantiate(readFileSync(dir + "chardetng_wasm_bg.wasm"), { "./chardetng_wasm_bg.js": glue });
    glue.setWasm(instance.exports);
    all.push(["chardetng-wasm", (b) => {
      const d = glue.EncodingDetector.new();
      d.feed(b, true);
      const name = d.guess(undefined, true);
      d.free();
      return name;
    }]);
  } catch (e) {
    console.error("chardetng-wasm is not there, skipped: " + e.message.split("\n")[0]);
  }
  return all;
}

for (const [name, detect] of await peers()) {
  const right = {}, total = {};
  let size = 0;
  const begin = process.cpuUsage();
  const answers = lines.map((s) => { size += s.bytes.length; return detect(s.bytes); });
  const spent = process.cpuUsage(begin);
  lines.forEach((s, i) => {
    total[s.len] = (total[s.len] || 0) + 1;
    const want = decode(s.bytes, s.enc), got = decode(s.bytes, answers[i]);
    if (want !== null && want === got) right[s.len] = (right[s.len] || 0) + 1;
  });
  const shares = Object.keys(total).sort((a, b) => a - b).map((n) => ((100 * (right[n] || 0)) / total[n]).toFixed(2));
  console.log(`| ${name} | ${shares.join(" | ")} | ${(size / (spent.user + spent.system)).toFixed(1)} |`);
}
