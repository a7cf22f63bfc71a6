import type { Evaluator } from './evaluate.ts';
import { foldBuffer, foldMethod } from '../syntax/run/fold.ts';
import type { Lazy, Place, Resolved } from './resolved.ts';
import { isKeywords } from './signature.ts';
import { joinTexts } from './folded-texts.ts';

/** What a command of a shell prints, where that follows from its words and from what it is given; `undefined` for any other command. */
export function runCommand(evaluator: Evaluator, name: string, args: readonly Lazy[], place: Place): Resolved | undefined {
  const keywords = args.find(isKeywords);
  const given = keywords ? evaluator.property(evaluator.head(keywords), 'stdin') : undefined;
  const stdin = given && given.kind !== 'constant' ? given : undefined;
  const words = wordsIn(evaluator, args);
  switch (name) {
    case 'echo':
      return joinTexts(spaced(words.slice(words.findIndex((word) => !isFlag(word, /^-[neE]+$/)))), place);
    case 'printf':
      return printf(words, place);
    case 'cat':
      return words.every((word) => isFlag(word, /^-/)) ? stdin : undefined;
    case 'printenv':
    case 'declare':
    case 'typeset': {
      const variable = words.find((word) => !isFlag(word, /^-/));
      return variable?.kind === 'text' && /^[A-Za-z_]\w*$/.test(variable.text) ? { kind: 'variable', name: variable.text, access: 'expansion', form: 'call', place } : undefined;
    }
    case 'tee':
      return stdin;
    case 'base64':
      return stdin && words.some((word) => isFlag(word, /^(?:-d|-D|-di|--decode)$/)) ? decoded(evaluator, stdin, 'base64', place) : undefined;
    case 'xxd':
      return stdin && words.some((word) => isFlag(word, /^-\w*r/)) ? decoded(evaluator, stdin, 'hex', place) : undefined;
    case 'rev':
      return stdin?.kind === 'text' ? { kind: 'text', text: [...stdin.text].reverse().join(''), place } : undefined;
    case 'tr':
      return stdin && transliterated(stdin, words, place);
    default:
      return undefined;
  }
}

/** The words of a command, without those that a caller did not give (`$3`). */
export function wordsIn(evaluator: Evaluator, args: readonly Lazy[]): Resolved[] {
  return args.filter((argument) => !isKeywords(argument)).map((argument) => evaluator.head(argument)).filter((word) => !(word.kind === 'constant' && word.value === undefined));
}

function isFlag(word: Resolved, pattern: RegExp): boolean {
  return word.kind === 'text' && pattern.test(word.text);
}

function spaced(words: readonly Resolved[]): Resolved[] {
  return words.flatMap((word, index) => (index === 0 ? [word] : [{ kind: 'text' as const, text: ' ' }, word]));
}

/** Times that `printf` uses its format again for the values that are left. */
const maxRounds = 64;

/** `printf '%s-%s\n' a b`; other conversions than `%s`, `%b`, `%q` and `%d` are not followed. */
function printf(words: readonly Resolved[], place: Place): Resolved | undefined {
  const [format, ...values] = isFlag(words[0] ?? { kind: 'unknown' }, /^--$/) ? words.slice(1) : words;
  // `printf -v NAME …` prints nothing.
  if (!format || isFlag(format, /^-v/)) return undefined;
  const template = (format.kind === 'concat' ? format.parts : [format]).flatMap((part) => (part.kind === 'text' ? piecesOf(part.text) : [part]));
  if (template.length > 256 || template.some((piece) => piece === 'unknown')) return undefined;
  const places = template.filter((piece) => piece === 'place').length;
  const rounds = places === 0 ? 1 : Math.min(maxRounds, Math.max(1, Math.ceil(values.length / places)));
  const rest = values.slice(0, rounds * places).values();
  const parts: Resolved[] = [];
  for (let round = 0; round < rounds; round += 1) for (const piece of template) parts.push(typeof piece !== 'string' ? piece : (rest.next().value ?? { kind: 'text', text: '' }));
  return joinTexts(parts, place);
}

function piecesOf(format: string): (Resolved | 'place' | 'unknown')[] {
  const plain = format.replace(/\\n/g, '\n').replace(/\\t/g, '\t');
  return plain.split(/(%[sbdq]|%[^%])/).filter((piece) => piece !== '').map((piece) => (/^%[sbdq]$/.test(piece) ? 'place' : /^%[^%]$/.test(piece) ? 'unknown' : { kind: 'text', text: piece.replaceAll('%%', '%') }));
}

function decoded(evaluator: Evaluator, value: Resolved, encoding: string, place: Place): Resolved | undefined {
  const constant = evaluator.constant(value);
  const text = constant ? foldBuffer(constant.value, encoding, undefined) : undefined;
  return text === undefined ? undefined : { kind: 'text', text, place };
}

/** `tr -d '\n'` drops characters, `tr 'A-Za-z' 'N-ZA-Mn-za-m'` turns letters by thirteen; another `tr` keeps the origin of what it is given. */
function transliterated(stdin: Resolved, words: readonly Resolved[], place: Place): Resolved | undefined {
  const [first, second] = words;
  if (stdin.kind !== 'text' || first?.kind !== 'text' || second?.kind !== 'text') return stdin.kind === 'variable' || stdin.kind === 'secret' ? stdin : undefined;
  if (first.text === '-d') {
    const dropped = second.text.replace(/\\n/g, '\n').replace(/\\r/g, '\r');
    return { kind: 'text', text: [...stdin.text].filter((character) => !dropped.includes(character)).join(''), place };
  }
  const isRot13 = /^\[?A-Z\]?/i.test(first.text) && /^\[?N-ZA-M/i.test(second.text);
  if (isRot13) {
    const turned = stdin.text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + (letter.toLowerCase() < 'n' ? 13 : -13)));
    return { kind: 'text', text: turned, place };
  }
  if (first.text.length !== 1 || second.text.length !== 1) return undefined;
  const replaced = foldMethod(stdin.text, 'replaceAll', [first.text, second.text]);
  return typeof replaced === 'string' ? { kind: 'text', text: replaced, place } : undefined;
}
