import { functionsIn, handOverReturns, type HandOvers } from './handover-site.ts';
import type { Resolved } from '../resolved.ts';

const routeMakers = new Set(['createFileRoute', 'createRootRoute', 'createRootRouteWithContext', 'createRoute', 'createLazyFileRoute']);
const routeOptions = ['loader', 'beforeLoad', 'context', 'head', 'scripts'];

/** Loaders of TanStack routes are client code too; but the server runs them first, and what they return is in the page. */
export function handOverRouteOptions(handOvers: HandOvers, files: readonly string[]): void {
  const { project } = handOvers;
  for (const file of files) {
    const module = handOvers.open(file);
    if (!module) continue;
    for (const use of module.uses) {
      if (use.kind !== 'call' || !makesRoute(project.evaluator.look(module, use.callee))) continue;
      const options = use.args[0] && project.evaluator.look(module, use.args[0].value);
      if (options?.kind !== 'object') continue;
      for (const name of routeOptions) {
        const value = project.evaluator.property(options, name);
        for (const fn of functionsIn(project, value)) handOverReturns(handOvers, fn, { module, what: `what \`${name}\` returns`, variablesOnly: true });
      }
    }
  }
}

function makesRoute(callee: Resolved): boolean {
  if (callee.kind === 'call') return makesRoute(callee.callee);
  return callee.kind === 'outside' && routeMakers.has(callee.name);
}
