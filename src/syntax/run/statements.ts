import { isNode, staticKey, type Node } from '../estree/node.ts';
import { itemsOf, Names, Native, nothing, ObjectData } from './data.ts';
import { classOf } from './expressions.ts';
import type { Jump, Machine } from './machine.ts';
import { isTrue } from './methods.ts';

/** Runs one statement; gives how it leaves what is around it, if it does. */
export function runStatement(machine: Machine, node: Node, names: Names): Jump {
  switch (node.type) {
    case 'VariableDeclaration':
      for (const { id, init } of node['declarations']) machine.bind(id, init ? machine.value(init, names) : undefined, names, true);
      return undefined;
    case 'ExpressionStatement':
      machine.value(node['expression'], names);
      return undefined;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return isNode(node['declaration']) ? machine.statement(node['declaration'], names) : undefined;
    case 'ImportDeclaration':
      declareImports(node, names);
      return undefined;
    case 'BlockStatement':
      return machine.block(node['body'], new Names(names));
    case 'IfStatement':
      return runIf(machine, node, names);
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return runLabeled(machine, node, names, undefined);
    case 'LabeledStatement': {
      const label: string = node['label'].name;
      const jump = runLabeled(machine, node['body'], names, label);
      return jump?.kind === 'break' && jump.label === label ? undefined : jump;
    }
    case 'SwitchStatement':
      return runSwitch(machine, node, names);
    case 'TryStatement':
      if (!isNode(node['block'])) return runClauses(machine, node, names);
      return machine.statement(node['block'], names) ?? (node['finalizer'] ? machine.statement(node['finalizer'], names) : undefined);
    case 'ReturnStatement':
      return { kind: 'return', value: node['argument'] ? machine.value(node['argument'], names) : undefined };
    case 'BreakStatement':
    case 'ContinueStatement':
      return { kind: node.type === 'BreakStatement' ? 'break' : 'continue', label: node['label']?.name };
    case 'ThrowStatement':
      return { kind: 'return', value: nothing };
    case 'ClassDeclaration':
      classOf(machine, node, names);
      return undefined;
    case 'TSEnumDeclaration':
      declareEnum(machine, node, names);
      return undefined;
    case 'FunctionDeclaration':
      return undefined;
    default:
      if (node.type.endsWith('Expression')) machine.value(node, names);
      return undefined;
  }
}

function runLabeled(machine: Machine, node: Node, names: Names, label: string | undefined): Jump {
  switch (node.type) {
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return runLoop(machine, node, names, label);
    case 'ForOfStatement':
    case 'ForInStatement':
      return runEach(machine, node, names, label);
    default:
      return machine.statement(node, names);
  }
}

function runIf(machine: Machine, node: Node, names: Names): Jump {
  const test = isTrue(machine.value(node['test'], names));
  if (test === true) return machine.statement(node['consequent'], names);
  if (test === false) return node['alternate'] ? machine.statement(node['alternate'], names) : undefined;
  // Either may run: each is looked at, and what they write is not known any more.
  for (const branch of [node['consequent'], node['alternate']]) if (isNode(branch)) machine.statement(branch, names);
  machine.forget(node, names);
  return undefined;
}

/** Python's `try`: its parts in order, each as if it ran. */
function runClauses(machine: Machine, node: Node, names: Names): Jump {
  for (const clause of node['clauses'] as Node[]) {
    const jump = machine.statement(clause, names);
    if (jump) return jump;
  }
  return undefined;
}

