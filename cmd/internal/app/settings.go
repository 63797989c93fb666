package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
	"go.yaml.in/yaml/v4"
)

// maxConfig bounds a configuration file, in bytes.
const maxConfig = 1 << 20

// settings are what the configuration file says: values for flags, by the
// flag's name, and sections that hold for one vault only.
type settings struct {
	file   string
	values map[string]string
}

// A configFile is the form of config.yaml.
type configFile struct {
	Vaults map[string]map[string]string `yaml:"vaults"`
	Values map[string]string            `yaml:",inline"`
}

// readSettings reads the file that --config names, or the user's own, which
// may be missing.
func readSettings(c *cli.Context) (settings, error) {
	path, asked := c.Path("config"), c.IsSet("config")
	if !asked {
		dir, err := os.UserConfigDir()
		if err != nil {
			return settings{}, nil // no home, no settings
		}
		path = filepath.Join(dir, "clipmend", "config.yaml")
	}
	data, err := readBounded(path, maxConfig)
	if errors.Is(err, fs.ErrNotExist) && !asked {
		return settings{}, nil
	}
	if err != nil {
		return settings{}, usagef("config: %w", err)
	}
	var file configFile
	if err := yaml.Unmarshal(data, &file); err != nil {
		return settings{}, usagef("config: %s: %w", path, err)
	}
	return settings{file: path, values: file.valuesFor(c.Path("vault"))}, nil
}

// valuesFor joins the general values with those of the vault's section, which
// win.
func (f configFile) valuesFor(vault string) map[string]string {
	values := maps.Clone(f.Values)
	if values == nil {
		values = map[string]string{}
	}
	if vault == "" {
		vault = values["vault"]
	}
	for name, section := range f.Vaults {
		if samePath(name, vault) {
			maps.Copy(values, section)
		}
	}
	return values
}

// apply gives flags that neither the command line nor the environment set, or set
// to nothing, the value of the file. Names that no flag of the verb has are left to
// other verbs, and what is asked for wins over another way to say it in the file.
func (st settings) apply(c *cli.Context) error {
	given := func(name string) bool { return c.IsSet(name) && c.String(name) != "" }
	strict, least := c.Bool("strict"), given("min-confidence")
	for _, name := range slices.Sorted(maps.Keys(st.values)) {
		if flagNamed(c.Command.Flags, name) == nil || given(name) || name == "min-confidence" && strict || name == "strict" && least {
			continue
		}
		if err := c.Set(name, st.values[name]); err != nil {
			return usagef("config: %s: %s: %w", st.file, name, err)
		}
	}
	return nil
}

// unknown tells of the names in the file that no verb has a flag for.
func (st settings) unknown(app *cli.App) []string {
	var all []cli.Flag
	for _, v := range app.Commands {
		all = append(all, v.Flags...)
	}
	var messages []string
	for _, name := range slices.Sorted(maps.Keys(st.values)) {
		if flagNamed(all, name) != nil {
			continue
		}
		message := fmt.Sprintf("no verb has a setting %q", name)
		if near := strings.TrimLeft(cli.SuggestFlag(all, name, true), "-"); alike(near, name) {
			message += "; do you mean " + near + "?"
		}
		messages = append(messages, message)
	}
	return messages
}

func samePath(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// readBounded reads a whole file of at most limit bytes.
func readBounded(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var buf bytes.Buffer
	n, err := io.Copy(&buf, io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, fmt.Errorf("%s: larger than %d MiB", path, limit>>20)
	}
	return buf.Bytes(), nil
}
