import type { ModuleSummary } from '../../syntax/module-summary.ts';

/** What a route of Remix and React Router runs on the server. Source: reactrouter.com, "Route Module" and "Resource Routes". */
const serverParts = new Set(['loader', 'action']);

/** A route module of Remix or React Router with a page: what its loader answers is handed to that page, which `no-client-key` judges. */
export function isPageRoute(module: ModuleSummary): boolean {
  return hasServerPart(module) && hasPage(module);
}

/** A route module without a page: what its loader answers is the response. */
export function isResourceRoute(module: ModuleSummary): boolean {
  let answer = resourceRoutes.get(module);
  if (answer === undefined) resourceRoutes.set(module, (answer = hasServerPart(module) && !hasPage(module)));
  return answer;
}

const resourceRoutes = new WeakMap<ModuleSummary, boolean>();

/** The functions of a resource route whose return value is the response. */
export function answersOf(module: ModuleSummary): number[] {
  if (!isResourceRoute(module) || !isOfRouter(module)) return [];
  return module.exports.flatMap(({ name, value }) => {
    const held = serverParts.has(name) && value?.kind === 'binding' ? module.bindings[value.name] : value;
    return serverParts.has(name) && held?.kind === 'function' ? [held.fn] : [];
  });
}

function hasServerPart(module: ModuleSummary): boolean {
  return module.exports.some(({ name, typeOnly }) => !typeOnly && serverParts.has(name));
}

function hasPage(module: ModuleSummary): boolean {
  return module.exports.some(({ name, typeOnly }) => !typeOnly && name === 'default');
}

function isOfRouter({ file, imports }: ModuleSummary): boolean {
  return /(?:^|\/)routes\//.test(file) || imports.some(({ specifier }) => /^(?:@remix-run\/|react-router|@react-router\/)/.test(specifier) || specifier.includes('+types/'));
}
