import picomatch from 'picomatch';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import { relativeTo } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import { configurationsIn, functionsIn, handOverReturns, type HandOvers, type Handing } from './handover-site.ts';

/** What Next.js hands over beside props of components and what exports of pages return. */
export function nextHandOvers(handOvers: HandOvers, detected: DetectedFramework, files: readonly string[]): void {
  handOverServerFunctions(handOvers, files);
  handOverInitialProps(handOvers, detected, files);
  handOverAnswerHeads(handOvers, files);
}

/** `"use server"`: whoever has the page may call the function, and gets what it returns. */
export function handOverServerFunctions(handOvers: HandOvers, files: readonly string[]): void {
  for (const file of files) {
    const module = handOvers.openIf(file, 'server functions');
    if (!module) continue;
    const isWhole = module.directives.includes('use server');
    module.functions.forEach((fn, index) => {
      if (!fn.directives.includes('use server') && !(isWhole && fn.parent === -1 && isExported(handOvers.project, module, index))) return;
      handOverReturns(handOvers, { kind: 'function', module, fn: index, frame: undefined, self: undefined }, { module, what: 'what a server function returns' });
    });
  }
}

function isExported(project: Project, module: ModuleSummary, fn: number): boolean {
  return module.exports.some((entry) => {
    const value = entry.value && project.evaluator.look(module, entry.value);
    return value?.kind === 'function' && value.module === module && value.fn === fn;
  });
}

/** `Page.getInitialProps = …` and the static method of that name: run by the server first, and what they return is in the page. */
function handOverInitialProps(handOvers: HandOvers, { folder }: DetectedFramework, files: readonly string[]): void {
  const { project } = handOvers;
  const isPage = picomatch('{src/,}pages/**');
  for (const file of files) {
    const module = isPage(relativeTo(folder, file)) ? handOvers.openIf(file, 'initial props') : undefined;
    if (!module) continue;
    const handing: Handing = { module, what: 'what `getInitialProps` returns', variablesOnly: true };
    for (const use of module.uses) {
      if (use.kind !== 'assign' || use.property.kind !== 'text' || use.property.text !== 'getInitialProps') continue;
      for (const fn of functionsIn(project, project.evaluator.look(module, use.value))) handOverReturns(handOvers, fn, handing);
    }
    for (const cls of module.classes) {
      const value = cls.statics['getInitialProps'];
      if (value) for (const fn of functionsIn(project, project.evaluator.look(module, value))) handOverReturns(handOvers, fn, handing);
    }
  }
}

/** `headers()` and `redirects()` of `next.config`: https://nextjs.org/docs/app/api-reference/config/next-config-js/headers. What is rewritten stays on the server. */
function handOverAnswerHeads(handOvers: HandOvers, files: readonly string[]): void {
  for (const file of files) {
    const module = /(?:^|\/)next\.config\.[mc]?[jt]s$/.test(file) ? handOvers.open(file) : undefined;
    const config = module && handOvers.project.evaluator.exportOf(module, 'default');
    if (!module || !config) continue;
    for (const object of configurationsIn(handOvers.project, config)) {
      for (const name of ['headers', 'redirects']) {
        for (const fn of functionsIn(handOvers.project, handOvers.project.evaluator.property(object, name))) handOverReturns(handOvers, fn, { module, what: `what \`${name}\` returns` });
      }
    }
  }
}
