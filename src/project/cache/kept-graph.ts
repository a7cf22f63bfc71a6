import { digestOf } from '../../hilt/digest.ts';
import type { Notice } from '../../sources/notice.ts';
import { once } from '../../sources/once.ts';
import type { Source } from '../../sources/source.ts';
import { detectFrameworks } from '../frameworks/detect.ts';
import { buildWitnessed, recorded, type BuiltGraph, type Witnessed } from '../graph/build.ts';
import { areSame, DiskLinks, type LinkAnswers } from '../graph/disk-links.ts';
import { isWordOf, packEdge, textOfEdge } from '../graph/edge-table.ts';
import { createManifests } from '../graph/manifest.ts';
import { createGraph, linkEdges, numberOfSource, type LinkedEdges } from '../graph/module-graph.ts';
import { edgesOfFile, type RawGraph } from '../graph/raw-graph.ts';
import { createResolution } from '../graph/resolution.ts';
import { openWorkspace } from '../graph/workspace.ts';
import { openBlobCache } from './blob-cache.ts';
import type { CacheOwner } from './cache-file.ts';
import { keyLike, mayHoldSecret } from './may-hold-secret.ts';
import { readSnapshot, writeSnapshot, type Snapshot } from './snapshot-file.ts';
import { compareTreeState, isAttributesFile, namesOfIndex, readTreeState, type TreeState } from './tree-state.ts';

export interface KeptGraph {
  readonly built: BuiltGraph;
  /** Of the caches. */
  readonly notices: readonly Notice[];
}

/**
 * The module graph of a snapshot, from what earlier runs kept as far as it still holds.
 *
 * Of a working tree the whole graph is kept with all that it was made of. Where git says that the same files lie there, only those
 * with another content are read again, and nothing else is worked out before it is asked for.
 *
 * @param version Of the tool
 */
export function keptGraph(source: Source, version: string, env: NodeJS.ProcessEnv = process.env): KeptGraph {
  const owner: CacheOwner = { version, root: source.root };
  const isWorkingTree = source.prefetch === undefined;
  const restored = isWorkingTree ? restore(source, owner, env) : undefined;
  if (restored) return { built: restored, notices: [] };
  const before = isWorkingTree && !source.overlaid ? readTreeState(source.root, env) : undefined;
  const cache = openBlobCache(source, { version, env });
  const witnessed = buildWitnessed(source, cache ? { cache } : {});
  const state = before && readTreeState(source.root, env);
  // What was read is what git saw only if git saw the same before and after.
  if (state && isSameState(before, state)) keep(source, owner, state, witnessed);
  return { built: witnessed.built, notices: cache?.notices ?? [] };
}

function isSameState(one: TreeState, other: TreeState): boolean {
  const text = ({ dirty, untracked }: TreeState): string => JSON.stringify([[...dirty], untracked]);
  return one.index.equals(other.index) && text(one) === text(other);
}

// --- keeping ------------------------------------------------------------------------------------------------------------------

function keep(source: Source, owner: CacheOwner, state: TreeState, { built, linked, reads, links }: Witnessed): void {
  const answers = links.answers();
  const names = namesOfIndex(state.index);
  if (answers === undefined || mayTellSecrets([...names, ...state.untracked], linked)) return;
  const snapshot: Snapshot = {
    state, linked, rawEnds: built.raw.offsets.subarray(1), rawWords: built.raw.words,
    facts: {
      aliases: built.raw.aliases, notices: built.notices, links: answers, attributes: names.filter(isAttributesFile),
      reads: digestsOf(reads, source, state, names),
    },
  };
  if (!keyLike.test(JSON.stringify(snapshot.facts))) writeSnapshot(owner, snapshot);
}

/** A name or a specifier can hold anything; what looks like a key is not written down, nor is what stands beside it. */
function mayTellSecrets(paths: readonly string[], { names, specifiers }: LinkedEdges): boolean {
  return paths.some((path) => keyLike.test(path)) || names.all().some((name) => keyLike.test(name)) || specifiers.all().some(mayHoldSecret);
}

/** Git vouches for what it has in its index and on disk alike. */
function digestsOf(reads: Iterable<string>, source: Source, { dirty }: TreeState, names: readonly string[]): [path: string, digest: string][] {
  const vouched = new Set(names);
  return [...reads].map((path) => [path, vouched.has(path) && !dirty.has(path) ? '' : contentDigest(source, path)]);
}

function contentDigest(source: Source, path: string): string {
  const bytes = source.open(path)?.read();
  return bytes === undefined ? 'absent' : digestOf(bytes);
}

// --- restoring ----------------------------------------------------------------------------------------------------------------

function restore(source: Source, owner: CacheOwner, env: NodeJS.ProcessEnv): BuiltGraph | undefined {
  const snapshot = readSnapshot(owner);
  const difference = snapshot && compareTreeState(source.root, env, snapshot.state, snapshot.facts.attributes);
  if (!difference) return undefined;
  const overlaid = source.overlaid ?? new Set<string>();
  const changed = new Set([...difference.changed, ...overlaid]);
  if (![...overlaid].every((path) => isModule(snapshot, path)) || !holds(source, snapshot, changed)) return undefined;
  const world = openWorld(source, snapshot);
  const edges = changedEdges(source, snapshot, changed);
  if (edges.size === 0) return builtFrom(source, snapshot, world);
  const next: Snapshot = { ...relinked(snapshot, edges, world), state: difference.state };
  if (overlaid.size === 0) keepNext(source, owner, next, world);
  return builtFrom(source, next, world);
}

