import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Resolved, type ResolvedCall } from '../resolved.ts';
import { keyOf } from './chain.ts';
import type { RequestDraft } from './draft.ts';
import type { Client } from './find-clients.ts';

const maxDepth = 12;
const isOfApollo = /^(?:@apollo\/client(?:\/.*)?|apollo-link(?:-.*)?|@apollo\/link-.*)$/;

/**
 * Takes what the links before a link of Apollo put into its requests: `setContext(() => ({ headers }))`, and what a link of the
 * program says by `operation.setContext(…)`. Source: apollographql.com/docs/react, "Apollo Link overview".
 */
export function takeFromLinks(project: Project, draft: RequestDraft, client: Client, owners: Iterable<ModuleSummary>): void {
  const own = new Set(client.madeBy.map(keyOf));
  const seen = new Set<string>();
  for (const module of owners) {
    if (!module.imports.some(({ specifier }) => isOfApollo.test(specifier))) continue;
    for (const link of linksBefore(project, module, own)) {
      if (seen.has(keyOf(link.place))) continue;
      seen.add(keyOf(link.place));
      takeContext(project, draft, link);
    }
  }
}

/** The links that are put together with one of these calls in a module: `a.concat(b)`, `from([a, b])`, `link: ApolloLink.split(test, a, b)`. */
function linksBefore(project: Project, module: ModuleSummary, own: ReadonlySet<string>): ResolvedCall[] {
  return module.uses.flatMap((use) => {
    if (use.kind !== 'call') return [];
    const { callee, args, at } = use;
    const whole = project.evaluator.look(module, { kind: 'call', callee, args, at });
    if (whole.kind !== 'call' || !isComposition(whole)) return [];
    const links = linksIn(project, whole, 0);
    return links.some((link) => own.has(keyOf(link.place))) ? links : [];
  });
}

function isComposition({ callee }: ResolvedCall): boolean {
  return /^(?:concat|from|split)$/.test(calleeName(callee));
}

function linksIn(project: Project, value: Resolved, depth: number): ResolvedCall[] {
  if (depth > maxDepth) return [];
  const inner = (lazy: Lazy): ResolvedCall[] => linksIn(project, project.evaluator.head(lazy), depth + 1);
  if (value.kind === 'array') return value.items.flatMap(inner);
  if (value.kind === 'choice') return value.options.flatMap((option) => linksIn(project, option, depth + 1));
  if (value.kind !== 'call') return [];
  if (!isComposition(value)) return [value];
  const receiver = value.callee.kind === 'member' ? linksIn(project, value.callee.object, depth + 1) : [];
  return [...receiver, ...value.args.flatMap(inner)];
}

function takeContext(project: Project, draft: RequestDraft, { callee, args }: ResolvedCall): void {
  const name = calleeName(callee);
  const [first] = args;
  if (!first) return;
  if (name === 'setContext' || name === 'SetContextLink') draft.takeOptions(first);
  // `new ApolloLink((operation, forward) => { operation.setContext({ headers }); … })`
  if (name === 'ApolloLink') takeOperation(project, draft, first);
}

function takeOperation(project: Project, draft: RequestDraft, handler: Lazy): void {
  const fn = project.evaluator.head(handler);
  if (fn.kind !== 'function') return;
  const { module, frame } = fn;
  for (const use of module.uses) {
    const isOnOperation = use.kind === 'call' && use.fn === fn.fn && use.callee.kind === 'member' && use.callee.property.kind === 'text' && use.callee.property.text === 'setContext';
    const given = isOnOperation ? use.args[0] : undefined;
    if (given) draft.takeOptions({ module, value: given.value, frame, at: given.at });
  }
}
