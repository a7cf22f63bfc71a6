import type { Span } from '../../syntax/span.ts';

/** One command of a package script, as words. */
export interface ScriptCommand {
  readonly script: string;
  /** Base name of the program: `esbuild`, `bun`, `parcel`. Wrappers such as `cross-env X=1` and `npx` are taken off. */
  readonly program: string;
  readonly args: readonly string[];
  /** The script's string in package.json. */
  readonly at: Span;
}

/** The commands of a script line. Shell syntax beyond quotes and `&&`, `||`, `;`, `|`, `&` is taken for words. */
export function commandsOf(script: string, line: string, at: Span): ScriptCommand[] {
  return splitCommands(line).flatMap((words) => {
    const rest = withoutWrappers(words);
    const [program, ...args] = rest;
    return program === undefined ? [] : [{ script, program: program.replace(/^.*\//, '').replace(/\.cmd$/, ''), args, at }];
  });
}

function splitCommands(line: string): string[][] {
  const commands: string[][] = [[]];
  for (const match of line.matchAll(/&&|\|\||[;|&\n]|((?:[^\s"'&|;\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)/g)) {
    if (match[1] === undefined) commands.push([]);
    else commands.at(-1)?.push(unquote(match[1]));
  }
  return commands.filter((words) => words.length > 0);
}

function unquote(word: string): string {
  return word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double: string | undefined, single: string | undefined, escaped: string | undefined) =>
    double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1'));
}

const wrappers = new Set(['npx', 'pnpx', 'bunx', 'cross-env', 'cross-env-shell', 'env', 'dotenv', 'env-cmd', 'exec', 'time', 'nice', 'doppler', 'infisical', 'op', 'with-env']);

function withoutWrappers(words: readonly string[]): readonly string[] {
  let rest = words;
  while (rest[0] !== undefined) {
    const [first, second, ...others] = rest;
    if (/^[A-Za-z_]\w*=/.test(first)) rest = rest.slice(1);
    else if (first === 'pnpm' || first === 'yarn' || first === 'npm') {
      if (second !== 'exec' && second !== 'dlx') return second !== undefined && first !== 'npm' && !/^(?:run|add|install)$/.test(second) ? rest.slice(1) : rest;
      rest = others;
    } else if (wrappers.has(first)) rest = skipOptions(rest.slice(1));
    else return rest;
  }
  return rest;
}

/** Options of a wrapper end at the first word that is none, or behind `--`. */
function skipOptions(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  if (end >= 0) return words.slice(end + 1);
  const first = words.findIndex((word) => !word.startsWith('-') && !/^[A-Za-z_]\w*=/.test(word) && word !== 'run');
  return first < 0 ? [] : words.slice(first);
}

/** The value of `--name=value`, `--name value` (where `value` is no option) and `--name:key=value`; all of them. */
export function optionsOf(args: readonly string[], name: string): string[] {
  const found: string[] = [];
  args.forEach((arg, i) => {
    const next = args[i + 1];
    if (arg.startsWith(`${name}=`) || arg.startsWith(`${name}:`)) found.push(arg.slice(name.length + 1));
    else if (arg === name && next !== undefined && !next.startsWith('-')) found.push(next);
  });
  return found;
}

/** Arguments that are no options and look like source files. */
export function fileArguments(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-') && /\.(?:[mc]?[jt]sx?|html?|vue|svelte)$/.test(arg) && !/=/.test(arg));
}
