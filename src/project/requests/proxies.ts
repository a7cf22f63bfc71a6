import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import type { Lazy, Place } from '../resolved.ts';
import { textsOf } from '../folded-texts.ts';
import { RequestDraft } from './draft.ts';
import { readUrl } from './url.ts';

/** Configurations of development servers and frameworks that hold proxies: `vite.config.ts`, `webpack.dev.js`, `proxy.conf.js`, `.umirc.ts`. */
const configFile = /(?:^|\/)(?:[\w.-]*\.conf(?:ig)?(?:\.[\w-]+)?|webpack(?:\.[\w-]+)+|\.umirc)\.[cm]?[jt]s$/;
const maxDepth = 10;
const maxParts = 2_000;

/** What a proxy sends on for whoever asks it, and the object that says so. */
export interface Proxied { readonly draft: RequestDraft; readonly place: Place }

/**
 * The proxies of a configuration: `{ target, headers }` of Vite, webpack and Angular, `{ to, headers }` of Nuxt's route rules,
 * `{ source, destination }` of Next's rewrites.
 */
export function proxiesOf(project: Project, module: ModuleSummary): Proxied[] {
  return configFile.test(module.file) ? configuredProxies(project, module) : registeredProxies(project, module);
}

/** Plugins of Fastify that send requests on. */
const proxyPlugins = /^(?:@fastify\/|fastify-)(?:http-proxy|reply-from)$/;

/** `app.register(proxy, { upstream, replyOptions })` */
function registeredProxies(project: Project, module: ModuleSummary): Proxied[] {
  if (!module.imports.some(({ specifier }) => proxyPlugins.test(specifier))) return [];
  return module.uses.flatMap((use) => {
    const [plugin, options] = use.kind === 'call' ? use.args : [];
    if (!plugin || !options || plugin.value.kind !== 'import' || !proxyPlugins.test(plugin.value.specifier)) return [];
    const found = proxyIn(project, { module, value: options.value, frame: undefined, at: options.at });
    return found ? [found] : [];
  });
}

function configuredProxies(project: Project, module: ModuleSummary): Proxied[] {
  const found: Proxied[] = [];
  const budget = { parts: 0 };
  for (const { name, value } of module.exports) {
    if (value && (name === 'default' || name === 'module.exports')) visit(project, { module, value, frame: undefined, at: undefined }, found, budget, 0);
  }
  return found;
}

function visit(project: Project, part: Lazy, found: Proxied[], budget: { parts: number }, depth: number): void {
  budget.parts += 1;
  if (depth > maxDepth || budget.parts > maxParts) return;
  const inner = (each: Lazy): void => visit(project, each, found, budget, depth + 1);
  const value = project.evaluator.head(part);
  switch (value.kind) {
    case 'array':
      return value.items.forEach(inner);
    case 'choice':
      return value.options.forEach((known) => inner({ ...part, known }));
    // `defineConfig({ … })`, `withPlugin(config)`
    case 'call':
      return value.args.forEach(inner);
    case 'function':
      return (value.module.functions[value.fn]?.returns ?? []).forEach((returned) => inner({ module: value.module, value: returned, frame: value.frame, at: undefined }));
    case 'object': {
      const proxied = proxyIn(project, part);
      if (proxied) found.push(proxied);
      else project.evaluator.entries(value).entries.forEach((entry) => inner(entry.value));
    }
  }
}

function proxyIn(project: Project, options: Lazy): Proxied | undefined {
  const value = project.evaluator.head(options);
  if (value.kind !== 'object' || !value.place) return undefined;
  const named = project.evaluator.entries(value).entries.map(({ key, value: held }) => ({ name: key ? textsOf(project.evaluator.head(key))[0] : undefined, held }));
  const address = named.find(({ name, held }) => /^(?:target|to|destination|upstream)$/.test(name ?? '') && isElsewhere(project, held));
  if (!address) return undefined;
  const draft = new RequestDraft(project);
  draft.takeOptions(options);
  draft.urls.push(address.held);
  return { draft, place: value.place };
}

function isElsewhere(project: Project, address: Lazy): boolean {
  const { host } = readUrl(project, address, []);
  return host === 'hilt' || host === 'probably-hilt' || host === 'other';
}
