import picomatch from 'picomatch';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { contains } from '../../syntax/span.ts';
import { isStyleSheet } from '../../syntax/style-sheet.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import { createClientGraph, fileOfKey, filesThatReach, partKey } from './client-graph.ts';
import type { ClientEntry } from './entry-search.ts';
import type { Exposure, ExposureStep } from './exposure.ts';
import { inlinedIn, mayBeInlined } from './inlining.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import { isUnread, type LiveModule } from './live-module.ts';
import { findLive, type LiveEdge, type Liveness, type LivenessEntry } from './liveness.ts';
import type { LivenessGraph } from './liveness-graph.ts';
import { shippedAt } from './shipped-at.ts';
import { withImportingSheets } from './style-sheets.ts';
import { modulesThatFill, originsIn, type Origin } from './origins.ts';
import { profileOf } from './profile.ts';
import { groupBy } from '../../syntax/group-by.ts';

interface BundleSearch {
  readonly project: Project;
  readonly built: BuiltGraph;
  /** Files from which a candidate is reached. */
  readonly relevant: ReadonlySet<string>;
  /** Modules in which an origin may stand that their text does not show. */
  readonly composers: ReadonlySet<ModuleSummary>;
}

/** Keys in what client bundles contain: for every framework of the repository its entries, what they keep, and the origins in it, or in `focus`. */
export function bundleExposures(project: Project, built: BuiltGraph, entries: readonly ClientEntry[], focus?: ReadonlySet<string>): Exposure[] {
  const composers = new Set([...project.related(), ...modulesThatFill(project)]);
  const candidates = [...project.modules.values()].filter((module) => (mayHoldOrigin(module) || composers.has(module)) && focus?.has(module.file) !== false);
  const relevant = filesThatReach(built, withImportingSheets(project, built, candidates.map((module) => module.file)));
  const search: BundleSearch = { project, built, relevant, composers };
  const found = new Map<string, Exposure>();
  const reaching = entries.filter((entry) => relevant.has(entry.file));
  for (const detected of new Set(reaching.map((entry) => entry.framework))) {
    const own = reaching.filter((entry) => entry.framework === detected);
    const inBrowser = own.filter((entry) => entry.runs !== 'program');
    for (const exposure of exposuresOfBundle(search, detected, inBrowser)) keepWorst(found, exposure);
    if (inBrowser.length === own.length) continue;
    // A program has an environment of its own, which the repository does not give out: only what it carries is on a client.
    const programs = own.filter((entry) => entry.runs === 'program');
    for (const exposure of exposuresOfBundle(search, detected, programs)) if (exposure.exposure === 'value') keepWorst(found, exposure);
  }
  return [...found.values()];
}

function mayHoldOrigin(module: ModuleSummary): boolean {
  return module.mentions.hilt || module.mentions.key || module.secrets.length > 0;
}

function exposuresOfBundle({ project, built, relevant, composers }: BundleSearch, detected: DetectedFramework, entries: readonly ClientEntry[]): Exposure[] {
  const graph = createClientGraph(project, built, detected, relevant);
  const starts = startsOf(project, detected, entries);
  const strict = profileOf(detected, false);
  const lenient = profileOf(detected, true);
  const rendered = renderedNames(built, graph, detected, entries, strict);
  const live = findLive(graph, rendered ? starts.map((start) => ({ ...start, takes: (name) => rendered(start.file)(name) && (start.takes?.(name) ?? true) })) : starts, strict);
  const maybe = findLive(graph, starts, lenient);
  const exposures: Exposure[] = [];
  for (const [key, module] of maybe.modules) {
    const { summary } = module;
    if (!mayHoldOrigin(summary) && summary.reads.length === 0 && !composers.has(summary)) continue;
    for (const origin of originsOf(project, key, summary)) {
      if (isToldElsewhere(detected, origin)) continue;
      const certain = live.modules.get(key);
      const inCode = origin.kind === 'secret' && origin.comment && !shipsAsItIs(module) ? shippedComment(detected, origin, certain, module) : ((certain && shippedAt(certain, origin.at, strict)) ?? (shippedAt(module, origin.at, lenient) ? 'possible' : undefined));
      const ships = inCode ?? (origin.kind === 'secret' ? shippedInMap(detected, certain) : undefined);
      if (!ships) continue;
      const trace = traceTo(entries, maybe, summary.file, origin);
      exposures.push(exposureOf(detected, summary, origin, ships, trace));
    }
  }
  return exposures;
}