function isModule({ linked }: Snapshot, path: string): boolean {
  return numberOfSource(linked, path) !== undefined;
}

/** The next run need not link again what this one has. */
function keepNext(source: Source, owner: CacheOwner, { facts, ...rest }: Snapshot, world: KeptWorld): void {
  const links = joinedLinks(facts.links, world.links.answers());
  if (!links || mayTellSecrets([], rest.linked)) return;
  const known = new Set(facts.reads.map(([path]) => path));
  const added = digestsOf([...world.reads].filter((path) => !known.has(path)), source, rest.state, namesOfIndex(rest.state.index));
  writeSnapshot(owner, { ...rest, facts: { ...facts, links, reads: [...facts.reads, ...added] } });
}

/** Whether everything that decides where imports lead is as it was, beside the names of the files. */
function holds(source: Source, { facts }: Snapshot, changed: ReadonlySet<string>): boolean {
  return facts.reads.every(([path, digest]) => (digest === '' ? !changed.has(path) : contentDigest(source, path) === digest)) && areSame(source.root, facts.links);
}

/** The edges of the files whose imports are not what they were. */
function changedEdges(source: Source, { linked, rawEnds, rawWords }: Snapshot, changed: ReadonlySet<string>): Map<number, Uint32Array> {
  const edges = new Map<number, Uint32Array>();
  for (const path of changed) {
    const number = numberOfSource(linked, path);
    if (number === undefined) continue;
    const before = rawWords.subarray(number === 0 ? 0 : rawEnds[number - 1], rawEnds[number]);
    const now = edgesOfFile(source.open(path), path);
    // Compared as texts: to number them, the table of all specifiers would have to be taken up.
    if (now.length === before.length && now.every((edge, i) => isWordOf(edge, before[i] ?? 0, linked.specifiers))) continue;
    edges.set(number, Uint32Array.from(now, (edge) => packEdge(edge, linked.specifiers.numberOf(textOfEdge(edge)))));
  }
  return edges;
}

function relinked({ state, linked, rawEnds, rawWords, facts }: Snapshot, edges: ReadonlyMap<number, Uint32Array>, { resolution }: KeptWorld): Snapshot {
  const added = [...edges.values()].reduce((sum, { length }) => sum + length, 0);
  const words = new Uint32Array(rawWords.length + added);
  const offsets = new Uint32Array(linked.sources + 1);
  for (let number = 0, at = 0; number < linked.sources; number++) {
    const own = edges.get(number) ?? rawWords.subarray(number === 0 ? 0 : rawEnds[number - 1], rawEnds[number]);
    words.set(own, at);
    at += own.length;
    offsets[number + 1] = at;
  }
  const raw: RawGraph = { files: linked.names.all().slice(0, linked.sources), offsets, words: words.subarray(0, offsets[linked.sources]), specifiers: linked.specifiers, aliases: facts.aliases };
  return { state, linked: linkEdges(raw, resolution(), { linked, isSame: (number) => !edges.has(number) }), rawEnds: offsets.subarray(1), rawWords: raw.words, facts };
}

function joinedLinks(before: LinkAnswers, now: LinkAnswers | undefined): LinkAnswers | undefined {
  return now && { folders: [...new Map([...before.folders, ...now.folders])], targets: [...new Map([...before.targets, ...now.targets])] };
}

type KeptWorld = ReturnType<typeof openWorld>;

/** Manifests, packages, frameworks and resolution, each when it is first asked for. */
function openWorld(source: Source, { facts }: Snapshot) {
  const reads = new Set<string>();
  const links = new DiskLinks(source.root);
  const read = recorded(source, reads);
  const manifests = once(() => createManifests(read));
  const workspace = once(() => openWorkspace(read, manifests(), links));
  const detection = once(() => detectFrameworks(read, manifests(), workspace()));
  const resolution = once(() => createResolution(read, manifests(), workspace(), { aliases: [...facts.aliases, ...detection().aliases], side: 'client', links }));
  return { reads, links, manifests, workspace, detection, resolution };
}

function builtFrom(source: Source, { linked, rawEnds, rawWords, facts }: Snapshot, world: KeptWorld): BuiltGraph {
  const raw = once((): RawGraph => {
    const offsets = new Uint32Array(rawEnds.length + 1);
    offsets.set(rawEnds, 1);
    return { files: linked.names.all().slice(0, linked.sources), offsets, words: rawWords, specifiers: linked.specifiers, aliases: facts.aliases };
  });
  return {
    graph: createGraph(linked, source),
    notices: facts.notices,
    get raw() {
      return raw();
    },
    get resolution() {
      return world.resolution();
    },
    get manifests() {
      return world.manifests();
    },
    get workspace() {
      return world.workspace();
    },
    get detection() {
      return world.detection();
    },
  };
}
