import { isNode, staticKey, type Node } from './node.ts';
import type { PathStep, Scope, Variable, VariableKind } from './scopes.ts';

/** Declares what a statement declares, but for functions. */
export function declare(node: Node, scope: Scope): void {
  switch (node.type) {
    case 'VariableDeclaration': {
      const target = node['kind'] === 'var' ? functionScope(scope) : scope;
      const kind = node['kind'] === 'const' ? 'const' : 'let';
      for (const declarator of node['declarations']) {
        declarePattern(target, declarator.id, kind, declarator, declarator.init ?? undefined);
      }
      return;
    }
    // `{@const x = …}`
    case 'SvelteConstTag':
      for (const declarator of node['declarations'] ?? []) declarePattern(scope, declarator.id, 'const', declarator, declarator.init ?? undefined);
      return;
    case 'ClassDeclaration':
      if (node['id']) declareName(scope, node['id'].name, 'class', node);
      return;
    case 'TSEnumDeclaration':
      declareName(scope, node['id'].name, 'enum', node);
      return;
    case 'TSModuleDeclaration':
      if (node['body'] && qualifiedNames(node['id']).length > 0) declareName(scope, qualifiedNames(node['id'])[0] as string, 'namespace', node);
      return;
    case 'ImportDeclaration':
      for (const specifier of node['specifiers']) declareImport(scope, node, specifier);
      return;
    case 'TSImportEqualsDeclaration':
      if (node['moduleReference']?.type === 'TSExternalModuleReference') {
        const specifier = node['moduleReference'].expression?.value;
        if (typeof specifier === 'string') {
          declareName(scope, node['id'].name, 'import', node, { importFrom: { specifier, name: '*', typeOnly: node['importKind'] === 'type' } });
        }
      } else if (node['importKind'] !== 'type' && isNode(node['moduleReference'])) declareName(scope, node['id'].name, 'const', node, { init: node['moduleReference'] });
      return;
  }
}

function declareImport(scope: Scope, declaration: Node, specifier: Node): void {
  const source: unknown = declaration['source']?.value;
  if (typeof source !== 'string') return;
  const name =
    specifier.type === 'ImportDefaultSpecifier' ? 'default'
    : specifier.type === 'ImportNamespaceSpecifier' ? '*'
    : String(specifier['imported']?.name ?? specifier['imported']?.value);
  const typeOnly = declaration['importKind'] === 'type' || specifier['importKind'] === 'type' || declaration['importKind'] === 'typeof';
  declareName(scope, specifier['local'].name, 'import', specifier, { importFrom: { specifier: source, name, typeOnly } });
}

/** Declares the names of a parameter of `fn`, whatever its pattern. */
export function declareParameter(scope: Scope, fn: Node, parameter: Node, index: number): void {
  let pattern = parameter.type === 'TSParameterProperty' ? (parameter['parameter'] as Node) : parameter;
  let fallback: Node | undefined;
  let rest = false;
  if (pattern.type === 'AssignmentPattern') {
    fallback = pattern['right'];
    pattern = pattern['left'];
  }
  if (pattern.type === 'RestElement') {
    rest = true;
    pattern = pattern['argument'];
  }
  const origin = { fn, index, rest, ...(fallback ? { fallback } : {}) };
  for (const { name, path, node } of namesOf(pattern, [])) {
    scope.variables.set(name, { name, kind: 'parameter', scope, node, path, parameter: origin, merged: [], writes: [], propertyWrites: [], mutatingCalls: [], deletions: [] });
  }
}

/** Declares every name of a pattern that takes from `init`. */
export function declarePattern(scope: Scope, pattern: Node, kind: VariableKind, node: Node, init?: Node): void {
  for (const { name, path } of namesOf(pattern, [])) {
    declareName(scope, name, kind, node, { path, ...(init ? { init } : {}) });
  }
}

/** Declares one name; of two declarations the first holds, and enums and namespaces add to it. */
export function declareName(scope: Scope, name: string, kind: VariableKind, node: Node, more: Partial<Variable> = {}): void {
  const known = scope.variables.get(name);
  if (known && (kind === 'enum' || kind === 'namespace')) known.merged.push(node);
  // Overloads, `declare` twins and a type beside its value: the one with a value wins.
  if (known && known.kind !== 'other') return;
  scope.variables.set(name, { name, kind, scope, node, path: [], merged: [], writes: [], propertyWrites: [], mutatingCalls: [], deletions: [], ...more });
}

/** `var` and function declarations belong to the function; blocks in between do not hold them. */
export function functionScope(scope: Scope): Scope {
  let current = scope;
  while (current.parent && current.parent.fn === current.fn && !current.hoists) current = current.parent;
  return current;
}

/** The patterns that a piece of a template binds for what is inside it: `v-for`, `v-slot`, `{#each}`, `{:then}`, `{#snippet}`. */
export function templateNames(node: Node): Node[] {
  switch (node.type) {
    case 'VElement':
      return (node['variables'] ?? []).map((variable: { id: Node }) => variable.id);
    case 'SvelteEachBlock':
      return [node['context'], node['index']].filter(isNode);
    case 'SvelteAwaitThenBlock':
      return [node['value']].filter(isNode);
    case 'SvelteAwaitCatchBlock':
      return [node['error']].filter(isNode);
    case 'SvelteSnippetBlock':
      return (node['params'] ?? []).filter(isNode);
    default:
      return [];
  }
}

/** Every name that a pattern binds, with the path from the destructured value to it. */
export function namesOf(pattern: Node, path: readonly PathStep[]): { name: string; path: readonly PathStep[]; node: Node }[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern['name'], path, node: pattern }];
    case 'AssignmentPattern': {
      const last = path.at(-1);
      const withFallback = last ? [...path.slice(0, -1), { ...last, fallback: pattern['right'] as Node }] : path;
      return namesOf(pattern['left'], withFallback);
    }
    case 'ObjectPattern':
      return pattern['properties'].flatMap((property: Node) => {
        if (property.type === 'RestElement' || property.type === 'ExperimentalRestProperty') {
          return namesOf(property['argument'], [...path, { rest: true, except: keysOf(pattern), at: property }]);
        }
        const key = staticKey(property['key'], property['computed'] === true);
        const step: PathStep = key === undefined ? { keyNode: property['key'], at: property } : { key, at: property };
        return namesOf(property['value'], [...path, step]);
      });
    case 'ArrayPattern':
      return pattern['elements'].flatMap((element: Node | null, index: number) => {
        if (!element) return [];
        if (element.type === 'RestElement') return namesOf(element['argument'], [...path, { rest: true, key: String(index), at: element }]);
        return namesOf(element, [...path, { key: String(index), at: element }]);
      });
    case 'TSParameterProperty':
      return namesOf(pattern['parameter'], path);
    default:
      return [];
  }
}

function keysOf(pattern: Node): string[] {
  return (pattern['properties'] as Node[]).flatMap((property) => {
    const key = isNode(property['key']) ? staticKey(property['key'], property['computed'] === true) : undefined;
    return key === undefined ? [] : [key];
  });
}

/** The names of `A.B.C`, or of a plain identifier; empty for anything else (`declare module "x"`). */
export function qualifiedNames(node: Node | undefined): string[] {
  if (node?.type === 'Identifier') return [node['name']];
  return node?.type === 'TSQualifiedName' ? [...qualifiedNames(node['left']), node['right'].name] : [];
}
