import { basename } from 'node:path';
import { ConfigError } from './errors.ts';
import { describeFileFailure } from '../sources/file-failure.ts';
import { getPosition, indexLines } from './line-index.ts';
import { readNamedFile } from './read-named-file.ts';
import { findRepeatedKey, hasRepeatedKey } from './repeated-key.ts';
import { showKey } from './shown-key.ts';

/** A configuration as it was found: parsed, not yet checked. */
export interface ConfigFile {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
  /** Where the configuration stands in the file: `["hiltGuard"]` in a package.json. */
  readonly within: readonly string[];
}

/**
 * Reads a configuration: a file of its own, JSON with comments and trailing commas, or `hiltGuard` of a package.json.
 * `undefined` if there is none.
 *
 * @throws ConfigError if it cannot be read, is no JSON, or says one thing twice; the message never holds a piece of the text but names
 */
export async function readConfigFile(path: string): Promise<ConfigFile | undefined> {
  const text = readConfigText(path);
  if (text === undefined) return undefined;
  return toConfigFile(await parseJson(text, path), text, path);
}

/** `undefined` for a manifest that says nothing of us. */
export function toConfigFile(value: unknown, text: string, path: string): ConfigFile | undefined {
  if (!isManifest(path)) return { path, text, value, within: [] };
  if (typeof value !== 'object' || value === null || !('hiltGuard' in value)) return undefined;
  return { path, text, value: value.hiltGuard, within: ['hiltGuard'] };
}

function isManifest(path: string): boolean {
  return basename(path) === 'package.json';
}

/** `path:line:column` of a key or value in the file; of the file where the place cannot be told. */
export async function locate(file: ConfigFile, path: readonly (string | number)[]): Promise<string> {
  return locateWith(await import('jsonc-parser'), file, path);
}

type JsoncParser = Pick<typeof import('jsonc-parser'), 'parse' | 'parseTree' | 'findNodeAtLocation' | 'printParseErrorCode'>;

/** As `locate`, for a host that cannot wait and has the parser loaded. */
export function locateWith({ parseTree, findNodeAtLocation }: JsoncParser, file: ConfigFile, path: readonly (string | number)[]): string {
  const tree = parseTree(file.text);
  const node = tree && findNodeAtLocation(tree, [...file.within, ...path]);
  if (!node) return file.path;
  const offset = node.parent?.type === 'property' ? node.parent.offset : node.offset;
  return `${file.path}:${formatPosition(file.text, offset)}`;
}

/**
 * The text of a configuration file without a byte order mark, `undefined` if there is none.
 *
 * @throws ConfigError if it cannot be read
 */
export function readConfigText(path: string): string | undefined {
  try {
    return readNamedFile(path).replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError(`The configuration ${path} cannot be read (${describeFileFailure(cause)}). It must be a file of JSON; --config names another.`, { cause });
  }
}

/** Plain JSON is read by the platform; the parser for comments is loaded only where that fails. */
async function parseJson(text: string, path: string): Promise<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return parseWithComments(text, path);
  }
  return hasRepeatedKey(text, value) ? parseWithComments(text, path) : value;
}

async function parseWithComments(text: string, path: string): Promise<unknown> {
  return parseWith(await import('jsonc-parser'), text, path);
}

/**
 * Parses JSON with comments and trailing commas.
 *
 * @throws ConfigError that names the place, and no piece of the text but the name of a key that stands twice
 */
export function parseWith(parser: JsoncParser, text: string, path: string): unknown {
  const { parse, printParseErrorCode } = parser;
  const errors: { error: number; offset: number; length: number }[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) {
    checkRepeated(parser, text, path);
    return value;
  }
  const cause = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  throw new ConfigError(`${path}:${formatPosition(text, first.offset)}: This is no valid JSON: ${cause}.`);
}

/** Of a manifest only what is ours: the rest is npm's business. */
function checkRepeated({ parseTree }: JsoncParser, text: string, path: string): void {
  const within = isManifest(path) ? ['hiltGuard'] : [];
  const tree = parseTree(text);
  const repeated = tree && findRepeatedKey(tree, within);
  if (!repeated) return;
  const name = showKey(repeated.path.length > 0 ? repeated.path : within);
  throw new ConfigError(`${path}:${formatPosition(text, repeated.second)}: "${name}" stands here a second time (first ${formatPosition(text, repeated.first)}). Keep one: of two, JSON drops the first.`);
}

function formatPosition(text: string, offset: number): string {
  const { line, column } = getPosition(indexLines(text), offset);
  return `${line}:${column}`;
}
