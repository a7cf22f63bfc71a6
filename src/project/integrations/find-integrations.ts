import { groupBy } from '../../syntax/group-by.ts';
import picomatch from 'picomatch';
import type { Notice } from '../../sources/notice.ts';
import { once } from '../../sources/once.ts';
import type { Source } from '../../sources/source.ts';
import { isBelow } from '../graph/posix-path.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { PythonGraph } from '../python-graph.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import { openEnvironments, type Environments } from './environments.ts';
import { isBuildConfig } from './build-config.ts';
import { isGenericName, isProgramFile, isTestFile, withoutEnvironment } from './file-roles.ts';
import type { DeclaredIntegration, Integration, Unit } from './integration.ts';
import { kubernetes, objectsIn } from './kubernetes.ts';
import type { ManifestKind, ManifestReading, ObjectEntry } from './manifest-kind.ts';
import { manifestKinds } from './manifest-kinds.ts';
import { readManifest, type ManifestFile } from './manifest-file.ts';
import { integrationsOfPackages } from './packages.ts';

export interface FoundIntegrations {
  /** In the order of their names' places: path, then position. */
  readonly integrations: readonly Integration[];
  readonly environments: Environments;
  readonly notices: readonly Notice[];
}

export interface FindOptions {
  readonly source: Source;
  readonly built: BuiltGraph;
  readonly python: PythonGraph;
  readonly keyOptions: KeyOptions;
  /** What the configuration names; it overrules all else. */
  readonly declared: readonly DeclaredIntegration[];
  /** What programs that describe deployments say. */
  readonly described: readonly Unit[];
  /** Files that mention Hilt and describe objects of Kubernetes, whatever their names are. */
  readonly objects: ReadonlySet<string>;
  /** Files that the configuration leaves out. */
  readonly ignores: (file: string) => boolean;
}

/** Works out from manifests, packages and folders what is deployed or run on its own. Reads files of the snapshot; runs nothing. */
export function findIntegrations({ source: whole, built, python, keyOptions, declared, described, objects, ignores }: FindOptions): FoundIntegrations {
  const kept = new Set([...whole.paths()].filter((path) => !ignores(path)));
  const source: Source = { root: whole.root, files: () => whole.files(), open: (path) => whole.open(path), paths: () => kept, notices: whole.notices };
  const environments = openEnvironments(source, built.manifests, keyOptions);
  const manifests = new Map<string, ManifestFile | undefined>();
  const notices: Notice[] = [];
  const manifest = (file: string): ManifestFile | undefined => {
    if (!manifests.has(file)) {
      const read = readManifest(source, file);
      manifests.set(file, read);
      notices.push(...(read?.notices ?? []));
    }
    return manifests.get(file);
  };
  const commands = { paths: source.paths(), workspace: built.workspace };
  const kindOf = (path: string): ManifestKind | undefined => manifestKinds.find((each) => each.matches(path)) ?? (objects.has(path) ? kubernetes : undefined);
  const reading: ManifestReading = { keyOptions, environments, commands, manifest, objects: once(() => objectsOf(source, manifest, keyOptions, kindOf)) };
  const units = [...unitsOf(source, reading, kindOf), ...described];
  const merge = new Merge(declared.length > 0 ? configured(declared, source) : integrationsOfPackages(commands, built, python), declared.length > 0);
  for (const group of groupBy(units, (unit) => unit.place.file).values()) merge.add(group);
  return { integrations: merge.result(), environments, notices };
}

function objectsOf(source: Source, manifest: ManifestReading['manifest'], keyOptions: KeyOptions, kindOf: (path: string) => ManifestKind | undefined): ReadonlyMap<string, readonly ObjectEntry[]> {
  const objects = new Map<string, ObjectEntry[]>();
  for (const path of source.paths()) {
    if (kindOf(path) !== kubernetes) continue;
    const read = manifest(path);
    for (const { object, entry } of read ? objectsIn(read, keyOptions) : []) objects.set(object, [...(objects.get(object) ?? []), entry]);
  }
  return objects;
}

