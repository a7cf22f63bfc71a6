import type { Project } from '../project.ts';
import { calleeName, type Resolved } from '../resolved.ts';

/** Methods and constructors of responses: Node's own, Express, Fastify, Hono, the Fetch standard, Django, Starlette. */
export const pageSenders = /(?:^|\.)(?:send|end|write|html|body|Response|NextResponse|HTMLResponse|HttpResponse|make_response)$/;

/** HTML, or a script that sets the state of a page. */
export const pageSource = String.raw`<!doctype|<\/?(?:html|head|body|script|meta|div|form|input|iframe)\b|\bwindow\s*[.[]`;
const page = new RegExp(pageSource, 'i');

/** Whether what a handler returns is a page by itself; what it sends in a call is judged there. */
export function isReturnedPage(project: Project, value: Resolved): boolean {
  return value.kind !== 'call' && isPage(project, value);
}

/** Whether what is sent under a name is a page, which hands the client what stands in it. */
export function isSentPage(project: Project, name: string, value: Resolved): boolean {
  // A template that is written in place is judged as one (`handover-templates.ts`).
  return name === 'render_template_string' || (pageSenders.test(name) && isPage(project, value));
}

/** Whether a value is a page, or a piece of one. */
export function isPage(project: Project, value: Resolved, depth = 0): boolean {
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
