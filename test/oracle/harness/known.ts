import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pair } from './compare.ts';
import { root } from './folders.ts';

/** A disagreement that stands, and why. `pairs` are `bundler/scene/probe/name`. */
export interface Known { readonly reason: string; readonly pairs: readonly string[] }

export function readKnown(): readonly Known[] {
  return JSON.parse(readFileSync(join(root, 'test/oracle/known-disagreements.json'), 'utf8')) as Known[];
}

export const nameOf = (pair: Pair): string => `${pair.bundler}/${pair.scene}/${pair.canary}`;

const disagrees = (pair: Pair): boolean => pair.outcome === 'missed' || pair.outcome === 'false';

/** Disagreements that the list does not hold. */
export function unknownDisagreements(pairs: readonly Pair[], known: readonly Known[]): Pair[] {
  const listed = new Set(known.flatMap((entry) => entry.pairs));
  return pairs.filter((pair) => disagrees(pair) && !listed.has(nameOf(pair)));
}

/** Entries of the compared bundlers that agree by now, or name no pair. */
export function staleEntries(pairs: readonly Pair[], known: readonly Known[]): string[] {
  const compared = new Set(pairs.map((pair) => pair.bundler));
  const standing = new Set(pairs.filter(disagrees).map(nameOf));
  return known.flatMap((entry) => entry.pairs).filter((name) => compared.has(name.split('/')[0] ?? '') && !standing.has(name));
}
