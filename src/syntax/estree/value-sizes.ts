import type { Value } from '../value.ts';
import { partsOf } from '../value-parts.ts';

/** Values in one value, what several places share counted in each of them. */
const maxSize = 200_000;
/** How deep values may stand in each other. */
const maxDepth = 600;

interface Size { readonly size: number; readonly depth: number }

/**
 * What it costs to walk through values. Variables are inlined, and share what they hold with every place that they are read in;
 * so a few lines that build on each other (`b = a + a; c = b + b`) make a value that is small to hold and endless to walk through.
 */
export class ValueSizes {
  readonly #known = new Map<Value, Size>();

  /** Whether a value may be inlined. The values in it that are a variable's have been asked for before. */
  fits(value: Value): boolean {
    const { size, depth } = this.#sizeOf(value);
    return size <= maxSize && depth <= maxDepth;
  }

  #sizeOf(value: Value): Size {
    const known = this.#known.get(value);
    if (known) return known;
    let size = 1;
    let depth = 0;
    for (const part of partsOf(value)) {
      const inner = this.#sizeOf(part);
      size += inner.size;
      depth = Math.max(depth, inner.depth);
    }
    const own = { size, depth: depth + 1 };
    this.#known.set(value, own);
    return own;
  }
}
