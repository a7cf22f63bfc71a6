import { constantOf, dataOf, nameOf, Native, nothing, ObjectData, type Data } from './data.ts';
import { foldBuffer, foldGlobal, foldMethod, type Constant } from './fold.ts';
import { foldMatch, foldReplacePattern, foldSplitPattern } from './patterns.ts';
import { baseName } from '../../sources/base-name.ts';

/** Calls a function of the program, or one of the language, that is an argument of a method. */
export type Call = (callee: Data, args: readonly Data[]) => Data;

/** Items that a list may have. */
export const maxItems = 4096;

/** The result of `receiver.name(…args)`; changes a list in place as the method does. */
export function callMethod(receiver: Data, name: string, args: readonly Data[], call: Call): Data {
  if (Array.isArray(receiver)) return callList(receiver, name, args, call);
  if (receiver instanceof ObjectData) return callRecord(receiver, name, args);
  if (receiver instanceof Native && receiver.path.startsWith('/')) {
    const found = name === 'test' && typeof args[0] === 'string' ? foldMatch(args[0], ...partsOf(receiver)) : undefined;
    return found === undefined ? nothing : found !== null;
  }
  if (receiver instanceof Native) return callNative(`${receiver.path}.${name}`, args, call, receiver);
  if (typeof receiver === 'string' && (name === 'replace' || name === 'replaceAll' || name === 'split')) {
    const byPattern = callWithPattern(receiver, name, args);
    if (byPattern !== undefined) return byPattern;
  }
  if (typeof receiver !== 'string' && typeof receiver !== 'number') return nothing;
  if (typeof receiver === 'string' && typeof args[0] === 'string') {
    if (name === 'includes') return receiver.includes(args[0]);
    if (name === 'startsWith') return receiver.startsWith(args[0]);
    if (name === 'endsWith') return receiver.endsWith(args[0]);
    if (name === 'indexOf') return receiver.indexOf(args[0]);
  }
  return folded(args, (constants) => foldMethod(receiver, name, constants));
}

function folded(args: readonly Data[], fold: (constants: Constant[]) => Constant | undefined): Data {
  const constants = args.map(constantOf);
  if (constants.includes(nothing)) return nothing;
  const value = fold(constants as Constant[]);
  return value === undefined ? nothing : dataOf(value);
}

function callWithPattern(text: string, name: string, [pattern, replacement]: readonly Data[]): Data {
  if (!(pattern instanceof Native) || !pattern.path.startsWith('/')) return undefined;
  const [source, flags] = partsOf(pattern);
  if (name === 'split') return [...(foldSplitPattern(text, source, flags) ?? [])];
  return typeof replacement === 'string' ? foldReplacePattern(text, source, flags, replacement) ?? nothing : nothing;
}

/** Source and flags of a pattern, which is kept as it is written: `/[a-z]/g`. */
function partsOf({ path }: Native): [source: string, flags: string] {
  const end = path.lastIndexOf('/');
  return [path.slice(1, end), path.slice(end + 1)];
}

function callRecord(record: ObjectData, name: string, [given, value]: readonly Data[]): Data {
  const key = nameOf(given) ?? '';
  switch (name) {
    case 'get':
      return record.entries.get(key);
    case 'has':
    case 'hasOwnProperty':
      return record.entries.has(key);
    case 'set':
      record.entries.set(key, value);
      return record;
    case 'keys':
      return [...record.entries.keys()];
    case 'values':
      return [...record.entries.values()];
    case 'entries':
      return [...record.entries];
    default:
      return nothing;
  }
}

