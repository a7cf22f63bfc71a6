import type { Node } from '../estree/node.ts';
import type { Signature } from '../module-summary.ts';
import { identifier, makeNode } from '../estree/build.ts';
import type { Expressions } from './expressions.ts';
import { partsOf, spanOf, type SyntaxNode } from './tree.ts';

export interface Parameters {
  /** In the order that `FunctionSummary.signature` tells. */
  readonly params: readonly Node[];
  readonly signature: Signature;
  /** Every name that the list binds. */
  readonly names: readonly string[];
  /** The parameter that was left out as `self` or `cls`. */
  readonly first?: string;
}

/** Reads a `ParamList`; `skip` parameters at its start are left out (a method's own object). */
export function readParameters(expressions: Expressions, list: SyntaxNode | undefined, skip: number): Parameters {
  const positional: Node[] = [];
  const keywordOnly: Node[] = [];
  const last: Node[] = [];
  const names: string[] = [];
  const signatureNames: string[] = [];
  let kwargs: Node | undefined;
  let first: string | undefined;
  let skipped = 0;
  let isKeywordOnly = false;
  for (const group of list ? groupsOf(list) : []) {
    const [head, second] = group;
    const named = group.find((part) => part.name === 'VariableName');
    if (head?.name === '*') isKeywordOnly = true;
    if (!head || !named || head.name === '/') continue;
    const name = expressions.text(named);
    const id = annotated(identifier(spanOf(named), name), group.find((part) => part.name === 'TypeDef'), expressions);
    if (head.name === 'VariableName' && skipped < skip) {
      skipped += 1;
      first = name;
      continue;
    }
    names.push(name);
    if (head.name === '*' && second) last.push(makeNode('RestElement', [head.from, second.to], { argument: id }));
    else if (head.name === '**') kwargs = id;
    else (isKeywordOnly ? keywordOnly : positional).push(withDefault(expressions, group, id));
  }
  const params = [...positional, ...keywordOnly, ...(kwargs ? [kwargs] : []), ...last];
  for (const param of [...positional, ...keywordOnly]) signatureNames.push(String((param.type === 'AssignmentPattern' ? param['left'] : param)['name']));
  if (kwargs) signatureNames.push('**');
  if (last.length > 0) signatureNames.push('*');
  return { params, signature: { names: signatureNames, positional: positional.length }, names, ...(first === undefined ? {} : { first }) };
}

/** With the class that its annotation names: `c: HiltClient`, `c: Optional[hilt_sdk.HiltClient]`, `c: "HiltClient | None"`. */
function annotated(id: Node, type: SyntaxNode | undefined, expressions: Expressions): Node {
  const text = type && expressions.text(type).replace(/^:\s*|["'\s]/g, '').replace(/^(?:typing\.)?(?:Optional|Annotated)\[([\w.]+)[\],].*$/, '$1').replace(/^None\||\|None$/, '');
  if (text === undefined || !/^[A-Za-z_][\w.]*$/.test(text)) return id;
  const [first = '', ...members] = text.split('.');
  const name = members.reduce<Node>((left, member) => makeNode('TSQualifiedName', id.range, { left, right: identifier(id.range, member) }), identifier(id.range, first));
  return { ...id, typeAnnotation: makeNode('TSTypeReference', id.range, { typeName: name }) };
}

function groupsOf(list: SyntaxNode): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of partsOf(list)) {
    if (part.name === '(' || part.name === ')') continue;
    if (part.name === ',') groups.push([]);
    else groups.at(-1)?.push(part);
  }
  return groups;
}

function withDefault(expressions: Expressions, group: readonly SyntaxNode[], id: Node): Node {
  const assign = group.findIndex((part) => part.name === 'AssignOp');
  const value = assign < 0 ? undefined : group[assign + 1];
  return value ? makeNode('AssignmentPattern', [id.range[0], value.to], { left: id, right: expressions.read(value) }) : id;
}
