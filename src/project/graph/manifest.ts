import type { ParseError } from 'jsonc-parser';
import type { Notice } from '../../sources/notice.ts';
import type { Source } from '../../sources/source.ts';
import { loadJsonc } from '../../syntax/data/libraries.ts';

/** A parsed JSON value; manifests are looked at with `isRecord` and friends, never trusted. */
export type Json = unknown;

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The strings of an array, or of a single string. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Reads manifests of one source, each at most once; what cannot be read is told once in `notices`. */
export interface Manifests {
  /** Text of a file, or `undefined` if the source has none. */
  text(path: string): string | undefined;
  /** JSON with comments and trailing commas, as tsconfig and its kin allow. A damaged file is read as far as it goes. */
  json(path: string): JsonRecord | undefined;
  /** Reads files together that will be asked for as JSON. */
  prefetch(paths: readonly string[]): void;
  readonly notices: readonly Notice[];
}

export function createManifests(source: Source): Manifests {
  const parsed = new Map<string, JsonRecord | undefined>();
  const notices: Notice[] = [];
  const decoder = new TextDecoder();
  const text = (path: string): string | undefined => {
    const bytes = source.open(path)?.read();
    return bytes === undefined ? undefined : decoder.decode(bytes);
  };
  const json = (path: string): JsonRecord | undefined => {
    if (parsed.has(path)) return parsed.get(path);
    const value = readManifest(path, text(path), notices);
    parsed.set(path, value);
    return value;
  };
  const prefetch = (paths: readonly string[]): void => {
    if (source.prefetch === undefined) return;
    for (let at = 0; at < paths.length; at += portion) {
      const next = paths.slice(at, at + portion);
      source.prefetch(next);
      next.forEach(json);
    }
  };
  return { text, json, prefetch, notices };
}

// As many as a source holds in memory together.
const portion = 200;

function readManifest(path: string, text: string | undefined, notices: Notice[]): JsonRecord | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const { json, isWhole } = parseManifest(text);
  if (!isWhole) notices.push({ code: 'manifest-unreadable', level: 'info', file: path, message: `${path} is not valid JSON; it was read as far as it goes.` });
  return json;
}

/** Parses JSON, with comments and trailing commas where it has them. `json` is `undefined` where the text holds no object. */
export function parseManifest(text: string): { readonly json: JsonRecord | undefined; readonly isWhole: boolean } {
  try {
    const value: unknown = JSON.parse(text);
    return { json: isRecord(value) ? value : undefined, isWhole: true };
  } catch {
    // Comments, or a fault: the tolerant parser is only loaded for those.
    const errors: ParseError[] = [];
    const value: unknown = loadJsonc().parse(text, errors, { allowTrailingComma: true });
    return { json: isRecord(value) ? value : undefined, isWhole: errors.length === 0 };
  }
}