/** A global that the configuration defines is found there; a name that is only listed for a check is read by whoever takes it from the check. */
function isToldElsewhere(detected: DetectedFramework, origin: Origin): boolean {
  if (origin.kind === 'slot') return origin.global !== undefined && detected.facts.injections.some(({ how, name, global }) => how === 'define' && (origin.global === name || origin.global?.startsWith(`${global ?? name}.`) === true));
  return origin.kind === 'variable' && origin.checked === true && inlinedIn(detected, origin.variable) === undefined;
}

/** What stands in a script inside a page is known to the page; the script's own summary holds no secrets. */
function originsOf(project: Project, key: string, module: ModuleSummary): Origin[] {
  const own = originsIn(project, module);
  const owner = fileOfKey(key) === key ? undefined : project.module(fileOfKey(key));
  if (!owner) return own;
  const inside = originsIn(project, owner).filter((origin) => origin.kind === 'secret' && module.statements.some((statement) => contains(statement.at, origin.at)));
  return [...own, ...inside];
}

/** A file that is served as it is, comments included. */
function shipsAsItIs({ whole, summary }: LiveModule): boolean {
  return whole && summary.language !== 'vue' && summary.language !== 'svelte' && !isStyleSheet(summary.file);
}

function shippedComment(detected: DetectedFramework, origin: Extract<Origin, { kind: 'secret' }>, live: LiveModule | undefined, lenient: LiveModule): 'certain' | 'possible' | undefined {
  const { traits, looseTraits } = detected;
  if (isStyleSheet(lenient.summary.file)) return shippedStyleComment(detected, origin, lenient);
  const isKept = origin.comment === 'marked' ? traits.keepsLegalComments !== false : origin.comment === 'legal' && traits.keepsLegalComments === true;
  if (isKept && live && live.statements.size > 0) return 'certain';
  return looseTraits.keepsModules && lenient.statements.size > 0 ? 'possible' : undefined;
}

/** Of a sheet that is minified only a comment that begins with `!` may stay; one that no bundler takes in is served as it is. */
function shippedStyleComment({ bundler, facts }: DetectedFramework, origin: Extract<Origin, { kind: 'secret' }>, { whole }: LiveModule): 'certain' | 'possible' | undefined {
  if (!whole) return undefined;
  if (bundler === 'none') return 'certain';
  return origin.comment === 'marked' || facts.minified === false ? 'possible' : undefined;
}

/** A source map carries the whole text of every module that has a byte in the bundle (`bundles.md` 2.4). */
function shippedInMap({ facts, traits }: DetectedFramework, live: LiveModule | undefined): 'certain' | 'possible' | undefined {
  if (!(facts.sourceMaps ?? traits.sourceMapsByDefault) || !live) return undefined;
  if (traits.mapsHoldUnused) return 'certain';
  const statements = [...live.statements.keys()].map((index) => live.summary.statements[index]);
  if (statements.length === 0) return undefined;
  // A constant may be put in place of its name everywhere, and leave nothing of its module.
  return statements.some((statement) => statement && (statement.effects.length > 0 || statement.references.length > 0)) ? 'certain' : 'possible';
}

/** Where liveness begins, with the exports that the framework takes of each entry and those that it takes out. */
export function startsOf(project: Project, detected: DetectedFramework, entries: readonly ClientEntry[]): LivenessEntry[] {
  const exports = exportRules(detected);
  return entries.flatMap((entry) => keysOf(project, entry).map((file) => ({ file, ...exports(entry.file), ...(entry.takes ? { takes: entry.takes } : {}) })));
}

