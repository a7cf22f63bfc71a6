import { textOfFile } from '../../sources/file-text.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { isBelow, relativeTo } from '../graph/posix-path.ts';
import { calleeName } from '../resolved.ts';
import { handedKeysIn } from './handover-keys.ts';
import { awaitedBy, handOverValue, type HandOvers } from './handover-site.ts';
import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/** What the answer of a handler of Nuxt goes into: a page's payload where client code asks for it by its path, else nothing as yet. */
export function answersOf(handOvers: HandOvers, detected: DetectedFramework, file: string, built: BuiltGraph): HandOvers {
  const route = routeOf(detected, file);
  return isFetched(handOvers, detected, route, built) ? handOvers : { ...handOvers, add: () => void awaitedBy(handOvers.project).words.add(route) };
}

/** The fixed part of the path under which a handler of Nuxt answers. */
function routeOf({ folder }: DetectedFramework, file: string): string {
  const route = relativeTo(folder, file).replace(/^server\//, '/').replace(/\.(?:get|post|put|patch|delete|head)?\.?[mc]?[jt]s$/, '').replace(/\/index$/, '');
  return route.replace(/\/\[.*$/, '/');
}

/** Whether client code of a Nuxt application asks the handler: its answer is then in the page's payload. Who else asks it is another matter. */
function isFetched({ project }: HandOvers, { folder }: DetectedFramework, fixed: string, { graph }: BuiltGraph): boolean {
  return project.source !== undefined && [...project.source.paths()].some((path) => {
    if (!isBelow(path, folder) || !/\.(?:vue|[mc]?[jt]sx?)$/.test(path) || /(?:^|\/)server\//.test(relativeTo(folder, path)) || !graph.has(path)) return false;
    const text = textOfFile(project.source, path);
    return /\b(?:useFetch|useLazyFetch|\$fetch|useAsyncData|useRequestFetch)\b/.test(text) && new RegExp(`['"\`]${literalPattern(fixed)}${fixed.endsWith('/') ? '' : '[\'"`?]'}`).test(text);
  });
}

/** What Nuxt's server writes into the HTML of its pages. */
export function nuxtHandOvers(handOvers: HandOvers, files: readonly string[]): void {
  handOverHeads(handOvers, files);
  handOverMustaches(handOvers, files);
}

/** What a Nuxt page puts into its head is in the HTML, also where only the server does it (built). */
function handOverHeads(handOvers: HandOvers, files: readonly string[]): void {
  const { project } = handOvers;
  for (const file of files) {
    const module = handOvers.open(file);
    if (!module) continue;
    for (const use of module.uses) {
      if (use.kind !== 'call' || !/^use(?:Server)?(?:Head(?:Safe)?|SeoMeta)$/.test(calleeName(project.evaluator.look(module, use.callee)))) continue;
      for (const item of use.args) handOverValue(handOvers, project.evaluator.lazy(module, item.value, undefined, item.at), item.at, { module, what: 'the head of the page' });
    }
  }
}

const template = /<template\b[^>]*>[\s\S]*<\/template>/;
const mustache = /\{\{\s*([A-Za-z_$][\w$]*)((?:\??\.[A-Za-z_$][\w$]*)+)\s*\}\}/g;

/** `{{ config.hiltKey }}` in the template of a page: the server has the value, and writes it into the HTML (built). */
function handOverMustaches(handOvers: HandOvers, files: readonly string[]): void {
  const { project, add } = handOvers;
  for (const file of files) {
    const module = file.endsWith('.vue') ? handOvers.open(file) : undefined;
    if (!module) continue;
    const text = textOfFile(project.source, file);
    const markup = template.exec(text);
    for (const match of markup?.[0].matchAll(mustache) ?? []) {
      const start = (markup?.index ?? 0) + match.index;
      const at: Span = [start, start + match[0].length];
      const names = (match[2] ?? '').replaceAll('?', '').split('.').slice(1);
      let value: Value = { kind: 'binding', name: match[1] ?? '', at };
      for (const name of names) value = { kind: 'member', object: value, property: { kind: 'text', text: name }, at };
      for (const expression of handedKeysIn(project, project.evaluator.lazy(module, value, undefined, at))) {
        add({ module, what: 'what the page renders', variablesOnly: true }, at, expression);
      }
    }
  }
}
