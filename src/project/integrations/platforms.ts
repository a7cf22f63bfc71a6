import type { Declaration } from '../../syntax/module-summary.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import { isTestName } from './file-roles.ts';
import type { Feed, Unit } from './integration.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import { commandsBelow, groupsBelow, plainText, textAt, type ManifestFile } from './manifest-file.ts';
import { fileOf, startedBy } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** A file that configures the one deployment of its folder. */
interface PlatformFile {
  readonly files: RegExp;
  /** Where the deployment's name stands. */
  readonly name?: readonly string[];
  /** Where the file that it starts stands. */
  readonly main?: readonly string[];
  /** Whether a declaration sets a variable of the program, by the keys above it. */
  readonly sets: (path: readonly string[]) => boolean;
}

/** One row a platform, from its reference of the configuration file, which the comment names. */
const platformFiles: readonly PlatformFile[] = [
  // https://developers.cloudflare.com/workers/wrangler/configuration/
  { files: /^wrangler\.(?:toml|jsonc?)$/, name: ['name'], main: ['main'], sets: (path) => path.at(-1) === 'vars' },
  // https://vercel.com/docs/project-configuration
  { files: /^vercel\.json$/, name: ['name'], sets: (path) => path[0] === 'env' },
  // https://docs.netlify.com/build/configure-builds/file-based-configuration/
  { files: /^netlify\.toml$/, sets: (path) => path.at(-1) === 'environment' },
  // https://docs.railway.com/reference/config-as-code
  { files: /^railway\.(?:json|toml)$/, sets: (path) => path.at(-1) === 'variables' },
  // https://cloud.google.com/appengine/docs/standard/reference/app-yaml
  { files: /^app\.ya?ml$/, name: ['service'], sets: (path) => path[0] === 'env_variables' },
  // https://devcenter.heroku.com/articles/app-json-schema, https://docs.expo.dev/versions/latest/config/app/
  { files: /^app\.json$/, name: ['name'], sets: (path) => path[0] === 'env' },
  // https://devcenter.heroku.com/articles/heroku-yml-build-manifest
  { files: /^heroku\.yml$/, sets: (path) => path.join('.') === 'setup.config' },
  // https://docs.aws.amazon.com/apprunner/latest/dg/config-file-ref.html
  { files: /^apprunner\.ya?ml$/, sets: (path) => path[0] === 'run' },
  // https://docs.digitalocean.com/products/app-platform/reference/app-spec/ has its own reader below.
];

export const platformFile: ManifestKind = {
  matches: (path) => platformFiles.some(({ files }) => files.test(baseName(path))),
  units: (manifest, reading) => {
    const platform = platformFiles.find(({ files }) => files.test(baseName(manifest.file)));
    return platform ? [platformUnit(platform, manifest, reading)] : [];
  },
};

function platformUnit({ name, main, sets }: PlatformFile, manifest: ManifestFile, reading: ManifestReading): Unit {
  const folder = folderOf(manifest.file);
  const program = main && textAt(manifest.declarations, main);
  const file = program === undefined ? undefined : fileOf(program.includes('/') ? program : `./${program}`, folder, reading.commands.paths);
  return {
    kind: 'deployment',
    name: (name && textAt(manifest.declarations, name)) ?? folder.split('/').at(-1) ?? '',
    place: { file: manifest.file, at: manifest.declarations[0]?.at ?? [0, 0] },
    folder,
    programs: file === undefined ? [] : [file],
    feeds: [...feedsOf(manifest.declarations.filter((each) => sets(each.path)), manifest, reading), ...storedSecrets(manifest)],
    envFiles: [],
  };
}

/** Cloudflare's Secrets Store: `binding` and `secret_name`. */
function storedSecrets({ file, declarations }: ManifestFile): Feed[] {
  return declarations.filter((each) => each.name === 'binding' && each.path.includes('secrets_store_secrets')).flatMap((each): Feed[] => {
    const binding = plainText(each);
    const secret = textAt(declarations, [...each.path, 'secret_name']);
    if (binding === undefined || secret === undefined || !/hilt/i.test(binding + secret)) return [];
    return [{ name: binding, origins: [{ kind: 'reference', store: 'cloudflare', name: `${textAt(declarations, [...each.path, 'store_id']) ?? ''}/${secret}` }], place: { file, at: each.valueAt } }];
  });
}