function keysOf(project: Project, entry: ClientEntry): string[] {
  if (entry.part !== 'script') return [entry.file];
  return (project.module(entry.file)?.parts ?? []).map((_, index) => partKey(entry.file, index));
}

/**
 * Of a `"use client"` module ships what server components take of it; other exports ship with some compilers only (built).
 * `undefined` where the framework draws no such boundary.
 */
function renderedNames(built: BuiltGraph, graph: LivenessGraph, { framework }: DetectedFramework, entries: readonly ClientEntry[], profile: BundlerProfile): ((file: string) => (name: string) => boolean) | undefined {
  const roots = [...new Set(entries.flatMap((entry) => entry.renderedBy ?? []))];
  if (framework.serverRoots.length === 0 || roots.length === 0) return undefined;
  const boundaries = new Set(entries.flatMap((entry) => (entry.renderedBy ? [entry.file] : [])));
  // The server's own copy: nothing is left out, and client modules end it.
  const server: LivenessGraph = {
    ...graph,
    isServerOnly: () => false,
    strippedRegions: () => [],
    module: (file) => withoutInside(graph.module(file), boundaries),
  };
  // What a page in Markdown renders is not looked into.
  const unread = new Set([...boundaries].filter((file) => built.graph.importersOf(file).some(({ from }) => /\.mdx?$/.test(from))));
  const { used } = findLive(server, roots.map((file) => ({ file, strips: () => false })), { ...profile, facts: {} });
  return (file) => {
    const names = used.get(file);
    return (name) => !boundaries.has(file) || unread.has(file) || (names?.has('*') ?? false) || (names?.has(name) ?? false);
  };
}

function withoutInside(module: ModuleSummary | undefined, boundaries: ReadonlySet<string>): ModuleSummary | undefined {
  return module && boundaries.has(module.file) ? { ...module, imports: [], statements: [] } : module;
}

function exportRules({ framework, folder }: DetectedFramework): (file: string) => Pick<LivenessEntry, 'strips' | 'takes'> {
  const rules = framework.strippedExports.map((rule) => ({ ...rule, matches: picomatch([...rule.files], { ignore: [...(rule.except ?? [])] }) }));
  return (file) => {
    const path = folder === '' ? file : file.slice(folder.length + 1);
    const matching = rules.filter((rule) => rule.matches(path));
    const names = matching.flatMap((rule) => rule.names);
    const takers = matching.flatMap((rule) => (rule.takes ? [rule.takes] : []));
    return { strips: (name) => names.includes(name), ...(takers.length > 0 ? { takes: (name: string) => takers.some((taken) => taken.includes(name)) } : {}) };
  };
}

function exposureOf(detected: DetectedFramework, module: ModuleSummary, origin: Origin, ships: 'certain' | 'possible', trace: readonly ExposureStep[]): Exposure {
  const base = { file: module.file, at: origin.at, trace, what: detected.framework.title, client: clientOf(detected) };
  const isUncertain = ships === 'possible' || trace.some((step) => step.message.startsWith('possibly '));
  const confidence = isUncertain ? 'possible' : 'certain';
  switch (origin.kind) {
    case 'secret':
      return { ...base, reason: 'bundle', exposure: 'value', confidence, secret: origin.secret };
    case 'slot':
      return { ...base, reason: 'slot', exposure: 'code', confidence, slot: origin.slot, name: origin.slot };
    case 'variable': {
      const inlined = inlinedIn(detected, origin.variable) ?? mayBeInlined(detected, origin.variable);
      const isPossible = confidence === 'possible' || inlined?.confidence === 'possible' || isUnread(module);
      return { ...base, reason: 'bundle', exposure: inlined ? 'value' : 'code', confidence: isPossible ? 'possible' : 'certain', name: origin.variable.name };
    }
  }
}

