import { isKeyName } from '../../hilt/names.ts';
import type { Declaration } from '../../syntax/module-summary.ts';
import { isTestName } from './file-roles.ts';
import type { Feed, KeyOrigin, Unit } from './integration.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import { commandsBelow, groupsBelow, textAt, type ManifestFile } from './manifest-file.ts';
import { startedBy } from './start-command.ts';
import { isCheck, jobName } from './workflow.ts';
import { baseName } from '../../sources/base-name.ts';

const keywords = new Set(['variables', 'stages', 'default', 'include', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script', 'pages', 'spec']);

/** Jobs of GitLab CI (https://docs.gitlab.com/ci/yaml/). Variables of the project are there in every job, without a declaration. */
export const gitlab: ManifestKind = {
  matches: (path) => /^\.gitlab-ci(?:[.-][\w-]+)?\.ya?ml$/.test(baseName(path)) || /(?:^|\/)\.gitlab\/ci\/[^/]+\.ya?ml$/.test(path),
  units: (manifest, reading) => [...groupsBelow(manifest.declarations, [])].filter(([job]) => !keywords.has(job) && !job.startsWith('.')).flatMap(([job, own]) => jobUnit(job, own, manifest, reading) ?? []),
};

function jobUnit(job: string, own: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading): Unit | undefined {
  const stage = textAt(own, [job, 'stage']) ?? '';
  const commands = commandsBelow(manifest, [job]).filter(({ path }) => /^(?:before_script|script|after_script)$/.test(path[1] ?? ''));
  const programs = [...new Set(commands.flatMap(({ text }) => startedBy(text, '', reading.commands).programs))];
  const isTest = isTestName(job) || isTestName(stage) || /^build$/.test(stage);
  if (isTest || commands.length === 0 || (programs.length === 0 && commands.every(({ text }) => isCheck(text)))) return undefined;
  const common = manifest.declarations.filter((each) => each.path.length === 1 && each.path[0] === 'variables');
  const variables = own.filter((each) => each.path[1] === 'variables');
  const variable = (name: string): readonly KeyOrigin[] => [{ kind: 'reference', store: 'gitlab', name }];
  const declared = feedsOf([...common.filter((each) => !variables.some((other) => other.name === each.name)), ...variables], manifest, reading, { variable, store: 'gitlab' });
  const named = new Set(declared.map(({ name }) => name));
  const read = commands.flatMap(({ text, at }): Feed[] => [...text.matchAll(/\$\{?([A-Z][A-Z0-9_]*)/g)].flatMap(([, name = '']) => (
    isKeyName(name, reading.keyOptions) && !named.has(name) ? [{ name, origins: variable(name), place: { file: manifest.file, at } }] : []
  )));
  return {
    kind: 'workflow job', name: jobName(job, undefined, manifest.file),
    place: { file: manifest.file, at: own[0]?.at ?? [0, 0] },
    programs,
    feeds: [...declared, ...read, ...vaultFeeds(job, own, manifest, reading)],
    envFiles: [],
  };
}

/** `secrets: { HILT_API_KEY: { vault: path/field@mount } }` (https://docs.gitlab.com/ci/yaml/#secrets). */
function vaultFeeds(job: string, own: readonly Declaration[], { file }: ManifestFile, { keyOptions }: ManifestReading): Feed[] {
  return [...groupsBelow(own, [job, 'secrets'])].flatMap(([name, entries]): Feed[] => {
    if (!isKeyName(name, keyOptions)) return [];
    const [first] = entries;
    if (!first) return [];
    const text = entries.flatMap((each) => (each.value.kind === 'text' && each.name !== 'file' ? [each.value.text] : [])).join('/');
    return [{ name, origins: [{ kind: 'reference', store: first.path[3] ?? first.name, name: text }], place: { file, at: first.at } }];
  });
}
