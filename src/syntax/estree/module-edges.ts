import type { ExportEntry, ImportEdge, ImportedName } from '../module-summary.ts';
import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { isRequire, localName } from './common-js.ts';
import { namesOf } from './declared-names.ts';
import { requiredNames, takenNames } from './member-reads.ts';
import { isNode, spanOf, unwrap, type Node } from './node.ts';
import { lookUp, type Scope } from './scopes.ts';
import type { ValueReader } from './values.ts';
import type { Visit } from './visit.ts';

/** What a module takes from others and what it gives them, noted as the nodes come. */
export class ModuleEdges {
  readonly imports: ImportEdge[] = [];
  readonly exports: ExportEntry[] = [];
  readonly #values: ValueReader;

  constructor(values: ValueReader) {
    this.#values = values;
  }

  ofImport(node: Node): void {
    const specifier: unknown = node['source']?.value;
    if (typeof specifier !== 'string') return;
    const isType = node['importKind'] === 'type' || node['importKind'] === 'typeof';
    const names: ImportedName[] = node['specifiers'].map((item: Node) => ({
      imported: item.type === 'ImportDefaultSpecifier' ? 'default' : item.type === 'ImportNamespaceSpecifier' ? '*' : String(item['imported'].name ?? item['imported'].value),
      local: item['local'].name,
      typeOnly: isType || item['importKind'] === 'type',
    }));
    const typeOnly = isType || (names.length > 0 && names.every((name) => name.typeOnly));
    this.imports.push({ specifier, how: 'import', typeOnly, names, at: spanOf(node), fn: -1, ...(typeOnly && !isType ? { inlineTypes: true } : {}) });
  }

  ofImportEquals(node: Node): void {
    const specifier: unknown = node['moduleReference']?.expression?.value;
    if (typeof specifier !== 'string') return;
    const typeOnly = node['importKind'] === 'type';
    this.imports.push({ specifier, how: 'require', typeOnly, names: [{ imported: '*', local: node['id'].name, typeOnly }], at: spanOf(node), fn: -1 });
  }

  ofDefaultExport(node: Node, scope: Scope): void {
    const declaration: Node = node['declaration'];
    this.exports.push({ name: 'default', typeOnly: node['exportKind'] === 'type' || declaration.type === 'TSInterfaceDeclaration', at: spanOf(node), value: this.#values.read(declaration, scope), ...localName(declaration) });
  }

  ofNamedExport(node: Node, scope: Scope): void {
    const at = spanOf(node);
    const source: unknown = node['source']?.value;
    const isType = node['exportKind'] === 'type';
    if (typeof source === 'string') {
      const names: ImportedName[] = node['specifiers'].map((item: Node) => ({ imported: nameOf(item['local']), local: '', typeOnly: isType || item['exportKind'] === 'type' }));
      this.imports.push({ specifier: source, how: 'reexport', typeOnly: isType || (names.length > 0 && names.every((name) => name.typeOnly)), names, at, fn: -1 });
      for (const item of node['specifiers']) {
        // `export * as ns from` under parsers that model it as a specifier.
        const name = item.type === 'ExportNamespaceSpecifier' ? '*' : nameOf(item.local);
        this.exports.push({ name: nameOf(item.exported), typeOnly: isType || item.exportKind === 'type', at, from: { specifier: source, name } });
      }
      return;
    }
    for (const item of node['specifiers']) this.#exportLocal(item, scope, at, isType);
    if (isNode(node['declaration'])) this.#exportDeclaration(node['declaration'], at, isType);
  }

  #exportLocal(item: Node, scope: Scope, at: Span, isType: boolean): void {
    const local = nameOf(item['local']);
    const name = nameOf(item['exported']);
    const typeOnly = isType || item['exportKind'] === 'type';
    const imported = lookUp(scope, local)?.importFrom;
    if (imported) this.exports.push({ name, typeOnly: typeOnly || imported.typeOnly, at, from: { specifier: imported.specifier, name: imported.name } });
    else this.exports.push({ name, typeOnly, at, local, value: { kind: 'binding', name: local } });
  }

  #exportDeclaration(declaration: Node, at: Span, isType: boolean): void {
    const isTypeDeclaration = declaration.type === 'TSTypeAliasDeclaration' || declaration.type === 'TSInterfaceDeclaration' || declaration['declare'] === true;
    const names: string[] =
      declaration.type === 'VariableDeclaration' ? declaration['declarations'].flatMap((item: Node) => namesOf(item['id'], []).map((found) => found.name))
      : declaration['id']?.type === 'Identifier' ? [declaration['id'].name]
      : [];
    for (const name of names) {
      this.exports.push({ name, typeOnly: isType || isTypeDeclaration, at, local: name, ...(isTypeDeclaration ? {} : { value: { kind: 'binding', name } }) });
    }
  }

