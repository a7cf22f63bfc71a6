import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import type { Resolved } from '../resolved.ts';
import { keyOf } from './chain.ts';
import { requestsOf } from './find-requests.ts';
import { isLogin } from './request-route.ts';

const maxSteps = 12;

/** Whether the value is the `token` that a login of the module answered with. */
export function isLoginToken(project: Project, module: ModuleSummary, value: Resolved): boolean {
  if (value.kind === 'choice') return value.options.some((option) => isLoginToken(project, module, option));
  if (value.kind !== 'member' || value.property.kind !== 'text' || value.property.text !== 'token') return false;
  const calls = callsUnder(value);
  return calls.size > 0 && requestsOf(project, module).some((request) => isLogin(request) && calls.has(keyOf(request.place)));
}

/** The calls that a value was taken from: `(await fetch(…)).json()` passes through two. */
function callsUnder(value: Resolved): Set<string> {
  const found = new Set<string>();
  let current: Resolved | undefined = value;
  for (let steps = 0; current && steps < maxSteps; steps += 1) {
    if (current.kind === 'call') {
      found.add(keyOf(current.place));
      current = current.callee;
    } else current = current.kind === 'member' ? current.object : undefined;
  }
  return found;
}