function callList(list: Data[], name: string, args: readonly Data[], call: Call): Data {
  const [first, second] = args;
  const callback = (item: Data, index: number): Data => call(first, [item, index, list]);
  switch (name) {
    case 'push':
    case 'append':
    case 'add':
      return list.length + args.length > maxItems ? nothing : list.push(...args);
    case 'unshift':
      return list.length + args.length > maxItems ? nothing : list.unshift(...args);
    case 'pop':
      return typeof first === 'number' ? list.splice(first, 1)[0] : list.pop();
    case 'shift':
      return list.shift();
    case 'splice':
      if (typeof first !== 'number' || (second !== undefined && typeof second !== 'number')) return nothing;
      return second === undefined ? list.splice(first) : list.splice(first, second, ...args.slice(2));
    case 'insert':
      return typeof first === 'number' ? list.splice(first, 0, second) : nothing;
    case 'reverse':
      return list.reverse();
    case 'fill':
      return list.fill(first);
    case 'sort':
    case 'toSorted': {
      const sorted = sortedBy(list, first, call);
      if (name === 'sort' && sorted) list.splice(0, list.length, ...sorted);
      return sorted ?? nothing;
    }
    case 'map':
      return list.map(callback);
    case 'flatMap':
      return list.flatMap(callback).slice(0, maxItems);
    case 'forEach':
      list.forEach(callback);
      return undefined;
    case 'filter':
      return keptBy(list, callback);
    case 'find':
      return keptBy(list, callback)[0];
    case 'some':
      return list.some((item, index) => callback(item, index) === true);
    case 'every':
      return list.every((item, index) => callback(item, index) === true);
    case 'reduce':
    case 'reduceRight': {
      const items: Data[] = name === 'reduce' ? list : list.toReversed();
      const start: Data = args.length > 1 ? second : items[0];
      return items.slice(args.length > 1 ? 0 : 1).reduce<Data>((sum, item, index) => call(first, [sum, item, args.length > 1 ? index : index + 1]), start);
    }
    case 'includes':
      return list.includes(first);
    case 'indexOf':
      return list.indexOf(first);
    case 'values':
      return list;
    case 'keys':
      return list.map((_, index) => index);
    case 'entries':
      return list.map((item, index): Data => [index, item]);
    case 'concat':
      return [...list, ...args.flatMap((argument): Data[] => (Array.isArray(argument) ? argument : [argument]))].slice(0, maxItems);
    case 'slice':
      return list.slice(typeof first === 'number' ? first : 0, typeof second === 'number' ? second : undefined);
    case 'at':
      return typeof first === 'number' ? list.at(first) : nothing;
    default: {
      const constant = constantOf(list);
      return constant === nothing ? nothing : folded(args, (constants) => foldMethod(constant, name, constants));
    }
  }
}

function keptBy(list: readonly Data[], callback: (item: Data, index: number) => Data): Data[] {
  return list.filter((item, index) => isTrue(callback(item, index)) === true);
}

function sortedBy(list: readonly Data[], comparison: Data, call: Call): Data[] | undefined {
  if (list.some((item) => item === nothing || typeof item === 'object')) return undefined;
  if (comparison === undefined) return list.toSorted();
  let isKnown = true;
  const sorted = list.toSorted((a, b) => {
    const order = call(comparison, [a, b]);
    if (typeof order !== 'number') isKnown = false;
    return typeof order === 'number' ? order : 0;
  });
  return isKnown ? sorted : undefined;
}

/** Whether a condition holds; `undefined` where it is not known. */
export function isTrue(value: Data): boolean | undefined {
  return value === nothing ? undefined : Boolean(value);
}

/** Methods of lodash and its kin that are methods of the list in their first argument. */
const listMethods = new Set(['join', 'concat', 'map', 'filter', 'reduce', 'reduceRight', 'flatMap', 'slice', 'reverse', 'find', 'forEach', 'each', 'flatten', 'fill', 'includes']);
const textMethods: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({ toLower: 'toLowerCase', toUpper: 'toUpperCase', replace: 'replace', split: 'split', trim: 'trim', padStart: 'padStart', padEnd: 'padEnd', repeat: 'repeat' }));

