import type { AssignUse, ModuleSummary } from '../syntax/module-summary.ts';
import type { ObjectValue, Value } from '../syntax/value.ts';
import type { Linker } from './evaluate.ts';
import type { ResolvedEntry, ResolvedObject } from './resolved.ts';

const maxSteps = 6;

interface FoundObject { readonly module: ModuleSummary; readonly start: number; readonly object: ObjectValue }

/**
 * What modules write to objects that others export: `OpenAPI.TOKEN = process.env.HILT_API_KEY`. When that happens is not known, so
 * what the object says of itself stays, unless that is nothing.
 */
export class WrittenExports {
  readonly #linker: Linker;
  readonly #entries = new Map<string, ResolvedEntry[]>();
  readonly #seen = new Set<ModuleSummary>();

  constructor(linker: Linker) {
    this.#linker = linker;
  }

  /** An object of the program with what other modules put into it. */
  addTo(value: ResolvedObject): ResolvedObject {
    this.#readModules();
    if (this.#entries.size === 0 || !value.place) return value;
    const { module, at } = value.place;
    const written = this.#entries.get(keyOf(module, at[0]));
    return written ? withWritten(value, written) : value;
  }

  /** Modules are loaded as they are asked for. */
  #readModules(): void {
    const modules = this.#linker.modules;
    if (!modules || modules.size === this.#seen.size) return;
    for (const module of [...modules.values()]) {
      if (this.#seen.has(module)) continue;
      this.#seen.add(module);
      if (module.mentions.hilt || module.mentions.key) for (const use of module.uses) if (use.kind === 'assign') this.#read(module, use);
    }
  }

  #read(module: ModuleSummary, { object, property, value, at, valueAt }: AssignUse): void {
    if (property.kind !== 'text') return;
    const target = this.#objectOf(module, object, 0);
    if (!target || target.module === module) return;
    const key = keyOf(target.module, target.start);
    const entry: ResolvedEntry = { key: { module, value: property, frame: undefined, at }, value: { module, value, frame: undefined, at: valueAt }, place: { module, at } };
    this.#entries.set(key, [...(this.#entries.get(key) ?? []), entry]);
  }

  /** The object literal that an expression of imports and members is, as far as the summaries tell by themselves. */
  #objectOf(module: ModuleSummary, value: Value, depth: number): FoundObject | undefined {
    if (depth > maxSteps) return undefined;
    switch (value.kind) {
      case 'object':
        return value.at && { module, start: value.at[0], object: value };
      case 'extended':
        return this.#objectOf(module, value.base, depth + 1);
      case 'binding': {
        const bound = Object.hasOwn(module.bindings, value.name) ? module.bindings[value.name] : undefined;
        return bound && this.#objectOf(module, bound, depth + 1);
      }
      case 'import': {
        const target = this.#linker.resolve(module, value.specifier);
        return target && this.#exported(target, value.name === '*' ? 'module.exports' : value.name, depth + 1);
      }
      case 'member': {
        const owner = this.#objectOf(module, value.object, depth + 1);
        const name = value.property.kind === 'text' ? value.property.text : undefined;
        const entry = owner?.object.entries.findLast(({ key }) => key?.kind === 'text' && key.text === name);
        return owner && entry && this.#objectOf(owner.module, entry.value, depth + 1);
      }
      default:
        return undefined;
    }
  }

  #exported(module: ModuleSummary, name: string, depth: number): FoundObject | undefined {
    const entry = module.exports.findLast((each) => each.name === name && !each.typeOnly);
    if (entry?.value) return this.#objectOf(module, entry.value, depth);
    const target = entry?.from ? this.#linker.resolve(module, entry.from.specifier) : undefined;
    return target && entry?.from && depth <= maxSteps ? this.#exported(target, entry.from.name, depth + 1) : undefined;
  }
}

function keyOf({ file }: ModuleSummary, start: number): string {
  return `${file}:${start}`;
}

/** What says nothing makes way: `TOKEN: undefined`. */
function withWritten(object: ResolvedObject, written: readonly ResolvedEntry[]): ResolvedObject {
  const own = object.entries.filter(({ value, spread }) => spread || !isNothing(value.value));
  return { ...object, entries: [...written, ...own] };
}

function isNothing(value: Value): boolean {
  return (value.kind === 'constant' && value.value !== true) || (value.kind === 'text' && value.text === '') || value.kind === 'unknown';
}
