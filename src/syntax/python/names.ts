/** What a name means where it is used. */
export type Meaning =
  | { readonly kind: 'name' }
  /** The first parameter of a method. */
  | { readonly kind: 'self' }
  /** The first parameter of a class method. */
  | { readonly kind: 'class'; readonly name: string }
  /** A name of the class body that the use stands in. */
  | { readonly kind: 'attribute'; readonly name: string }
  /** No scope declares it. */
  | { readonly kind: 'free' };

type LevelKind = 'module' | 'function' | 'class' | 'comprehension';

interface Level {
  readonly kind: LevelKind;
  readonly names: Set<string>;
  /** Dotted paths of what imports bind: `b64` is `base64.b64decode`. */
  readonly paths: Map<string, string>;
  /** Names that `global` and `nonlocal` leave to the scopes around. */
  readonly outer: Set<string>;
  readonly self?: { readonly name: string; readonly cls?: string };
  readonly cls?: string;
}

/** The scopes around the place that is being translated, innermost last. Class bodies are seen only from themselves. */
export class Names {
  readonly #levels: Level[] = [];
  /** Modules imported under their dotted name: `import a.b.c`. */
  readonly dotted = new Set<string>();

  within<T>(kind: LevelKind, names: Iterable<string>, read: () => T, more: { readonly self?: Level['self']; readonly cls?: string } = {}): T {
    const { self, cls } = more;
    this.#levels.push({ kind, names: new Set(names), paths: new Map(), outer: new Set(), ...(self ? { self } : {}), ...(cls === undefined ? {} : { cls }) });
    const result = read();
    this.#levels.pop();
    return result;
  }

  get isInClassBody(): boolean {
    return this.#levels.at(-1)?.kind === 'class';
  }

  /** Notes an assignment here; true where it is the first of the name in its scope, so that it declares it. */
  declare(name: string): boolean {
    const level = this.#holder();
    if (!level || level.outer.has(name)) return false;
    level.paths.delete(name);
    if (level.names.has(name)) return false;
    level.names.add(name);
    return true;
  }

  declareImport(name: string, path: string): void {
    const level = this.#holder();
    level?.names.add(name);
    level?.paths.set(name, path);
  }

  /** `env = os.environ`: another name for what an import gave. */
  alias(name: string, path: string): void {
    this.#holder()?.paths.set(name, path);
  }

  leaveToOuter(name: string): void {
    this.#holder()?.outer.add(name);
  }

  meaning(name: string): Meaning {
    for (let index = this.#levels.length - 1; index >= 0; index -= 1) {
      const level = this.#levels[index] as Level;
      if (level.self?.name === name) return level.self.cls === undefined ? { kind: 'self' } : { kind: 'class', name: level.self.cls };
      if (level.kind === 'class') {
        if (index === this.#levels.length - 1 && level.names.has(name) && level.cls !== undefined) return { kind: 'attribute', name: level.cls };
        continue;
      }
      if (level.names.has(name)) return { kind: 'name' };
    }
    return { kind: 'free' };
  }

  /** The dotted path of an imported name, where nothing nearer has taken the name. */
  pathOf(name: string): string | undefined {
    for (let index = this.#levels.length - 1; index >= 0; index -= 1) {
      const level = this.#levels[index] as Level;
      const path = level.paths.get(name);
      if (path !== undefined) return path;
      if (level.kind !== 'class' && (level.names.has(name) || level.self?.name === name)) return undefined;
    }
    return undefined;
  }

  /** The scope that an assignment here belongs to: comprehensions hold none. */
  #holder(): Level | undefined {
    return this.#levels.findLast((level) => level.kind !== 'comprehension');
  }
}
