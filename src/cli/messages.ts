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

export function badRuleOption(): string {
  return 'The option --rule needs a rule and a level: --rule no-hardcoded-key=warn (off, warn or error).';
}

export function badCount(name: string): string {
  return `The option --${name} needs a whole number.`;
}

export function unknownFormat(name: string, known: readonly string[], nearest: string | undefined): string {
  const shown = /^[a-z][a-z-]{0,24}$/i.test(name) ? ` "${name}"` : '';
  return `There is no format${shown}. ${nearest === undefined ? `The formats are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`}`;
}

export function conflictingOptions(first: string, second: string): string {
  return `${first} and ${second} cannot be used together. ${help}`;
}

export function stdinNeedsName(): string {
  return '--stdin needs --stdin-filename <name>: the name tells what kind of file the text is.';
}

export function nameNeedsStdin(): string {
  return '--stdin-filename is of use only with --stdin.';
}

export function notYet(what: string): string {
  return `${what} is not in this version yet. ${help}`;
}

export function unknownHook(known: readonly string[]): string {
  return `Which hook? Use one of: ${known.map((name) => `hilt-guard hook ${name}`).join(', ')}.`;
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

export function tooManyWarnings(warnings: number, allowed: number): string {
  return `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, and --max-warnings allows ${allowed}.`;
}

export function commitBlockedByFindings(): string {
  return 'The commit is blocked: take the keys out, stage the change (git add) and commit again.';
}

export function commitBlockedByFailure(): string {
  return 'The commit is blocked: the guard could not do its work (see above).';
}

export function internalError(version: string, reportAt: string, stack: string): string {
  return `hilt-guard ${version} failed. This is a fault of the tool, please report it at ${reportAt} with these lines:\n${stack}`;
}
