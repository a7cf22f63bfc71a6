import { textOfFile } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { isBelow, relativeTo } from '../graph/posix-path.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { handedKeysIn } from './handover-keys.ts';
import { awaitedBy, configurationsIn, handOverValue, type HandOvers } from './handover-site.ts';
import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/** What Gatsby writes into the data of its pages: their contexts, and what their queries ask of the site's metadata. */
export function gatsbyHandOvers(handOvers: HandOvers, folder: string, files: readonly string[]): void {
  const { project } = handOvers;
  for (const file of files) {
    if (isFile(file, 'gatsby-node') && handOvers.open(file)) for (const { value, place } of pageContexts(project, file)) handOverValue(handOvers, value, place.at, { module: place.module, what: 'the context of a page' });
    if (isFile(file, 'gatsby-config') && handOvers.open(file)) handOverMetadata(handOvers, folder, file);
  }
}

/** https://www.gatsbyjs.com/docs/reference/config-files/gatsby-config/#sitemetadata: a query takes out of it what it names. */
function handOverMetadata({ project, add }: HandOvers, folder: string, file: string): void {
  for (const { value, place } of siteMetadata(project, file)) {
    const metadata = project.evaluator.head(value);
    for (const entry of metadata.kind === 'object' ? metadata.entries : []) {
      const name = nameOf(project, entry.key);
      for (const key of handedKeysIn(project, entry.value)) {
        awaitedBy(project).words.add('siteMetadata');
        const path = name === undefined ? key.path : [name, ...key.path];
        if (isQueried(project, folder, path)) add({ module: place.module, what: 'metadata of the site that a query asks for' }, entry.place.module === place.module ? (entry.value.at ?? entry.place.at) : place.at, key);
      }
    }
  }
}

const client = /^(?!gatsby-(?:node|config|ssr)\.).*\.(?:[mc]?[jt]sx?|mdx)$/;

/** Whether the query of a page or a component names every step of the way. */
function isQueried({ source }: Project, folder: string, path: readonly string[]): boolean {
  return [...(source?.paths() ?? [])].some((file) => {
    if (!isBelow(file, folder) || !client.test(relativeTo(folder, file))) return false;
    return [...textOfFile(source, file).matchAll(/\bsiteMetadata\s*\{/g)].some(({ input, index }) => {
      const query = braced(input, input.indexOf('{', index));
      return path.every((name) => name === '*' || new RegExp(`(?<![\\w$])${literalPattern(name)}(?![\\w$])`).test(query));
    });
  });
}

function braced(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length && at < open + 4000; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(open, at);
  }
  return '';
}

/** What a page reads of its data: `data.site.siteMetadata.key`, `useStaticQuery(…).site.siteMetadata.key`, `pageContext.key`. */
export function gatsbyData(project: Project, { detection }: BuiltGraph, module: ModuleSummary, names: readonly string[]): Resolved[] {
  const detected = detection.at(module.file).find(({ framework }) => framework.id === 'gatsby');
  const [kind, from] = names.includes('siteMetadata') ? (['gatsby-config', 'siteMetadata'] as const) : (['gatsby-node', 'pageContext'] as const);
  const start = names.indexOf(from);
  if (!detected || start < 0) return [];
  const given = [...project.modules.keys()].filter((file) => isBelow(file, detected.folder) && isFile(file, kind)).flatMap((file) => (kind === 'gatsby-config' ? siteMetadata(project, file) : pageContexts(project, file)));
  return given.flatMap(({ value }) => {
    const found = project.evaluator.propertyAlong(project.evaluator.head(value), names.slice(start + 1));
    return found.kind === 'constant' && found.value === undefined ? [] : [found];
  });
}

interface Given { readonly value: Lazy; readonly place: Place }

function siteMetadata(project: Project, file: string): Given[] {
  const module = project.modules.get(file);
  const exported = module && project.evaluator.exportOf(module, 'default');
  return module && exported ? configurationsIn(project, exported).flatMap((config) => entryOf(project, config, 'siteMetadata')) : [];
}

/** `createPage({ path, component, context })` */
function pageContexts(project: Project, file: string): Given[] {
  const module = project.modules.get(file);
  return (module?.uses ?? []).flatMap((use) => {
    if (!module || use.kind !== 'call' || !use.args[0] || calleeName(project.evaluator.look(module, use.callee)) !== 'createPage') return [];
    return entryOf(project, project.evaluator.look(module, use.args[0].value), 'context').map((context) => ({ ...context, place: { module, at: context.place.at } }));
  });
}

function entryOf(project: Project, object: Resolved, name: string): Given[] {
  const entry = object.kind === 'object' ? object.entries.findLast(({ key }) => nameOf(project, key) === name) : undefined;
  return entry ? [{ value: entry.value, place: entry.place }] : [];
}

function nameOf(project: Project, key: Lazy | undefined): string | undefined {
  return key && project.evaluator.text(key);
}

function isFile(path: string, name: string): boolean {
  return new RegExp(`(?:^|/)${name}\\.[mc]?[jt]s$`).test(path);
}
