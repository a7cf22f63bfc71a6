/** Fits a terminal of 80 columns and 24 lines, with a line left for the prompt. */
export const helpText = `hilt-guard keeps Hilt API keys out of repositories and client bundles.
Usage: hilt-guard [command] [option...] [path...]
  [scan] [path...]          scan the working tree, or these literal paths
  --staged                  scan what the next commit will hold
  --stdin --stdin-filename <name>   scan text from stdin
  hook pre-commit           what the git hook calls: --staged, with words
  baseline [--prune]        accept today's findings; or drop stale ones
  keys                      every key: where it is declared, who uses it
  explain <rule>            read a rule's page
Options:
  -f, --format <name>       stylish (default) or json; makes pairs with
  -o, --output <file>       the file to write this report to, not stdout
  --rule <id>=<level>       set a rule to off, warn or error; repeatable
  --max-warnings <n>        exit 1 above this number     --quiet  errors only
  -c, --config <file>       default: the nearest hilt-guard.config.json
  --baseline <file>         findings that are accepted
  --no-project, --no-cache  look at each file alone; keep nothing between runs
  --allow-incomplete        accept that something could not be read
  --color, --no-color       -v, --version     -h, --help
Exit codes: 0  nothing at error level, and at most --max-warnings warnings
            1  findings
            2  the guard could not do its work: bad option or configuration, git
               failure, internal error, or something that was not read
`;
