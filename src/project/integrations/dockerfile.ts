import { folderOf } from '../graph/posix-path.ts';
import type { Unit } from './integration.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import type { ManifestFile } from './manifest-file.ts';
import { startedBy } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** `Dockerfile`, `Dockerfile.bot`, `bot.Dockerfile`. What compose files and manifests build from it is the same integration. */
export const dockerfile: ManifestKind = {
  matches: (path) => isDockerfile(baseName(path)),
  units: (manifest, reading) => unitOf(manifest, reading),
};

function isDockerfile(name: string): boolean {
  return /^(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$/.test(name) || /\.(?:Dockerfile|dockerfile)$/.test(name);
}

function unitOf(manifest: ManifestFile, reading: ManifestReading): Unit[] {
  const folder = folderOf(manifest.file);
  const base = baseName(manifest.file);
  const suffix = /^(?:Dockerfile|Containerfile)[.-]([\w-]+)/.exec(base)?.[1] ?? /^(.+)\.[Dd]ockerfile$/.exec(base)?.[1];
  const name = suffix ?? folder.split('/').at(-1) ?? '';
  const line = commandLine(manifest);
  const programs = line === undefined ? [] : [...startedBy(line, folder, reading.commands).programs, ...(folder === '' ? [] : startedBy(line, '', reading.commands).programs)];
  const feeds = feedsOf(manifest.declarations.filter((each) => each.path[0] === 'ENV'), manifest, reading);
  if (name === '' && programs.length === 0) return [];
  return [{ kind: 'container image', name, place: { file: manifest.file, at: [0, 0] }, ...(folder === '' ? {} : { folder }), programs: programs.slice(0, 1), feeds, envFiles: [] }];
}

/** What the image runs: its last `CMD`, behind its last `ENTRYPOINT`. */
function commandLine({ commands }: ManifestFile): string | undefined {
  const last = (name: string): string | undefined => commands.findLast(({ path }) => path[0] === name)?.text;
  const words = [last('ENTRYPOINT'), last('CMD')].filter((text) => text !== undefined);
  return words.length > 0 ? words.join(' ') : undefined;
}

export function dockerfileCommand(file: string, reading: ManifestReading): string | undefined {
  const manifest = reading.manifest(file);
  return manifest && commandLine(manifest);
}
