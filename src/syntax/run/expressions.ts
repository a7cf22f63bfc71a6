import { isFunction } from '../estree/scopes.ts';
import { isNode, operandsOf, staticKey, unwrap, type Node } from '../estree/node.ts';
import { Closure, itemsOf, nameOf, Native, nothing, ObjectData, propertyOf, type Data, type Names } from './data.ts';
import type { Machine } from './machine.ts';
import { callMethod, isTrue, maxItems } from './methods.ts';
import { added, binary, unary } from './operators.ts';

/** What an expression comes to, without what the machine counts for it. */
export function evaluate(machine: Machine, node: Node, names: Names): Data {
  switch (node.type) {
    case 'Literal':
    case 'StringLiteral': {
      const pattern = node['regex'] as { pattern: string; flags: string } | undefined;
      return pattern ? new Native(`/${pattern.pattern}/${pattern.flags}`) : typeof node['value'] === 'object' && node['value'] !== null ? nothing : (node['value'] as Data);
    }
    case 'TemplateLiteral':
      return joined((node['quasis'] as Node[]).flatMap((quasi, index): Data[] => [quasi['value'].cooked ?? '', ...(node['expressions'][index] ? [machine.value(node['expressions'][index], names)] : [])]));
    case 'Identifier':
      return valueOfName(node['name'], names);
    case 'MemberExpression':
      return readMember(machine, node, names);
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return call(machine, node, names);
    case 'ArrayExpression':
      return listOf(machine, node['elements'], names);
    case 'ObjectExpression':
      return objectOf(machine, node, names);
    case 'BinaryExpression':
      return evaluateBinary(machine, node, names);
    case 'LogicalExpression':
      return evaluateLogical(node['operator'], machine.value(node['left'], names), () => machine.value(node['right'], names));
    case 'ConditionalExpression': {
      const test = isTrue(machine.value(node['test'], names));
      if (test !== undefined) return machine.value(test ? node['consequent'] : node['alternate'], names);
      machine.value(node['consequent'], names);
      machine.value(node['alternate'], names);
      return nothing;
    }
    case 'UnaryExpression':
      return unary(node['operator'], machine.value(node['argument'], names));
    case 'UpdateExpression': {
      const before = machine.value(node['argument'], names);
      const after = typeof before === 'number' ? before + (node['operator'] === '++' ? 1 : -1) : nothing;
      machine.bind(unwrap(node['argument']), after, names, false);
      return node['prefix'] === true ? after : before;
    }
    case 'AssignmentExpression':
      return assign(machine, node, names);
    case 'SequenceExpression':
      return (node['expressions'] as Node[]).map((each) => machine.value(each, names)).at(-1);
    case 'ClassExpression':
      return classOf(machine, node, names);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return machine.closure(node, names);
    default:
      return nothing;
  }
}

function valueOfName(name: string, names: Names): Data {
  const known = names.get(name);
  if (known) return known.value;
  return name === 'undefined' ? undefined : new Native(name);
}

function readMember(machine: Machine, node: Node, names: Names): Data {
  const object = machine.value(node['object'], names);
  const key = staticKey(node['property'], node['computed'] === true) ?? machine.value(node['property'], names);
  return key === nothing ? nothing : propertyOf(object, key);
}

/** `object[key] = value`, where the object is one of the program. */
export function writeMember(machine: Machine, node: Node, value: Data, names: Names): void {
  const object = machine.value(node['object'], names);
  const key = staticKey(node['property'], node['computed'] === true) ?? machine.value(node['property'], names);
  const name = nameOf(key);
  if (object instanceof ObjectData && name !== undefined) object.entries.set(name, value);
  if (!Array.isArray(object)) return;
  const index = key === 'length' && typeof value === 'number' ? value : Number(name);
  if (!Number.isInteger(index) || index < 0 || index > maxItems) return;
  if (key === 'length') object.length = Math.min(index, object.length);
  else object[index] = value;
}

function listOf(machine: Machine, elements: readonly (Node | null)[], names: Names): Data[] {
  return elements.flatMap((element): Data[] => {
    if (!element) return [undefined];
    if (element.type !== 'SpreadElement') return [machine.value(element, names)];
    return itemsOf(machine.value(element['argument'], names), false)?.slice(0, maxItems) ?? [nothing];
  });
}

