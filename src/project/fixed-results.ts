import type { FunctionSummary } from '../syntax/module-summary.ts';
import type { Value } from '../syntax/value.ts';

const sameForAllCalls = new WeakMap<FunctionSummary, boolean>();

/** Whether a function gives the same whoever calls it: its results hold no parameter, no `this` and nothing that is made in it. */
export function isSameForAllCalls(summary: FunctionSummary): boolean {
  let answer = sameForAllCalls.get(summary);
  if (answer === undefined) sameForAllCalls.set(summary, (answer = summary.returns.every((value) => isFixed(value, 0))));
  return answer;
}

function isFixed(value: Value, depth: number): boolean {
  if (depth > 40) return false;
  const all = (values: readonly (Value | undefined)[]): boolean => values.every((each) => each === undefined || isFixed(each, depth + 1));
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
    case 'member':
      return all([value.object, value.property]);
    case 'concat':
      return all(value.parts);
    case 'choice':
      return all(value.options);
    case 'array':
      return all(value.items.map((item) => item.value));
    case 'object':
      return all(value.entries.flatMap((entry) => [entry.key, entry.value]));
    case 'call':
      return all([value.callee, ...value.args.map((item) => item.value)]);
    default:
      return false;
  }
}
