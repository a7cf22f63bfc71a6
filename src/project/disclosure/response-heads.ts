import type { Project } from '../project.ts';
import type { Chain } from '../requests/chain.ts';
import type { Lazy, Resolved } from '../resolved.ts';

/** A header or a cookie of a response that is set, with what it is set to. */
export interface HeadSet { readonly name: string; readonly values: readonly Lazy[] }

/** Functions that take the response or its event first, then a name and a value: Hono's and h3's. */
const headFunctions: readonly { readonly specifier: RegExp; readonly names: RegExp }[] = [
  { specifier: /^hono\/cookie$/, names: /^set(?:Signed)?Cookie$/ },
  { specifier: /^(?:h3|#imports|nitropack(?:\/.*)?|vinxi\/http|@tanstack\/\w+-start(?:\/.*)?)$/, names: /^(?:setCookie|(?:set|append)(?:Response)?Headers?|setResponseStatus)$/ },
];
/** h3's, where Nuxt brings them in by itself. */
const importedByNuxt = /^(?:setCookie|(?:set|append)(?:Response)?Headers?|setResponseStatus)$/;

/** What sets a header or a cookie of a response, other than a method of a response that a handler is given. */
export function headSet(project: Project, { root, path }: Chain, packageName: string | undefined, args: readonly Lazy[]): HeadSet | undefined {
  const name = path.join('.');
  const method = path.at(-1) ?? '';
  const isFunction = root.kind === 'outside' && headFunctions.some(({ specifier, names }) => specifier.test(root.specifier) && names.test(name));
  const isAutomatic = root.kind === 'global' && importedByNuxt.test(name) && args[0] !== undefined && project.evaluator.head(args[0]).kind === 'parameter';
  if (isFunction || isAutomatic) return { name, values: args.slice(1) };
  const isOfGlobal = root.kind === 'global' && /^Astro\.(?:cookies\.set|response\.headers\.(?:set|append))$/.test(name);
  const isCookie = method === 'set' && (path.at(-2) === 'cookies' || packageName === 'next/headers') && isOfServer(root, packageName);
  const isHeader = (method === 'set' || method === 'append') && path.length === 2 && path[0] === 'headers' && isResponse(root, packageName);
  if (!isOfGlobal && !isCookie && !isHeader) return undefined;
  // `set(name, value)`, and Next's `set({ name, value })`
  return { name: isHeader ? 'headers.set' : 'cookies.set', values: args.length > 1 ? args.slice(1) : args };
}

/** A handler's argument (SvelteKit, Astro, Koa), what `cookies()` of Next gave, or a response that was made. */
function isOfServer(root: Resolved, packageName: string | undefined): boolean {
  return root.kind === 'parameter' || packageName === 'next/headers' || isResponse(root, packageName);
}

/** `new Response(…)`, `NextResponse.json(…)`; what goes on to a handler (`NextResponse.next({ request })`) has its headers set before. */
function isResponse(root: Resolved, packageName: string | undefined): boolean {
  if (root.kind !== 'call') return false;
  return packageName === 'next/server' || (root.callee.kind === 'global' && /^Response(?:\.\w+)?$/.test(root.callee.path));
}
