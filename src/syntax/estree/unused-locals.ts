import type { Branch } from '../module-summary.ts';
import type { Span } from '../span.ts';
import { spanOf, unwrap } from './node.ts';
import { isCleanExpression } from './purity.ts';
import type { Variable } from './scopes.ts';
import type { SideEffects } from './side-effects.ts';
import type { Visit } from './visit.ts';

const keyed = new Set(['Property', 'PropertyDefinition', 'MethodDefinition']);

/** Variables inside functions that nobody reads: most bundlers drop them with what they hold. Noted as the nodes come. */
export class UnusedLocals {
  readonly #effects: SideEffects;
  /** Those that are mentioned beside their declaration. */
  readonly #used = new Set<Variable>();
  readonly #locals = new Map<Variable, Span>();

  constructor(effects: SideEffects) {
    this.#effects = effects;
  }

  note(variable: Variable, { node, parent }: Visit): void {
    if (parent?.type === 'VariableDeclarator' && parent['id'] === node) this.#locals.set(variable, spanOf(parent));
    else if ((parent?.type === 'FunctionDeclaration' || parent?.type === 'ClassDeclaration') && parent['id'] === node) this.#locals.set(variable, spanOf(parent));
    else if (parent?.type === 'MemberExpression' && parent['property'] === node && parent['computed'] !== true) return;
    else if (parent && keyed.has(parent.type) && parent['key'] === node && parent['computed'] !== true && parent['shorthand'] !== true) return;
    else this.#used.add(variable);
  }

  branches(): Branch[] {
    return [...this.#locals].flatMap(([variable, at]): Branch[] => {
      const how = this.#used.has(variable) ? undefined : this.#kindOf(variable);
      return how ? [{ test: { kind: 'flag', how, part: { kind: 'constant', value: false } }, runsWhen: true, at }] : [];
    });
  }

  #kindOf({ kind, init, node }: Variable): 'unused-local' | 'unused-function' | undefined {
    if (kind === 'function') return 'unused-function';
    if (kind === 'class') return this.#effects.of(node).length === 0 ? 'unused-function' : undefined;
    if (kind !== 'const' || !init) return undefined;
    const value = unwrap(init);
    if (value.type === 'Literal' || value.type === 'TemplateLiteral') return 'unused-local';
    return isCleanExpression(value) ? 'unused-function' : undefined;
  }
}
