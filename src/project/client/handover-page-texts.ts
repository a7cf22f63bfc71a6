import type { CallUse } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import { handedKeysIn } from './handover-keys.ts';
import type { HandOvers } from './handover-site.ts';

/** Methods and constructors of responses: Node's own, Express, Fastify, Hono, the Fetch standard, Django, Starlette. */
const senders = /(?:^|\.)(?:send|end|write|html|body|Response|NextResponse|HTMLResponse|HttpResponse|make_response)$/;

/** Pages that a program writes as text: `response.send("<script>window.__ENV__ = …")`. Only what is written as a page on the spot is looked at. */
export function pageTextHandOvers(handOvers: HandOvers, files: Iterable<string>): void {
  const { project } = handOvers;
  for (const file of [...files].sort()) {
    const module = /\.(?:[mc]?[jt]sx?|py)$/.test(file) ? handOvers.open(file) : undefined;
    if (!module) continue;
    for (const use of module.uses) {
      if (use.kind !== 'call' || !senders.test(nameOf(use))) continue;
      for (const item of use.args.filter(({ value }) => isPage(value, 0))) {
        for (const key of handedKeysIn(project, project.evaluator.lazy(module, item.value, undefined, item.at))) {
          const at = key.place?.module === module ? key.place.at : item.at;
          handOvers.add({ module, what: 'a page that the server writes' }, at, key);
        }
      }
    }
  }
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

/** Whether a text is HTML, or a script that sets the state of one. */
function isPage(value: Value, depth: number): boolean {
  if (depth > 4) return false;
  switch (value.kind) {
    case 'text':
      return /<!doctype|<\/?(?:html|head|body|script|meta|div|form|input|iframe)\b|\bwindow\s*[.[]/i.test(value.text);
    case 'concat':
      return value.parts.some((part) => isPage(part, depth + 1));
    case 'choice':
      return value.options.some((option) => isPage(option, depth + 1));
    default:
      return false;
  }
}
