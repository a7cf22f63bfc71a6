import { textOfFile } from '../../sources/file-text.ts';
import { onceEach } from '../../sources/once.ts';
import type { Notice } from '../../sources/notice.ts';
import type { Span } from '../../syntax/span.ts';
import type { ModuleEdge, Reach } from '../graph/module-graph.ts';
import { folderOf, isBelow } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import { pythonGraphOf, type PythonGraph } from '../python-graph.ts';
import { unitsOfCode } from './code-manifests.ts';
import { scopeOfFile } from './environments.ts';
import { findIntegrations, type FoundIntegrations } from './find-integrations.ts';
import { isTestFile } from './file-roles.ts';
import { identityOf, type FilePlace, type Integration, type KeyOrigin } from './integration.ts';
import { handlesOf, namesHandle } from './key-handles.ts';
import { originsOf } from './key-origins.ts';
import { findKeyReads, hiltModules, nameOfRead, type KeyRead } from './key-reads.ts';
import { oncePerProject } from '../once-per-project.ts';

/** That an integration uses a key, and where. */
export interface KeyUse {
  readonly integration: Integration;
  readonly origin: KeyOrigin;
  /** How the key is called at that place; none where it stands there itself. */
  readonly name?: string;
  /** The read in the integration's own code, its import of the module that reads, or what a manifest gives it. */
  readonly place: FilePlace;
  readonly how: 'read' | 'import' | 'given' | 'written';
  /** The read itself, where another module does it for the integration. */
  readonly read?: FilePlace;
}

export interface KeyUses {
  readonly found: FoundIntegrations;
  readonly reads: readonly KeyRead[];
  /** By place: path, then position. */
  readonly uses: readonly KeyUse[];
}

/** Which integration uses which key. `undefined` where imports are not followed. */
export const keyUsesOf = oncePerProject(findKeyUses);

/** What the manifests could not tell; nothing as long as nobody asked for the uses. */
export const integrationNotices = oncePerProject((): Notice[] => []);

function findKeyUses(project: Project): KeyUses | undefined {
  const { source, keyOptions } = project;
  if (!source) return undefined;
  const modules = hiltModules(project);
  const described = unitsOfCode(project, modules);
  // What describes a deployment reads keys to hand them on.
  const descriptions = new Set(described.map(({ place }) => place.file));
  const reads = findKeyReads(project, modules).filter(({ file }) => !descriptions.has(file));
  if (reads.length === 0 && described.length === 0 && !modules.some(({ declarations, secrets }) => declarations.length > 0 || secrets.length > 0)) return undefined;
  const built = project.graph;
  const python = pythonGraphOf(project);
  if (!built || !python) return undefined;
  const objects = new Set(modules.filter(({ language, declarations }) => language === 'yaml' && declarations.some(({ name, path }) => name === 'apiVersion' && path.length === 0)).map(({ file }) => file));
  const found = findIntegrations({ source, built, python, keyOptions, declared: project.settings?.integrations ?? [], described, objects, ignores: project.settings?.ignores ?? (() => false) });
  integrationNotices(project).push(...found.notices);
  const search = new UseSearch(project, found, reads, python);
  return { found, reads, uses: search.all() };
}

class UseSearch {
  readonly #project: Project;
  readonly #found: FoundIntegrations;
  readonly #reads: readonly KeyRead[];
  readonly #reach = new Map<Integration, Reach>();
  readonly #textOf = onceEach((file: string) => textOfFile(this.#project.source, file));
  /** How many integrations reach a file. */
  readonly #reachedBy = new Map<string, number>();

  readonly #python: PythonGraph;

