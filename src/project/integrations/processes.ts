import type { Declaration } from '../../syntax/module-summary.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import { isBuildName, isTestName } from './file-roles.ts';
import type { EnvFileReference, Unit } from './integration.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import { groupsBelow, plainText, textAt, type ManifestFile } from './manifest-file.ts';
import { fileOf, startedBy } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** Processes of a Procfile (https://devcenter.heroku.com/articles/procfile). `release` prepares the others. */
export const procfile: ManifestKind = {
  matches: (path) => /^Procfile(?:\.[\w-]+)?$/.test(baseName(path)),
  units: (manifest, reading) => {
    const folder = folderOf(manifest.file);
    return manifest.commands.flatMap(({ path, text, at }): Unit[] => {
      const name = path[0] ?? '';
      if (name === 'release' || isTestName(name) || isBuildName(name)) return [];
      return [{ kind: 'process', name, place: { file: manifest.file, at }, folder, programs: startedBy(text, folder, reading.commands).programs, feeds: [], envFiles: [] }];
    });
  },
};

/** systemd services (systemd.exec(5)): one unit a file. */
export const systemd: ManifestKind = {
  matches: (path) => /\.(?:service|container)$/.test(baseName(path)),
  units: (manifest, reading) => {
    const { file, declarations } = manifest;
    const folder = textAt(declarations, ['Service', 'WorkingDirectory']) ?? '';
    const programs = manifest.commands.filter(({ path }) => path.at(-1) === 'ExecStart').flatMap(({ text }) => startedOnHost(text, folder, reading));
    const envFiles = declarations.filter(({ name }) => name === 'EnvironmentFile').flatMap((each): EnvFileReference[] => {
      const path = plainText(each)?.replace(/^-/, '');
      return path === undefined ? [] : [{ path: joinPath('', path) ?? path, place: { file, at: each.valueAt } }];
    });
    const name = baseName(file).replace(/(?:@)?\.(?:service|container)$/, '');
    return [{ kind: 'systemd unit', name, place: { file, at: declarations[0]?.at ?? [0, 0] }, programs, feeds: feedsOf(declarations.filter(({ path }) => path.at(-1) === 'Environment'), manifest, reading), envFiles }];
  },
};

/** A command line of a host: its paths begin wherever the repository is installed. */
function startedOnHost(line: string, folder: string, { commands }: ManifestReading): string[] {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const relative = words.map((word) => (word.startsWith('/') ? withinRepository(word, commands.paths) ?? word : word));
  const inside = withinRepository(folder, commands.paths) ?? '';
  return [...new Set([...startedBy(relative.join(' '), inside, commands).programs, ...startedBy(relative.join(' '), '', commands).programs])].slice(0, 1);
}

/** The longest end of an absolute path that the repository has. */
function withinRepository(path: string, paths: ReadonlySet<string>): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  for (let from = 0; from < parts.length; from += 1) {
    const end = parts.slice(from).join('/');
    if (fileOf(`./${end}`, '', paths) !== undefined) return end;
  }
  return undefined;
}

/** Entries of a crontab (crontab(5)): each runs on its own, with the variables that are set above it. */
export const crontab: ManifestKind = {
  matches: (path) => /(?:^|\/)(?:crontab(?:\.[\w-]+)?|cron\.d\/[^/]+|[^/]+\.(?:cron|crontab))$/.test(path),
  units: (manifest, reading) => manifest.commands.flatMap(({ text, at }): Unit[] => {
    const programs = startedOnHost(text.replace(/^\s*(?:root|www-data|[a-z_][\w-]*)\s+(?=\/|node|cd|bash|sh|python|npm|pnpm|yarn)/, ''), /\bcd\s+(\S+)/.exec(text)?.[1] ?? '', reading);
    const name = (programs[0] ?? /([\w.-]+?)(?:\.\w+)?(?:\s|$)/.exec(text.replace(/^\S*\//, ''))?.[1] ?? '').split('/').at(-1)?.replace(/\.\w+$/, '') ?? '';
    if (name === '' || isTestName(name)) return [];
    const above = manifest.declarations.filter((each) => each.at[0] < at[0]);
    return [{ kind: 'cron entry', name, place: { file: manifest.file, at }, programs, feeds: feedsOf(above, manifest, reading), envFiles: [] }];
  }),
};

/** Applications of PM2 (https://pm2.keymetrics.io/docs/usage/application-declaration/), where the file is data. */
export const pm2: ManifestKind = {
  matches: (path) => /^(?:ecosystem|processes|process|pm2)(?:\.config)?\.(?:json|ya?ml)$/.test(baseName(path)),
  units: (manifest, reading) => [...groupsBelow(manifest.declarations, ['apps'])].flatMap(([index, own]) => pm2Unit(['apps', index], own, manifest, reading)),
};

function pm2Unit(path: readonly string[], own: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading): Unit[] {
  const { file } = manifest;
  const folder = joinPath(folderOf(file), textAt(own, [...path, 'cwd']) ?? '') ?? folderOf(file);
  const script = textAt(own, [...path, 'script']);
  const program = script === undefined ? undefined : fileOf(script.includes('/') ? script : `./${script}`, folder, reading.commands.paths);
  const envFile = textAt(own, [...path, 'env_file']);
  const at = own[0]?.at ?? [0, 0];
  return [{
    kind: 'process', name: textAt(own, [...path, 'name']) ?? script ?? 'process',
    place: { file, at },
    programs: program === undefined ? [] : [program],
    feeds: feedsOf(own.filter((each) => /^env(?:_\w+)?$/.test(each.path[path.length] ?? '')), manifest, reading),
    envFiles: envFile === undefined ? [] : [{ path: joinPath(folder, envFile) ?? envFile, place: { file, at } }],
  }];
}

/** Programs of supervisord (http://supervisord.org/configuration.html). */
export const supervisor: ManifestKind = {
  matches: (path) => /^supervisord?(?:\.[\w-]+)?\.(?:conf|ini)$/.test(baseName(path)) || /(?:^|\/)supervisor(?:d|\/conf\.d)?\/[^/]+\.(?:conf|ini)$/.test(path),
  units: (manifest, reading) => [...groupsBelow(manifest.declarations, [])].filter(([section]) => section.startsWith('program:')).map(([section, own]): Unit => ({
    kind: 'process', name: section.slice('program:'.length),
    place: { file: manifest.file, at: own[0]?.at ?? [0, 0] },
    programs: startedOnHost(textAt(own, [section, 'command']) ?? '', textAt(own, [section, 'directory']) ?? '', reading),
    feeds: feedsOf(own.filter((each) => each.path.at(-1) === 'environment'), manifest, reading),
    envFiles: [],
  })),
};
