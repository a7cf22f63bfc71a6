import { textOfFile } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { FrameworkId } from '../frameworks/framework.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { folderOf, isBelow, joinPath } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import { calleeName, type Resolved } from '../resolved.ts';
import { isProps } from '../component-props.ts';
import { gatsbyData } from './handover-gatsby.ts';
import { functionsIn } from './handover-site.ts';

/**
 * What client code receives that its own server hands over: the props of a page, the data of a loader, the answer of a handler or of a
 * server function. `root` and `names` are a value and the properties that are read of it.
 */
export function valuesReceived(project: Project, built: BuiltGraph, root: Resolved, names: readonly string[]): Resolved[] {
  switch (root.kind) {
    case 'parameter':
      return root.index === 0 ? [...pageProps(project, built, root.module, (page) => functionsIn(project, page).some((each) => each.module === root.module && each.fn === root.fn), names), ...gatsbyData(project, built, root.module, names)] : [];
    case 'instance':
      return names[0] === 'props' ? pageProps(project, built, root.module, (page) => page.kind === 'class' && page.module === root.module && page.cls === root.cls, names.slice(1)) : [];
    case 'call':
      if (calleeName(root.callee) === 'useStaticQuery') return gatsbyData(project, built, root.place.module, names);
      return isProps(root) ? svelteData(project, root.place.module, names) : answerOf(project, built, root, names);
    default:
      return [];
  }
}

/** Calls in each other that are followed. */
const maxDepth = 6;
const loaders: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({ useLoaderData: 'loader', useActionData: 'action', useTypedLoaderData: 'loader' }));
const routeProps: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({ loaderData: 'loader', actionData: 'action' }));
const pageData = ['getServerSideProps', 'getStaticProps'];

/** The props of a page: of its `getServerSideProps` (Next.js), its loader (React Router). */
function pageProps(project: Project, built: BuiltGraph, module: ModuleSummary, isOwn: (page: Resolved) => boolean, names: readonly string[]): Resolved[] {
  const page = project.evaluator.exportOf(module, 'default');
  if (!page || !isOwn(page)) return [];
  const [first = '', ...rest] = names;
  if (isBuiltBy(built, module.file, 'react-router')) {
    const handler = routeProps.get(first);
    return handler === undefined ? [] : returnedBy(project, module, handler, rest);
  }
  if (first === 'serverData' && isBuiltBy(built, module.file, 'gatsby')) return returnedBy(project, module, 'getServerData', ['props', ...rest]);
  if (!isBuiltBy(built, module.file, 'next')) return [];
  return [...pageData.flatMap((name) => returnedBy(project, module, name, ['props', ...names])), ...initialProps(project, module, names), ...propsOfApp(project, module, names)];
}

/** `Page.getInitialProps = …`, or the static method: https://nextjs.org/docs/pages/api-reference/functions/get-initial-props */
function initialProps(project: Project, module: ModuleSummary, names: readonly string[]): Resolved[] {
  const assigned = module.uses.flatMap((use) => (use.kind === 'assign' && use.property.kind === 'text' && use.property.text === 'getInitialProps' ? [use.value] : []));
  const statics = module.classes.flatMap((cls) => cls.statics['getInitialProps'] ?? []);
  return [...assigned, ...statics].flatMap((value) => resultsOf(project, project.evaluator.look(module, value), names));
}

/** What `pages/_app` gives the page that it renders: `<Component {...pageProps} shop={shop} />`. */
function propsOfApp(project: Project, page: ModuleSummary, names: readonly string[]): Resolved[] {
  const folder = /^(?:.*\/)?pages\//.exec(page.file)?.[0];
  const app = folder === undefined ? undefined : ['tsx', 'jsx', 'ts', 'js'].flatMap((ending) => project.module(`${folder}_app.${ending}`) ?? [])[0];
  if (!app || app === page) return [];
  return app.uses.flatMap((use) => {
    const element = use.kind === 'element' ? project.evaluator.look(app, use.element) : undefined;
    const type = element?.kind === 'element' ? project.evaluator.head(element.type) : undefined;
    const isPage = type?.kind === 'member' && type.property.kind === 'text' && type.property.text === 'Component';
    return isPage && element?.kind === 'element' ? along(project, project.evaluator.head(element.props), names).filter(({ kind }) => kind !== 'unknown') : [];
  });
}

