import picomatch from 'picomatch';
import { sourceSpan } from '../../syntax/data/mapped-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { ElementUse } from '../../syntax/module-summary.ts';
import type { ElementValue } from '../../syntax/value.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import { relativeTo } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import type { Lazy, Resolved } from '../resolved.ts';
import { astroTemplate, type AstroTemplate } from './astro-template-module.ts';
import { elementName, rendersProps } from './handover-elements.ts';
import { handedKeysIn, type HandedKey } from './handover-keys.ts';
import type { HandOvers, Handing } from './handover-site.ts';

/**
 * What Astro sends (built with 5.18): all that templates render, HTML comments, and every prop of an island, used or not.
 * A prop of another component stays on the server unless that component renders it.
 */
export function astroHandOvers(handOvers: HandOvers, detected: DetectedFramework, files: readonly string[]): void {
  const isMarkdownPage = picomatch('src/pages/**/*.{md,mdx,markdown}');
  for (const file of files) {
    if (file.endsWith('.astro')) handOverTemplate(handOvers, file);
    else if (isMarkdownPage(relativeTo(detected.folder, file))) handOverMarkdown(handOvers, file);
  }
}

function handOverTemplate(handOvers: HandOvers, file: string): void {
  handOvers.project.evaluator.renewBudget(file);
  const template = astroTemplate(handOvers.project, file);
  if (!template) return;
  handOverComments(handOvers, template);
  for (const use of template.module.uses) if (use.kind === 'element') handOverElement(handOvers, template, use);
}

/** The browser gets the comments of HTML with the page. */
function handOverComments({ project, add }: HandOvers, { module, program }: AstroTemplate): void {
  const original = project.module(module.file);
  for (const { secret, at } of original?.secrets ?? []) {
    if (!original || !program.comments.some((comment) => comment[0] <= at[0] && at[1] <= comment[1])) continue;
    add({ module: original, what: 'a comment of the page' }, at, { secret, place: { module: original, at }, path: [] });
  }
}

function handOverMarkdown({ project, add }: HandOvers, file: string): void {
  const module = project.module(file);
  for (const { secret, at } of module?.secrets ?? []) {
    if (module) add({ module, what: 'a page in Markdown' }, at, { secret, place: { module, at }, path: [] });
  }
}

function handOverElement(handOvers: HandOvers, { module, program }: AstroTemplate, { element }: ElementUse): void {
  const place = (at: Span): Span => sourceSpan(program.program, at[0], at[1]);
  const name = elementName(module, element);
  const kind = kindOf(element);
  if (kind === 'deferred') return;
  for (const entry of element.props.entries) {
    const key = entry.key?.kind === 'text' ? entry.key.text : undefined;
    const values: readonly Lazy[] = key === 'children' && entry.value.kind === 'array'
      ? entry.value.items.map((item) => ({ module, value: item.value, frame: undefined, at: item.at }))
      : [{ module, value: entry.value, frame: undefined, at: entry.valueAt }];
    for (const value of values) {
      const found = handedKeysIn(handOvers.project, value);
      if (found.length === 0) continue;
      const isRendered = kind === 'element' || key === 'children' || key?.startsWith('set:') === true;
      const what = kind !== 'island' ? 'what the page renders' : key === undefined || key === 'children' ? `what the island \`${name}\` is given` : `prop \`${key}\` of the island \`${name}\``;
      const shown = isRendered || kind === 'island' ? found : shownBy(handOvers, module, element, key, found);
      const handing: Handing = { module, what, place, ...(shown === 'maybe' ? { confidence: 'possible' } : {}) };
      for (const expression of shown === 'maybe' ? found : shown) handOvers.add(handing, value.at ?? entry.valueAt, expression);
    }
  }
}

function kindOf({ type, props }: ElementValue): 'element' | 'island' | 'component' | 'deferred' {
  const names = props.entries.flatMap((entry) => (entry.key?.kind === 'text' ? [entry.key.text] : []));
  if (names.some((name) => name.startsWith('client:'))) return 'island';
  if (names.includes('server:defer')) return 'deferred';
  if (type.kind === 'text' || type.kind === 'unknown' || (type.kind === 'global' && type.path === 'Fragment')) return 'element';
  return 'component';
}

/** Which of the keys in a prop a component without `client:` renders. `maybe`: its template cannot be read. */
function shownBy(handOvers: HandOvers, module: ModuleSummary, element: ElementValue, key: string | undefined, found: HandedKey[]): HandedKey[] | 'maybe' {
  const { project } = handOvers;
  const imported = element.type.kind === 'import' ? project.resolve(module, element.type.specifier) : undefined;
  if (imported?.file.endsWith('.astro')) {
    const names = key === undefined ? found.map((expression) => expression.path[0] ?? '') : found.map(() => key);
    return found.filter((_, index) => isShown(project, imported.file, names[index] ?? '', 0));
  }
  if (imported && /\.(?:vue|svelte)$/.test(imported.file)) return 'maybe';
  const component = project.evaluator.look(module, element.type);
  return rendersProps(handOvers, component, { module, value: element.props, frame: undefined, at: element.at }) ? found : [];
}

/** Whether an Astro component renders its prop of that name, itself or by way of another. */
function isShown(project: Project, file: string, name: string, depth: number): boolean {
  const template = depth > 4 ? undefined : astroTemplate(project, file);
  if (!template) return false;
  const { module } = template;
  return module.uses.some((use) => {
    if (use.kind !== 'element') return false;
    const kind = kindOf(use.element);
    return use.element.props.entries.some((entry) => {
      if (!holdsProp(project, module, project.evaluator.look(module, entry.value), name, 0)) return false;
      if (kind !== 'component') return kind !== 'deferred';
      const key = entry.key?.kind === 'text' ? entry.key.text : name;
      if (key === 'children' || key.startsWith('set:')) return true;
      const target = use.element.type.kind === 'import' ? project.resolve(module, use.element.type.specifier) : undefined;
      return target?.file.endsWith('.astro') === true && isShown(project, target.file, entry.spread ? name : key, depth + 1);
    });
  });
}

function holdsProp(project: Project, module: ModuleSummary, value: Resolved, name: string, depth: number): boolean {
  if (depth > 5) return false;
  const inner = (each: Resolved): boolean => holdsProp(project, module, each, name, depth + 1);
  switch (value.kind) {
    case 'global':
      return value.path === `Astro.props.${name}` || value.path === 'Astro.props' || value.path.startsWith(`Astro.props.${name}.`);
    case 'choice':
      return value.options.some(inner);
    case 'concat':
      return value.parts.some(inner);
    case 'array':
      return value.items.some((item) => inner(project.evaluator.head(item)));
    case 'object':
      return value.entries.some((entry) => inner(project.evaluator.head(entry.value)));
    default:
      return false;
  }
}
