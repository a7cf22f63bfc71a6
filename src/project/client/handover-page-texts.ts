import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { handlerFunctions } from '../disclosure/handlers.ts';
import { calleeName, spanOf, type Lazy, type Resolved } from '../resolved.ts';
import { handedKeysIn } from './handover-keys.ts';
import type { HandOvers } from './handover-site.ts';

/** Methods and constructors of responses: Node's own, Express, Fastify, Hono, the Fetch standard, Django, Starlette. */
const senders = /(?:^|\.)(?:send|end|write|html|body|Response|NextResponse|HTMLResponse|HttpResponse|make_response)$/;
/** Their tag makes HTML of a template: https://hono.dev/docs/helpers/html */
const htmlTags = /^(?:hono\/html|ghtml|html-template-tag|@lit-labs\/ssr)(?:\/|$)/;

/** Pages that a program writes as text: `response.send("<script>window.__ENV__ = …")`. */
export function pageTextHandOvers(handOvers: HandOvers, files: Iterable<string>): void {
  const { project } = handOvers;
  for (const file of [...files].sort()) {
    const module = /\.(?:[mc]?[jt]sx?|py)$/.test(file) ? handOvers.openIf(file, page) : undefined;
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
    if (use.kind === 'call' && senders.test(nameOf(use))) for (const { value, at } of pagesIn(project, module, use)) yield project.evaluator.lazy(module, value, undefined, at);
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

/** HTML, or a script that sets the state of a page. */
const page = /<!doctype|<\/?(?:html|head|body|script|meta|div|form|input|iframe)\b|\bwindow\s*[.[]/i;

/** Whether what a handler returns is a page by itself; what it sends in a call is judged there. */
export function isReturnedPage(project: Project, value: Resolved): boolean {
  return value.kind !== 'call' && isPage(project, value);
}

/** Whether what is sent under a name is a page, which hands the client what stands in it. */
export function isSentPage(project: Project, name: string, value: Resolved): boolean {
  // A template that is written in place is judged as one (`handover-templates.ts`).
  return name === 'render_template_string' || (senders.test(name) && isPage(project, value));
}

function isPage(project: Project, value: Resolved, depth = 0): boolean {
  if (depth > 4) return false;
  switch (value.kind) {
    case 'text':
      return page.test(value.text);
    case 'concat':
      return value.parts.some((part) => isPage(project, part, depth + 1));
    case 'choice':
      return value.options.some((option) => isPage(project, option, depth + 1));
    // A page that is read and filled in: `page.replace("<!--key-->", key)`.
    case 'call':
      if (/^readFile(?:Sync)?$/.test(calleeName(value.callee))) return value.args.slice(0, 1).some((argument) => endsAsPage(project.evaluator.head(argument)));
      return /^(?:replace(?:All)?|toString)$/.test(calleeName(value.callee)) && value.callee.kind === 'member' && isPage(project, value.callee.object, depth + 1);
    default:
      return false;
  }
}

/** `"index.html"`, `path.join(folder, "index.html")`. */
function endsAsPage(path: Resolved): boolean {
  if (path.kind === 'text') return /\.html?$/i.test(path.text);
  const last = path.kind === 'concat' ? path.parts.at(-1) : undefined;
  return last !== undefined && endsAsPage(last);
}
