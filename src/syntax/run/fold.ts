/** A value that is known whole. Arrays hold constants. */
export type Constant = string | number | boolean | null | undefined | readonly Constant[];

/** Folded texts above this many UTF-16 units are given up: repeated doubling must not eat the memory. */
export const maxFoldedText = 262_144;
const maxItems = 65_536;

/** `undefined` stands for "cannot be told"; the constant `undefined` is folded by nobody. */
type Folded = Constant | undefined;

/** The result of a string or array method on constants, or `undefined` where it is unknown or too large. Runs no code of the scanned project. */
export function foldMethod(receiver: Constant, name: string, args: readonly Constant[]): Folded {
  if (typeof receiver === 'string') return bounded(foldStringMethod(receiver, name, args));
  if (Array.isArray(receiver)) return bounded(foldArrayMethod(receiver as readonly Constant[], name, args));
  if (typeof receiver === 'number' && name === 'toString') {
    const radix = args[0];
    return typeof radix === 'number' && radix >= 2 && radix <= 36 ? receiver.toString(radix) : String(receiver);
  }
  return undefined;
}

function bounded(value: Folded): Folded {
  if (typeof value === 'string' && value.length > maxFoldedText) return undefined;
  if (Array.isArray(value) && value.length > maxItems) return undefined;
  return value;
}

function foldStringMethod(text: string, name: string, args: readonly Constant[]): Folded {
  const [first, second] = args;
  const from = typeof first === 'number' ? first : undefined;
  const to = typeof second === 'number' ? second : undefined;
  switch (name) {
    case 'concat':
      return args.every(isPrimitive) ? text + args.map(String).join('') : undefined;
    case 'slice':
      if (args.length > 2) return sliceInSteps([...text], args)?.join('');
      return args.length === 0 ? text : first === null ? text.slice(0, to) : from === undefined ? undefined : text.slice(from, to);
    case 'substring':
      return from === undefined ? undefined : text.substring(from, to);
    case 'substr':
      return from === undefined ? undefined : text.slice(from, to === undefined ? undefined : from + to);
    case 'at':
      return from === undefined ? undefined : text.at(from);
    case 'charAt':
      return text.charAt(from ?? 0);
    case 'charCodeAt':
    case 'codePointAt':
      return text.charCodeAt(from ?? 0);
    case 'trim':
      return text.trim();
    case 'trimStart':
    case 'trimLeft':
      return text.trimStart();
    case 'trimEnd':
    case 'trimRight':
      return text.trimEnd();
    case 'toLowerCase':
    case 'toLocaleLowerCase':
      return text.toLowerCase();
    case 'toUpperCase':
    case 'toLocaleUpperCase':
      return text.toUpperCase();
    case 'toString':
    case 'valueOf':
    case 'normalize':
      return text;
    case 'split':
      return splitText(text, first);
    case 'replace':
    case 'replaceAll':
      return typeof first === 'string' && typeof second === 'string' ? replaceText(text, first, second, name === 'replaceAll') : undefined;
    case 'padStart':
    case 'padEnd': {
      if (from === undefined || from > maxFoldedText || (second !== undefined && typeof second !== 'string')) return undefined;
      return name === 'padStart' ? text.padStart(from, second) : text.padEnd(from, second);
    }
    case 'repeat':
      return from === undefined || from < 0 || from * text.length > maxFoldedText ? undefined : text.repeat(from);
    default:
      return undefined;
  }
}

/** Python's `x[from:to:step]`; `null` stands for a bound that is left out (Python Library Reference, "Common Sequence Operations", note 5). */
function sliceInSteps<T>(items: readonly T[], [from, to, given]: readonly Constant[]): T[] | undefined {
  const step = given === null ? 1 : given;
  if (typeof step !== 'number' || !Number.isInteger(step) || step === 0) return undefined;
  if (![from, to].every((bound) => bound === null || typeof bound === 'number')) return undefined;
  const bound = (value: Constant, missing: number): number => {
    if (typeof value !== 'number') return missing;
    const fromStart = value < 0 ? value + items.length : value;
    return step > 0 ? Math.min(Math.max(fromStart, 0), items.length) : Math.min(Math.max(fromStart, -1), items.length - 1);
  };
  const start = bound(from, step > 0 ? 0 : items.length - 1);
  const stop = bound(to, step > 0 ? items.length : -1);
  const taken: T[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) taken.push(items[index] as T);
  return taken;
}

function splitText(text: string, separator: Constant): Folded {
  if (separator === undefined) return [text];
  return typeof separator === 'string' ? text.split(separator) : undefined;
}

function replaceText(text: string, search: string, replacement: string, all: boolean): string | undefined {
  const hits = all && search !== '' ? text.split(search).length : 2;
  if (text.length + hits * replacement.length > maxFoldedText) return undefined;
  // A function, since `$&` and the like would be read as patterns; a literal `$` is what the scanned code means nearly always.
  return all ? text.replaceAll(search, () => replacement) : text.replace(search, () => replacement);
}

