import { isKeyLikeName } from '../../hilt/names.ts';
import type { Declaration } from '../../syntax/module-summary.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import { dockerfileCommand } from './dockerfile.ts';
import { isTestName } from './file-roles.ts';
import type { EnvFileReference, Feed, Unit } from './integration.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import { commandsBelow, groupsBelow, textAt, textsAt, type ManifestFile } from './manifest-file.ts';
import { startedBy } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** Services of a compose file (https://docs.docker.com/reference/compose-file/services/). */
export const compose: ManifestKind = {
  matches: (path) => /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(baseName(path)),
  units: (manifest, reading) => [...groupsBelow(manifest.declarations, ['services'])].flatMap(([name, declarations]) => serviceUnit(name, declarations, manifest, reading) ?? []),
};

function serviceUnit(name: string, declarations: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading): Unit | undefined {
  if (isTestName(name)) return undefined;
  const path = ['services', name];
  const folder = folderOf(manifest.file);
  const context = textAt(declarations, [...path, 'build']) ?? textAt(declarations, [...path, 'build', 'context']);
  const image = textAt(declarations, [...path, 'image']);
  const build = context === undefined ? undefined : joinPath(folder, context);
  const dockerfile = build === undefined ? undefined : joinPath(build, textAt(declarations, [...path, 'build', 'dockerfile']) ?? 'Dockerfile');
  const started = startedIn(build ?? folder, path, dockerfile, manifest, reading);
  return {
    kind: 'compose service',
    name,
    aliases: [imageName(image), textAt(declarations, [...path, 'container_name'])].flatMap((alias) => alias ?? []),
    place: { file: manifest.file, at: declarations[0]?.at ?? [0, 0] },
    ...(build === undefined ? {} : { folder: started.folder ?? ownFolder(build, dockerfile) }),
    programs: started.programs,
    feeds: [
      ...feedsOf(declarations.filter((each) => each.path.at(-1) === 'environment' && each.path.length === 3), manifest, reading),
      ...secretFeeds(path, declarations, manifest, reading),
    ],
    envFiles: envFilesOf(path, declarations, folder, manifest),
  };
}

function startedIn(folder: string, path: readonly string[], dockerfile: string | undefined, manifest: ManifestFile, reading: ManifestReading): { programs: readonly string[]; folder?: string } {
  const lines = commandsBelow(manifest, path).filter((each) => /^(?:command|entrypoint|args)$/.test(each.path[2] ?? '')).map((each) => each.text);
  const own = lines.map((line) => startedBy(line, folder, reading.commands));
  const programs = own.flatMap((each) => each.programs);
  if (programs.length > 0 || dockerfile === undefined) return { programs };
  const line = dockerfileCommand(dockerfile, reading);
  return line === undefined ? { programs } : startedBy(line, folder, reading.commands);
}

/** A service is built from the whole repository where its Dockerfile lies with its code. */
function ownFolder(build: string, dockerfile: string | undefined): string {
  const folder = dockerfile === undefined ? build : folderOf(dockerfile);
  return folder.length > build.length ? folder : build;
}

function envFilesOf(path: readonly string[], declarations: readonly Declaration[], folder: string, { file }: ManifestFile): EnvFileReference[] {
  const named = textsAt(declarations, [...path, 'env_file']);
  const long = declarations.filter((each) => each.name === 'path' && each.path[2] === 'env_file').flatMap((each) => (each.value.kind === 'text' ? [{ text: each.value.text, at: each.valueAt }] : []));
  return [...named, ...long].flatMap(({ text, at }) => {
    const found = joinPath(folder, text);
    return found === undefined || found === '' ? [] : [{ path: found, place: { file, at } }];
  });
}

/** `secrets: [hilt_api_key]`: a file in the container, of the name that the top of the compose file declares. */
function secretFeeds(path: readonly string[], declarations: readonly Declaration[], { file }: ManifestFile, { keyOptions }: ManifestReading): Feed[] {
  const short = textsAt(declarations, [...path, 'secrets']);
  const long = declarations.filter((each) => each.name === 'source' && each.path[2] === 'secrets').flatMap((each) => (each.value.kind === 'text' ? [{ text: each.value.text, at: each.valueAt }] : []));
  return [...short, ...long].filter(({ text }) => isKeyLikeName(text, keyOptions)).map(({ text, at }) => (
    { name: text, origins: [{ kind: 'reference', store: `compose ${folderOf(file)}`, name: text }], place: { file, at } }
  ));
}

/** `telegram-bot` of `ghcr.io/acme/telegram-bot:1.2@sha256:…`. */
export function imageName(image: string | undefined): string | undefined {
  return image?.replace(/[@:][^/]*$/, '').split('/').at(-1)?.replace(/[@:].*$/, '');
}