  ofExportAll(node: Node): void {
    const specifier: unknown = node['source']?.value;
    if (typeof specifier !== 'string') return;
    const at = spanOf(node);
    const typeOnly = node['exportKind'] === 'type';
    this.imports.push({ specifier, how: 'reexport', typeOnly, names: [{ imported: '*', local: '', typeOnly }], at, fn: -1 });
    const name = node['exported'] ? nameOf(node['exported']) : '*';
    this.exports.push({ name, typeOnly, at, from: { specifier, name: '*' } });
  }

  /** `require`, workers, assets and globs: module edges that are calls. */
  ofCall(callee: Value, first: Node, node: Node, { scope, fn, parent }: Visit): void {
    const requires = isRequire(node['callee'], scope);
    if (callee.kind !== 'global' && !requires) return;
    const at = spanOf(node);
    const argument = this.#values.read(first, scope);
    if (requires || callee.kind !== 'global' || callee.path === 'require.resolve' || callee.path === 'importScripts') {
      if (argument.kind === 'text') this.imports.push({ specifier: argument.text, how: 'require', typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn, ...requiredNames(node, parent, scope) });
      return;
    }
    const url = urlBesideModule(argument) ?? (callee.path === 'URL' ? urlBesideModule(this.#values.read(node, scope)) : undefined);
    if (/(?:^|\.)(?:Worker|SharedWorker|register|addModule)$/.test(callee.path)) {
      const specifier = url ?? (argument.kind === 'text' ? argument.text : undefined);
      if (specifier !== undefined) this.imports.push({ specifier, how: 'worker', typeOnly: false, names: [], at, fn });
      return;
    }
    if (callee.path === 'URL' && url !== undefined && !isWorkerCall(parent)) this.imports.push({ specifier: url, how: 'asset', typeOnly: false, names: [], at, fn });
    if (/^import\.meta\.(?:glob|globEager|webpackContext)$/.test(callee.path)) {
      const values = argument.kind === 'array' ? argument.items.map((item) => item.value) : [argument];
      const patterns = values.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
      const except = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []));
      for (const specifier of patterns) {
        if (!specifier.startsWith('!')) this.imports.push({ specifier, how: 'glob', ...(except.length > 0 ? { except } : {}), typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn, ...this.#globMembers(node, scope) });
      }
    }
  }

  /** `import.meta.glob(pattern, { import: "a" })` takes one export of each module. */
  #globMembers(node: Node, scope: Scope): { members?: readonly string[] } {
    const options: Node | undefined = node['arguments']?.[1];
    const value = options && this.#values.read(options, scope);
    const entry = value?.kind === 'object' ? value.entries.find((each) => each.key?.kind === 'text' && each.key.text === 'import') : undefined;
    return entry?.value.kind === 'text' && entry.value.text !== '*' ? { members: [entry.value.text] } : {};
  }

  ofDynamicImport(node: Node, source: Node, { scope, fn, parent, above }: Visit): void {
    const specifier = this.#values.read(source, scope);
    const at = spanOf(node);
    if (specifier.kind === 'text') {
      this.imports.push({ specifier: specifier.text, how: 'dynamic', typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn, ...takenNames(parent, above?.parent, scope) });
      return;
    }
    const glob = specifier.kind === 'concat' ? specifier.parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('') : undefined;
    if (glob?.startsWith('.')) this.imports.push({ specifier: glob, how: 'glob', typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn });
  }
}

function nameOf(node: Node): string {
  return String(node['name'] ?? node['value']);
}

/** `new Worker(…)`, `navigator.serviceWorker.register(…)`: the address inside is a program's, no asset's. */
function isWorkerCall(node: Node | undefined): boolean {
  if (node?.type !== 'NewExpression' && node?.type !== 'CallExpression') return false;
  const callee = unwrap(node['callee']);
  return /^(?:Worker|SharedWorker|register|addModule)$/.test(String(callee['name'] ?? callee['property']?.name));
}

/** `new URL("./x", import.meta.url)`: the relative path. */
function urlBesideModule(value: Value): string | undefined {
  if (value.kind !== 'call' || value.callee.kind !== 'global' || value.callee.path !== 'URL') return undefined;
  const [path, base] = value.args;
  if (path?.value.kind !== 'text' || base?.value.kind !== 'global' || base.value.path !== 'import.meta.url') return undefined;
  return path.value.text;
}
