import type { AssignUse, ModuleSummary } from '../../syntax/module-summary.ts';
import { viewsOf } from '../client/template-views.ts';
import type { Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import { chainsOf, type Chain } from '../requests/chain.ts';
import type { Lazy, Resolved } from '../resolved.ts';
import { packageOf } from './callbacks.ts';
import { headSet } from './response-heads.ts';
import { isPageRoute } from './route-modules.ts';
import type { Found } from './sink.ts';
import { headerMethods, responseMakers, responseName, routeAnswers, sendingMethods } from './sink-names.ts';
import { textOf } from './text-of.ts';

/** What a call answers with: the body, a header, a cookie, where it redirects to. */
export function responseSink(project: Project, module: ModuleSummary, chain: Chain, args: readonly Lazy[], isNew: boolean): Found | undefined {
  const { root, path } = chain;
  const name = path.join('.');
  const found = (label: string): Found => ({ kind: 'response', name: label, values: args });
  if (isPageRoute(module) && (root.kind === 'global' || (root.kind === 'outside' && routeAnswers.specifier.test(root.specifier)))) return undefined;
  const head = headSet(project, chain, packageOf(project, chain), args);
  if (head) return { kind: 'response', ...head };
  if (root.kind === 'global') return (name === 'Response' && isNew) || name === 'Response.json' || name === 'Response.redirect' ? { kind: 'response', name, values: bodyAndHeaders(project, args) } : undefined;
  if (isGivenToView(project, path.at(-1) ?? '', args)) return undefined;
  if (root.kind === 'outside') {
    // What goes on with a request answers with the headers beside it; those of `request` stay on the server, as does where it is rewritten to.
    if (root.specifier === 'next/server' && /^NextResponse\.(?:next|rewrite)$/.test(name)) return { kind: 'response', name, values: headersOf(project, args.at(-1)) };
    const isAnswer = routeAnswers.specifier.test(root.specifier) && routeAnswers.names.test(name);
    if (!isAnswer && !isResponseMaker(root.specifier, name)) return undefined;
    return /^NextResponse/.test(name) ? { kind: 'response', name, values: bodyAndHeaders(project, args) } : found(name);
  }
  const method = path.at(-1) ?? '';
  if (method === 'set_cookie' && isMadeResponse(project, root)) return found(method);
  const parameter = parameterBelow(root);
  if (!parameter) return undefined;
  if (headerMethods.has(method) && setsHeader(project, chain, parameter)) return { kind: 'response', name: method, values: method === 'writeHead' ? args.slice(1) : args.length > 1 ? args.slice(1, 2) : args };
  if (method === 'set_cookie') return found(method);
  if (!sendingMethods.has(method) || isRequestBody(method, args)) return undefined;
  // What takes its first parameter's `send` or `end` may be anything but for its name; what takes the second's is a handler.
  const isHandler = parameter.index > 0 || responseName.test(parameter.name ?? '') || /^(?:json|jsonp|html|text|render|body|redirect)$/.test(method) || path.length > 1;
  return isHandler ? found(method) : undefined;
}

/** A template of the repository is a page that is handed what it shows, which `no-client-key` judges. */
function isGivenToView(project: Project, method: string, args: readonly Lazy[]): boolean {
  if (!/^(?:render|view|render_template|TemplateResponse|template)$/.test(method)) return false;
  return args.slice(0, 2).some((argument) => {
    const name = textOf(project, argument);
    return name !== '' && viewsOf(project).has(name);
  });
}

/** `new Response(body, { headers })` */
function bodyAndHeaders(project: Project, [body, init]: readonly Lazy[]): Lazy[] {
  return [...(body ? [body] : []), ...headersOf(project, init)];
}

function headersOf(project: Project, init: Lazy | undefined): Lazy[] {
  const entries = init ? project.evaluator.entries(project.evaluator.head(init)).entries : [];
  return entries.filter((entry) => textOf(project, entry.key) === 'headers').map((entry) => entry.value);
}

/** `res.setHeader(…)` of Express and Fastify, `ctx.set(…)` of Koa, `c.header(…)` of Hono; not the headers of a request that is sent on. */
function setsHeader(project: Project, chain: Chain, { index, name }: Extract<Resolved, { kind: 'parameter' }>): boolean {
  if (index > 0 && responseName.test(name ?? '')) return true;
  const specifier = packageOf(project, chain) ?? '';
  const method = chain.path.at(-1);
  return (method === 'header' && specifier === 'hono') || (method === 'set' && /^(?:koa|koa-router|@koa\/router)$/.test(specifier));
}

function isRequestBody(method: string, args: readonly Lazy[]): boolean {
  return (method === 'json' || method === 'text') && args.length === 0;
}

/** `res.status(200).json`: the parameter that the chain begins with. */
function parameterBelow(root: Resolved): Extract<Resolved, { kind: 'parameter' }> | undefined {
  let current = root;
  for (let links = 0; links < 16; links += 1) {
    if (current.kind === 'parameter') return current;
    if (current.kind === 'member') current = current.object;
    else if (current.kind === 'call') current = current.callee;
    else return undefined;
  }
  return undefined;
}

/** Koa's `ctx.body = value`, Node's `res.statusMessage = value`, `response.headers["X"] = value` of Python, Django's `response["X"] = value`. */
export function responseWrite(project: Project, use: AssignUse, { module, frame }: Pick<Instance, 'module' | 'frame'>): string | undefined {
  const object = project.evaluator.head({ module, value: use.object, frame, at: use.at });
  if (module.language === 'python') return isPythonHead(project, object) ? 'headers' : undefined;
  const property = project.evaluator.head({ module, value: use.property, frame, at: use.at });
  if (property.kind !== 'text' || (property.text !== 'body' && property.text !== 'statusMessage')) return undefined;
  if (property.text === 'statusMessage') return object.kind === 'parameter' && responseName.test(object.name ?? '') ? 'statusMessage' : undefined;
  const isBody = object.kind === 'parameter' || (object.kind === 'member' && object.object.kind === 'parameter' && object.property.kind === 'text' && object.property.text === 'response');
  return isBody ? 'ctx.body' : undefined;
}

function isPythonHead(project: Project, object: Resolved): boolean {
  return chainsOf(project, object).some((chain) => {
    const name = chain.path.join('.');
    if (chain.root.kind === 'parameter') return name === 'headers' && responseName.test(chain.root.name ?? '');
    return (name === 'headers' || name === '') && isMadeResponse(project, chain.root);
  });
}

/** What `make_response(…)` and `HttpResponse(…)` gave. */
function isMadeResponse(project: Project, root: Resolved): boolean {
  return root.kind === 'call' && chainsOf(project, root.callee).some(({ root: maker, path }) => maker.kind === 'outside' && isResponseMaker(maker.specifier, path.join('.')));
}

function isResponseMaker(specifier: string, name: string): boolean {
  return responseMakers.some((maker) => maker.specifier.test(specifier) && maker.names.test(name));
}
