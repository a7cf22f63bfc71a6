import { createNumberList, packEdge, textOfEdge } from './edge-table.ts';
import type { RawEdge } from './raw-edge.ts';
import type { TextTable } from './text-table.ts';

/** The edges of many files, one file after the other. */
export interface EdgeList {
  /** Words so far (edge-table.ts). */
  readonly length: number;
  /** Takes words that name specifiers by the numbers with which the list began. */
  pushWords(words: Uint32Array): void;
  /** @param areBytes The file was read as Latin-1, as `TextTable.numberOf` has it */
  push(edge: RawEdge, areBytes: boolean): void;
  /** Takes the edges of a module from its bytes in UTF-8, if all are plainly written; `false`, and none taken, where its text has to be read. */
  takeModule(bytes: Uint8Array): boolean;
  /** The edges as they stay; none is taken afterwards. */
  done(): ListedEdges;
}

export interface ListedEdges {
  readonly words: Uint32Array;
  readonly specifiers: TextTable;
}

/** @param specifiers Goes on from these */
export function createEdgeList(specifiers: TextTable): EdgeList {
  const words = createNumberList();
  return {
    get length() {
      return words.length;
    },
    pushWords: (own) => {
      for (const word of own) words.push(word);
    },
    push: (edge, areBytes) => words.push(packEdge(edge, specifiers.numberOf(textOfEdge(edge), areBytes))),
    takeModule: () => false,
    done: () => ({ words: words.view(), specifiers }),
  };
}