function foldArrayMethod(items: readonly Constant[], name: string, args: readonly Constant[]): Folded {
  const [first, second] = args;
  switch (name) {
    case 'join': {
      if (first !== undefined && typeof first !== 'string') return undefined;
      const length = items.reduce<number>((sum, item) => sum + (typeof item === 'string' ? item.length : 24) + (first ?? ',').length, 0);
      return length > maxFoldedText || !items.every(isPrimitive) ? undefined : items.map((item) => item ?? '').join(first ?? ',');
    }
    case 'reverse':
    case 'toReversed':
      return [...items].reverse();
    case 'slice':
      if (args.length > 2) return sliceInSteps(items, args);
      return items.slice(typeof first === 'number' ? first : 0, typeof second === 'number' ? second : undefined);
    case 'concat':
      return items.concat(...(args as Constant[]));
    case 'at':
      return typeof first === 'number' ? items.at(first) : undefined;
    case 'flat':
      return items.flat() as Constant[];
    case 'sort':
    case 'toSorted':
      return items.every(isPrimitive) ? items.toSorted() : undefined;
    case 'toString':
      return items.every(isPrimitive) ? items.join(',') : undefined;
    default:
      return undefined;
  }
}

/** The result of a global function on constants: decoders, character codes, conversions. */
export function foldGlobal(path: string, args: readonly Constant[]): Folded {
  const [first, second] = args;
  if (path.startsWith('operator:')) return foldOperator(path.slice('operator:'.length), first, second);
  switch (path) {
    case 'atob':
      return typeof first === 'string' ? bounded(Buffer.from(first, 'base64').toString('latin1')) : undefined;
    case 'btoa':
      return typeof first === 'string' ? bounded(Buffer.from(first, 'latin1').toString('base64')) : undefined;
    case 'decodeURIComponent':
    case 'decodeURI':
    case 'unescape':
      return typeof first === 'string' ? decodePercent(first) : undefined;
    case 'String':
      return isPrimitive(first) ? String(first) : undefined;
    case 'String.fromCharCode':
    case 'String.fromCodePoint': {
      const codes = args.flat() as Constant[];
      if (!codes.every((code) => typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 0x10ffff)) return undefined;
      return codes.length > maxFoldedText ? undefined : codes.map((code) => String.fromCodePoint(code as number)).join('');
    }
    case 'python:rot13':
      return typeof first === 'string' ? first.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + (letter.toLowerCase() < 'n' ? 13 : -13))) : undefined;
    case 'Number':
    case 'parseInt': {
      if (typeof first !== 'string' && typeof first !== 'number') return undefined;
      const parsed = path === 'Number' ? Number(first) : Number.parseInt(String(first), typeof second === 'number' ? second : 10);
      return Number.isNaN(parsed) ? undefined : parsed;
    }
    case 'Array.from':
    case 'Object.freeze':
    case 'structuredClone':
    case 'Promise.resolve':
      return typeof first === 'string' && path === 'Array.from' ? [...first] : first;
    case 'util.format':
      return typeof first === 'string' ? bounded(formatText(first, args.slice(1))) : undefined;
    case 'Array.of':
      return args;
    default:
      return undefined;
  }
}

/** `Buffer.from(text, encoding).toString(target)` and its relatives: the bytes as text. */
export function foldBuffer(source: Constant, encoding: Constant, target: Constant): string | undefined {
  const to = typeof target === 'string' && Buffer.isEncoding(target) ? target : 'utf8';
  if (Array.isArray(source)) {
    return source.every((byte) => typeof byte === 'number') ? Buffer.from(source as number[]).toString(to) : undefined;
  }
  if (typeof source !== 'string' || source.length > maxFoldedText) return undefined;
  const from = typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
  return Buffer.from(source, from).toString(to);
}

function foldOperator(operator: string, left: Constant, right: Constant): Folded {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    case '%': return left % right;
    case '^': return left ^ right;
    case '|': return left | right;
    case '&': return left & right;
    case '<<': return left << right;
    case '>>': return left >> right;
    case '>>>': return left >>> right;
    case '**': return left ** right;
    default: return undefined;
  }
}

function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A malformed sequence: the program would throw here.
    return undefined;
  }
}

/** `util.format("%s_%s", a, b)`: texts and numbers; what is left over follows after blanks. */
function formatText(pattern: string, args: readonly Constant[]): string | undefined {
  if (!args.every(isPrimitive) || pattern.length > maxFoldedText) return undefined;
  let next = 0;
  const text = pattern.replace(/%[sdifjoO%]/g, (mark) => (mark === '%%' ? '%' : next < args.length ? String(args[next++]) : mark));
  return [text, ...args.slice(next).map(String)].join(' ');
}

function isPrimitive(value: Constant): boolean {
  return !Array.isArray(value);
}
