import { operandsOf, unwrap, type Node } from './node.ts';
import type { Loop, Variable, Write } from './scopes.ts';

/** What an assignment puts behind (or before) what its variable held: `text += a`, `text = text + a`, `text = a + text`. */
export interface Addition {
  readonly operands: readonly Node[];
  readonly front: boolean;
}

export function additionOf(name: string, operator: string, value: Node): Addition | undefined {
  if (operator === '+=') return { operands: [value], front: false };
  if (operator !== '=') return undefined;
  const operands = operandsOf(unwrap(value)).map(unwrap);
  if (operands.length < 2) return undefined;
  const isSelf = (node: Node | undefined): boolean => node?.type === 'Identifier' && node['name'] === name;
  if (isSelf(operands[0])) return { operands: operands.slice(1), front: false };
  return isSelf(operands.at(-1)) ? { operands: operands.slice(0, -1), front: true } : undefined;
}

/**
 * The loops that repeat a write, innermost first; empty where it is not known how often it happens (a branch, `while`), or where
 * the variable is the loop's own.
 */
export function loopsAround(write: Write, variable: Variable): readonly Loop[] {
  const around: Loop[] = [];
  for (let loop = write.loop; loop && !isWithin(variable.node, loop.node); loop = loop.outer) {
    if (loop.conditional || !isCounted(loop)) return [];
    around.push(loop);
  }
  return around;
}

function isWithin(inner: Node, outer: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

function isCounted({ node, list }: Loop): boolean {
  return list !== undefined || node.type === 'ForOfStatement' || node.type === 'ForInStatement' || (node.type === 'ForStatement' && countOf(node) !== undefined);
}

/** How `for (let i = from; i < to; i += step)` counts. */
export interface Count {
  readonly name: string;
  readonly from: Node;
  readonly to: Node;
  readonly test: string;
  readonly step: number;
}

export function countOf(node: Node): Count | undefined {
  const declarator: Node | undefined = node['init']?.declarations?.[0];
  const test: Node | null = node['test'];
  if (declarator?.['id'].type !== 'Identifier' || !declarator['init'] || test?.type !== 'BinaryExpression') return undefined;
  const name: string = declarator['id'].name;
  if (test['left'].name !== name || !['<', '<=', '>', '>=', '!=', '!=='].includes(test['operator'])) return undefined;
  const step = node['update'] ? stepOf(node['update'], name) : undefined;
  return step === undefined ? undefined : { name, from: declarator['init'], to: test['right'], test: test['operator'], step };
}

function stepOf(update: Node, name: string): number | undefined {
  if (update.type === 'UpdateExpression') return update['argument'].name === name ? (update['operator'] === '++' ? 1 : -1) : undefined;
  if (update.type !== 'AssignmentExpression' || update['left'].name !== name || typeof update['right'].value !== 'number') return undefined;
  const by: number = update['right'].value;
  return update['operator'] === '+=' ? by : update['operator'] === '-=' ? -by : undefined;
}