function runLoop(machine: Machine, node: Node, outer: Names, label: string | undefined): Jump {
  const names = new Names(outer);
  // Python's `for`, whose names take any of the items: one round stands for all.
  if (node['isEach'] === true) {
    const jump = machine.statement(node['body'], names);
    machine.forget(node, outer);
    return jump?.kind === 'return' ? jump : undefined;
  }
  if (isNode(node['init'])) machine.statement(node['init'], names);
  for (let round = 0; ; round++) {
    machine.step();
    const isChecked = node.type !== 'DoWhileStatement' || round > 0;
    const test = isChecked && node['test'] ? isTrue(machine.value(node['test'], names)) : true;
    if (test === undefined) machine.forget(node, outer);
    if (test !== true) return undefined;
    const jump = machine.statement(node['body'], names);
    if (jump && !isOwn(jump, label)) return jump;
    if (jump?.kind === 'break') return undefined;
    if (isNode(node['update'])) machine.value(node['update'], names);
  }
}

function runEach(machine: Machine, node: Node, outer: Names, label: string | undefined): Jump {
  const items = itemsOf(machine.value(node['right'], outer), node.type === 'ForInStatement');
  if (!items) {
    machine.forget(node, outer);
    return undefined;
  }
  const pattern: Node = node['left'].type === 'VariableDeclaration' ? node['left'].declarations[0].id : node['left'];
  for (const item of [...items]) {
    machine.step();
    const names = new Names(outer);
    machine.bind(pattern, item, names, node['left'].type === 'VariableDeclaration');
    const jump = machine.statement(node['body'], names);
    if (jump && !isOwn(jump, label)) return jump;
    if (jump?.kind === 'break') return undefined;
  }
  return undefined;
}

function runSwitch(machine: Machine, node: Node, outer: Names): Jump {
  const names = new Names(outer);
  const asked = machine.value(node['discriminant'], names);
  const cases = node['cases'] as Node[];
  const tests = cases.map((each) => (isNode(each['test']) ? machine.value(each['test'], names) : undefined));
  if (asked === nothing || tests.includes(nothing)) {
    for (const each of cases) machine.block(each['consequent'], names);
    machine.forget(node, outer);
    return undefined;
  }
  const met = cases.findIndex((each, index) => isNode(each['test']) && tests[index] === asked);
  const from = met >= 0 ? met : cases.findIndex((each) => !isNode(each['test']));
  if (from < 0) return undefined;
  const jump = machine.block(cases.slice(from).flatMap((each) => each['consequent'] as Node[]), names);
  return jump?.kind === 'break' && jump.label === undefined ? undefined : jump;
}

function declareEnum(machine: Machine, node: Node, outer: Names): void {
  const record = new ObjectData();
  const names = new Names(outer);
  for (const member of (node['body']?.members ?? node['members'] ?? []) as Node[]) {
    const key = staticKey(member['id'], false);
    if (key === undefined) continue;
    const value = isNode(member['initializer']) ? machine.value(member['initializer'], names) : nothing;
    record.entries.set(key, value);
    names.declare(key, value);
  }
  outer.declare(node['id'].name, record);
}

function declareImports(node: Node, names: Names): void {
  const source = String(node['source']?.value);
  for (const specifier of node['specifiers'] as Node[]) {
    const imported: unknown = specifier['imported']?.name;
    const path = nativePath(source, typeof imported === 'string' ? imported : undefined);
    names.declare(specifier['local'].name, path === undefined ? nothing : new Native(path));
  }
}

/** What a native is called by that a known module exports: under a name, or as a whole. */
function nativePath(source: string, name: string | undefined): string | undefined {
  const single = /^lodash(?:-es)?[./](\w+)$/.exec(source)?.[1];
  if (single !== undefined) return `lodash.${single}`;
  if (/^(?:lodash|lodash-es|underscore|remeda|es-toolkit(?:\/compat)?)$/.test(source)) return name === undefined ? 'lodash' : `lodash.${name}`;
  // What `node:buffer` exports is what the globals of these names are.
  if (/^(?:node:)?buffer$/.test(source)) return name ?? '';
  if (/^(?:node:)?path$/.test(source)) return name === undefined ? 'path' : `path.${name}`;
  return undefined;
}

function isOwn(jump: NonNullable<Jump>, label: string | undefined): boolean {
  return jump.kind !== 'return' && (jump.label === undefined || jump.label === label);
}
