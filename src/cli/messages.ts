/** Every text with which the command line refuses or fails: what failed, where, what to do. They quote a user's word only where it can be no key. */

const help = 'Run "hilt-guard --help" for the options.';

export function unknownOption(rawName: string, nearest: string | undefined): string {
  const name = /^--?[a-z][a-z-]{0,24}$/i.test(rawName) ? ` ${rawName}` : '';
  return `Unknown option${name}. ${nearest === undefined ? help : `Did you mean --${nearest}?`}`;
}

export function optionNeedsValue(name: string): string {
  return `The option --${name} needs a value. ${help}`;
}

export function optionTakesNoValue(name: string): string {
  return `The option --${name} takes no value. ${help}`;
}

export function twoReportsOnStdout(): string {
  return 'Two reports would both go to stdout. Give all but one of them a file: --format json --output report.json';
}

export function badRuleOption(nearestLevel: string | undefined): string {
  return `The option --rule needs a rule and a level: --rule no-hardcoded-key=warn (off, warn or error).${nearestLevel === undefined ? '' : ` Did you mean "${nearestLevel}"?`}`;
}

export function badCount(name: string): string {
  return `The option --${name} needs a whole number: --${name} 0`;
}

/** Of reports of findings; the inventory has formats of its own. */
const laterFormats = ['sarif', 'github', 'gitlab', 'junit', 'markdown', 'html'];

export function unknownFormat(name: string, known: readonly string[], nearest: string | undefined): string {
  if (known.includes('stylish') && laterFormats.includes(name)) return `The format "${name}" is not in this version yet. Today the formats are: ${known.join(', ')}.`;
  const shown = /^[a-z][a-z-]{0,24}$/i.test(name) ? ` "${name}"` : '';
  return `There is no format${shown}. ${nearest === undefined ? `The formats are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`}`;
}

export function conflictingOptions(first: string, second: string): string {
  return `${first} and ${second} cannot be used together. ${help}`;
}

export function stdinNeedsName(): string {
  return '--stdin needs --stdin-filename <name>: the name tells what kind of file the text is.';
}

export function stdinNotRead(code: string): string {
  return `stdin could not be read (${code}). Give it a text: git show HEAD:src/a.ts | hilt-guard --stdin --stdin-filename src/a.ts`;
}

export function nameNeedsStdin(): string {
  return '--stdin-filename is of use only with --stdin. To scan a file on disk, name it: hilt-guard <path>';
}

export function twoReportsInOneFile(): string {
  return 'Two reports would be written into one file. Give each a file of its own.';
}

export function unknownCommand(operand: string, nearest: string): string {
  return `There is no command and no file "${operand}". Did you mean "hilt-guard ${nearest}"?`;
}

export function optionNotFor(name: string, command: string): string {
  return `The option --${name} does nothing for "${command}". ${help}`;
}

const pastCommits = 'Today no past commits are scanned: scan each commit before it is made (hilt-guard hook pre-commit) and the checked out files in CI (hilt-guard).';
const today: Readonly<Record<string, string>> = {
  since: pastCommits,
  range: pastCommits,
  history: `${pastCommits} For one file of one commit: git show <commit>:<file> | hilt-guard --stdin --stdin-filename <file>`,
  bundle: 'Today: name the folder that was built, and its text files and source maps are scanned: hilt-guard dist',
  init: 'Today: put "npx --no-install hilt-guard hook pre-commit" into .husky/pre-commit or .git/hooks/pre-commit, and hilt-guard/eslint into eslint.config.js. The README shows both.',
  'pre-push': 'Today: stop keys before they are committed, with "hilt-guard hook pre-commit", and run "hilt-guard" in CI.',
};

export function optionNotYet(name: 'since' | 'range' | 'history' | 'all' | 'yes' | 'dry-run'): string {
  if (name === 'all') return `--all belongs to --history, which is not in this version yet. ${today['history']}`;
  if (name === 'yes' || name === 'dry-run') return `--${name} belongs to "init", which is not in this version yet. ${today['init']}`;
  return `--${name} is not in this version yet. ${today[name]}`;
}

export function commandNotYet(name: 'bundle' | 'init'): string {
  return `The command "${name}" is not in this version yet. ${today[name]}`;
}

export function hookNotYet(): string {
  return `The hook "pre-push" is not in this version yet. ${today['pre-push']}`;
}

export function unknownHook(nearest: string | undefined): string {
  return nearest === undefined ? 'Which hook? Use: hilt-guard hook pre-commit.' : `There is no such hook. Did you mean "hilt-guard hook ${nearest}"?`;
}

export function hookTakesNoPaths(): string {
  return 'The hook takes no paths: it looks at the whole index, as the commit will hold it. To look at single files of the index: hilt-guard --staged <path>';
}

export function explainNeedsRule(known: readonly string[]): string {
  return `Which rule? Use: hilt-guard explain <rule>. The rules are: ${known.join(', ')}.`;
}

export function pageMissing(rule: string, url: string): string {
  return `The page of ${rule} is not in this installation. Read it at ${url}`;
}

export function outputNotWritten(path: string, code: string): string {
  return `The report could not be written to "${path}" (${code}). Check --output.`;
}

export function streamNotWritten(code: string): string {
  return `The report could not be written to the terminal, pipe or file that stdout leads to (${code}). Make room there, or name another file: --output <file>.`;
}

export function baselineNotWritten(path: string, code: string): string {
  return `The baseline could not be written to "${path}" (${code}). Check --baseline.`;
}

export function pruneNeedsWholeTree(): string {
  return '--prune needs the whole repository: leave the paths out.';
}

export function pruneIncomplete(): string {
  return 'Nothing was pruned: not everything could be read (see above), so findings that seem gone may still be there. Use --allow-incomplete to prune all the same.';
}

export function keysNeedsWholeTree(): string {
  return 'keys shows the whole repository: who uses a key cannot be told from a part of it. Leave the paths out.';
}

export function incomplete(): string {
  return 'Not everything could be read, so this scan is no all-clear (exit code 2). Use --allow-incomplete to accept that.';
}

export function incompleteWithFindings(): string {
  return 'Not everything could be read, so there may be more findings.';
}

export function tooManyWarnings(warnings: number, allowed: number): string {
  return `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, and --max-warnings allows ${allowed}.`;
}

export function commitBlockedByFindings(): string {
  return 'The commit is blocked: take the keys out, stage the change (git add) and commit again.';
}

export function pushBlockedByFailure(): string {
  return 'The push is blocked: the guard could not do its work (see above).';
}

export function commitBlockedByFailure(): string {
  return 'The commit is blocked: the guard could not do its work (see above).';
}

export function internalError(version: string, reportAt: string, stack: string): string {
  return `hilt-guard ${version} failed. This is a fault of the tool, please report it at ${reportAt} with these lines:\n${stack}`;
}
