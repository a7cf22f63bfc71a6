import { environmentGetters, environmentRead } from '../estree/environment.ts';
import type { Span } from '../span.ts';
import type { VariableForm, VariableValue } from '../value.ts';

/**
 * Finds reads of the environment in the text of a program that is too large or too broken for a tree: `process.env.X`,
 * `import.meta.env["X"]`, `Deno.env.get("X")`, `const { X } = import.meta.env`, `const env = import.meta.env; env.X`. What stands in comments and in quotes reads nothing.
 * Where a quote begins is only guessed (JSX has some that are none), so a quote ends with its line.
 *
 * @returns in position order; at most 10,000
 */
export function findVariableReads(text: string): VariableValue[] {
  const found: VariableValue[] = [];
  const aliases = aliasesIn(text);
  const search = aliases.size === 0 ? new RegExp(token) : new RegExp(`${aliasToken(aliases)}|${token.source}`, 'g');
  for (let match = search.exec(text); match && found.length < mostReads; match = search.exec(text)) {
    const { index } = match;
    const end = endOfAside(text, index);
    if (end === undefined) found.push(...readsOf(match, aliases));
    else search.lastIndex = end;
  }
  return found;
}

const mostReads = 10_000;

const environment = String.raw`(?<![\w$.])(?:process\.env|import\.meta\.env|Bun\.env)`;
const name = String.raw`[A-Za-z_]\w{0,127}`;
const quotedName = String.raw`\s{0,40}["'\x60](NAME)["'\x60]\s{0,40}`;
const token = new RegExp([
  String.raw`\/[*\/]|<!--`,
  // A division stands behind a value, a regular expression does not.
  String.raw`(?<=(?:[=(,:;!&|?{}[+>]|\breturn)[ \t]{0,8})\/`,
  String.raw`(?<!\w)'|"`,
  `(?<path>${environment})\\s{0,40}(?:\\??\\.\\s{0,40}(?<member>${name})(?![\\w$])(?!\\s{0,40}\\()|(?:\\?\\.)?\\[${quotedName.replace('(NAME)', `(?<item>${name})`)}\\])`,
  `(?<![\\w$.])(?<getter>Deno\\.env\\.get)\\(${quotedName.replace('(NAME)', `(?<asked>${name})`)}\\)`,
  `\\{(?<names>[\\w\\s,:='"]{1,2000})\\}\\s{0,40}=\\s{0,40}(?<whole>${environment})(?![\\w$.[?])`,
].join('|'), 'g');

const aliasing = new RegExp(`(?<![\\w$.])([A-Za-z_$][\\w$]{0,60})\\s{0,40}=\\s{0,40}(${environment})(?![\\w$.[(]|\\?\\.|\\?\\[)`, 'g');
const mostAliases = 16;

/** Names for the whole environment: `const env = import.meta.env`. Scopes are not told apart. */
function aliasesIn(text: string): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const [, alias = '', path = ''] of text.matchAll(aliasing)) if (aliases.size < mostAliases) aliases.set(alias, path);
  return aliases;
}

/** A short name stands for other things, too, so that only members count that are written as variables are. */
function aliasToken(aliases: ReadonlyMap<string, string>): string {
  const variable = String.raw`[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{1,80}`;
  const names = [...aliases.keys()].map((alias) => alias.replaceAll('$', '\\$')).join('|');
  const item = quotedName.replace('(NAME)', `(?<aliasItem>${variable})`);
  return `(?<![\\w$.])(?<alias>${names})(?:\\??\\.(?<aliasMember>${variable})(?![\\w$(])|(?:\\?\\.)?\\[${item}\\])|\\{(?<aliasNames>[\\w\\s,:='"]{1,2000})\\}\\s{0,40}=\\s{0,40}(?<aliasWhole>${names})(?![\\w$.[?(])`;
}

/** Where the comment, the regular expression or the quoted text that begins at `start` ends; `undefined` where none does. */
function endOfAside(text: string, start: number): number | undefined {
  const opener = text[start];
  if (opener === '"' || opener === "'") return endOfLiteral(text, start, opener);
  if (opener === '<') return endBehind(text, '-->', start + 4);
  if (opener !== '/') return undefined;
  if (text[start + 1] === '*') return endBehind(text, '*/', start + 2);
  // The slashes of an address that JSX or a template has without quotes.
  if (text[start + 1] === '/') return text[start - 1] === ':' ? start + 2 : endBehind(text, '\n', start + 2);
  const isRegExp = text.slice(start + 1, start + longestRegExp).split('\n', 1)[0]?.includes('/');
  return isRegExp ? endOfLiteral(text, start, '/') : start + 1;
}

const longestRegExp = 300;

function endBehind(text: string, closer: string, from: number): number {
  const at = text.indexOf(closer, from);
  return at < 0 ? text.length : at + closer.length;
}

function endOfLiteral(text: string, start: number, closer: string): number {
  let isInClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '\n') return at;
    else if (character === closer && !isInClass) return at + 1;
    else if (closer === '/' && (character === '[' || character === ']')) isInClass = character === '[';
  }
  return text.length;
}

function readsOf({ 0: written, index, groups = {} }: RegExpExecArray, aliases: ReadonlyMap<string, string>): VariableValue[] {
  const { path, member, item, getter, asked, names, whole, alias, aliasMember, aliasItem, aliasNames, aliasWhole } = groups;
  const at: Span = [index, index + written.length];
  if (alias !== undefined) return read(aliases.get(alias) ?? '', aliasMember ?? aliasItem, 'alias', at);
  if (aliasNames !== undefined) return destructured(aliases.get(aliasWhole ?? '') ?? '', aliasNames, index + 1).filter(({ name }) => /^[A-Z]\w*_/.test(name));
  if (names !== undefined) return destructured(whole ?? '', names, index + 1);
  if (getter !== undefined) return [{ kind: 'variable', name: asked ?? '', access: environmentGetters.get(getter) ?? 'helper', form: 'call', at }];
  return read(path ?? '', member ?? item, written.includes('?.') ? 'optional' : member === undefined ? 'bracket' : 'dot', at);
}

/** `VITE_A, VITE_B: b`: a name that is given another is read under its own. */
function destructured(path: string, names: string, start: number): VariableValue[] {
  return [...names.matchAll(/(?:^|,)\s{0,100}(\w{1,128})/g)].flatMap(({ 0: written, 1: each = '', index }) => {
    const end = start + index + written.length;
    return read(path, each, 'destructured', [end - each.length, end]);
  });
}

function read(path: string, asked: string | undefined, form: VariableForm, at: Span): VariableValue[] {
  const variable = asked === undefined ? undefined : environmentRead(path, asked, form, at);
  return variable ? [variable] : [];
}