/** `data` and `form` of a page or layout of SvelteKit: https://svelte.dev/docs/kit/load */
function svelteData(project: Project, { file }: ModuleSummary, [first = '', ...names]: readonly string[]): Resolved[] {
  if (!/(?:^|\/)\+(?:page|layout)\.svelte$/.test(file)) return [];
  const beside = (folder: string, name: string, exported: string): Resolved[] => ['ts', 'js'].flatMap((ending) => {
    const module = project.module(folder === '' ? `${name}.${ending}` : `${folder}/${name}.${ending}`);
    return module ? returnedBy(project, module, exported, names) : [];
  });
  const own = folderOf(file);
  if (first === 'form') return beside(own, '+page.server', 'actions');
  if (first !== 'data') return [];
  const found = ['+page.server', '+page'].flatMap((name) => beside(own, name, 'load'));
  for (let folder = own; folder !== ''; folder = folderOf(folder)) found.push(...['+layout.server', '+layout'].flatMap((name) => beside(folder, name, 'load')));
  return found;
}

/** What a call gives that asks the server: `useLoaderData()`, `Route.useLoaderData()`, `useFetch("/api/config")`, a server function. */
function answerOf(project: Project, built: BuiltGraph, call: Resolved & { kind: 'call' }, names: readonly string[]): Resolved[] {
  const { callee, args, place } = call;
  const name = calleeName(callee);
  const route = tanstackRoutes(project, built, call);
  if (route) return route.flatMap((each) => routeData(project, each, name.endsWith('RouteContext') ? 'beforeLoad' : 'loader', names));
  const handler = callee.kind === 'outside' ? loaders.get(name) : undefined;
  if (handler !== undefined) return returnedBy(project, place.module, handler, names);
  if (callee.kind === 'outside' && name === 'useRouteLoaderData') {
    const route = args[0] && project.evaluator.head(args[0]);
    return route?.kind === 'text' ? routeModules(project, built, place.module.file, route.text).flatMap((module) => returnedBy(project, module, 'loader', names)) : [];
  }
  if (callee.kind === 'member' && /^use(?:LoaderData|RouteContext)$/.test(name)) return routeData(project, callee.object, name === 'useLoaderData' ? 'loader' : 'beforeLoad', names);
  if (isBuiltBy(built, place.module.file, 'nuxt')) return nuxtData(project, built, call, names);
  return settled(project, call, 0).flatMap((value) => (value === call ? [] : along(project, value, names)));
}

function routeModules(project: Project, { detection }: BuiltGraph, file: string, route: string): ModuleSummary[] {
  const folder = detection.at(file).find(({ framework }) => framework.id === 'react-router')?.folder ?? '';
  return ['tsx', 'jsx', 'ts', 'js'].flatMap((ending) => project.module(joinPath(folder, `app/${route}.${ending}`) ?? '') ?? []);
}

/** The routes that `getRouteApi("/shop").useLoaderData()` and `useLoaderData({ from: "/shop" })` name (https://tanstack.com/router/latest/docs/framework/react/guide/code-splitting). */
function tanstackRoutes(project: Project, built: BuiltGraph, { callee, args, place }: Resolved & { kind: 'call' }): Resolved[] | undefined {
  const isOwn = (value: Resolved): boolean => value.kind === 'outside' && /^@tanstack\/[\w-]+-router$/.test(value.specifier);
  if (!/^use(?:LoaderData|RouteContext)$/.test(calleeName(callee))) return undefined;
  if (callee.kind === 'outside') {
    const options = isOwn(callee) && args[0] ? project.evaluator.head(args[0]) : undefined;
    return options && routesAt(project, built, place.module.file, project.evaluator.property(options, 'from'));
  }
  const api = callee.kind === 'member' ? callee.object : undefined;
  if (api?.kind !== 'call' || !isOwn(api.callee) || calleeName(api.callee) !== 'getRouteApi' || !api.args[0]) return undefined;
  return routesAt(project, built, place.module.file, project.evaluator.head(api.args[0]));
}