function objectOf(machine: Machine, node: Node, names: Names): Data {
  const record = new ObjectData();
  for (const property of node['properties'] as Node[]) {
    if (property.type === 'SpreadElement') {
      const spread = machine.value(property['argument'], names);
      if (spread instanceof ObjectData) for (const [key, value] of spread.entries) record.entries.set(key, value);
      continue;
    }
    if (!isNode(property['key'])) continue;
    const key = staticKey(property['key'], property['computed'] === true) ?? machine.value(property['key'], names);
    const value = machine.value(isNode(property['value']) ? property['value'] : property, names);
    const name = nameOf(key);
    if (name !== undefined) record.entries.set(name, property['kind'] === 'get' ? nothing : value);
  }
  return record;
}

/** A class as the object of its static members. Its methods are looked at like functions that nothing calls. */
export function classOf(machine: Machine, node: Node, names: Names): Data {
  const record = new ObjectData();
  if (node['id']) names.declare(node['id'].name, record);
  for (const member of (node['body']?.body ?? []) as Node[]) {
    if (isNode(member['value']) && isFunction(member['value'])) machine.closure(member['value'], names);
    else if (member['static'] === true && isNode(member['value']) && isNode(member['key'])) {
      const key = staticKey(member['key'], member['computed'] === true);
      const value = machine.value(member['value'], names);
      if (key !== undefined) record.entries.set(key, value);
    }
  }
  return record;
}

function evaluateBinary(machine: Machine, node: Node, names: Names): Data {
  if (node['operator'] !== '+') return binary(node['operator'], machine.value(node['left'], names), machine.value(node['right'], names));
  return operandsOf(node).map((operand) => machine.value(operand, names)).reduce((left, right) => addedAt(machine, node, left, right));
}

function evaluateLogical(operator: string, left: Data, right: () => Data): Data {
  if (left === nothing) {
    right();
    return nothing;
  }
  const takesRight = operator === '&&' ? Boolean(left) : operator === '||' ? !left : left === undefined || left === null;
  return takesRight ? right() : left;
}

function assign(machine: Machine, node: Node, names: Names): Data {
  const target = unwrap(node['left']);
  const operator: string = node['operator'];
  let value: Data;
  if (operator === '=') value = machine.value(node['right'], names);
  else if (/^(?:\|\||&&|\?\?)=$/.test(operator)) value = evaluateLogical(operator.slice(0, -1), machine.value(target, names), () => machine.value(node['right'], names));
  else {
    const [before, right]: [Data, Data] = [machine.value(target, names), machine.value(node['right'], names)];
    value = operator === '+=' ? addedAt(machine, node, before, right) : binary(operator.slice(0, -1), before, right);
  }
  machine.bind(target, value, names, false);
  return value;
}

/** As {@link added}, and tells what stood there if it goes on with something that is not known. */
function addedAt(machine: Machine, node: Node, left: Data, right: Data): Data {
  const value = added(left, right);
  if (value === nothing && typeof left === 'string') machine.made({ node, text: left, open: true });
  return value;
}

function joined(parts: readonly Data[]): Data {
  return parts.reduce((left, right) => added(added('', left), right), '');
}

function call(machine: Machine, node: Node, names: Names): Data {
  const callee = unwrap(node['callee']);
  if (callee.type !== 'MemberExpression') {
    const called = machine.value(node['callee'], names);
    return machine.apply(called, listOf(machine, node['arguments'] ?? [], names), node.type === 'NewExpression');
  }
  const object = machine.value(callee['object'], names);
  const args = listOf(machine, node['arguments'] ?? [], names);
  const name = staticKey(callee['property'], callee['computed'] === true);
  if (name === undefined || object === nothing) return nothing;
  const own = object instanceof ObjectData ? object.entries.get(name) : undefined;
  if (own instanceof Closure) return machine.apply(own, args);
  if (object instanceof Closure && (name === 'call' || name === 'apply')) return machine.apply(object, name === 'call' ? args.slice(1) : (itemsOf(args[1], false) ?? []));
  if (object instanceof Native && name === 'apply') return machine.apply(object, itemsOf(args[1], false) ?? [nothing]);
  return callMethod(object, name, args, (each, given) => machine.apply(each, given));
}
