import { findKeys, type KeyContext } from '../hilt/key-grammar.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import type { TextSecret } from './text/find-secrets.ts';

/** Shorter texts hold no secret. */
const shortest = 16;

/**
 * A copy of plain data in which no text and no property name holds one of the secrets that were found in `source`, nor another
 * key: comments, names of declarations, specifiers. In its place stands its preview, filled up to its length so that offsets stay.
 * Values that several places share are shared in the copy too.
 */
export function withoutSecrets<T extends object>(data: T, source: string, found: readonly TextSecret[], options: KeyOptions, context: KeyContext): T {
  const written = new Map<string, string>();
  for (const { at, secret } of found) {
    const text = source.slice(at[0], at[1]);
    if (text.length >= shortest) written.set(text, masked(secret.preview, text.length));
  }
  const copies = new Map<object, unknown>();

  function ofText(text: string): string {
    if (text.length < shortest) return text;
    let result = text;
    for (const [secret, mask] of written) if (result.includes(secret)) result = result.replaceAll(secret, () => mask);
    for (const key of findKeys(result, options, context).toReversed()) {
      result = result.slice(0, key.start) + masked(key.secret.preview, key.end - key.start) + result.slice(key.end);
    }
    return result;
  }

  function copy(value: unknown): unknown {
    if (typeof value === 'string') return ofText(value);
    if (typeof value !== 'object' || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      copies.set(value, items);
      for (const item of value) items.push(copy(item));
      return items;
    }
    // Members of a class may be called `constructor`: what had no prototype gets none.
    const record = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
    copies.set(value, record);
    for (const [name, item] of Object.entries(value)) Object.defineProperty(record, ofText(name), { value: copy(item), enumerable: true, writable: true, configurable: true });
    return record;
  }

  return copy(data) as T;
}

function masked(preview: string, length: number): string {
  return preview.slice(0, length).padEnd(length, '…');
}