/** The routes of a path, each made by `createFileRoute(path)({…})`. */
function routesAt(project: Project, { detection }: BuiltGraph, file: string, path: Resolved): Resolved[] {
  if (path.kind !== 'text' || !project.source) return [];
  const folder = detection.at(file)[0]?.folder ?? '';
  const names = [`'${path.text}'`, `"${path.text}"`];
  return [...project.source.paths()].filter((each) => isBelow(each, folder) && /(?:^|\/)routes\/.*\.[jt]sx?$/.test(each)).flatMap((each) => {
    const text = textOfFile(project.source, each);
    if (!text.includes('createFileRoute') || !names.some((name) => text.includes(name))) return [];
    const module = project.module(each);
    const route = module && project.evaluator.exportOf(module, 'Route');
    const made = route?.kind === 'call' && route.callee.kind === 'call' ? route.callee.args[0] : undefined;
    const own = made && project.evaluator.head(made);
    return route && own?.kind === 'text' && own.text === path.text ? [route] : [];
  });
}

/** `createFileRoute("/")({ loader })` of TanStack, of which `Route.useLoaderData()` is asked. */
function routeData(project: Project, route: Resolved, option: string, names: readonly string[]): Resolved[] {
  if (route.kind !== 'call') return [];
  return route.args.flatMap((argument) => {
    const options = project.evaluator.head(argument);
    return options.kind === 'object' ? resultsOf(project, project.evaluator.property(options, option), names) : [];
  });
}

/** `useFetch("/api/config").data.value`, `$fetch("/api/config")`, and what `useAsyncData` works out: https://nuxt.com/docs/getting-started/data-fetching */
function nuxtData(project: Project, built: BuiltGraph, { callee, args, place }: Resolved & { kind: 'call' }, names: readonly string[]): Resolved[] {
  const name = calleeName(callee);
  if (!/^(?:\$fetch|use(?:Lazy)?Fetch|use(?:Lazy)?AsyncData)$/.test(name)) return [];
  const rest = names.slice(name === '$fetch' ? 0 : names[1] === 'value' ? 2 : 1);
  if (name.endsWith('AsyncData')) return args.flatMap((argument) => resultsOf(project, project.evaluator.head(argument), rest));
  const asked = args[0] && project.evaluator.head(args[0]);
  const path = asked?.kind === 'text' ? /^\/[^?#]+/.exec(asked.text)?.[0] : undefined;
  const folder = built.detection.at(place.module.file).find(({ framework }) => framework.id === 'nuxt')?.folder ?? '';
  if (path === undefined) return [];
  return ['', '.get', '.post'].flatMap((method) => ['', '/index'].flatMap((index) => ['ts', 'js', 'mjs'].flatMap((ending) => {
    return ['server', 'server/routes'].flatMap((root) => {
      const module = project.module(joinPath(folder, `${root}${path}${index}${method}.${ending}`) ?? '');
      return module ? returnedBy(project, module, 'default', rest) : [];
    });
  })));
}

function isBuiltBy({ detection }: BuiltGraph, file: string, id: FrameworkId): boolean {
  return detection.at(file).some(({ framework }) => framework.id === id);
}

function returnedBy(project: Project, module: ModuleSummary, name: string, names: readonly string[]): Resolved[] {
  const value = project.evaluator.exportOf(module, name);
  return value ? resultsOf(project, value, names) : [];
}

/** What the functions that a value is, or wraps, return, with properties of it read. */
function resultsOf(project: Project, value: Resolved, names: readonly string[]): Resolved[] {
  return functionsIn(project, value).flatMap((fn) => project.evaluator.returnsOf(fn)).flatMap((returned) => settled(project, returned, 0)).flatMap((each) => along(project, each, names));
}

/** What responses carry, and what functions return that run on the server: `json({…})`, `createServerFn().handler(fn)()`. */
function settled(project: Project, value: Resolved, depth: number): Resolved[] {
  if (depth > maxDepth) return [];
  if (value.kind === 'choice') return value.options.flatMap((option) => settled(project, option, depth + 1));
  if (value.kind !== 'call') return [value];
  const { callee, args } = value;
  const [first] = args;
  if (/^(?:json|data|defer|typedjson|superjson)$/.test(calleeName(callee)) && first) return settled(project, project.evaluator.head(first), depth + 1);
  if (callee.kind === 'call' && calleeName(callee.callee) === 'handler') return functionsIn(project, callee).flatMap((fn) => project.evaluator.returnsOf(fn)).flatMap((each) => settled(project, each, depth + 1));
  return [value];
}

function along(project: Project, value: Resolved, names: readonly string[]): Resolved[] {
  let found = value;
  for (const name of names) found = project.evaluator.property(found, name);
  return found.kind === 'constant' && found.value === undefined ? [] : [found];
}
