import picomatch from 'picomatch';
import { onceEach } from '../../sources/once.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { ElementValue } from '../../syntax/value.ts';
import { frameOf } from '../frames.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { relativeTo } from '../graph/posix-path.ts';
import type { Frame, Lazy, Resolved, ResolvedFunction } from '../resolved.ts';
import { calleeName } from '../resolved.ts';
import { clientDirectives } from './directives.ts';
import type { ExposureStep } from './exposure.ts';
import { handedKeysIn } from './handover-keys.ts';
import { awaitedBy, functionsIn, handOverReturns, handOverValue, type HandOvers, type Handing } from './handover-site.ts';
import { isInFunction } from '../../syntax/enclosing-functions.ts';

/** Components in components that are followed while a prop goes down the tree of the server. */
const maxDepth = 5;

/**
 * What server components hand to the browser: all that they render, and every prop of a client component, used or not
 * (built with Next 16.4). What one server component hands to another stays on the server until it is rendered.
 */
export function elementHandOvers(handOvers: HandOvers, detected: DetectedFramework, files: readonly string[], built: BuiltGraph, relevant: ReadonlySet<string>): void {
  const tree = createServerTree(handOvers, detected, built, relevant);
  for (const file of files) {
    if (!tree.has(file)) continue;
    handOverElements(handOvers, tree, file);
    const module = handOvers.openIf(file, 'metadata');
    if (module) handOverMetadata(handOvers, module);
  }
}

/** What the elements of a module that a server renders hand to the browser. */
export function handOverElements(handOvers: HandOvers, tree: ServerTree, file: string): void {
  const module = /\.[mc]?ts$/.test(file) ? undefined : handOvers.openIf(file, 'elements');
  const walk: Walk = { handOvers, tree, isDocument: /(?:^|\/)_document\.\w+$/.test(file), budget: maxFollowed };
  for (const use of module?.uses ?? []) if (module && use.kind === 'element') handOverElement(walk, module, use.element, undefined, 0);
}

// --- which modules the server renders -------------------------------------------------------------------------------------------

export interface ServerTree {
  /** Whether a page or layout reaches the file without a `"use client"` between. */
  has(file: string): boolean;
}

/**
 * @param relevant files that reach a mention of Hilt, with all that import them: of those it is told in one walk, of others when they
 * are asked for.
 */
function createServerTree({ project }: HandOvers, { framework, folder }: DetectedFramework, { graph }: BuiltGraph, relevant: ReadonlySet<string>): ServerTree {
  const isRoot = picomatch([...framework.serverRoots]);
  const isServerRoot = (file: string): boolean => isRoot(relativeTo(folder, file));
  const directive = clientDirectives(project.source);
  const isBoundary = (file: string): boolean => directive(file) !== undefined;
  const reach = graph.reachableFrom(
    [...relevant].filter((file) => isServerRoot(file) && !isBoundary(file)).map((file) => ({ file })),
    ({ to }) => relevant.has(to) && !isBoundary(to),
  );
  const decide = onceEach((file: string) => {
    const seen = new Set([file]);
    const queue = [file];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (reach.has(next)) return true;
      if (isBoundary(next)) continue;
      if (isServerRoot(next)) return true;
      for (const edge of graph.importersOf(next)) {
        if (edge.typeOnly || seen.has(edge.from)) continue;
        seen.add(edge.from);
        queue.push(edge.from);
      }
    }
    return false;
  });
  return { has: (file) => (relevant.has(file) ? reach.has(file) : decide(file)) };
}

// --- elements -------------------------------------------------------------------------------------------------------------------

interface Walk {
  readonly handOvers: HandOvers;
  readonly tree: ServerTree;
  readonly isDocument: boolean;
  /** Components that are still followed; props go down wide trees. */
  budget: number;
}

/** Components that are followed from one module's elements. */
const maxFollowed = 500;

type Component =
  | { readonly kind: 'rendered'; readonly name: string }
  | { readonly kind: 'client'; readonly name: string; readonly trace: readonly ExposureStep[] }
  | { readonly kind: 'server'; readonly fn: ResolvedFunction }
  | { readonly kind: 'unknown'; readonly name: string };