  constructor(project: Project, found: FoundIntegrations, reads: readonly KeyRead[], python: PythonGraph) {
    this.#python = python;
    this.#project = project;
    this.#found = found;
    this.#reads = reads;
    for (const integration of found.integrations) {
      for (const file of this.#filesOf(integration)) this.#reachedBy.set(file, (this.#reachedBy.get(file) ?? 0) + 1);
    }
  }

  all(): KeyUse[] {
    const uses = this.#found.integrations.flatMap((integration) => [...this.#readUses(integration), ...this.#givenUses(integration), ...this.#writtenUses(integration)]);
    return uses.sort((a, b) => comparePlaces(a.place, b.place));
  }

  #reachOf(integration: Integration): Reach | undefined {
    const known = this.#reach.get(integration);
    if (known) return known;
    const follows = (edge: ModuleEdge): boolean => !isTestFile(edge.from);
    const inPython = integration.entries.filter((file) => file.endsWith('.py'));
    const reach = inPython.length === integration.entries.length && inPython.length > 0
      ? this.#python.reachableFrom(inPython, follows)
      : this.#project.graph?.graph.reachableFrom(integration.entries.map((file) => ({ file })), follows);
    const whole = reach && inPython.length > 0 && inPython.length < integration.entries.length ? bothOf(reach, this.#python.reachableFrom(inPython, follows)) : reach;
    if (whole) this.#reach.set(integration, whole);
    return whole;
  }

  #filesOf(integration: Integration): ReadonlySet<string> {
    return new Set([...integration.entries, ...(this.#reachOf(integration)?.files ?? [])]);
  }

  /** Reads in the code that the integration's programs reach. */
  #readUses(integration: Integration): KeyUse[] {
    const files = this.#filesOf(integration);
    // Where a manifest gives the program its key, that line is the use: the code only reads what it is given.
    const given = new Set(integration.feeds.filter(({ origins }) => origins.length > 0).map(({ name }) => name));
    const own = this.#reads.filter((read) => files.has(read.file) && !(read.kind === 'variable' && given.has(read.name)));
    return own.filter((read) => this.#asksFor(read, files)).flatMap((read) => {
      const { place, how } = this.#placeOf(integration, read);
      const readPlace: FilePlace = { file: read.file, at: read.at };
      const origins = this.#originsOfRead(integration, read);
      return origins.map((origin): KeyUse => ({
        integration, origin, place, how,
        ...(read.kind === 'variable' ? { name: read.name } : {}),
        ...(how === 'import' ? { read: readPlace } : {}),
      }));
    });
  }

  #originsOfRead(integration: Integration, read: KeyRead): readonly KeyOrigin[] {
    switch (read.kind) {
      case 'literal':
        return [{ kind: 'literal', secret: read.secret }];
      case 'reference':
        return [{ kind: 'reference', store: read.store, name: read.name }];
      case 'variable':
        return this.#originsFor(integration, read);
    }
  }

