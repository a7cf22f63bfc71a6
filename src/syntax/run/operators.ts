import { Closure, constantOf, nameOf, Native, nothing, ObjectData, type Data } from './data.ts';
import { foldGlobal, type Constant } from './fold.ts';
import { asText } from './methods.ts';

/** `left + right`, as the language adds: numbers to numbers, all else as texts. */
export function added(left: Data, right: Data): Data {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const [a, b] = [constantOf(asText(left)), constantOf(asText(right))];
  if (a === nothing || b === nothing) return nothing;
  return typeof a === 'object' || typeof b === 'object' || typeof a === 'string' || typeof b === 'string' ? String(a) + String(b) : nothing;
}

/** `-x`, `!x` and the like. What an operator makes of something that is not known is not known. */
export function unary(operator: string, value: Data): Data {
  if (value === nothing) return nothing;
  switch (operator) {
    case '!': return !value;
    case '-': return typeof value === 'number' ? -value : nothing;
    case '+': return typeof value === 'number' || typeof value === 'string' ? Number(value) : nothing;
    case '~': return typeof value === 'number' ? ~value : nothing;
    case 'void': return undefined;
    case 'typeof': return value instanceof Native || value instanceof Closure ? nothing : typeof value;
    default: return nothing;
  }
}

/** Every operator of two operands but `+` and the logical ones. */
export function binary(operator: string, left: Data, right: Data): Data {
  if (left === nothing || right === nothing) return nothing;
  switch (operator) {
    case '===': return left === right;
    case '!==': return left !== right;
    case '==': return left === right || ((left ?? undefined) === undefined && (right ?? undefined) === undefined);
    case '!=': return !binary('==', left, right);
    case 'in': return right instanceof ObjectData ? right.entries.has(nameOf(left) ?? '') : Array.isArray(right) ? right.includes(left) : nothing;
  }
  const areComparable = (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');
  if (areComparable) {
    switch (operator) {
      case '<': return left < right;
      case '<=': return left <= right;
      case '>': return left > right;
      case '>=': return left >= right;
    }
  }
  const [a, b] = [constantOf(left), constantOf(right)];
  return a === nothing || b === nothing ? nothing : (foldGlobal(`operator:${operator}`, [a, b] as Constant[]) as Data | undefined) ?? nothing;
}
