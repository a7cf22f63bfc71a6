import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { addNotice, declare, type DataFileDraft } from './data-file.ts';
import { appendMapped, createMappedText, sliceMapped, sourceSpan, type MappedText, type MappedTextBuilder } from './mapped-text.ts';
import { valueOfText, variable, type ReferenceSyntax } from './references.ts';
import type { DataNode, ListNode, MapEntry, MapNode, ScalarNode } from './tree.ts';

/** Deeper than any document that a person writes; what lies below is searched as text only. */
const maximumDepth = 200;

/** A YAML document may repeat a part through aliases without end; beyond this many nodes it is not expanded further. */
const maximumVisits = 300_000;

interface Walk {
  readonly draft: DataFileDraft;
  readonly syntax: ReferenceSyntax;
  /** Nodes that are being walked: an alias to one of them is a circle. */
  readonly above: Set<DataNode>;
  visits: number;
  stopped: boolean;
  /** Scripts that are no shell text. */
  readonly programs: Set<DataNode>;
}

/**
 * Turns a document into declarations and commands.
 *
 * Every scalar of a map is declared by its key, every scalar of a list by its index. Two forms that manifests share are
 * declared by the name they give: `{ name: K, value: V }` (also `key`, and `valueFrom`), and `- K=V` below `environment`.
 */
export function declareTree(draft: DataFileDraft, root: DataNode, syntax: ReferenceSyntax): void {
  const walk: Walk = { draft, syntax, above: new Set(), visits: 0, stopped: false, programs: new Set() };
  visit(walk, root, []);
}

function visit(walk: Walk, node: DataNode, path: readonly string[]): void {
  if (node.kind === 'scalar' || walk.stopped || walk.above.has(node)) return;
  if (path.length > maximumDepth) return stop(walk, `is nested more than ${maximumDepth} levels deep`);
  walk.above.add(node);
  if (node.kind === 'map') visitMap(walk, node, path);
  else visitList(walk, node, path);
  walk.above.delete(node);
}

function stop(walk: Walk, why: string): void {
  walk.stopped = true;
  addNotice(walk.draft, 'parse-skipped', `${why}; what lies beyond was searched as text only`);
}

function count(walk: Walk): boolean {
  walk.visits += 1;
  if (walk.visits > maximumVisits && !walk.stopped) stop(walk, `holds more than ${maximumVisits} values with its aliases expanded`);
  return !walk.stopped;
}

function visitMap(walk: Walk, node: MapNode, path: readonly string[]): void {
  const pair = pairOf(node);
  addScript(walk, node, path);
  for (const entry of node.entries) {
    if (!count(walk)) return;
    if (entry === pair?.value) declarePair(walk, pair, path);
    else if (entry.node.kind === 'scalar') declareScalar(walk, entry.name, entry.at, path, entry.node);
    else visit(walk, entry.node, [...path, entry.name]);
    addCommand(walk, entry, path);
  }
  addProgram(walk, node, path);
}

function declareScalar(walk: Walk, name: string, at: Span, path: readonly string[], node: ScalarNode): void {
  const value = inherits(node, path) ? variable(name, 'expansion', at) : valueOfScalar(node, walk.syntax);
  if (!declare(walk.draft, { name, at, path, value, valueAt: node.at })) walk.stopped = true;
}

function valueOfScalar(node: ScalarNode, syntax: ReferenceSyntax): Value {
  return node.value ?? valueOfText(node.content, syntax, node.at);
}

/** `environment: { K: }` of a compose file hands the host's variable on. */
function inherits(node: ScalarNode, path: readonly string[]): boolean {
  return node.value?.kind === 'constant' && node.value.value === null && isEnvironmentList(path.at(-1));
}

interface Pair { readonly name: ScalarNode; readonly value: MapEntry }

const pairNames: ReadonlySet<string> = new Set(['name', 'key', 'Name', 'Key', 'variable', 'ParameterKey']);
const pairValues: ReadonlySet<string> = new Set(['value', 'Value', 'valueFrom', 'ValueFrom', 'default', 'ParameterValue']);

/** `{ name, value }` as Kubernetes, ECS, Render, Postman and many others list variables and headers. */
function pairOf(node: MapNode): Pair | undefined {
  const name = node.entries.find((entry) => pairNames.has(entry.name))?.node;
  const value = node.entries.find((entry) => pairValues.has(entry.name));
  if (name?.kind !== 'scalar' || name.value !== undefined || name.content.text === '' || value === undefined) return undefined;
  if (value.node.kind === 'scalar') return { name, value };
  return /^valueFrom$/i.test(value.name) && value.node.kind === 'map' ? { name, value } : undefined;
}

