import { basename } from 'node:path';
import { ConfigError } from './errors.ts';
import { getPosition, indexLines } from './line-index.ts';
import { readNamedFile } from './read-named-file.ts';

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
 * @throws ConfigError if it cannot be read or is no JSON; the message never holds a piece of the text
 */
export async function readConfigFile(path: string): Promise<ConfigFile | undefined> {
  const text = readText(path);
  if (text === undefined) return undefined;
  const value = await parseJson(text, path);
  if (basename(path) !== 'package.json') return { path, text, value, within: [] };
  if (typeof value !== 'object' || value === null || !('hiltGuard' in value)) return undefined;
  return { path, text, value: value.hiltGuard, within: ['hiltGuard'] };
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
export function readText(path: string): string | undefined {
  try {
    return readNamedFile(path).replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError(`The configuration ${path} cannot be read (${code}).`, { cause });
  }
}

/** Plain JSON is read by the platform; the parser for comments is loaded only where that fails. */
async function parseJson(text: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return parseWithComments(text, path);
  }
}

async function parseWithComments(text: string, path: string): Promise<unknown> {
  return parseWith(await import('jsonc-parser'), text, path);
}

/**
 * Parses JSON with comments and trailing commas.
 *
 * @throws ConfigError that names the place and no piece of the text
 */
export function parseWith({ parse, printParseErrorCode }: JsoncParser, text: string, path: string): unknown {
  const errors: { error: number; offset: number; length: number }[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  const cause = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  throw new ConfigError(`${path}:${formatPosition(text, first.offset)}: This is no valid JSON: ${cause}.`);
}

function formatPosition(text: string, offset: number): string {
  const { line, column } = getPosition(indexLines(text), offset);
  return `${line}:${column}`;
}
