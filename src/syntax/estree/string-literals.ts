import { inOrder, type Span } from '../span.ts';
import { spanOf, type Node } from './node.ts';

/** A string as the source has it: a literal, a template without expressions, a piece of a template, JSX text. */
export interface StringLiteral {
  readonly at: Span;
  readonly text: string;
  /** Whether the whole expression may be replaced by another one. */
  readonly replaceable: boolean;
  /** A literal of its own, not a piece of a template or of markup. */
  readonly whole: boolean;
  /** The value of a JSX attribute, where an expression needs braces. */
  readonly braces?: true;
  /** Text between code (a piece of a template, the text of an element): what code in it stands between. */
  readonly hole?: readonly [before: string, after: string];
}

/** Lists the strings of a module. */
export class StringLiterals {
  readonly #found: StringLiteral[] = [];

  /** In position order. */
  all(): readonly StringLiteral[] {
    return inOrder(this.#found);
  }

  noteLiteral(node: Node, parent: Node | undefined): void {
    if (typeof node['value'] !== 'string') return;
    const isAttribute = parent?.type === 'JSXAttribute';
    this.#found.push({ at: spanOf(node), text: node['value'], replaceable: isAttribute || isReplaceable(parent, node), whole: true, ...(isAttribute ? { braces: true } : {}) });
  }

  /** Text of markup, or (`whole`) the value of an attribute of it. */
  noteMarkup(node: Node, whole: boolean, how: Pick<StringLiteral, 'hole'> = {}): void {
    this.#found.push({ at: spanOf(node), text: String(node['value']), replaceable: false, whole, ...how });
  }

  /** `isOpen`: another expression may take the template's place, and code may be put into it. */
  noteTemplate(node: Node, isOpen: boolean): void {
    const isWhole = node['expressions'].length === 0;
    for (const quasi of node['quasis']) {
      const text: string = quasi.value.cooked ?? quasi.value.raw;
      this.#found.push({ at: isWhole ? spanOf(node) : spanOf(quasi), text, replaceable: isWhole && isOpen, whole: isWhole, ...(isOpen && !isWhole ? { hole: ['${', '}'] as const } : {}) });
    }
  }
}

function isReplaceable(parent: Node | undefined, node: Node): boolean {
  if (!parent) return false;
  if (parent.type.startsWith('Import') || (parent.type.startsWith('Export') && parent.type !== 'ExportDefaultDeclaration')) return false;
  if (parent['key'] === node && parent['computed'] !== true) return false;
  if (parent.type.startsWith('TS')) return parent.type === 'TSAsExpression' || parent.type === 'TSSatisfiesExpression' || parent.type === 'TSNonNullExpression';
  return !(parent.type === 'ExpressionStatement');
}
