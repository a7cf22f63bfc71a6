import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { handlerFunctions } from '../disclosure/handlers.ts';
import { responseWrite } from '../disclosure/response-sinks.ts';
import { spanOf, type Lazy } from '../resolved.ts';
import { handedKeysIn } from './handover-keys.ts';
import type { HandOvers } from './handover-site.ts';
import { isPage, isReturnedPage, pageSenders } from './page-texts.ts';

/** Their tag makes HTML of a template: https://hono.dev/docs/helpers/html */
const htmlTags = /^(?:hono\/html|ghtml|html-template-tag|@lit-labs\/ssr)(?:\/|$)/;

/** Pages that a program writes as text: `response.send("<script>window.__ENV__ = …")`. */
export function pageTextHandOvers(handOvers: HandOvers, files: Iterable<string>): void {
  const { project } = handOvers;
  for (const file of [...files].sort()) {
    const module = /\.(?:[mc]?[jt]sx?|py)$/.test(file) ? handOvers.openIf(file, 'pages') : undefined;
    if (!module) continue;
    for (const page of pagesOf(project, module)) {
      for (const key of handedKeysIn(project, page)) {
        const at = key.place?.module === module ? key.place.at : page.at;
        if (at) handOvers.add({ module, what: 'a page that the server writes' }, at, key);
      }
    }
  }
}

/** The pages that a module sends, and those that its handlers return. */
function* pagesOf(project: Project, module: ModuleSummary): Generator<Lazy> {
  for (const use of module.uses) {
    if (use.kind === 'call' && pageSenders.test(nameOf(use))) for (const { value, at } of pagesIn(project, module, use)) yield project.evaluator.lazy(module, value, undefined, at);
    if (use.kind === 'assign' && responseWrite(project, use, { module, frame: undefined }) === 'ctx.body') {
      const body = project.evaluator.lazy(module, use.value, undefined, use.valueAt);
      if (isReturnedPage(project, project.evaluator.head(body))) yield body;
    }
    if (use.kind !== 'return') continue;
    const returned = project.evaluator.lazy(module, use.value, undefined, spanOf(use.value) ?? use.at);
    if (isReturnedPage(project, project.evaluator.head(returned)) && handlerFunctions(project, module).get(use.fn) === 'response') yield returned;
  }
}

/** The arguments that are pages, or pieces of one. */
function pagesIn(project: Project, module: ModuleSummary, use: CallUse): CallUse['args'] {
  const { callee } = use;
  if (callee.kind === 'import' && htmlTags.test(callee.specifier)) return use.args.slice(1);
  // `c.html(…)` of a handler's context; elements are followed into their components.
  const isHtml = nameOf(use) === 'HTMLResponse' || (nameOf(use) === 'html' && callee.kind === 'member' && project.evaluator.look(module, callee.object).kind === 'parameter');
  return use.args.filter(({ value, at }) => value.kind !== 'element' && (isHtml || isPage(project, project.evaluator.head(project.evaluator.lazy(module, value, undefined, at)))));
}

function nameOf({ callee }: CallUse): string {
  switch (callee.kind) {
    case 'member':
      return callee.property.kind === 'text' ? callee.property.text : '';
    case 'global':
      return callee.path;
    case 'import':
      return callee.name;
    default:
      return '';
  }
}
