import { isJwt, secretOf } from '../../hilt/key-grammar.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { requestsAround } from '../requests/attachment.ts';
import type { CredentialKind } from '../requests/request.ts';
import { placeWithin, type Resolved } from '../resolved.ts';
import { oncePerPlace, type PlacedSecret } from './placed-literals.ts';

const tokenCredentials = new Set<CredentialKind>(['bearer', 'authorization', 'cookie', 'browser-cookies']);

/** Dashboard sessions of the module that are sent to Hilt; the same token elsewhere is another product's. */
export function sentSessions(project: Project, module: ModuleSummary): PlacedSecret[] {
  const found = [...requestsAround(project, module)].flatMap(({ url, credentials }) => {
    if (url.host !== 'hilt') return [];
    return credentials.flatMap(({ kind, value }) => (tokenCredentials.has(kind) && value ? sessionsIn(value, module) : []));
  });
  return oncePerPlace(found);
}

/** Sessions in a value, each where it stands in the module: alone, or behind `Bearer` and the name of a cookie. */
function sessionsIn(value: Resolved, module: ModuleSummary): PlacedSecret[] {
  if (value.kind === 'choice') return value.options.flatMap((option) => sessionsIn(option, module));
  if (value.kind === 'concat') return value.parts.flatMap((part) => sessionsIn(part, module));
  const match = value.kind === 'text' ? /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{16,}/.exec(value.text) : null;
  if (value.kind !== 'text' || !match || !isJwt(match[0])) return [];
  const place = placeWithin(value, match.index, match.index + match[0].length);
  return place?.module === module ? [{ secret: secretOf(match[0], 'dashboard-jwt'), at: place.at }] : [];
}
