import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { callTaking } from '../disclosure/callbacks.ts';
import { routeMethods } from '../disclosure/sink-names.ts';
import type { Resolved } from '../resolved.ts';

/** Functions that a framework calls with a request: route handlers of Next and SvelteKit, loaders of Remix, workers, functions of a cloud. */
const handlerNames = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|loader|action|handler|fetch)$/;
const requestNames = /^_?(?:req|request)$/;

/** `request.headers` of a handler: all that its own caller sent along, cookies among it. */
export function isInboundHeaders(value: Resolved): boolean {
  if (value.kind !== 'member' || value.property.kind !== 'text' || value.property.text !== 'headers') return false;
  const { object } = value;
  if (object.kind === 'parameter') return requestNames.test(object.name ?? '') && isHandler(object.module, object.fn);
  const isRequest = object.kind === 'member' && object.property.kind === 'text' && requestNames.test(object.property.text);
  return isRequest && object.object.kind === 'parameter' && isHandler(object.object.module, object.object.fn);
}

function isHandler(module: ModuleSummary, fn: number): boolean {
  if (handlerNames.test(module.functions[fn]?.name ?? '')) return true;
  const callee = callTaking(module, fn)?.callee;
  return callee?.kind === 'member' && callee.property.kind === 'text' && routeMethods.has(callee.property.text);
}
