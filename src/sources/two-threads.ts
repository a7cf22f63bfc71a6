import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker, type Transferable } from 'node:worker_threads';

/**
 * Starts a module of ours in a second thread, which never keeps the process alive. Gives `false` where there is none to be had: without a
 * processor for it, from sources that Node does not run as they are, in a process that may start none. Whatever becomes of the thread, only
 * what it has handed over as done counts (`SharedFiles`), and the first thread does the rest; so its end, good or bad, needs no answer.
 */
export function startThread(file: URL, data: unknown, transfer: readonly Transferable[] = []): boolean {
  const path = fileURLToPath(file);
  if (!hasSpareProcessor() || !existsSync(path)) return false;
  try {
    // Its streams are not joined to ours, which would open these; of the environment it needs nothing.
    const worker = new Worker(path, { workerData: data, transferList: [...transfer], execArgv: [], env: {}, stdout: true, stderr: true, trackUnmanagedFds: false });
    worker.on('error', () => undefined);
    worker.unref();
    return true;
  } catch {
    // No threads, or not one more: then this one does it all.
    return false;
  }
}

/** On a machine that is busy the threads would only wait for each other, and take more from everybody else. */
function hasSpareProcessor(): boolean {
  const processors = availableParallelism();
  return processors > 1 && (loadavg()[0] ?? 0) < 1.5 * processors;
}

/** What the two threads know of a chunk of files. */
const [free, ours, theirs, done] = [0, 1, 2, 3] as const;

/** Files that are taken at once: enough that to take them costs nothing, few enough that who meets the other waits for a millisecond. */
const chunkSize = 32;

/** Milliseconds for which a chunk of the second thread is waited for; then the first does it again. */
const patience = 2000;

/**
 * Files, by number, that two threads go through: the first from the first file on and in order, the second from the last one back, until
 * they meet. The second marks the files with which it came to an end; a chunk counts only when it has handed it over as a whole.
 */
export class SharedFiles {
  readonly memory: SharedArrayBuffer;
  readonly #chunks: Int32Array;
  readonly #marks: Uint8Array;
  readonly #count: number;
  #chunk = -1;
  #isOurs = true;
  #isLate = false;

  constructor(count: number, memory?: SharedArrayBuffer) {
    const chunks = Math.ceil(count / chunkSize);
    this.memory = memory ?? new SharedArrayBuffer(chunks * 4 + count);
    this.#chunks = new Int32Array(this.memory, 0, chunks);
    this.#marks = new Uint8Array(this.memory, chunks * 4, count);
    this.#count = count;
  }

  /** Of the first thread, which asks for the files in order: whether the second has come to an end with this one. */
  isMarked(file: number): boolean {
    const chunk = Math.floor(file / chunkSize);
    if (chunk !== this.#chunk) {
      this.#chunk = chunk;
      this.#isOurs = !this.#isDone(chunk);
    }
    return !this.#isOurs && this.#marks[file] === 1;
  }

  #isDone(chunk: number): boolean {
    if (Atomics.compareExchange(this.#chunks, chunk, free, ours) === free) return false;
    // Who has kept us waiting once has died, or is stuck.
    if (!this.#isLate) this.#isLate = Atomics.wait(this.#chunks, chunk, theirs, patience) === 'timed-out';
    return Atomics.load(this.#chunks, chunk) === done;
  }

  /** Of the second thread: calls `finish` with file by file, and marks those of which it is true, until the first has come to meet it. */
  finishFromLast(finish: (file: number) => boolean): void {
    for (let chunk = this.#chunks.length - 1; chunk >= 0; chunk--) {
      if (Atomics.compareExchange(this.#chunks, chunk, free, theirs) !== free) return;
      const end = Math.min(this.#count, (chunk + 1) * chunkSize);
      for (let file = chunk * chunkSize; file < end; file++) if (finish(file)) this.#marks[file] = 1;
      Atomics.store(this.#chunks, chunk, done);
      Atomics.notify(this.#chunks, chunk);
    }
  }
}
