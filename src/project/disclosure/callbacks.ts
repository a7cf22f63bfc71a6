import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import { listItems } from '../containers.ts';
import type { Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import { calleeOf, chainsOf, type Chain } from '../requests/chain.ts';
import { calleeName, spanOf, type Lazy, type Resolved } from '../resolved.ts';

const byModule = new WeakMap<ModuleSummary, ReadonlyMap<number, CallUse>>();

/** The call that a function is given to, by itself, by its name, or in an object: `bot.on("message", fn)`, `app.route({ handler: fn })`. */
export function callTaking(module: ModuleSummary, fn: number): CallUse | undefined {
  let calls = byModule.get(module);
  if (!calls) byModule.set(module, (calls = findCalls(module)));
  return calls.get(fn);
}

function findCalls(module: ModuleSummary): Map<number, CallUse> {
  const found = new Map<number, CallUse>();
  for (const use of module.uses) {
    if (use.kind !== 'call') continue;
    for (const { value } of use.args) for (const fn of functionsIn(module, value)) if (!found.has(fn)) found.set(fn, use);
  }
  return found;
}

/** The functions that an argument is, or holds as properties. */
export function functionsIn(module: ModuleSummary, value: Value): number[] {
  if (value.kind === 'function') return [value.fn];
  if (value.kind === 'object') return value.entries.flatMap((entry) => (entry.value.kind === 'object' ? [] : functionsIn(module, entry.value)));
  const bound = value.kind === 'binding' ? module.bindings[value.name] : undefined;
  return bound?.kind === 'function' ? [bound.fn] : [];
}

/** The last name of what is called, or of a decorator: `app.get`, `Get("/path")`. */
export function calledName(callee: Value): string {
  switch (callee.kind) {
    case 'call':
      return calledName(callee.callee);
    case 'import':
    case 'binding':
      return callee.name;
    case 'global':
      return callee.path.split('.').at(-1) ?? '';
    case 'member':
      return callee.property.kind === 'text' ? callee.property.text : '';
    default:
      return '';
  }
}

const eachMethods = new Set(['forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every']);

/** A function that is no function of the project, given to what calls it: `keys.forEach(console.log)`, `promise.then(console.log)`, `setTimeout(console.log, 100, key)`. */
export function handedOn(project: Project, use: CallUse, callee: Resolved, args: readonly Lazy[], { module, frame }: Pick<Instance, 'module' | 'frame'>): { readonly callee: Resolved; readonly args: readonly Lazy[] } | undefined {
  const [first, ...others] = args;
  const given = first && use.args[0]?.value.kind !== 'function' ? project.evaluator.head(first) : undefined;
  if (given?.kind !== 'global' && given?.kind !== 'outside' && given?.kind !== 'member') return undefined;
  const name = calleeName(callee);
  if (callee.kind === 'global') return /^(?:setTimeout|setImmediate|process\.nextTick)$/.test(callee.path) ? { callee: given, args: name === 'setTimeout' ? others.slice(1) : others } : undefined;
  if (callee.kind !== 'member' || use.callee.kind !== 'member') return undefined;
  const receiver: Lazy = { module, value: use.callee.object, frame, at: spanOf(use.callee.object) ?? use.at };
  if (name === 'then') return { callee: given, args: [receiver] };
  if (name === 'catch') return { callee: given, args: [{ ...receiver, at: first?.at, known: caughtFrom(receiver) }] };
  return eachMethods.has(name) ? { callee: given, args: listItems(project.evaluator, callee.object, { module, at: use.at }) ?? [] } : undefined;
}

/** What a promise fails with. */
function caughtFrom({ module, at }: Lazy): Resolved {
  return { kind: 'call', callee: { kind: 'global', path: 'operator:caught' }, args: [], isNew: false, place: { module, at: at ?? [0, 0] } };
}

const maxCalls = 5;

const packages = new WeakMap<Resolved, string | false>();

/** The package that a chain begins with: through the calls that made instances of it, and from a callback to what calls it. */
export function packageOf(project: Project, { root }: Chain): string | undefined {
  let name = packages.get(root);
  // Each kind of sink asks.
  if (name === undefined) packages.set(root, (name = packageBehind(project, root, 0) ?? false));
  return name === false ? undefined : name;
}

function packageBehind(project: Project, root: Resolved, depth: number): string | undefined {
  if (root.kind === 'outside') return root.specifier;
  if (depth >= maxCalls) return undefined;
  if (root.kind === 'call') return packageOfChains(project, chainsOf(project, root.callee), depth);
  const use = root.kind === 'parameter' ? callTaking(root.module, root.fn) : undefined;
  if (root.kind !== 'parameter' || !use) return undefined;
  return packageOfChains(project, chainsOf(project, calleeOf(project, { module: root.module, value: use.callee, frame: undefined, at: use.at })), depth);
}

function packageOfChains(project: Project, chains: readonly Chain[], depth: number): string | undefined {
  for (const chain of chains) {
    const found = packageBehind(project, chain.root, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