/** fly.toml: one application, or its processes (https://fly.io/docs/reference/configuration/). */
export const fly: ManifestKind = {
  matches: (path) => /^fly(?:\.[\w-]+)?\.toml$/.test(baseName(path)),
  units: (manifest, reading) => {
    const { declarations, file } = manifest;
    const folder = folderOf(file);
    const app = textAt(declarations, ['app']) ?? folder.split('/').at(-1) ?? 'app';
    const feeds = feedsOf(declarations.filter((each) => each.path[0] === 'env'), manifest, reading);
    const place = { file, at: declarations[0]?.at ?? [0, 0] } as const;
    const processes = declarations.filter((each) => each.path.length === 1 && each.path[0] === 'processes');
    if (processes.length < 2) return [{ kind: 'deployment', name: app, place, folder, programs: [], feeds, envFiles: [] }];
    return processes.map((each): Unit => ({ kind: 'process', name: /^(?:app|web)$/.test(each.name) ? app : `${app}-${each.name}`, place: { file, at: each.at }, folder, programs: startedBy(plainText(each) ?? '', folder, reading.commands).programs, feeds, envFiles: [] }));
  },
};

/** Lists of services with `envs` and folders: Render (https://render.com/docs/blueprint-spec), DigitalOcean, Koyeb. */
export const serviceLists: ManifestKind = {
  matches: (path) => /^(?:render|koyeb)\.ya?ml$/.test(baseName(path)) || /(?:^|\/)\.do\/[^/]+\.ya?ml$/.test(path),
  units: (manifest, reading) => ['services', 'workers', 'jobs', 'functions'].flatMap((list) => (
    [...groupsBelow(manifest.declarations, [list])].flatMap(([index, own]) => serviceUnit([list, index], own, manifest, reading))
  )),
};

function serviceUnit(path: readonly string[], own: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading): Unit[] {
  const name = textAt(own, [...path, 'name']);
  if (name === undefined || isTestName(name)) return [];
  const { file, declarations } = manifest;
  const root = textAt(own, [...path, 'rootDir']) ?? textAt(own, [...path, 'source_dir']) ?? textAt(own, [...path, 'dockerContext']);
  const folder = root === undefined ? undefined : (joinPath(folderOf(file), root.replace(/^\//, '')) ?? '');
  const lines = commandsBelow(manifest, path).filter((each) => /^(?:startCommand|run_command|dockerCommand)$/.test(each.path.at(-1) ?? '')).map((each) => each.text);
  const run = textAt(own, [...path, 'run_command']);
  const common = declarations.filter((each) => each.path[0] === 'envs');
  return [{
    kind: 'deployment', name,
    place: { file, at: own[0]?.at ?? [0, 0] },
    ...(folder === undefined ? {} : { folder }),
    programs: [...lines, ...(run === undefined ? [] : [run])].slice(0, 1).flatMap((line) => startedBy(line, folder ?? folderOf(file), reading.commands).programs),
    feeds: [...feedsOf([...own, ...common], manifest, reading), ...groupFeeds(path, own, manifest, reading)],
    envFiles: [],
  }];
}

/** Render's environment groups and values of other services, and keys that are set by hand in the dashboard. */
function groupFeeds(path: readonly string[], own: readonly Declaration[], { file, declarations }: ManifestFile, { keyOptions, environments }: ManifestReading): Feed[] {
  const isKey = (name: string): boolean => /HILT/.test(name) && (keyOptions.names.includes(name) || /KEY/.test(name));
  const feeds: Feed[] = [];
  for (const each of own) {
    const text = plainText(each);
    if (text === undefined) continue;
    const place = { file, at: each.valueAt };
    if (each.name === 'fromGroup') {
      for (const group of groupsBelow(declarations, ['envVarGroups'])) {
        if (textAt(group[1], ['envVarGroups', group[0], 'name']) !== text) continue;
        for (const entry of group[1]) {
          const key = entry.name === 'key' ? plainText(entry) : undefined;
          if (key !== undefined && isKey(key)) feeds.push({ name: key, origins: [{ kind: 'reference', store: 'render group', name: `${text}/${key}` }], place });
        }
      }
    } else if (each.name === 'envVarKey' && isKey(text)) {
      const service = textAt(own, [...each.path, 'name']) ?? '';
      const name = textAt(own, [...each.path.slice(0, -1), 'key']) ?? text;
      feeds.push({ name, origins: environments.ofFile(`${file}#${service}/.env`, text), place });
    } else if (each.name === 'key' && isKey(text) && each.path.at(-2) === 'envVars' && !own.some((other) => other !== each && other.path.length >= each.path.length && other.path.slice(0, each.path.length).join() === each.path.join() && /^(?:fromGroup|fromService|envVarKey|value)$/.test(other.name))) {
      const name = textAt(own, [...path, 'name']) ?? '';
      feeds.push({ name: text, origins: environments.ofFile(`${file}#${name}/.env`, text), place });
    }
  }
  return feeds;
}
