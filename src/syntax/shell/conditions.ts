import type { CommandNode, CompoundList, PipelineNode, Statement, TestExpression, Word } from 'unbash';
import { makeNode, opaque } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import { plainText, readVariable, type Surroundings } from './words.ts';

/**
 * What a command that is run for its outcome asks of a variable, as an expression: `[ -z "$X" ]` is `!X`, `[[ -n $X ]]` is `X`.
 * Anything else is an expression that means nothing. It has no words of its own: who performs the command reads these.
 */
export function conditionOf(around: Surroundings, command: PipelineNode | Statement['command'] | undefined): Node {
  const none = opaque([0, 0]);
  if (!command) return none;
  switch (command.type) {
    case 'Pipeline': {
      const negations = command.prefixes.filter((prefix) => prefix.type === 'Negation').length;
      const only = command.commands.length === 1 ? conditionOf(around, command.commands[0]) : none;
      return negations % 2 === 1 ? negated(only) : only;
    }
    case 'TestCommand':
      return ofExpression(around, command.expression) ?? none;
    case 'Command':
      return ofWords(around, command) ?? none;
    case 'AndOr': {
      const operands = command.commands.map((each) => conditionOf(around, each));
      const operator = command.operators[0];
      return operator !== undefined && command.operators.every((each) => each === operator) ? joined(operator, operands) : none;
    }
    default:
      return none;
  }
}

/** The outcome of a list is that of its last command. */
export function conditionOfList(around: Surroundings, list: CompoundList | undefined): Node {
  return conditionOf(around, list?.commands.at(-1)?.command);
}

export function negated(argument: Node): Node {
  return makeNode('UnaryExpression', argument.range as [number, number], { operator: '!', argument });
}

function joined(operator: string, operands: readonly Node[]): Node {
  return operands.reduce((left, right) => makeNode('LogicalExpression', [left.range[0], right.range[1]], { operator, left, right }));
}

/** `[ -z "$X" ]`, `test -n "$X"`, `[ "$X" = "" ]`, `[ "$X" ]` */
function ofWords(around: Surroundings, command: Extract<CommandNode, { type: 'Command' }>): Node | undefined {
  const name = plainText(command.name);
  if (name !== '[' && name !== 'test') return undefined;
  const words = command.suffix.filter((item) => item.type === 'Word');
  const given = name === '[' && plainText(words.at(-1)) === ']' ? words.slice(0, -1) : words;
  const isNegated = plainText(given[0]) === '!';
  const [first, second, third] = isNegated ? given.slice(1) : given;
  const count = given.length - (isNegated ? 1 : 0);
  const asked = count === 1 ? first && readVariable(around, first) : count === 2 ? ofUnary(around, plainText(first) ?? '', second) : count === 3 ? ofBinary(around, plainText(second) ?? '', first, third) : undefined;
  return asked && isNegated ? negated(asked) : asked;
}

function ofExpression(around: Surroundings, expression: TestExpression): Node | undefined {
  switch (expression.type) {
    case 'TestUnary':
      return ofUnary(around, expression.operator, expression.operand);
    case 'TestBinary':
      return ofBinary(around, expression.operator, expression.left, expression.right);
    case 'TestNot': {
      const asked = ofExpression(around, expression.operand);
      return asked && expression.negations.length % 2 === 1 ? negated(asked) : asked;
    }
    case 'TestGroup':
      return ofExpression(around, expression.expression);
    case 'TestLogical':
      return joined(expression.operator, expression.operands.map((operand) => ofExpression(around, operand) ?? opaque([0, 0])));
  }
}

function ofUnary(around: Surroundings, operator: string, operand: Word | undefined): Node | undefined {
  const variable = operand && readVariable(around, operand);
  if (!variable) return undefined;
  return operator === '-z' ? negated(variable) : operator === '-n' ? variable : undefined;
}

function ofBinary(around: Surroundings, operator: string, left: Word | undefined, right: Word | undefined): Node | undefined {
  const variable = left && plainText(right) === '' ? readVariable(around, left) : undefined;
  if (!variable) return undefined;
  return operator === '=' || operator === '==' ? negated(variable) : operator === '!=' ? variable : undefined;
}