  /** A module that reads several keys gives each integration those that it asks for. */
  #asksFor(read: KeyRead, files: ReadonlySet<string>): boolean {
    if ((this.#reachedBy.get(read.file) ?? 0) < 2) return true;
    const others = this.#reads.filter((other) => other.file === read.file && nameOfRead(other) !== nameOfRead(read));
    const module = this.#project.module(read.file);
    if (others.length === 0 || !module) return true;
    const handles = handlesOf(module, read.at);
    if (handles.length === 0) return true;
    return [...files].some((file) => file !== read.file && handles.some((handle) => namesHandle(this.#textOf(file), handle)));
  }

  /** What a variable is in the integration's environment: what its env files say, else those of its folder, else the name in the package that reads it. */
  #originsFor(integration: Integration, read: KeyRead & { kind: 'variable' }): readonly KeyOrigin[] {
    const { environments } = this.#found;
    const inFiles = integration.envFiles.filter(({ path }) => environments.declared(path).some((each) => each.name === read.name));
    if (inFiles.length > 0) return unique(inFiles.flatMap(({ path }) => environments.ofFile(path, read.name)));
    const last = integration.envFiles.at(-1);
    if (last && !environments.files.includes(last.path)) return [{ kind: 'variable', scope: scopeOfFile(last.path), name: read.name }];
    return environments.ofFolder(integration.folder, read.name, this.#packageOf(read.file));
  }

  #packageOf(file: string): string {
    return this.#project.graph?.workspace.packageOf(file)?.folder ?? '';
  }

  /** The read where only this integration gets to it; else the last step of its own on the way there. */
  #placeOf(integration: Integration, read: KeyRead): { place: FilePlace; how: KeyUse['how'] } {
    const own: FilePlace = { file: read.file, at: read.at };
    const how = read.kind === 'literal' ? 'written' : 'read';
    if ((this.#reachedBy.get(read.file) ?? 0) < 2 || isOwnFile(integration, read.file)) return { place: own, how };
    const chain = this.#reachOf(integration)?.pathTo(read.file) ?? [];
    const step = chain.findLast((edge) => (this.#reachedBy.get(edge.from) ?? 0) < 2) ?? chain.findLast((edge) => isOwnFile(integration, edge.from));
    // A finding may stand there, though the file need not mention Hilt: it is loaded, so that it is judged.
    if (step && this.#project.module(step.from)) return { place: { file: step.from, at: this.#locate(step) }, how: 'import' };
    // The same program in two manifests: each manifest tells its own.
    if (chain.length === 0 && integration.place.file !== read.file) return { place: integration.place, how: 'import' };
    return { place: own, how };
  }

  #locate(edge: ModuleEdge): Span {
    return (edge.from.endsWith('.py') ? this.#python.locate(edge) : this.#project.graph?.graph.locate(edge)) ?? [0, 0];
  }

  /** What a manifest gives: a key that is delivered counts, unless the code is here and reads it, which is told by the read. */
  #givenUses(integration: Integration): KeyUse[] {
    const given = integration.feeds.flatMap((feed) => feed.origins.map((origin): KeyUse => ({ integration, origin, name: feed.name, place: feed.place, how: 'given' })));
    const { environments } = this.#found;
    // Of an env file only what is read is known to be used, where the program is known.
    // The manifest need not mention Hilt where a file that it names does: it is loaded, so that it is judged.
    const loaded = (file: string): boolean => this.#project.module(file) !== undefined;
    const fromFiles = integration.entries.length > 0 || integration.envFiles.length === 0 ? [] : integration.envFiles.flatMap(({ path, place }) => (
      environments.expected(path).filter(() => loaded(place.file)).flatMap((name) => environments.ofFile(path, name).map((origin): KeyUse => ({ integration, origin, name, place, how: 'given' })))
    ));
    return [...given, ...fromFiles];
  }

  /** Keys that are written into the integration's own data and env files. */
  #writtenUses(integration: Integration): KeyUse[] {
    const { keyOptions, source } = this.#project;
    const { environments } = this.#found;
    const env = environments.files.filter((file) => this.#isDataOf(integration, file)).flatMap((file) => environments.declared(file).flatMap(({ name, declaration }) => (
      originsOf(declaration.value, { file, keyOptions, isKey: true }).filter((origin) => origin.kind !== 'variable').map((origin): KeyUse => ({ integration, origin, name, place: { file, at: declaration.at }, how: origin.kind === 'literal' ? 'written' : 'given' }))
    )));
    const data = [...this.#project.modules.values()].filter(({ file, language }) => dataLanguages.has(language) && !environments.files.includes(file) && source?.paths().has(file) === true && (this.#isDataOf(integration, file) || this.#reachOf(integration)?.has(file) === true));
    return [...env, ...data.flatMap(({ file, secrets }) => secrets.filter(({ secret }) => secret.kind === 'key').map(({ secret, at }): KeyUse => ({ integration, origin: { kind: 'literal', secret }, place: { file, at }, how: 'written' })))];
  }

  #isDataOf({ isWholeFolder, folder }: Integration, file: string): boolean {
    return isWholeFolder && isBelow(file, folder) && this.#packageOf(file) === folder && !isTestFile(file);
  }
}

/** An integration may have programs in two languages. */
function bothOf(left: Reach, right: Reach): Reach {
  return {
    has: (file) => left.has(file) || right.has(file),
    files: [...new Set([...left.files, ...right.files])],
    pathTo: (file) => right.pathTo(file) ?? left.pathTo(file),
  };
}

const dataLanguages: ReadonlySet<string> = new Set(['json', 'yaml', 'toml', 'properties', 'xml']);

function isOwnFile({ isWholeFolder, folder, entries }: Integration, file: string): boolean {
  return entries.includes(file) || (isWholeFolder && isBelow(folderOf(file), folder));
}

function unique(origins: readonly KeyOrigin[]): KeyOrigin[] {
  return [...new Map(origins.map((origin) => [identityOf(origin), origin])).values()];
}

export function comparePlaces(a: FilePlace, b: FilePlace): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.at[0] - b.at[0];
}
