import type { RawEdge } from './import-edges.ts';

/**
 * Raw edges of many files as numbers: a hundred thousand modules are half a million edges, which as objects would take hundreds of megabytes.
 * A word holds the number of the specifier and six bits of flags.
 */
export interface EdgeTable {
  readonly specifiers: readonly string[];
  /** The word of an edge. */
  pack(edge: RawEdge): number;
}

const kinds = ['import', 'reexport', 'dynamic', 'require', 'worker', 'asset', 'glob'] as const;
const kindBits = 7;
const typeBit = 8;
const scriptBit = 16;
const flagSize = 64;

/** An empty table, or one that goes on from the texts of another: words of that one keep their meaning. */
export function createEdgeTable(known: readonly string[] = []): EdgeTable {
  const specifiers = [...known];
  let numbers: Map<string, number> | undefined;
  const intern = (text: string): number => {
    // Where every edge is known already, nothing is ever looked up.
    numbers ??= new Map(specifiers.map((specifier, number) => [specifier, number]));
    const found = numbers.get(text);
    if (found !== undefined) return found;
    const own = ownText(text);
    numbers.set(own, specifiers.length);
    specifiers.push(own);
    return specifiers.length - 1;
  };
  return { specifiers, pack: (edge) => intern(textOf(edge)) * flagSize + flagsOf(edge) };
}

function flagsOf(edge: RawEdge): number {
  return kinds.indexOf(edge.how) | (edge.typeOnly ? typeBit : 0) | (edge.script ? scriptBit : 0);
}

/** What a glob leaves out follows it, a line each. */
function textOf(edge: RawEdge): string {
  return edge.except === undefined ? edge.specifier : [edge.specifier, ...edge.except].join('\n');
}

/** A copy of its own: a slice would keep the whole text of its file in memory. */
function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

export function specifierOf(word: number, specifiers: readonly string[]): string {
  const text = specifiers[Math.floor(word / flagSize)] ?? '';
  const line = text.indexOf('\n');
  return line < 0 ? text : text.slice(0, line);
}

export function exceptOf(word: number, specifiers: readonly string[]): readonly string[] {
  return (specifiers[Math.floor(word / flagSize)] ?? '').split('\n').slice(1);
}

export function howOf(word: number): RawEdge['how'] {
  return kinds[word & kindBits] ?? 'import';
}

export function isTypeOnly(word: number): boolean {
  return (word & typeBit) !== 0;
}

export function isScript(word: number): boolean {
  return (word & scriptBit) !== 0;
}

/** Numbers in a typed array that grows: half of what a plain array takes, and outside V8's heap. */
export interface NumberList {
  readonly length: number;
  push(value: number): void;
  /** The numbers so far, as a view. */
  view(): Uint32Array;
}

export function createNumberList(): NumberList {
  let values = new Uint32Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      if (length === values.length) {
        const grown = new Uint32Array(values.length * 2);
        grown.set(values);
        values = grown;
      }
      values[length++] = value;
    },
    view: () => values.subarray(0, length),
  };
}
