import type { Project } from '../project.ts';
import { calleeName, ownerOf, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { callOfObject } from './url.ts';

/** What a callee is called on: `api.defaults.headers.set` is `["defaults", "headers", "set"]` on whatever made `api`. */
export interface Chain {
  readonly root: Resolved;
  /** The names since the root. */
  readonly path: readonly string[];
  /** The calls below the callee, the nearest first: `request.get(u).set(a, b)` passes through the call of `get`. */
  readonly through: readonly Place[];
}

const maxLinks = 64;

const known = new WeakMap<Resolved, readonly Chain[]>();

/** The chains of a callee, one for each value that it may be. */
export function chainsOf(project: Project, callee: Resolved): readonly Chain[] {
  let chains = known.get(callee);
  // Every rule asks of every call.
  if (!chains) known.set(callee, (chains = findChains(project, callee)));
  return chains;
}

function findChains(project: Project, callee: Resolved): readonly Chain[] {
  if (callee.kind === 'choice') return callee.options.slice(0, 8).flatMap((option) => chainsOf(project, option));
  const path: string[] = [];
  let current: Resolved = callee;
  for (let links = 0; links < maxLinks; links += 1) {
    if (current.kind === 'member' && current.property.kind === 'text') {
      path.unshift(current.property.text);
      current = current.object;
    } else if (current.kind === 'object') {
      const call = callOfObject(project, current);
      return [chainFrom(project, call ?? current, path)];
    } else if (current.kind === 'instance') {
      const parent = project.evaluator.parentInstance(current);
      return [chainFrom(project, parent ?? current, path)];
    } else if (current.kind === 'choice') return current.options.slice(0, 8).flatMap((option) => chainsOf(project, option).map((chain) => ({ ...chain, path: [...chain.path, ...path] })));
    else break;
  }
  return [chainFrom(project, current, path)];
}

function chainFrom(project: Project, root: Resolved, names: readonly string[]): Chain {
  if (root.kind === 'outside') return { root, path: [...root.name.split('.').filter((part) => part !== 'default' && part !== '*'), ...names], through: [] };
  if (root.kind === 'global') return { root, path: [...root.path.split('.'), ...names], through: [] };
  return { root, path: names, through: root.kind === 'call' ? callsBelow(project, root) : [] };
}

function callsBelow(project: Project, call: Resolved): Place[] {
  const through: Place[] = [];
  let current: Resolved = call;
  for (let links = 0; links < maxLinks; links += 1) {
    if (current.kind === 'call') {
      through.push(current.place);
      current = current.callee;
    } else if (current.kind === 'member') current = current.object;
    else if (current.kind === 'object') {
      const made = callOfObject(project, current);
      if (!made) break;
      current = made;
    } else break;
  }
  return through;
}

/**
 * What a call calls. A variable that holds `new X()` and has properties written to it is an object of these properties to the
 * evaluator, which hides the methods that the instance has; here they are members of it.
 */
export function calleeOf(project: Project, callee: Lazy): Resolved {
  const value = project.evaluator.head(callee);
  if ((value.kind !== 'constant' && value.kind !== 'unknown') || callee.value.kind !== 'member') return value;
  const { module, frame } = callee;
  const object = calleeOf(project, { module, frame, value: callee.value.object, at: undefined });
  const property = project.evaluator.head({ module, frame, value: callee.value.property, at: undefined });
  return object.kind === 'constant' || object.kind === 'unknown' ? value : { kind: 'member', object, property };
}

/** `fetch.call(window, url)` and `fetch.apply(null, [url])` as the call that they make. */
export function calledDirectly(project: Project, callee: Resolved, args: readonly Lazy[]): { callee: Resolved; args: readonly Lazy[] } {
  const name = calleeName(callee);
  const target = name === 'call' || name === 'apply' ? ownerOf(callee) : undefined;
  if (!target) return { callee, args };
  if (name === 'call') return { callee: target, args: args.slice(1) };
  const list = args[1] && project.evaluator.head(args[1]);
  return { callee: target, args: list?.kind === 'array' ? list.items : [] };
}

/** A name for a place that two looks at the same call share. */
export function keyOf({ module, at }: Place): string {
  return `${module.file}:${at[0]}:${at[1]}`;
}

export function placeOf(lazy: Lazy): Place {
  return { module: lazy.module, at: lazy.at ?? [0, 0] };
}
