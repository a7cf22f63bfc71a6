import { getNearestName } from './nearest-name.ts';

/** The refusal of a rule's name. It is shown only where it looks like one. */
export function describeUnknownRule(id: string, known: readonly string[]): string {
  const nearest = getNearestName(id, known);
  const name = /^[a-z][a-z-]{0,40}$/.test(id) ? ` "${id}"` : '';
  return `There is no rule${name}. ${nearest === undefined ? `The rules are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`}`;
}
