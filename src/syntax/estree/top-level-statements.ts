import type { Statement } from '../module-summary.ts';
import { inOrder } from '../span.ts';
import { namesOf } from './declared-names.ts';
import { pathRead } from './member-reads.ts';
import { isNode, spanOf, type Node } from './node.ts';
import type { Variable } from './scopes.ts';
import type { SideEffects } from './side-effects.ts';
import type { StatementDraft, Visit } from './visit.ts';

/** The statements of a module as a bundler keeps or drops them, with the names that each of them reads, noted as the nodes come. */
export class TopLevelStatements {
  readonly #effects: SideEffects;
  readonly #drafts: ReadonlyMap<Node, StatementDraft>;

  constructor(program: Node, effects: SideEffects) {
    this.#effects = effects;
    this.#drafts = draftsOf(program);
  }

  /** The statement that a node is. */
  at(node: Node): StatementDraft | undefined {
    return this.#drafts.get(node);
  }

  /** Top-level names, imports among them, that a statement uses as values. */
  note(variable: Variable | undefined, visit: Visit): void {
    const { node, parent, statement } = visit;
    if (!statement || !variable || variable.scope.parent !== undefined || isLabel(node, parent) || statement.declares.includes(variable.name)) return;
    statement.references.push({ name: variable.name, at: spanOf(node), ...pathRead(visit) });
  }

  summaries(): Statement[] {
    return [...this.#drafts.values()].map((draft) => this.#summary(draft));
  }

  #summary({ node, declares, references }: StatementDraft): Statement {
    const effects = this.#effects.of(node);
    const places = effects.length > 0 ? this.#effects.placesOf(node) : undefined;
    return {
      at: spanOf(node), declares, references: inOrder(references), effects, ...enumeration(node),
      ...(effects.includes('import-call') ? { calls: this.#effects.importedCalls(node) } : {}),
      ...(places ? { places: places.at, ...(places.of ? { placesOf: places.of } : {}) } : {}),
    };
  }
}

function draftsOf(program: Node): Map<Node, StatementDraft> {
  const drafts = new Map<Node, StatementDraft>();
  const draft = (node: Node, declares: readonly string[]): unknown => drafts.set(node, { node, declares, references: [] });
  for (const statement of topLevel(program)) {
    const declaration: Node = isNode(statement['declaration']) && statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement;
    if (declaration.type === 'VariableDeclaration') {
      for (const declarator of declaration['declarations']) draft(declarator, namesOf(declarator['id'], []).map((name) => name.name));
      continue;
    }
    const name: unknown = declaration['id']?.name ?? declaration['declaration']?.id?.name;
    draft(statement, typeof name === 'string' ? [name] : []);
  }
  return drafts;
}

/** The name of a member or a property names no variable: `b` in `a.b` and in `{ b: a }`. */
function isLabel(node: Node, parent: Node | undefined): boolean {
  if (!parent || parent['computed'] === true) return false;
  if (parent.type === 'MemberExpression' || parent.type === 'JSXMemberExpression') return parent['property'] === node;
  return parent['key'] === node && parent['shorthand'] !== true;
}

function enumeration(node: Node): { enumeration?: 'enum' | 'const enum' } {
  const declared: Node = isNode(node['declaration']) ? node['declaration'] : node;
  return declared.type === 'TSEnumDeclaration' ? { enumeration: declared['const'] === true ? 'const enum' : 'enum' } : {};
}

function topLevel(program: Node): Node[] {
  const body: Node[] = program['body'] ?? [];
  // svelte-eslint-parser and astro-eslint-parser keep scripts as elements of the body.
  return body.flatMap((node) => (node.type === 'SvelteScriptElement' ? (node['body'] as Node[]) : [node]));
}
