import type { Secret } from '../../hilt/secret.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { placeWithin, type Resolved } from '../resolved.ts';

/** A secret that its place makes one, at the literal in the module. */
export interface PlacedSecret { readonly secret: Secret; readonly at: Span }

/** A literal that a value is known to be, where it stands. */
export interface PlacedLiteral { readonly text: string; readonly at: Span; readonly module: ModuleSummary }

/** The literals that a value may be: itself, or each of a choice. What is put together has no single place. */
export function placedLiterals(value: Resolved): PlacedLiteral[] {
  switch (value.kind) {
    case 'text': {
      const place = placeWithin(value, 0, value.text.length);
      return place ? [{ text: value.text, at: place.at, module: place.module }] : [];
    }
    case 'choice':
      return value.options.flatMap(placedLiterals);
    default:
      return [];
  }
}

/** Each place once: the first of those that stand there. */
export function oncePerPlace<T extends { readonly at: Span }>(placed: readonly T[]): T[] {
  const byPlace = new Map<string, T>();
  for (const each of placed) if (!byPlace.has(each.at.join())) byPlace.set(each.at.join(), each);
  return [...byPlace.values()];
}
