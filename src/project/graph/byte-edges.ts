import { assembly, type AssemblyMemory } from '../../hilt/web-assembly.ts';
import type { EdgeList } from './edge-list.ts';
import { packEdge, textOfEdge } from './edge-table.ts';
import { edgesCode } from './edges-code.ts';
import { TextTable, type FlatTexts } from './text-table.ts';

/** What assembly/edges.ts exports, where its functions are explained. Offsets are those of the memory. */
interface Exports {
  readonly memory: AssemblyMemory;
  place(length: number): number;
  readModule(length: number): number;
  pushWord(word: number): void;
  wordCount(): number;
  wordBytes(): number;
  numberOf(from: number, length: number): number;
  takeTexts(count: number, length: number): void;
  indexTexts(): void;
  textCount(): number;
  textEnds(): number;
  textBytes(): number;
}

const makeInstance = assembly<Exports>(edgesCode);

/** In bytes. Larger modules are few, and the memory that one needs is kept until all have been read. */
const largestModule = 1 << 20;

/**
 * A list that reads modules from their bytes; `undefined` where there is no WebAssembly.
 *
 * @param specifiers Goes on from these
 */
export function openByteEdges(specifiers?: FlatTexts): EdgeList | undefined {
  const own = makeInstance();
  if (own === undefined) return undefined;
  let seen = new Uint8Array(own.memory.buffer);
  // A memory that has grown has another buffer.
  const heap = (): Uint8Array => (seen.buffer === own.memory.buffer ? seen : (seen = new Uint8Array(own.memory.buffer)));
  const numbersAt = (at: number, count: number): Uint32Array => new Uint32Array(own.memory.buffer, at, count);
  const write = (bytes: Uint8Array): number => {
    const at = own.place(bytes.length);
    heap().set(bytes, at);
    return at;
  };
  if (specifiers !== undefined) {
    own.takeTexts(specifiers.ends.length, specifiers.bytes.length);
    numbersAt(own.textEnds(), specifiers.ends.length).set(specifiers.ends);
    heap().set(specifiers.bytes, own.textBytes());
    own.indexTexts();
  }
  return {
    get length() {
      return own.wordCount();
    },
    pushWords: (words) => words.forEach((word) => own.pushWord(word)),
    push: (edge, areBytes) => {
      const text = Buffer.from(textOfEdge(edge), areBytes ? 'latin1' : 'utf8');
      own.pushWord(packEdge(edge, own.numberOf(write(text), text.length)));
    },
    takeModule: (bytes) => {
      if (bytes.length > largestModule) return false;
      write(bytes);
      return own.readModule(bytes.length) === 1;
    },
    done: () => {
      const ends = numbersAt(own.textEnds(), own.textCount()).slice();
      const bytes = heap().slice(own.textBytes(), own.textBytes() + (ends.at(-1) ?? 0));
      return { words: numbersAt(own.wordBytes(), own.wordCount()).slice(), specifiers: new TextTable({ bytes, ends }) };
    },
  };
}
