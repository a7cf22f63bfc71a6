import { callTaking } from '../disclosure/callbacks.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Resolved, type ResolvedCall } from '../resolved.ts';
import { calleeOf, chainsOf, type Chain } from './chain.ts';

/** What an endpoint of RTK Query sends: the options of its base query, and each URL or request that its `query` may give. */
export interface Endpoint { readonly options: readonly Lazy[]; readonly addresses: readonly Lazy[] }

const packages = /^@reduxjs\/toolkit\/query(?:\/react)?$/;
/** Names of a builder that make an endpoint, and of an API that takes more of them. Source: redux-toolkit.js.org, `createApi`. */
const makers = /^(?:query|mutation|infiniteQuery)$/;
const maxWrappers = 4;

/**
 * `build.query({ query: () => "/products" })` inside `createApi({ baseQuery: fetchBaseQuery({ … }), endpoints: (build) => … })`, and
 * what `queryFn` gives to the base query that it gets as its fourth argument.
 */
export function endpointOf(project: Project, chain: Chain, args: readonly Lazy[]): Endpoint | undefined {
  const { root, path } = chain;
  if (root.kind !== 'parameter' || !args[0]) return undefined;
  if (path.length === 0 && root.index === 3) {
    const base = baseOfQueryFunction(project, root.module, root.fn);
    return base && { options: base.args.slice(0, 1), addresses: args.slice(0, 1) };
  }
  const base = baseOfBuilder(project, chain);
  const query = base ? project.evaluator.property(project.evaluator.head(args[0]), 'query') : undefined;
  if (!base || query?.kind !== 'function') return undefined;
  const { module, frame } = query;
  const addresses = (module.functions[query.fn]?.returns ?? []).map((value): Lazy => ({ module, value, frame, at: 'at' in value ? value.at : undefined }));
  return { options: base.args.slice(0, 1), addresses };
}

/** The base query of the API whose `endpoints` are given `build`. */
function baseOfBuilder(project: Project, { root, path }: Chain): ResolvedCall | undefined {
  if (root.kind !== 'parameter' || path.length !== 1 || !makers.test(path[0] ?? '')) return undefined;
  const taking = callTaking(root.module, root.fn);
  if (!taking) return undefined;
  const call = calleeOf(project, { module: root.module, value: taking.callee, frame: undefined, at: taking.at });
  const given = taking.args[0] && project.evaluator.look(root.module, taking.args[0].value);
  const api = isCreateApi(call) ? given : optionsOfApi(project, call);
  return api && baseQueryOf(project, project.evaluator.property(api, 'baseQuery'), 0);
}

function baseOfQueryFunction(project: Project, module: ModuleSummary, fn: number): ResolvedCall | undefined {
  const taking = callTaking(module, fn);
  const query = taking?.args[0] && project.evaluator.property(project.evaluator.look(module, taking.args[0].value), 'queryFn');
  if (!taking || query?.kind !== 'function' || query.module !== module || query.fn !== fn) return undefined;
  const [builder] = chainsOf(project, calleeOf(project, { module, value: taking.callee, frame: undefined, at: taking.at }));
  return builder && baseOfBuilder(project, builder);
}

function isCreateApi(callee: Resolved): boolean {
  return callee.kind === 'outside' && packages.test(callee.specifier) && calleeName(callee) === 'createApi';
}

/** `api.injectEndpoints({ endpoints })`, also behind `enhanceEndpoints`. */
function optionsOfApi(project: Project, callee: Resolved): Resolved | undefined {
  let current = callee;
  for (let links = 0; links < maxWrappers; links += 1) {
    const [chain] = chainsOf(project, current);
    if (chain?.root.kind !== 'call' || !/^(?:injectEndpoints|enhanceEndpoints)$/.test(chain.path.at(-1) ?? '')) return undefined;
    if (isCreateApi(chain.root.callee)) return chain.root.args[0] && project.evaluator.head(chain.root.args[0]);
    current = chain.root.callee;
  }
  return undefined;
}

/** `fetchBaseQuery(…)`, in `retry(…)`, or called by a function of the program. */
function baseQueryOf(project: Project, value: Resolved, depth: number): ResolvedCall | undefined {
  if (depth > maxWrappers) return undefined;
  if (value.kind === 'call') {
    if (calleeName(value.callee) === 'fetchBaseQuery') return value;
    const inner = calleeName(value.callee) === 'retry' ? value.args[0] : undefined;
    return inner && baseQueryOf(project, project.evaluator.head(inner), depth + 1);
  }
  if (value.kind !== 'function') return undefined;
  for (const use of value.module.uses) {
    if (use.kind !== 'call' || use.fn !== value.fn) continue;
    const called = baseQueryOf(project, project.evaluator.head({ module: value.module, value: use.callee, frame: value.frame, at: use.at }), depth + 1);
    if (called) return called;
  }
  return undefined;
}