function unitsOf(source: Source, reading: ManifestReading, kindOf: (path: string) => ManifestKind | undefined): Unit[] {
  const units: Unit[] = [];
  for (const path of [...source.paths()].sort()) {
    if (/(?:^|\/)node_modules\//.test(path) || isTestFile(path)) continue;
    const kind = kindOf(path);
    const manifest = kind && reading.manifest(path);
    if (manifest) units.push(...kind.units(manifest, reading));
  }
  return units;
}

function configured(declared: readonly DeclaredIntegration[], source: Source): Integration[] {
  const paths = [...source.paths()];
  return declared.map(({ name, globs }) => {
    const isOwn = picomatch([...globs], { dot: true });
    const files = paths.filter((path) => isOwn(path) || globs.some((glob) => isBelow(path, glob.replace(/\/$/, ''))));
    const folder = commonFolder(files);
    const entries = files.filter((path) => isProgramFile(path) && !isTestFile(path) && !isBuildConfig(path));
    return { name, kind: 'configured', place: { file: entries[0] ?? files[0] ?? '', at: [0, 0] }, folder, isWholeFolder: false, entries, feeds: [], envFiles: [] };
  });
}

function commonFolder(files: readonly string[]): string {
  const [first, ...rest] = files.map((file) => file.split('/').slice(0, -1));
  const common = (first ?? []).filter((part, index) => rest.every((other) => other[index] === part && other.slice(0, index).join('/') === first?.slice(0, index).join('/')));
  return common.join('/');
}

/** Brings together what different manifests say of one integration. */
class Merge {
  readonly #integrations: Draft[];
  readonly #isClosed: boolean;

  constructor(integrations: readonly Integration[], isClosed: boolean) {
    this.#integrations = integrations.map((each) => ({ ...each, names: new Set([each.name, ...(each.isWholeFolder ? [each.folder.split('/').at(-1) ?? ''] : [])].map(withoutEnvironment)), units: [] }));
    this.#isClosed = isClosed;
  }

  /** Units of one manifest. Several of them that run one package are each an integration of their own. */
  add(units: readonly Unit[]): void {
    const matched = units.map((unit) => ({ unit, draft: this.#find(unit) }));
    const perDraft = groupBy(matched, ({ draft }) => draft);
    for (const { unit, draft: before } of matched) {
      // Staging and production may stand in one manifest.
      const draft = before ?? this.#find(unit);
      const siblings = (draft && perDraft.get(draft)) ?? [];
      const isOneOfMany = draft !== undefined && isProcess(unit, draft, siblings.map((each) => each.unit));
      if (draft && !isOneOfMany) absorb(draft, unit);
      else if (draft && unit.programs.length > 0) this.#split(draft, unit);
      else if (draft) {
        absorb(draft, unit);
        draft.isKept = true;
      } else if (!this.#isClosed) this.#integrations.push(draftOf(unit));
    }
  }

  #find(unit: Unit): Draft | undefined {
    const byProgram = this.#integrations.find((each) => unit.programs.some((program) => each.entries.includes(program)));
    if (byProgram) return byProgram;
    const inFolder = unit.folder === undefined || unit.folder === '' ? undefined : this.#integrations.find((each) => each.folder !== '' && isBelow(unit.folder ?? '', each.folder) && (each.isWholeFolder || unit.programs.length === 0));
    if (inFolder) return inFolder;
    if (unit.programs.length > 0 && !this.#isClosed) return this.#integrations.find((each) => !each.isWholeFolder && each.units.some((other) => other.programs.some((program) => unit.programs.includes(program))));
    const names = [unit.name, ...(unit.aliases ?? [])].map(withoutEnvironment).filter((name) => name !== '');
    return this.#integrations.find((each) => names.some((name) => each.names.has(name) && (!isGenericName(name) || each.units.some((other) => other.kind === unit.kind && (other.folder ?? '') === (unit.folder ?? '') && withoutEnvironment(other.name) === name))))
      // A job that only says `deploy` deploys what there is.
      ?? (unit.kind === 'workflow job' && isGenericName(withoutEnvironment(unit.name)) && unit.programs.length === 0 ? only(this.#integrations) : undefined)
      ?? only(this.#integrations.filter((each) => names.some((name) => !isGenericName(name) && each.isWholeFolder && endsAlike(each, name))));
  }

  /** A process of a package that has several. */
  #split(draft: Draft, unit: Unit): void {
    const known = this.#integrations.find((each) => each.parent === draft && each.names.has(withoutEnvironment(unit.name)));
    if (known) return absorb(known, unit);
    draft.isSplit ||= draft.isWholeFolder;
    draft.entries = draft.entries.filter((entry) => !unit.programs.includes(entry));
    const own = draftOf(unit);
    this.#integrations.push({ ...own, folder: draft.folder, parent: draft, name: isGenericName(withoutEnvironment(unit.name)) ? `${draft.name} ${unit.name}` : unit.name });
  }

  result(): Integration[] {
    for (const draft of this.#integrations) {
      // What a service of its own is built of is no part of the application around it.
      const others = draft.application ? this.#integrations.filter((each) => each !== draft && each.folder !== draft.folder && isBelow(each.folder, draft.folder)) : [];
      if (others.length > 0) draft.entries = draft.entries.filter((entry) => !others.some((other) => isBelow(entry, other.folder)));
    }
    return this.#integrations.filter((each) => (each.isSplit !== true || each.isKept === true) && !(each.application && each.entries.length === 0 && each.feeds.length === 0)).map(({ name, kind, place, folder, isWholeFolder, entries, feeds, envFiles }) => ({ name, kind, place, folder, isWholeFolder, entries, feeds, envFiles }));
  }
}

interface Draft extends Omit<Integration, 'entries' | 'feeds' | 'envFiles'> {
  entries: readonly string[];
  feeds: Integration['feeds'];
  envFiles: Integration['envFiles'];
  readonly names: Set<string>;
  readonly units: Unit[];
  readonly parent?: Draft;
  /** Its processes stand for it … */
  isSplit?: boolean;
  /** … but one of them is the package as such. */
  isKept?: boolean;
}

function draftOf(unit: Unit): Draft {
  const { name, kind, place, programs, feeds, envFiles } = unit;
  const names = [name, ...(unit.aliases ?? [])].map(withoutEnvironment).filter((each) => each !== '');
  return { name: withoutEnvironment(name) || name, kind, place, folder: unit.folder ?? '', isWholeFolder: false, entries: programs, feeds, envFiles, names: new Set(names), units: [unit] };
}

function absorb(draft: Draft, unit: Unit): void {
  draft.units.push(unit);
  draft.feeds = [...draft.feeds, ...unit.feeds];
  draft.envFiles = [...draft.envFiles, ...unit.envFiles];
  for (const name of [unit.name, ...(unit.aliases ?? [])]) if (name !== '') draft.names.add(withoutEnvironment(name));
  if (!draft.isWholeFolder) draft.entries = [...new Set([...draft.entries, ...unit.programs])];
}

/** Whether a unit is one of several processes of a package, and not the package as such. */
function isProcess(unit: Unit, { isWholeFolder, application }: Draft, siblings: readonly Unit[]): boolean {
  const different = new Set(siblings.map(programKey)).size > 1;
  if (isWholeFolder) return different;
  if (!application || unit.programs.length === 0 || unit.programs.some((program) => application.starts.includes(program))) return false;
  return different || application.isServed || application.starts.length > 0 || !/^(?:container|container image|deployment|resource|chart)$/.test(unit.kind);
}

/** What a unit starts, to tell two processes of a package from one process in two environments. */
function programKey(unit: Unit): string {
  return unit.programs.length > 0 ? unit.programs.join() : withoutEnvironment(unit.name);
}

/** `bot` is the package `acme-bot` or `bot-app`. */
function endsAlike({ names }: Draft, name: string): boolean {
  return [...names].some((own) => own.endsWith(`-${name}`) || ['app', 'service', 'server'].some((suffix) => own === `${name}-${suffix}` || name === `${own}-${suffix}`));
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
