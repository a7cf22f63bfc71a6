import { sinksOf } from '../disclosure/find-sinks.ts';
import type { Resolved } from '../resolved.ts';
import { handedKeysIn } from './handover-keys.ts';
import type { HandOvers } from './handover-site.ts';

/** Pages that a program writes as text: `response.send("<script>window.__ENV__ = …")`. */
export function pageTextHandOvers(handOvers: HandOvers, files: Iterable<string>): void {
  const { project } = handOvers;
  for (const file of [...files].sort()) {
    const module = /\.(?:[mc]?[jt]sx?|py)$/.test(file) ? handOvers.open(file) : undefined;
    if (!module) continue;
    for (const { kind, value, calls, place } of sinksOf(project, module)) {
      if (kind !== 'response' || calls.length > 0 || place.module !== module || !isPage(project.evaluator.head(value))) continue;
      for (const key of handedKeysIn(project, value)) {
        const at = key.place?.module === module ? key.place.at : (value.at ?? place.at);
        handOvers.add({ module, what: 'a page that the server writes' }, at, key);
      }
    }
  }
}

/** Whether a text is HTML, or a script that sets the state of one. */
function isPage(value: Resolved): boolean {
  switch (value.kind) {
    case 'text':
      return /<!doctype|<\/?(?:html|head|body|script|meta|div|form|input|iframe)\b|\bwindow\s*[.[]/i.test(value.text);
    case 'concat':
      return value.parts.some(isPage);
    case 'choice':
      return value.options.some(isPage);
    default:
      return false;
  }
}
