import { contains } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import type { Place } from '../resolved.ts';
import { usesAt } from '../uses-at.ts';
import type { Request } from './request.ts';
import { shownSecrets, type ShownSecret } from './shown-secrets.ts';

/**
 * Where a secret gets into the address of a request: the argument with it that the outermost call gives to a wrapper
 * (`call("/v1/products?key=" + key)`), else where the address is put together.
 */
export function placeInAddress(project: Project, { calls, url, place }: Request, secret: ShownSecret): Place {
  const address = url.place ?? place;
  const origin = secret.place;
  const [call] = calls;
  if (!call || (origin && origin.module === address.module && contains(address.at, origin.at))) return address;
  for (const use of usesAt(call)) {
    const given = use.kind === 'call' ? use.args.find(({ value }) => shownSecrets(project, project.evaluator.look(call.module, value)).some(({ name, kind }) => name === secret.name && kind === secret.kind)) : undefined;
    // A key by itself is put into the address by the wrapper.
    if (given && project.evaluator.look(call.module, given.value).kind === 'concat') return { module: call.module, at: given.at };
  }
  return address;
}