const nativeFrameworks = new Set(['expo', 'react-native', 'capacitor', 'cordova']);

/** What downloads what a framework builds, in words. */
export function clientOf({ framework }: DetectedFramework): string {
  if (nativeFrameworks.has(framework.id)) return 'the app';
  if (framework.id === 'electron' || framework.id === 'tauri') return 'the desktop app';
  return framework.id === 'browser-extension' ? 'the browser extension' : 'the browser';
}

/** The shortest chain of live imports from an entry to the module, then the origin. */
function traceTo(entries: readonly ClientEntry[], { edges }: Liveness, file: string, origin: Origin): ExposureStep[] {
  const path = shortestPath(entries, edges, file);
  const entry = entries.find((each) => each.file === (path[0]?.from ?? file));
  const reason = entry ? `${entry.confidence === 'possible' ? 'possibly ' : ''}${entry.reason}` : 'client code';
  const rendered = (entry?.renderedOver?.() ?? []).map((step): ExposureStep => ({ file: step.file, at: step.at, message: `imports ${step.to}` }));
  const steps: ExposureStep[] = path.map((edge, index) => ({ file: edge.from, at: edge.at, message: index === 0 ? reason : `imports ${edge.to}` }));
  if (steps.length === 0) steps.push({ file, at: entry?.at ?? [0, 0], message: reason });
  return [...rendered, ...steps, ...originSteps(file, origin)];
}

/** The origin, and the slot that it fills: in one step where both stand in one statement. */
function originSteps(file: string, origin: Origin): ExposureStep[] {
  const message = describeOrigin(origin);
  const slot = origin.kind === 'slot' ? undefined : origin.slot;
  const lookup = origin.kind === 'variable' && origin.lookedUpAt ? [{ file: origin.lookedUpAt.module.file, at: origin.lookedUpAt.at, message: 'looks it up' }] : [];
  if (!slot) return [{ file, at: origin.at, message }, ...lookup];
  if (slot.isNear) return [{ file, at: origin.at, message: `${message} → ${slot.name}` }, ...lookup];
  return [{ file, at: origin.at, message }, ...lookup, { file: slot.place.module.file, at: slot.place.at, message: `fills ${slot.name}` }];
}

function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'secret':
      return origin.secret.preview;
    case 'slot':
      return `fills ${origin.slot}`;
    case 'variable': {
      const { access, name } = origin.variable;
      return access === 'process.env' || access === 'import.meta.env' || access === 'Bun.env' || access === 'Deno.env' ? `${access}.${name}` : name;
    }
  }
}

function shortestPath(entries: readonly ClientEntry[], edges: readonly LiveEdge[], target: string): LiveEdge[] {
  const starts = new Set(entries.map((entry) => entry.file));
  if (starts.has(target)) return [];
  const outgoing = groupBy(edges, (edge) => edge.from);
  const reachedBy = new Map<string, LiveEdge>();
  const queue = [...starts];
  for (let index = 0; index < queue.length; index += 1) {
    for (const edge of outgoing.get(queue[index] ?? '') ?? []) {
      if (starts.has(edge.to) || reachedBy.has(edge.to)) continue;
      reachedBy.set(edge.to, edge);
      queue.push(edge.to);
    }
  }
  const path: LiveEdge[] = [];
  for (let edge = reachedBy.get(target); edge; edge = reachedBy.get(edge.from)) path.unshift(edge);
  return path;
}

/** One exposure an origin: `value` before `code`, `certain` before `possible`, then the shorter way. */
function keepWorst(found: Map<string, Exposure>, exposure: Exposure): void {
  const key = `${exposure.file}\n${exposure.at.join()}`;
  const known = found.get(key);
  if (!known || rank(exposure) < rank(known) || (rank(exposure) === rank(known) && exposure.trace.length < known.trace.length)) found.set(key, exposure);
}

function rank({ exposure, confidence }: Exposure): number {
  return (exposure === 'value' ? 0 : 2) + (confidence === 'certain' ? 0 : 1);
}

