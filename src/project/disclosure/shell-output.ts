import type { Evaluator } from '../evaluate.ts';
import type { Lazy, Resolved } from '../resolved.ts';
import { wordsIn } from '../shell-commands.ts';
import { isKeywords } from '../signature.ts';

/** Characters that a cut may leave of a key: Hilt's own lists show a prefix. */
const shownCharacters = 12;

/** Commands that print all of what they are given, as it is or in a form that anyone can undo. */
const passing: ReadonlySet<string> = new Set([
  'cat', 'tee', 'sort', 'uniq', 'tac', 'nl', 'fold', 'fmt', 'rev', 'base64', 'base32', 'xxd', 'od', 'hexdump', 'column', 'iconv', 'less', 'more', 'strings', 'expand', 'unexpand', 'pv', 'sponge', 'tr', 'paste', 'ts', 'bat',
]);

/** Commands that list variables with their values. */
const listing: ReadonlySet<string> = new Set(['env', 'printenv', 'export', 'declare', 'typeset', 'set']);

/**
 * What of its input and its words the output of a shell's command lets be seen, for the commands whose output is not worked out
 * exactly. A digest, a count, a test or a command that keeps what it is given to itself shows nothing.
 */
export function shownByCommand(evaluator: Evaluator, name: string, args: readonly Lazy[]): Resolved[] {
  const words = wordsIn(evaluator, args);
  if (listing.has(name)) return listsVariables(name, words) ? [{ kind: 'environment', access: 'expansion' }] : [];
  if (name === 'sed') return substituted(words);
  if (name === 'jq') return words.filter((_, index) => isText(words[index - 2], /^--arg(?:json)?$/));
  const stdin = inputOf(evaluator, args);
  if (!stdin || !showsInput(name, words)) return [];
  return stdin.kind === 'environment' || isListing(stdin) ? filtered(name, words, stdin) : [stdin];
}

/** What a command is given by a pipe, a heredoc or a here-string. */
export function inputOf(evaluator: Evaluator, args: readonly Lazy[]): Resolved | undefined {
  const given = keywordOf(evaluator, args, 'stdin');
  return given && given.kind !== 'constant' ? given : undefined;
}

export function keywordOf(evaluator: Evaluator, args: readonly Lazy[], name: string): Resolved | undefined {
  const keywords = args.find(isKeywords);
  return keywords && evaluator.property(evaluator.head(keywords), name);
}

function listsVariables(name: string, words: readonly Resolved[]): boolean {
  const flags = words.every((word) => isText(word, /^-/));
  if (name === 'env' || name === 'printenv') return flags;
  return name === 'set' ? words.length === 0 : flags && words.some((word) => isText(word, /^-\w*p/));
}

function isListing(value: Resolved): boolean {
  return value.kind === 'call' && value.callee.kind === 'global' && listing.has(value.callee.path.replace(/^shell:/, ''));
}

/** `env | grep HILT` shows the key, `env | grep -v KEY` and `env | cut -d= -f1` do not. */
function filtered(name: string, words: readonly Resolved[], stdin: Resolved): Resolved[] {
  if (name !== 'grep' && name !== 'egrep' && name !== 'rg') return name === 'cut' ? [] : [stdin];
  const pattern = words.find((word) => word.kind === 'text' && !word.text.startsWith('-'));
  const sought = pattern?.kind === 'text' && /HILT|KEY|SECRET|TOKEN|API|^\.[*+]?$/i.test(pattern.text);
  return sought && !words.some((word) => isText(word, /^(?:-\w*v|--invert)/)) ? [stdin] : [];
}

function showsInput(name: string, words: readonly Resolved[]): boolean {
  switch (name) {
    case 'grep':
    case 'egrep':
    case 'rg':
      return !words.some((word) => isText(word, /^(?:-[a-zA-Z]*[cqloL]|--(?:count|quiet|silent|only-matching|files))/));
    case 'cut':
      return widthOf(words, /^(?:-[bc]|--characters=|--bytes=)/) > shownCharacters;
    case 'head':
    case 'tail':
      return !words.some((word) => isText(word, /^(?:-c|--bytes)/)) || widthOf(words, /^(?:-c|--bytes=)/) > shownCharacters;
    case 'tr':
      // `tr -c` and `tr a-z "*"` mask, `tr -d` of a newline does not.
      return words.some((word) => isText(word, /^-d$/)) && !words.some((word) => isText(word, /[a-z]-[a-z]|\[:/i));
    case 'rev':
    case 'base64':
    case 'xxd':
    default:
      return passing.has(name);
  }
}

/** How many characters `cut -c1-8`, `cut -c 9-` and `head -c 8` leave; none where it cannot be told. */
function widthOf(words: readonly Resolved[], option: RegExp): number {
  const index = words.findIndex((word) => isText(word, option));
  const word = words[index];
  const next = words[index + 1];
  const own = word?.kind === 'text' ? word.text.replace(option, '') : '';
  const range = own !== '' ? own : next?.kind === 'text' ? next.text : '';
  const [, from, dash, to] = /^(\d*)(-?)(\d*)$/.exec(range) ?? [];
  if (from === undefined || (from === '' && to === '')) return 0;
  if (dash === '') return option.source.includes('[bc]') ? 1 : Number(from);
  return to === '' ? Number.POSITIVE_INFINITY : Number(to) - Number(from === '' ? 1 : from) + 1;
}

/** `sed "s/KEY/$HILT_API_KEY/"`: what is put in. What is sought (`s/$HILT_API_KEY/***\/`) is taken out. */
function substituted(words: readonly Resolved[]): Resolved[] {
  return words.flatMap((word) => {
    const [first, ...rest] = word.kind === 'concat' ? word.parts : [];
    return first?.kind === 'text' && /(?:^|;)\s*s([^\w\s])(?:(?!\1).)*\1(?:(?!\1).)*$/.test(first.text) ? rest : [];
  });
}

function isText(word: Resolved | undefined, pattern: RegExp): boolean {
  return word?.kind === 'text' && pattern.test(word.text);
}
