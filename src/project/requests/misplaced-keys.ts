import { isKeyHeader } from '../../hilt/header.ts';
import type { Project } from '../project.ts';
import type { Place, Resolved } from '../resolved.ts';
import type { KeyFlows } from './key-flows.ts';
import { placeInAddress } from './given-address.ts';
import { namedKeyIn } from './named-key.ts';
import type { Request } from './request.ts';
import { shownSecrets, type ShownSecret } from './shown-secrets.ts';

/** A Hilt key that a request carries elsewhere than in `X-Hilt-Key`. */
export interface MisplacedKey {
  readonly how: 'authorization' | 'header' | 'query' | 'body' | 'option';
  readonly where: string;
  readonly key: ShownSecret;
  readonly place: Place;
  readonly isProperty: boolean;
}

/** The keys that a request to Hilt, or to what may be Hilt, carries in the wrong place. */
export function misplacedKeysIn(project: Project, request: Request, flows: KeyFlows): MisplacedKey[] {
  const { host } = request.url;
  const keyIn = (value: Resolved): ShownSecret | undefined => meantKeyIn(project, value, flows);
  const found: MisplacedKey[] = [];
  const push = (misplaced: Omit<MisplacedKey, 'key'>, key: ShownSecret | undefined): void => {
    if (key) found.push({ ...misplaced, key });
  };
  if (host !== 'hilt' && host !== 'probably-hilt' && host !== 'unknown') return [];
  for (const credential of request.credentials) {
    const { kind, name, place, isProperty } = credential;
    if (kind !== 'bearer' && kind !== 'basic' && kind !== 'authorization') continue;
    const where = name !== 'Authorization' ? name : kind === 'bearer' ? 'Authorization: Bearer' : kind === 'basic' ? 'Authorization: Basic' : 'Authorization';
    push({ how: request.isSdk && name.endsWith('HiltClient') ? 'option' : 'authorization', where, place, isProperty }, credential.value && meantKeyIn(project, credential.value, flows, 'credential'));
  }
  if (host === 'unknown') return found.filter(({ key, how }) => how === 'authorization' && key.kind === 'variable' && !request.url.isOpen);
  for (const header of request.headers) {
    if (isKeyHeader(header.name) || header.name === 'authorization') continue;
    push({ how: 'header', where: header.name, place: header.place, isProperty: header.isProperty }, keyIn(project.evaluator.head(header.value)));
  }
  for (const field of request.query) push({ how: 'query', where: field.name ?? 'query', place: field.place, isProperty: false }, keyIn(project.evaluator.head(field.value)));
  for (const { section, name, value, place } of request.url.values) {
    const key = section === 'query' ? keyIn(value) : undefined;
    if (key) push({ how: 'query', where: name ?? 'query', place: place ?? placeInAddress(project, request, key), isProperty: false }, key);
  }
  for (const field of request.body) push({ how: 'body', where: field.name ?? 'body', place: field.place, isProperty: false }, keyIn(project.evaluator.head(field.value)));
  return found;
}

/** Only a key that is meant itself: an object or an environment that holds one somewhere is `no-key-disclosure`'s ground. */
export function meantKeyIn(project: Project, value: Resolved, flows: KeyFlows, place: 'anywhere' | 'credential' = 'anywhere'): ShownSecret | undefined {
  const shown = shownSecrets(project, value, flows).find(({ kind, what }) => what === 'key' && (kind === 'secret' || kind === 'variable' || kind === 'flow' || kind === 'field'));
  const named = shown ? undefined : namedKeyIn(project, value, place);
  return named ? { kind: 'field', what: 'key', ...named } : shown;
}