function declarePair(walk: Walk, pair: Pair, path: readonly string[]): void {
  const { text } = pair.name.content;
  const at = sourceSpan(pair.name.content, 0, text.length);
  const { node } = pair.value;
  const value = node.kind === 'scalar' ? valueOfScalar(node, walk.syntax) : valueFrom(node);
  if (!declare(walk.draft, { name: text, at, path, value, valueAt: node.at })) walk.stopped = true;
  visit(walk, node, [...path, pair.value.name]);
}

/** Kubernetes `valueFrom`: `secretKeyRef` and `configMapKeyRef` name an object and a key in it. */
function valueFrom(node: DataNode): Value {
  if (node.kind !== 'map') return { kind: 'unknown', at: node.at };
  for (const { name, node: reference } of node.entries) {
    if (reference.kind !== 'map') continue;
    const object = textOf(reference, 'name') ?? textOf(reference, 'secret') ?? '';
    const key = textOf(reference, 'key') ?? '';
    if (/secret/i.test(name)) return variable(`${object}/${key}`, 'secret', reference.at);
    if (/configMapKeyRef/i.test(name)) return variable(`${object}/${key}`, 'expansion', reference.at);
  }
  return { kind: 'unknown', at: node.at };
}

function textOf(node: MapNode, name: string): string | undefined {
  const found = node.entries.find((entry) => entry.name === name)?.node;
  return found?.kind === 'scalar' ? found.content.text : undefined;
}

function visitList(walk: Walk, node: ListNode, path: readonly string[]): void {
  const isEnvironment = isEnvironmentList(path.at(-1));
  for (const [index, item] of node.items.entries()) {
    if (!count(walk)) return;
    if (item.kind !== 'scalar') visit(walk, item, [...path, String(index)]);
    else if (!isEnvironment || !declareAssignment(walk, item, path)) declareScalar(walk, String(index), item.at, path, item);
  }
}

function isEnvironmentList(name: string | undefined): boolean {
  return name !== undefined && /^(?:environment|env|envs|args|env_vars|environment_variables|build_args|build-args)$/i.test(name);
}

/** `- K=V` and, below `environment`, `- K`: the host's variable handed on. */
function declareAssignment(walk: Walk, item: ScalarNode, path: readonly string[]): boolean {
  const { text } = item.content;
  const match = /^([A-Za-z_][\w.-]*)(?:=|$)/.exec(text);
  const name = match?.[1];
  if (name === undefined || item.value !== undefined) return false;
  const at = sourceSpan(item.content, 0, name.length);
  if (match?.[0].endsWith('=') !== true) {
    if (path.at(-1) !== 'environment' || !/^[A-Z][A-Z0-9_]*$/.test(name)) return false;
    declare(walk.draft, { name, at, path, value: variable(name, 'expansion', at), valueAt: at });
    return true;
  }
  const content = unquote(sliceMapped(item.content, name.length + 1, text.length));
  const end = sourceSpan(item.content, 0, text.length)[1];
  const valueAt: Span = content.text === '' ? [end, end] : sourceSpan(content, 0, content.text.length);
  if (!declare(walk.draft, { name, at, path, value: valueOfText(content, walk.syntax, valueAt), valueAt })) walk.stopped = true;
  return true;
}

