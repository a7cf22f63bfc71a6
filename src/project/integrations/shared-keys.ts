import { nameWords, withoutEnvironment } from './file-roles.ts';
import { identityOf, type Integration, type KeyOrigin } from './integration.ts';
import { comparePlaces, keyUsesOf, type KeyUse } from './key-uses.ts';
import { groupBy } from '../../syntax/group-by.ts';
import { oncePerProject } from '../once-per-project.ts';

/** A key that more than one integration uses. */
export interface SharedKey {
  readonly origin: KeyOrigin;
  /** The first use of each integration, by place: path, then position. At least two. */
  readonly uses: readonly KeyUse[];
  /** A name for each integration's own key, in the order of the uses. */
  readonly proposals: readonly string[];
}

/** The keys of a project that several integrations use. */
export const sharedKeysOf = oncePerProject((project): readonly SharedKey[] => findShared(keyUsesOf(project)?.uses ?? []));

function findShared(uses: readonly KeyUse[]): SharedKey[] {
  const shared = [...groupBy(uses, (use) => identityOf(use.origin)).values()].flatMap((group) => {
    const first = firstOfEach(group);
    const origin = first[0]?.origin;
    return first.length < 2 || origin === undefined || isOfOneGroup(first) ? [] : [{ origin, uses: first, proposals: proposalsFor(first) }];
  });
  return onePerPlace(shared);
}

/** One use for each integration: what it does itself says more than what a manifest gives it. */
function firstOfEach(uses: readonly KeyUse[]): KeyUse[] {
  const first = new Map<Integration, KeyUse>();
  for (const use of uses) {
    const known = first.get(use.integration);
    if (!known || rank(use) < rank(known)) first.set(use.integration, use);
  }
  return [...first.values()].sort((a, b) => comparePlaces(a.place, b.place));
}

const ranks = ['read', 'written', 'import', 'given'] as const;

function rank({ how }: KeyUse): number {
  return ranks.indexOf(how);
}

/** Staging and production keys that the same integrations share in the same places are one thing to mend. */
function onePerPlace(shared: readonly SharedKey[]): SharedKey[] {
  const byPlace = new Map<string, SharedKey>();
  for (const each of shared) {
    const place = each.uses.map((use) => `${use.place.file}:${use.place.at[0]}`).join();
    if (!byPlace.has(place)) byPlace.set(place, each);
  }
  return [...byPlace.values()];
}

/** Scripts of one folder that share a key of their own (`HILT_API_KEY_SUPPORT`) are one integration, whose tools they are. */
function isOfOneGroup(uses: readonly KeyUse[]): boolean {
  const [first] = uses;
  if (!first || !uses.every((use) => use.integration.kind === 'script' && parentOf(use) === parentOf(first) && use.name === first.name)) return false;
  const words = ownWords(first.name ?? '');
  return words.length > 0 && !uses.some(({ integration }) => nameWords(integration.name).some((word) => words.includes(word)));
}

function parentOf({ integration }: KeyUse): string {
  return (integration.entries[0] ?? '').split('/').slice(0, -1).join('/');
}

const plainWords = new Set(['hilt', 'api', 'key', 'live', 'sandbox', 'test', 'prod', 'production', 'staging', 'secret', 'token', 'pay']);

/** The words of a key's name that say whose it is. */
function ownWords(name: string): string[] {
  return nameWords(name).filter((word) => !plainWords.has(word));
}

/** `HILT_API_KEY_TELEGRAM_BOT`: the naming that Hilt's guide shows. */
function proposalsFor(uses: readonly KeyUse[]): string[] {
  const names = uses.map(({ integration }) => `HILT_API_KEY_${nameWords(withoutEnvironment(integration.name)).join('_').toUpperCase().replace(/^HILT_/, '')}`);
  return [...new Set(names)];
}