function handOverElement(walk: Walk, module: ModuleSummary, element: ElementValue, frame: Frame | undefined, depth: number): void {
  const { project } = walk.handOvers;
  const type = project.evaluator.head({ module, value: element.type, frame, at: element.at });
  for (const component of componentsOf(walk, type, elementName(module, element))) {
    if (component.kind === 'server') followProps(walk, module, element, component.fn, frame, depth);
    else handOverProps(walk, module, element, frame, component);
  }
}

/** The element's name as the module writes it; empty for a fragment. */
export function elementName(module: ModuleSummary, { type }: ElementValue): string {
  switch (type.kind) {
    case 'text':
      return type.text;
    case 'binding':
      return type.name;
    case 'import': {
      const names = module.imports.find((edge) => edge.specifier === type.specifier)?.names;
      return names?.find((name) => name.imported === type.name)?.local ?? type.name;
    }
    case 'member':
      return type.property.kind === 'text' ? type.property.text : '';
    default:
      return '';
  }
}

function componentsOf(walk: Walk, type: Resolved, name: string, depth = 0): Component[] {
  if (depth > 4) return [];
  switch (type.kind) {
    case 'text':
      return [{ kind: 'rendered', name: type.text }];
    case 'choice':
      return type.options.flatMap((option) => componentsOf(walk, option, name, depth + 1));
    case 'function':
      return [isClient(walk, type.module) ? clientComponent(type.module, name) : { kind: 'server', fn: type }];
    case 'class':
      return [clientComponent(type.module, name)];
    case 'namespace': {
      const component = walk.handOvers.project.evaluator.exportOf(type.module, 'default');
      return component ? componentsOf(walk, component, name, depth + 1) : [];
    }
    // `{ default: module.Card }`, as React's `lazy` wants it.
    case 'object': {
      const component = walk.handOvers.project.evaluator.property(type, 'default');
      return component.kind === 'constant' ? [{ kind: 'unknown', name }] : componentsOf(walk, component, name, depth + 1);
    }
    case 'outside':
      // Documentation: components of `next` render what they are given (`Script`, `Head`, `Link`, `Html`).
      return [/^next\//.test(type.specifier) || type.specifier === 'react' ? { kind: 'rendered', name } : { kind: 'unknown', name }];
    case 'call':
      return wrappedComponents(walk, type, name, depth);
    case 'unknown':
      // A fragment has no type.
      return name === '' ? [{ kind: 'rendered', name: '' }] : [{ kind: 'unknown', name }];
    default:
      return [{ kind: 'unknown', name }];
  }
}

/** `memo(Card)`, `forwardRef(…)`, `dynamic(() => import("./card"))`, `lazy(…)`, with `.then((module) => module.Card)` or without. */
function wrappedComponents(walk: Walk, call: Resolved & { kind: 'call' }, name: string, depth: number): Component[] {
  const { evaluator } = walk.handOvers.project;
  const isLazy = /^(?:dynamic|lazy|default|loadable)$/.test(calleeName(call.callee));
  const wrapped = call.args.slice(0, 1).flatMap((argument) => {
    const value = evaluator.head(argument);
    if (!isLazy || value.kind !== 'function') return componentsOf(walk, value, name, depth + 1);
    const returned = value.module.functions[value.fn]?.returns[0];
    return returned ? componentsOf(walk, evaluator.head({ module: value.module, value: returned, frame: value.frame, at: undefined }), name, depth + 1) : [];
  });
  return wrapped.length > 0 ? wrapped : [{ kind: 'unknown', name }];
}

function isClient({ tree }: Walk, module: ModuleSummary): boolean {
  return module.directives.includes('use client') || !tree.has(module.file);
}

function clientComponent(module: ModuleSummary, name: string): Component {
  return { kind: 'client', name, trace: [{ file: module.file, at: [0, 0], message: '"use client"' }] };
}

function handOverProps({ handOvers, isDocument }: Walk, module: ModuleSummary, element: ElementValue, frame: Frame | undefined, component: Exclude<Component, { kind: 'server' }>): void {
  for (const entry of element.props.entries) {
    const key = entry.key?.kind === 'text' ? entry.key.text : undefined;
    const handing: Handing = {
      module,
      what: whatOfProp(component, key, isDocument),
      ...(component.kind === 'unknown' ? { confidence: 'possible' } : {}),
      ...(component.kind === 'client' ? { trace: component.trace } : {}),
    };
    if (key === 'children' && entry.value.kind === 'array') {
      for (const item of entry.value.items) handOverPlain(handOvers, { module, value: item.value, frame, at: item.at }, item.at, handing);
    } else handOverPlain(handOvers, { module, value: entry.value, frame, at: entry.valueAt }, entry.valueAt, handing);
  }
}

function whatOfProp(component: Exclude<Component, { kind: 'server' }>, key: string | undefined, isDocument: boolean): string {
  if (component.kind === 'client') return key === undefined || key === 'children' ? `what the client component \`${component.name}\` is given` : `prop \`${key}\` of the client component \`${component.name}\``;
  if (component.kind === 'unknown') return component.name === '' ? 'a prop of a component' : `a prop of \`${component.name}\``;
  return isDocument ? 'what the document renders' : 'what a server component renders';
}

/** A value is handed over as it is; of a function what `.bind` gave it: React writes that into the page. */
function handOverPlain(handOvers: HandOvers, value: Lazy, at: Span, handing: Handing): void {
  const resolved = handOvers.project.evaluator.head(value);
  if (resolved.kind !== 'function') {
    for (const expression of handedKeysIn(handOvers.project, value)) handOvers.add(handing, at, expression);
    return;
  }
  for (const bound of resolved.bound ?? []) handOverValue(handOvers, bound, at, { ...handing, what: 'what is bound to a server action' });
}

/** The element's component runs on the server with these props: what it renders of them is handed over there. */
function followProps(walk: Walk, module: ModuleSummary, element: ElementValue, fn: ResolvedFunction, frame: Frame | undefined, depth: number): void {
  if (depth >= maxDepth) return;
  const props: Lazy = { module, value: element.props, frame, at: element.at };
  if (handedKeysIn(walk.handOvers.project, props).length > 0) followInto(walk, props, fn, frame?.depth ?? 0, depth);
}

function followInto(walk: Walk, props: Lazy, fn: ResolvedFunction, frameDepth: number, depth: number): void {
  walk.budget -= 1;
  if (walk.budget < 0) return;
  awaitedBy(walk.handOvers.project).files.add(fn.module.file);
  const inner = frameOf(fn, [props], frameDepth + 1);
  for (const use of fn.module.uses) {
    if (use.kind === 'element' && isInFunction(fn.module, use.fn, fn.fn)) handOverElement(walk, fn.module, use.element, inner, depth + 1);
  }
}

/**
 * Whether a component that only the server renders shows a key of its props: props are followed into what it renders.
 * `component` is what the element's type resolves to.
 */
export function rendersProps(handOvers: HandOvers, component: Resolved, props: Lazy): boolean {
  let isShown = false;
  const probe: HandOvers = { ...handOvers, add: () => void (isShown = true) };
  const walk: Walk = { handOvers: probe, tree: { has: () => true }, isDocument: false, budget: maxFollowed };
  for (const each of componentsOf(walk, component, '')) {
    if (each.kind === 'server') followInto(walk, props, each.fn, 0, 0);
  }
  return isShown;
}

// --- metadata -------------------------------------------------------------------------------------------------------------------

/** https://nextjs.org/docs/app/api-reference/functions/generate-metadata; built: it is in the HTML and in the page's data. */
function handOverMetadata(handOvers: HandOvers, module: ModuleSummary): void {
  const { evaluator } = handOvers.project;
  for (const entry of module.exports) {
    if (entry.typeOnly || !entry.value || !/^(?:metadata|viewport|generateMetadata|generateViewport)$/.test(entry.name)) continue;
    const handing: Handing = { module, what: `\`${entry.name}\`` };
    const value = evaluator.look(module, entry.value);
    if (/^generate/.test(entry.name)) for (const fn of functionsIn(handOvers.project, value)) handOverReturns(handOvers, fn, handing);
    else handOverValue(handOvers, evaluator.lazy(module, entry.value), entry.at, handing);
  }
}
