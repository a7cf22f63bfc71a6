import { shownByCommand } from '../disclosure/shell-output.ts';
import { styling } from '../disclosure/sink-names.ts';
import type { Evaluator } from '../evaluate.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Resolved } from '../resolved.ts';

/** Characters of a key that may be shown: Hilt's own lists show a prefix. */
const shownCharacters = 12;
const showsArguments = new Set([
  'URL', 'URLSearchParams', 'inspect', 'stringify', 'format', 'String', 'entries', 'values', 'from', 'btoa', 'escape', 'encodeURIComponent', 'assign', 'Error', 'TypeError', 'RangeError', 'dump', 'serialize', 'encode',
  'str', 'repr', 'dumps', 'b64encode', 'urlencode', 'quote', 'HTTPException', 'HttpException', 'vars', 'asdict', 'astuple', 'pformat', 'fromEntries', 'b16encode', 'hexlify', 'dump_json', 'BasicAuth', 'HTTPBasicAuth', 'HTTPDigestAuth',
  'set_cookie', 'safe_dump', 'format_map',
]);
const showsReceiver = new Set(['entries', 'toString', 'concat', 'padStart', 'padEnd', 'join', 'reverse', 'toReversed', 'repeat', 'required', 'asString', 'toJSON', 'valueOf', 'split', 'decode', 'encode', 'format', 'flat', 'map', 'strip', 'trim', 'digest64', 'items', 'values', 'copy', 'model_dump', 'model_dump_json', 'dict', 'json', '_asdict', 'hex']);

/** What of its receiver and arguments the result of a call lets be seen. */
export function shownBy({ evaluator }: Project, { callee, args, isNew }: Extract<Resolved, { kind: 'call' }>): Resolved[] {
  if (callee.kind === 'global' && callee.path.startsWith('shell:')) return shownByCommand(evaluator, callee.path.slice('shell:'.length), args);
  if (callee.kind === 'global' && /^os\.environ\.(?:items|values)$/.test(callee.path)) return [{ kind: 'environment', access: 'os.environ' }];
  const name = calleeName(callee);
  if (isNew && callee.kind === 'global' && callee.path === 'Request') return headersOfRequest(evaluator, args);
  const shown: Resolved[] = [];
  if (callee.kind === 'member') {
    if (isCut(name)) return showsMost(evaluator, name, args) ? [callee.object] : [];
    if (showsReceiver.has(name)) shown.push(callee.object);
  }
  const isError = callee.kind !== 'member' && /(?:Error|Exception|Exit|Interrupt|Warning|Failure)$/.test(name);
  const isStyled = callee.kind === 'outside' && (styling.has(callee.specifier) || name === 'styleText');
  if (showsArguments.has(name) || isError || isStyled) {
    const given = args.map((argument) => evaluator.head(argument));
    // `list(os.environ)` has the names alone.
    shown.push(...(name === 'from' ? given.filter(({ kind }) => kind !== 'environment') : given));
  }
  return shown;
}

/** Node prints a request with its headers, but not with its body. */
export function headersOfRequest(evaluator: Evaluator, [, options]: readonly Lazy[]): Resolved[] {
  return options ? [evaluator.property(evaluator.head(options), 'headers')] : [];
}

function isCut(name: string): boolean {
  return name === 'slice' || name === 'substring' || name === 'substr' || name === 'at' || name === 'charAt';
}

/** Whether `key.slice(…)` leaves more of a key than its prefix, or its last characters. */
function showsMost(evaluator: Evaluator, name: string, args: readonly Lazy[]): boolean {
  if (name === 'at' || name === 'charAt') return false;
  // Python's `key[:8]` and `key[3:]` leave a bound open, and `key[::-1]` both.
  const open = args.findLastIndex((argument) => !isOpenBound(evaluator.head(argument)));
  if (open < 0 || (args.length === 3 && open === 2)) return true;
  const [from, to] = args.slice(0, open + 1).map((argument) => {
    const value = evaluator.head(argument);
    return value.kind === 'number' ? value.value : isOpenBound(value) ? 0 : undefined;
  });
  if (from === undefined) return false;
  if (open === 0) return from >= 0 || -from > shownCharacters;
  if (to === undefined) return false;
  const length = name === 'substr' ? to : to < 0 ? Number.POSITIVE_INFINITY : to - from;
  return length > shownCharacters;
}

function isOpenBound(value: Resolved): boolean {
  return value.kind === 'constant' && typeof value.value !== 'boolean';
}
