// Runs in a thread of its own: searches files from the last one back, and marks those that need no closer look (second-search.ts).

import { workerData } from 'node:worker_threads';
import { needleOverlap } from '../hilt/needles.ts';
import { NoticeList } from '../sources/notice-list.ts';
import { defaultMaxFileSize, diskFile } from '../sources/read-file.ts';
import { SharedFiles } from '../sources/two-threads.ts';
import { candidateSearch } from './candidate-search.ts';
import type { SearchTask } from './second-search.ts';

const { memory, root, files, own } = workerData as SearchTask;
const paths = files.split('\0');
const isCandidate = candidateSearch(own);
const reading = { root, notices: new NoticeList(), maxFileSize: defaultMaxFileSize };

new SharedFiles(paths.length, memory).finishFromLast((file) => hasNothing(paths[file] ?? ''));

/** Whether a file was read as a whole, mentions nothing, and there is nothing to tell of it. Everything else the first thread looks at itself. */
function hasNothing(path: string): boolean {
  if (path === '') return false;
  const told = reading.notices.all.length;
  let isRead = false;
  const search = (bytes: Uint8Array): boolean => {
    isRead = true;
    return isCandidate(bytes);
  };
  return !diskFile({ path, absolute: path }, reading).contains?.(search, needleOverlap) && isRead && reading.notices.all.length === told;
}