/** The result of a function of the language or of a library. */
export function callNative(path: string, args: readonly Data[], call: Call, receiver?: Data): Data {
  const [first, second] = args;
  if (path.startsWith('lodash.')) return callLodash(path.slice('lodash.'.length), args, call);
  if (path.endsWith('.toString') && receiver instanceof Native) return bytesText(receiver, args);
  switch (path) {
    case 'Object.keys':
      return first instanceof ObjectData ? [...first.entries.keys()] : Array.isArray(first) ? first.map((_, index) => String(index)) : nothing;
    case 'Object.values':
      return first instanceof ObjectData ? [...first.entries.values()] : nothing;
    case 'Object.entries':
      return first instanceof ObjectData ? [...first.entries].map((entry): Data => [...entry]) : nothing;
    case 'Array.from':
      return listFrom(first, second, call);
    case 'Array.isArray':
      return Array.isArray(first);
    case 'len':
      return typeof first === 'string' || Array.isArray(first) ? first.length : nothing;
    case 'Math.floor':
    case 'Math.ceil':
    case 'Math.round':
    case 'Math.abs':
      return typeof first === 'number' ? Math[path.slice('Math.'.length) as 'floor'](first) : nothing;
    case 'Math.min':
    case 'Math.max':
      return args.every((argument) => typeof argument === 'number') ? Math[path.slice('Math.'.length) as 'min'](...(args as number[])) : nothing;
    case 'URLSearchParams.get': {
      const query = Array.isArray(receiver instanceof Native ? receiver.receiver : undefined) ? (receiver as Native).receiver as Data[] : [];
      return typeof query[0] === 'string' && typeof first === 'string' ? new URLSearchParams(query[0]).get(first) : nothing;
    }
    case 'path.basename':
      return typeof first === 'string' ? baseName(first) : nothing;
    case 'Buffer.from':
    case 'Uint8Array.from':
    case 'Uint8Array.of':
    case 'Uint8Array':
      return new Native('bytes', [...args]);
    case 'TextDecoder.decode':
      return first instanceof Native ? bytesText(first, []) : nothing;
    default:
      return folded(args, (constants) => foldGlobal(path, constants));
  }
}

/** Bytes, addresses and the like as the text that they are where a text is wanted. */
export function asText(value: Data): Data {
  if (value instanceof Native) return value.path === 'bytes' ? bytesText(value, []) : nothing;
  return value;
}

function bytesText(bytes: Native, [target]: readonly Data[]): Data {
  const [source, encoding] = Array.isArray(bytes.receiver) ? bytes.receiver.map(constantOf) : [nothing];
  if (bytes.path !== 'bytes' || source === nothing || encoding === nothing || target === nothing) return nothing;
  return foldBuffer(source as Constant, encoding as Constant, constantOf(target) as Constant) ?? nothing;
}

function listFrom(source: Data, callback: Data, call: Call): Data {
  const length = source instanceof ObjectData ? source.entries.get('length') : undefined;
  const items = typeof source === 'string' ? [...source] : Array.isArray(source) ? [...source]
    : typeof length === 'number' && length >= 0 && length <= maxItems ? Array.from<Data>({ length }) : undefined;
  if (!items) return nothing;
  return callback === undefined ? items : items.map((item, index) => call(callback, [item, index]));
}

function callLodash(name: string, args: readonly Data[], call: Call): Data {
  const [first, second] = args;
  const method = textMethods.get(name);
  if (method && typeof first === 'string') return callMethod(first, method, args.slice(1), call);
  if (name === 'values' || name === 'keys') return first instanceof ObjectData ? [...first.entries[name]()] : nothing;
  if (!Array.isArray(first)) return name === 'concat' ? args.flatMap((argument): Data => argument) : nothing;
  if (name === 'chunk') {
    const size = typeof second === 'number' ? second : 1;
    return size < 1 ? nothing : Array.from({ length: Math.ceil(first.length / size) }, (_, index): Data => first.slice(index * size, (index + 1) * size));
  }
  if (name === 'compact') return first.filter((item) => isTrue(item) === true);
  if (name === 'flatten' || name === 'flattenDeep') return first.flatMap((item): Data => item);
  if (name === 'head' || name === 'first') return first[0];
  if (name === 'last') return first.at(-1);
  if (name === 'without') return first.filter((item) => !args.slice(1).includes(item));
  return listMethods.has(name) ? callMethod(first, name === 'each' ? 'forEach' : name, args.slice(1), call) : nothing;
}
