import type { Notice } from '../sources/notice.ts';
import { writeStderr } from './console.ts';

/** Lines of one code. */
const limit = 20;
/** Files of which the same is noted that are told one by one; of more, some stand for all. */
const fewFiles = 5;
const namedFiles = 3;

/** Tells on stderr what was not scanned; with `quiet` only what makes the scan incomplete. */
export function tellNotices(notices: readonly Notice[], quiet: boolean): void {
  const told = new Map<string, number>();
  for (const alike of groupsOf(notices.filter(({ level }) => !quiet || level === 'incomplete'))) {
    for (const line of linesOf(alike)) {
      const count = (told.get(alike[0].code) ?? 0) + 1;
      told.set(alike[0].code, count);
      if (count <= limit) writeStderr(line);
    }
  }
  for (const [code, count] of told) if (count > limit) writeStderr(`… and ${count - limit} more notices (${code}); --format json lists them all.`);
}

type Group = readonly [Notice, ...Notice[]];

/** Notices that say the same of different files. */
function groupsOf(notices: readonly Notice[]): Group[] {
  const groups = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of notices) {
    const key = `${notice.level} ${notice.message}`;
    const known = groups.get(key);
    if (known) known.push(notice);
    else groups.set(key, [notice]);
  }
  return [...groups.values()];
}

function linesOf(alike: Group): string[] {
  // What makes a scan incomplete is to be mended file by file.
  if (alike.length <= fewFiles || alike[0].level === 'incomplete') return alike.map(({ level, file, message }) => `${wordOf(level)}: ${file === undefined ? '' : `${shown(file)}: `}${message}`);
  const [{ level, message }] = alike;
  const files = alike.slice(0, namedFiles).map(({ file = '' }) => shown(file)).join(', ');
  return [`${wordOf(level)}: ${files} and ${alike.length - namedFiles} more files (--format json lists them all): ${message}`];
}

function wordOf(level: Notice['level']): string {
  return level === 'incomplete' ? 'not scanned' : 'note';
}

/** Without what would move the cursor of a terminal. */
function shown(file: string): string {
  return JSON.stringify(file).slice(1, -1);
}
