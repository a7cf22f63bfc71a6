import type { Declaration } from '../../syntax/module-summary.ts';
import { joinPath } from '../graph/posix-path.ts';
import { isBuildName, isEnvironmentWord, isTestName, nameWords } from './file-roles.ts';
import type { Feed, KeyOrigin, Unit } from './integration.ts';
import { originsOf } from './key-origins.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import { commandsBelow, groupsBelow, textAt, type ManifestFile } from './manifest-file.ts';
import { startedBy } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** Jobs of GitHub, Gitea and Forgejo workflows (https://docs.github.com/actions/reference/workflow-syntax-for-github-actions). */
export const workflow: ManifestKind = {
  matches: (path) => /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path),
  units: (manifest, reading) => [...groupsBelow(manifest.declarations, ['jobs'])].flatMap(([job, declarations]) => jobUnit(job, declarations, manifest, reading) ?? []),
};

function jobUnit(job: string, declarations: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading): Unit | undefined {
  const path = ['jobs', job];
  const title = textAt(declarations, [...path, 'name']);
  const lines = commandsBelow(manifest, path).map((each) => ({ text: each.text, folder: folderOfStep(each.path, declarations) }));
  const started = lines.map(({ text, folder }) => startedBy(text, folder, reading.commands));
  const programs = [...new Set(started.flatMap((each) => each.programs))];
  if (isTestJob(job) || isBuildJob(job) || (programs.length === 0 && lines.length > 0 && lines.every(({ text }) => isCheck(text)))) return undefined;
  const above = manifest.declarations.filter((each) => each.path.length === 1 && each.path[0] === 'env');
  const own = declarations.filter((each) => isEnvironment(each.path));
  const set = new Map([...above, ...own].map((each) => [each.name, each]));
  // A step may take over what the job or the workflow sets: `HILT_KEY: ${{ env.HILT_API_KEY }}`.
  const variable = (name: string, seen: ReadonlySet<string> = new Set()): readonly KeyOrigin[] | undefined => {
    const declared = seen.has(name) ? undefined : set.get(name);
    if (!declared) return /^(?:vars|inputs)\./.test(name) ? [{ kind: 'reference', store: 'github variable', name }] : undefined;
    return originsOf(declared.value, { file: manifest.file, keyOptions: reading.keyOptions, variable: (other) => variable(other, new Set([...seen, name])) ?? [] });
  };
  const feeds: Feed[] = [...feedsOf(own, manifest, reading, { variable }), ...feedsOf(above.filter((each) => !own.some((other) => other.name === each.name)), manifest, reading, { variable })];
  const folders = [...new Set(started.flatMap((each) => each.folder ?? []).filter((folder) => folder !== ''))];
  return {
    kind: 'workflow job',
    name: jobName(job, title, manifest.file),
    place: { file: manifest.file, at: declarations[0]?.at ?? [0, 0] },
    ...(folders.length === 1 && folders[0] !== undefined ? { folder: folders[0] } : {}),
    programs,
    feeds,
    envFiles: [],
  };
}

/** `env` of the job, of one of its steps, or of its container; `with` and `secrets` hand keys to actions and reusable workflows. */
function isEnvironment(path: readonly string[]): boolean {
  const last = path.at(-1);
  return last === 'env' || ((last === 'with' || last === 'secrets') && path.length >= 3);
}

function folderOfStep(path: readonly string[], declarations: readonly Declaration[]): string {
  const step = path.slice(0, -1);
  const named = textAt(declarations, [...step, 'working-directory']) ?? textAt(declarations, [...path.slice(0, 2), 'defaults', 'run', 'working-directory']);
  return named === undefined ? '' : (joinPath('', named) ?? '');
}

const verbs = new Set(['deploy', 'release', 'publish', 'ship', 'run', 'start', 'rollout', 'push', 'build', 'and', 'to', 'job', 'the', 'nightly', 'daily', 'weekly', 'hourly', 'scheduled', 'cron']);

/** `telegram-bot` of a job `deploy-telegram-bot`; a job whose name says nothing has its workflow's. */
export function jobName(job: string, title: string | undefined, file: string): string {
  for (const name of [job, title ?? '', baseName(file).replace(/\.ya?ml$/, '')]) {
    const words = nameWords(name).filter((word) => !verbs.has(word));
    if (words.some((word) => !isEnvironmentWord(word)) && !/\$\{\{/.test(name)) return words.join('-');
  }
  // `deploy-staging`, `preview`: what is deployed is the repository itself.
  return 'deploy';
}

function isTestJob(job: string): boolean {
  return isTestName(job) && !nameWords(job).includes('deploy');
}

function isBuildJob(job: string): boolean {
  const words = nameWords(job);
  return isBuildName(job) && !words.includes('deploy') && !words.includes('run');
}

/** A command that installs, builds, checks or tests. */
export function isCheck(line: string): boolean {
  return line.split(/\n|&&|;/).map((each) => each.trim()).filter((each) => each !== '' && !each.startsWith('#')).every((each) => (
    /^(?:npm|pnpm|yarn|bun)\s+(?:ci|install|i|test|t|(?:run\s+)?(?:[\w:-]*(?:test|lint|build|check|typecheck|format|e2e)[\w:-]*))\b/.test(each)
    || /^(?:npx\s+|pnpm\s+exec\s+|pnpm\s+|yarn\s+|bunx\s+)?(?:vitest|jest|mocha|playwright|cypress|eslint|tsc|prettier|pytest|ruff|mypy|go\s+(?:test|vet|build)|cargo\s+(?:test|build|clippy)|turbo\s+(?:run\s+)?(?:test|lint|build|typecheck)|nx\s+\S*(?:test|lint|build)\S*|corepack|echo|hilt-guard)\b/.test(each)
  ));
}
