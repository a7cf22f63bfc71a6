import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { DiskPlace, Source } from '../../sources/source.ts';
import { SharedFiles, startThread } from '../../sources/two-threads.ts';
import { renumbered } from './edge-table.ts';
import type { FlatTexts, TextTable } from './text-table.ts';

/** The edges that a second thread has read. */
export interface SecondEdges {
  /** Words of a file's edges by `specifiers`, or `undefined` for files that are left to the caller. Files are asked for in order. */
  edgesOf(number: number, specifiers: TextTable): Uint32Array | undefined;
}

/** What the second thread is given (edge-thread.ts). */
export interface EdgeTask {
  readonly memory: SharedArrayBuffer;
  /** Becomes 1 when the answer has been sent. */
  readonly sent: SharedArrayBuffer;
  readonly port: MessagePort;
  readonly root: string;
  /** Absolute paths, with NUL between them; an empty one is not read. */
  readonly files: string;
}

/** What it answers: of each file that it read where its words begin and how many there are. */
export interface EdgeAnswer {
  readonly starts: Uint32Array;
  readonly counts: Uint32Array;
  readonly words: Uint32Array;
  readonly specifiers: FlatTexts;
}

/** Below so many files to read, starting a thread takes longer than it saves. */
const fewFiles = 2500;

/** Milliseconds for which the answer is waited for: it is sent as soon as the threads have met. */
const patience = 5000;

/** Has a second thread read the edges of files from the last one back; `undefined` where that would not pay or there is none. */
export function startSecondEdges(source: Source, files: readonly string[], isWanted: (number: number) => boolean): SecondEdges | undefined {
  if (source.onDisk === undefined || files.length < fewFiles) return undefined;
  const places = placesOf(source.onDisk(), files, isWanted);
  if (places.filter((place) => place !== '').length < fewFiles) return undefined;
  const shared = new SharedFiles(files.length);
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const task: EdgeTask = { memory: shared.memory, sent: sent.buffer as SharedArrayBuffer, port: port2, root: source.root, files: places.join('\0') };
  if (!startThread(new URL('./edge-thread.js', import.meta.url), task, [port2])) return port1.close(), undefined;
  let answer: Answered | undefined | 'open' = 'open';
  return {
    edgesOf(number, specifiers) {
      if (!shared.isMarked(number)) return undefined;
      if (answer === 'open') {
        Atomics.wait(sent, 0, 0, patience);
        answer = answerOf(port1, specifiers);
        port1.close();
      }
      return answer?.words.subarray(answer.starts[number], (answer.starts[number] as number) + (answer.counts[number] as number));
    },
  };
}

type Answered = Pick<EdgeAnswer, 'starts' | 'counts' | 'words'>;

/** The answer with the numbers that its specifiers have in the caller's table. */
function answerOf(port: MessagePort, specifiers: TextTable): Answered | undefined {
  const answer = (receiveMessageOnPort(port) as { message: EdgeAnswer } | undefined)?.message;
  if (answer === undefined) return undefined;
  const numbers = specifiers.numbersOf(answer.specifiers);
  return { ...answer, words: answer.words.map((word) => renumbered(word, numbers)) };
}

/** Where the wanted files lie, as they are listed; a name that is not UTF-8 is left to the first thread. */
function placesOf(onDisk: readonly DiskPlace[], files: readonly string[], isWanted: (number: number) => boolean): string[] {
  const places = files.map(() => '');
  let number = 0;
  for (const { path, absolute } of onDisk) {
    while (number < files.length && (files[number] as string) < path) number++;
    if (files[number] === path && typeof absolute === 'string' && isWanted(number)) places[number] = absolute;
  }
  return places;
}
