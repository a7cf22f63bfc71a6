import type { RawEdge } from './import-edges.ts';
import type { TextTable } from './text-table.ts';

/**
 * Raw edges of many files as numbers: a hundred thousand modules are half a million edges, which as objects would take hundreds of megabytes.
 * A word holds the number of the specifier and six bits of flags; assembly/edges.ts makes such words too.
 *
 * @param specifier The number of `textOfEdge`
 */
export function packEdge(edge: RawEdge, specifier: number): number {
  return specifier * flagSize + flagsOf(edge);
}

const kinds = ['import', 'reexport', 'dynamic', 'require', 'worker', 'asset', 'glob'] as const;
const kindBits = 7;
const typeBit = 8;
const scriptBit = 16;
const flagSize = 64;

function flagsOf(edge: RawEdge): number {
  return kinds.indexOf(edge.how) | (edge.typeOnly ? typeBit : 0) | (edge.script ? scriptBit : 0);
}

/** Whether the word stands for just this edge. */
export function isWordOf(edge: RawEdge, word: number, specifiers: TextTable): boolean {
  return word % flagSize === flagsOf(edge) && specifiers.at(textNumberOf(word)) === textOfEdge(edge);
}

/** The specifier; what a glob leaves out follows it, a line each. */
export function textOfEdge(edge: RawEdge): string {
  return edge.except === undefined ? edge.specifier : [edge.specifier, ...edge.except].join('\n');
}

/** The number of a word's text in the table of specifiers. */
export function textNumberOf(word: number): number {
  return Math.floor(word / flagSize);
}

export function specifierOf(word: number, specifiers: TextTable): string {
  const text = specifiers.at(textNumberOf(word));
  const line = text.indexOf('\n');
  return line < 0 ? text : text.slice(0, line);
}

export function exceptOf(word: number, specifiers: TextTable): readonly string[] {
  return specifiers.at(textNumberOf(word)).split('\n').slice(1);
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
