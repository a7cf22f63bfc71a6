import type { KeyOptions } from '../../hilt/key-options.ts';
import { isKeyLikeName, isKeyName } from '../../hilt/names.ts';
import type { Declaration } from '../../syntax/module-summary.ts';
import { folderOf } from '../graph/posix-path.ts';
import type { Environments } from './environments.ts';
import type { Feed, KeyOrigin, Unit } from './integration.ts';
import { originsOf } from './key-origins.ts';
import type { ManifestFile } from './manifest-file.ts';
import type { CommandContext } from './start-command.ts';

/** What readers of manifests need to know of the repository. */
export interface ManifestReading {
  readonly keyOptions: KeyOptions;
  readonly environments: Environments;
  readonly commands: CommandContext;
  /** What Kubernetes' Secrets and ConfigMaps of the repository hold, by their names. */
  objects(): ReadonlyMap<string, readonly ObjectEntry[]>;
  /** Another manifest of the repository, by its path. */
  manifest(file: string): ManifestFile | undefined;
}

/** One key of a Kubernetes Secret or ConfigMap, with where its value comes from as far as the repository tells. */
export interface ObjectEntry { readonly key: string; readonly origins: readonly KeyOrigin[] }

/** One kind of manifest: which files are of it, and what they run. */
export interface ManifestKind {
  readonly matches: (path: string) => boolean;
  readonly units: (manifest: ManifestFile, reading: ManifestReading) => Unit[];
}

export interface FeedOptions {
  /** What a name means where the manifest itself sets it, before the environment of its folder is asked. */
  readonly variable?: (name: string) => readonly KeyOrigin[] | undefined;
  readonly store?: string;
}

/** The declarations that hand a key to a program: keys by their name, or by what they are set to. */
export function feedsOf(declarations: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading, options: FeedOptions = {}): Feed[] {
  return declarations.flatMap((each) => feedOf(each, manifest, reading, options) ?? []);
}

function feedOf({ name, value, at }: Declaration, { file }: ManifestFile, { keyOptions, environments }: ManifestReading, { variable, store }: FeedOptions): Feed | undefined {
  const isKey = isKeyName(name, keyOptions);
  const folder = folderOf(file);
  const origins = originsOf(value, {
    file, keyOptions, isKey,
    variable: (other) => variable?.(other) ?? environments.ofFolder(folder, other, folder),
    ...(store === undefined ? {} : { store }),
  });
  if (!isKey && !origins.some((origin) => isKeyOrigin(origin, keyOptions))) return undefined;
  // A placeholder: the value is filled in for this place alone.
  const known: readonly KeyOrigin[] = origins.length > 0 ? origins : [{ kind: 'variable', scope: `${file}:${at[0]}`, name }];
  return { name, origins: known, place: { file, at } };
}

/** Whether an origin is a key by what it is called. */
export function isKeyOrigin(origin: KeyOrigin, keyOptions: KeyOptions): boolean {
  if (origin.kind === 'literal') return origin.secret.kind === 'key';
  return isKeyLikeName(origin.name.split(/[\s/#:]/).at(-1) ?? '', keyOptions) || isKeyLikeName(origin.name, keyOptions);
}
