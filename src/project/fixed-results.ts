import type { FunctionSummary } from '../syntax/module-summary.ts';
import type { Value } from '../syntax/value.ts';
import { partsOf } from '../syntax/value-parts.ts';

const sameForAllCalls = new WeakMap<FunctionSummary, boolean>();

/** Whether a function gives the same whoever calls it: its results hold no parameter, no `this` and nothing that is made in it. */
export function isSameForAllCalls(summary: FunctionSummary): boolean {
  let answer = sameForAllCalls.get(summary);
  if (answer === undefined) sameForAllCalls.set(summary, (answer = summary.returns.every((value) => isFixed(value))));
  return answer;
}

const fixed = new WeakMap<Value, boolean>();

function isFixed(value: Value): boolean {
  let answer = fixed.get(value);
  if (answer === undefined) fixed.set(value, (answer = isMadeOfFixed(value)));
  return answer;
}

function isMadeOfFixed(value: Value): boolean {
  switch (value.kind) {
    case 'text':
    case 'number':
    case 'constant':
    case 'secret':
    case 'variable':
    case 'import':
    case 'binding':
      return true;
    case 'global':
      return !value.path.startsWith('super');
    case 'object':
      return value.entries.every((entry) => (!entry.key || isFixed(entry.key)) && isFixed(entry.value));
    case 'member':
    case 'concat':
    case 'choice':
    case 'array':
    case 'call':
      return partsOf(value).every(isFixed);
    default:
      return false;
  }
}
