// Runs in a thread of its own: reads the import edges of files from the last one back (second-edges.ts).

import { workerData } from 'node:worker_threads';
import { NoticeList } from '../../sources/notice-list.ts';
import { defaultMaxFileSize, diskFile } from '../../sources/read-file.ts';
import { SharedFiles } from '../../sources/two-threads.ts';
import { createNumberList } from './edge-table.ts';
import { pushEdges } from './raw-graph.ts';
import type { EdgeAnswer, EdgeTask } from './second-edges.ts';
import { TextTable } from './text-table.ts';

const { memory, sent, port, root, files } = workerData as EdgeTask;
const paths = files.split('\0');
const reading = { root, notices: new NoticeList(), maxFileSize: defaultMaxFileSize };
const specifiers = new TextTable();
const words = createNumberList();
const starts = new Uint32Array(paths.length);
const counts = new Uint32Array(paths.length);

new SharedFiles(paths.length, memory).finishFromLast((number) => {
  const path = paths[number] ?? '';
  return path !== '' && read(path, number);
});
const flat = specifiers.flat();
const answer: EdgeAnswer = { starts, counts, words: words.view().slice(), specifiers: { bytes: flat.bytes.slice(), ends: flat.ends.slice() } };
port.postMessage(answer, [starts.buffer, counts.buffer, answer.words.buffer, answer.specifiers.bytes.buffer, answer.specifiers.ends.buffer] as ArrayBuffer[]);
Atomics.store(new Int32Array(sent), 0, 1);
Atomics.notify(new Int32Array(sent), 0);

/** `false` where there is something to tell of the file: then the first thread reads it and tells. */
function read(path: string, number: number): boolean {
  const told = reading.notices.all.length;
  starts[number] = words.length;
  const isRead = pushEdges(diskFile({ path, absolute: path }, reading), path, specifiers, words);
  counts[number] = words.length - (starts[number] as number);
  return isRead && reading.notices.all.length === told;
}
