import type { CallUse, ClassSummary, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import type { Project } from '../project.ts';
import { calleeOf, chainsOf, type Chain } from '../requests/chain.ts';
import { calleeName, type Resolved } from '../resolved.ts';
import { calledName, functionsIn, packageOf } from './callbacks.ts';
import { toolFunctions } from './models.ts';
import { answersOf } from './route-modules.ts';
import { graphqlPackages, handlerPackages, handlerTakers, procedureMethods, procedurePackage, routeDecorators, routeMethods } from './sink-names.ts';
import { oncePerModule } from '../once-per-project.ts';

/** Characters from a decorator of Python to its function: further decorators may stand between. */
const maxDecoratorDistance = 400;

/** Who is handed what a function returns: whoever asked over HTTP, or a language model whose tool it is. */
export type Handler = 'response' | 'model';

/** The functions of a module whose return value leaves the program. */
export const handlerFunctions = oncePerModule(findHandlers);

function findHandlers(project: Project, module: ModuleSummary): ReadonlyMap<number, Handler> {
  const found = new Map<number, Handler>();
  const add = (functions: readonly number[], handler: Handler): void => {
    for (const fn of functions) found.set(fn, handler);
  };
  const byPlace = module.language === 'python' ? functionsByPlace(module) : [];
  for (const use of module.uses) {
    if (use.kind !== 'call') continue;
    const below = functionBelow(byPlace, use.at);
    const functions = [...use.args.flatMap(({ value }) => handlersIn(module, value)), ...below];
    if (functions.length > 0 && takesHandler(project, module, use)) add(functions, 'response');
    add(toolFunctions(project, module, use, below), 'model');
    add(resolversIn(project, module, use), 'response');
  }
  for (const { name, value } of module.exports) {
    const resolved = name === 'handler' && value ? project.evaluator.look(module, value) : undefined;
    if (resolved?.kind === 'function' && resolved.module === module) add([resolved.fn], 'response');
  }
  for (const cls of module.classes) add(actionsOf(module, cls), 'response');
  add(answersOf(module), 'response');
  return found;
}

/** The functions of `resolvers: { Query: { field: () => … } }`. */
function resolversIn(project: Project, module: ModuleSummary, use: CallUse): number[] {
  if (!/^(?:ApolloServer|createSchema|makeExecutableSchema|GraphQLServer|addResolversToSchema)$/.test(calledName(use.callee))) return [];
  const callee = calleeOf(project, { module, value: use.callee, frame: undefined, at: use.at });
  if (!chainsOf(project, callee).some((chain) => graphqlPackages.has(packageOf(project, chain) ?? ''))) return [];
  const given = use.args[0] && project.evaluator.property(project.evaluator.look(module, use.args[0].value), 'resolvers');
  return given ? ownFunctions(project, module, given, 0) : [];
}

/** Types hold fields, fields hold functions, and modules of a schema hold lists of these. */
const maxResolverDepth = 3;

function ownFunctions(project: Project, module: ModuleSummary, value: Resolved, depth: number): number[] {
  if (value.kind === 'function') return value.module === module ? [value.fn] : [];
  if (depth >= maxResolverDepth) return [];
  const parts = value.kind === 'object' ? project.evaluator.entries(value).entries.map((entry) => entry.value) : value.kind === 'array' ? value.items : [];
  return parts.flatMap((part) => ownFunctions(project, module, project.evaluator.head(part), depth + 1));
}

/** A handler by itself, or as the `handler` of a route's options. */
function handlersIn(module: ModuleSummary, value: Value): number[] {
  if (value.kind === 'array') return value.items.flatMap((item) => handlersIn(module, item.value));
  if (value.kind !== 'object') return functionsIn(module, value);
  return value.entries.flatMap((entry) => (entry.key?.kind === 'text' && entry.key.text === 'handler' ? functionsIn(module, entry.value) : []));
}

/** Methods under `@Get()` and its like; in a class that is a controller by its name alone, those that it does not call itself. */
function actionsOf(module: ModuleSummary, cls: ClassSummary): number[] {
  const methods = Object.entries(cls.methods);
  const isDecorated = ([, fn]: [string, number]): boolean => module.functions[fn]?.decorators !== undefined;
  if (cls.decorators || methods.some(isDecorated)) return methods.flatMap(([, fn]) => ((module.functions[fn]?.decorators ?? []).some((decorator) => routeDecorators.test(calledName(decorator))) ? [fn] : []));
  if (!cls.name?.endsWith('Controller')) return [];
  const called = calledOnThis(module);
  return methods.flatMap(([name, fn]) => (called.has(name) ? [] : [fn]));
}

function calledOnThis(module: ModuleSummary): ReadonlySet<string> {
  return new Set(module.uses.flatMap((use) => (use.kind === 'call' && use.callee.kind === 'member' && use.callee.object.kind === 'this' && use.callee.property.kind === 'text' ? [use.callee.property.text] : [])));
}

interface PlacedFunction { readonly fn: number; readonly start: number }

function functionsByPlace({ functions }: ModuleSummary): readonly PlacedFunction[] {
  return functions.map(({ at }, fn) => ({ fn, start: at[0] })).sort((a, b) => a.start - b.start);
}

/** The function that a decorator of Python stands over: the next one after it. */
function functionBelow(functions: readonly PlacedFunction[], [, end]: Span): number[] {
  let [low, high] = [0, functions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((functions[middle] as PlacedFunction).start < end) low = middle + 1;
    else high = middle;
  }
  const next = functions[low];
  return next && next.start - end < maxDecoratorDistance ? [next.fn] : [];
}

function takesHandler(project: Project, module: ModuleSummary, use: CallUse): boolean {
  const callee = calleeOf(project, { module, value: use.callee, frame: undefined, at: use.at });
  if (handlerTakers.test(calleeName(callee))) return true;
  return chainsOf(project, callee).some((chain) => takesHandlers(project, chain));
}

function takesHandlers(project: Project, chain: Chain): boolean {
  const method = chain.path.at(-1) ?? '';
  const isRoute = routeMethods.has(method);
  if (!isRoute && !procedureMethods.has(method)) return false;
  // A plugin is given its server as `fastify`.
  if (isRoute && chain.root.kind === 'parameter' && chain.root.name === 'fastify') return true;
  const name = packageOf(project, chain) ?? '';
  return isRoute ? handlerPackages.has(name) : name === procedurePackage;
}