function unquote(content: MappedText): MappedText {
  const quoted = /^(["']).*\1$/s.test(content.text) && content.text.length > 1;
  return quoted ? sliceMapped(content, 1, content.text.length - 1) : content;
}

const commandKeys: ReadonlySet<string> = new Set([
  'run', 'script', 'before_script', 'after_script', 'cmd', 'cmds', 'commands', 'bash', 'pwsh', 'powershell', 'inlineScript',
  'buildCommand', 'build_command', 'devCommand', 'installCommand', 'ignoreCommand', 'startCommand', 'start_command', 'preDeployCommand',
  'release_command', 'postCreateCommand', 'postStartCommand', 'postAttachCommand', 'onCreateCommand', 'updateContentCommand', 'test_command',
  'pre_build', 'post_build', 'dockerCommand', 'healthcheck', 'start', 'build',
]);

/** Where the keys of a map are names that people gave, and the values are commands. */
const commandMaps: ReadonlySet<string> = new Set(['scripts', 'tasks']);

/** `uses: actions/github-script@v7` with its `script`, which is the body of a function of JavaScript. */
function addScript(walk: Walk, node: MapNode, path: readonly string[]): void {
  const action = node.entries.find((entry) => entry.name === 'uses')?.node;
  if (action?.kind !== 'scalar' || !/^actions\/github-script@/.test(action.content.text)) return;
  const given = node.entries.find((entry) => entry.name === 'with')?.node;
  const script = given?.kind === 'map' ? given.entries.find((entry) => entry.name === 'script')?.node : undefined;
  if (script?.kind !== 'scalar') return;
  walk.programs.add(script);
  walk.draft.commands.push({ ...script.content, at: script.at, path: [...path, 'with', 'script'], isJavaScript: true });
}

function addCommand(walk: Walk, entry: MapEntry, path: readonly string[]): void {
  const { draft } = walk;
  if (walk.programs.has(entry.node)) return;
  if (entry.name === 'test' && path.at(-1) === 'healthcheck') return addHealthcheck(draft, entry.node, [...path, entry.name]);
  const isScript = commandMaps.has(path.at(-1) ?? '') && entry.node.kind === 'scalar';
  if (!commandKeys.has(entry.name) && !isScript) return;
  const full = [...path, entry.name];
  if (entry.node.kind === 'scalar') return pushCommand(draft, entry.node, full);
  if (entry.node.kind !== 'list') return;
  for (const [index, item] of entry.node.items.entries()) {
    if (item.kind === 'scalar') pushCommand(draft, item, [...full, String(index)]);
  }
}

/** `test: ["CMD-SHELL", "script"]`, `["CMD", "curl", …]` or the script alone (docs.docker.com, "healthcheck"). */
function addHealthcheck(draft: DataFileDraft, node: MapEntry['node'], path: readonly string[]): void {
  if (node.kind === 'scalar') return pushCommand(draft, node, path);
  const [kind, ...words] = node.kind === 'list' ? node.items.filter((item) => item.kind === 'scalar') : [];
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return;
  if (kind?.content.text === 'CMD-SHELL') return pushCommand(draft, first, path);
  const line = createMappedText();
  for (const word of words) appendWord(line, word, false);
  draft.commands.push({ ...line.finish(), at: [first.at[0], last.at[1]], path });
}

function pushCommand(draft: DataFileDraft, node: ScalarNode, path: readonly string[]): void {
  if (node.value !== undefined || node.content.text.trim() === '') return;
  draft.commands.push({ ...node.content, at: node.at, path });
}

/** `entrypoint`, `command` and `args` of one map: the command line that a container, an MCP server or a function runs. */
function addProgram(walk: Walk, node: MapNode, path: readonly string[]): void {
  const words: ScalarNode[] = [];
  let whole: ScalarNode | undefined;
  let name: string | undefined;
  for (const key of ['entrypoint', 'command', 'args']) {
    const found = node.entries.find((entry) => entry.name === key)?.node;
    if (found === undefined || found.kind === 'map') continue;
    name ??= key;
    if (found.kind === 'scalar') whole = found;
    words.push(...(found.kind === 'list' ? found.items.filter((item) => item.kind === 'scalar') : [found]));
  }
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined || name === undefined) return;
  const script = words.length === 1 && whole !== undefined ? whole : shellScript(words);
  if (script !== undefined) return pushCommand(walk.draft, script, [...path, name]);
  const line = createMappedText();
  for (const word of words) appendWord(line, word, word === whole);
  const mapped = line.finish();
  if (mapped.text.trim() !== '') walk.draft.commands.push({ ...mapped, at: [first.at[0], Math.max(first.at[1], last.at[1])], path: [...path, name] });
}

/** The script of `["sh", "-c", "script"]`. */
function shellScript(words: readonly ScalarNode[]): ScalarNode | undefined {
  const [shell, flag, script] = words;
  if (shell === undefined || flag === undefined || words.length !== 3) return undefined;
  const isShell = /(?:^|\/)(?:ba|da|z|k|a)?sh$/.test(shell.content.text) && /^-\w*c$/.test(flag.content.text);
  return isShell ? script : undefined;
}

/** Adds a word as a shell would have to read it; what is a whole command line already goes in as it is. */
function appendWord(line: MappedTextBuilder, word: ScalarNode, isLine: boolean): void {
  const { content, at } = word;
  if (line.length > 0) line.append(' ', at[0], at[0]);
  const isPlain = isLine || /^[\w@%+=:,./${}-]+$/.test(content.text);
  const quote = content.text.includes("'") ? '"' : "'";
  if (!isPlain) line.append(quote, at[0], at[0]);
  appendMapped(line, content);
  if (!isPlain) line.append(quote, at[1], at[1]);
}
