/** Fits a screen of 80 columns and 40 lines. */
export const helpText = `hilt-guard keeps Hilt API keys out of repositories and client bundles.

Usage
  hilt-guard [scan] [path...]      scan the working tree, or these literal paths
  hilt-guard --staged              scan what the next commit will hold
  hilt-guard --stdin --stdin-filename <name>   scan text from stdin
  hilt-guard hook pre-commit       what the git hook calls: --staged, with words
  hilt-guard baseline [--prune]    accept today's findings; or drop stale ones
  hilt-guard keys                  every key: where it is declared, who uses it
  hilt-guard explain <rule>        read a rule's page

Options
  -f, --format <name>     stylish (default) or json; makes pairs with --output
  -o, --output <file>     write this report to a file instead of stdout
      --rule <id>=<level> set a rule to off, warn or error; repeatable
      --max-warnings <n>  exit 1 above this number of warnings
      --quiet             report errors only
  -c, --config <file>     default: hilt-guard.config.json, or "hiltGuard" in
                          package.json, from here up to the repository's root
      --baseline <file>   findings that are accepted
      --no-project        look at every file alone, follow no import
      --no-cache          neither read nor write a cache
      --allow-incomplete  accept that something could not be read
      --color, --no-color default: as the terminal, NO_COLOR and FORCE_COLOR say
  -v, --version    -h, --help

Exit codes
  0  nothing at error level, and at most --max-warnings warnings
  1  findings
  2  the guard could not do its work: bad option, bad config, git or internal
     error, or no finding but something was not read (--allow-incomplete)

Examples
  hilt-guard --staged --quiet
  hilt-guard src .env --format json --output report.json
  git show HEAD:src/a.ts | hilt-guard --stdin --stdin-filename src/a.ts
`;
