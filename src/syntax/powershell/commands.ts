import { call, element, globalName, identifier, literal, member, object, opaque, property, spread, template } from '../estree/build.ts';
import { spanOf, type Node } from '../estree/node.ts';
import type { Span } from '../span.ts';

/** `-Name value`, a switch, `@splat`, or a value by position. The case of a name means nothing but to programs that are no cmdlets. */
export interface Argument { readonly name?: string; readonly value?: Node | undefined; readonly splat?: string; readonly at: Span }

/** The keys of a hashtable that a variable holds, as written, by small letters. */
type TableOf = (variable: string) => ReadonlyMap<string, string> | undefined;

/** Source: learn.microsoft.com, Invoke-RestMethod and Invoke-WebRequest, and the aliases of both. */
const requesting: ReadonlySet<string> = new Set(['invoke-restmethod', 'irm', 'invoke-webrequest', 'iwr']);
/** What a script prints. */
const printing: ReadonlySet<string> = new Set(['write-host', 'write-output', 'write-verbose', 'write-debug', 'write-warning', 'write-error', 'write-information', 'write', 'echo', 'out-host']);
/** What gives back what it is given, in another form. */
const conversions: ReadonlySet<string> = new Set(['convertto-json', 'out-string', 'convertto-securestring', 'tee-object', 'select-object', 'sort-object', 'where-object']);
/** Parameters that take no value: the word after one is by position. */
const switches: ReadonlySet<string> = new Set(['usebasicparsing', 'skipcertificatecheck', 'usedefaultcredentials', 'disablekeepalive', 'allowunencryptedauthentication', 'passthru', 'nonewline', 'verbose', 'resume', 'skipheadervalidation', 'skiphttperrorcheck', 'nocompress', 'noproxy', 'asplaintext', 'force']);

export function isConversion(name: string): boolean {
  return conversions.has(name.toLowerCase());
}

/** A command as it is written; `given`: what a pipe gives it. */
interface Cmdlet {
  readonly name: string;
  readonly at: Span;
  readonly nameAt: Span;
  readonly args: readonly Argument[];
  readonly given: Node | undefined;
}

/** A command as the call that it is: a request, what prints, or a call of `shell:<command>` with its words. */
export function commandCall(cmdlet: Cmdlet, tableOf: TableOf): Node {
  const { name, at, nameAt, args, given } = cmdlet;
  const command = name.toLowerCase();
  if (requesting.has(command)) return request(cmdlet, tableOf);
  const words = args.flatMap((argument) => wordsOf(argument));
  if (printing.has(command)) return call(at, globalName(nameAt, name), [...(given ? [given] : []), ...words]);
  // A program that is no cmdlet takes words: `curl.exe -H "…" https://…`.
  if (/^[a-z]+(?:\.exe)?$/.test(command)) return call(at, globalName(nameAt, `shell:${command.replace(/\.exe$/, '')}`), args.flatMap((argument) => [...flagOf(argument), ...wordsOf(argument)]));
  return opaque(at, [...(given ? [given] : []), ...words]);
}

function flagOf({ name, at }: Argument): Node[] {
  return name === undefined ? [] : [literal([at[0], at[0] + name.length + 1], `-${name}`)];
}

function wordsOf({ value }: Argument): Node[] {
  return value ? [value] : [];
}

/** The call of `http:request`: method, URL, headers, body, query. */
function request({ at, nameAt, args, given }: Cmdlet, tableOf: TableOf): Node {
  const taken = new Taken(args, tableOf);
  const headers = taken.get('headers');
  const token = taken.get('token');
  const session = taken.get('websession');
  const scheme = taken.get('authentication');
  const isBearer = scheme?.type === 'Literal' && /^(?:bearer|oauth)$/i.test(String(scheme['value']));
  const properties = [
    ...(headers ? [headers.type === 'ObjectExpression' ? headers['properties'] as Node[] : [spread(spanOf(headers), headers)]].flat() : []),
    ...(token && isBearer ? [header('Authorization', template(spanOf(token), [{ text: 'Bearer ', at: spanOf(token) }, token]))] : []),
    ...(session ? [header('Cookie', opaque(spanOf(session), [session]))] : []),
  ];
  const empty = (): Node => object(at, []);
  const body = taken.get('body') ?? taken.get('form') ?? given;
  return call(at, globalName(nameAt, 'http:request'), [
    taken.get('method') ?? literal(nameAt, 'GET'), taken.get('uri') ?? taken.first() ?? opaque(nameAt),
    object(at, properties), body ?? empty(), empty(),
  ]);
}

function header(name: string, value: Node): Node {
  const at = spanOf(value);
  return property(at, literal(at, name), value, true);
}

/** The parameters of a command, by their names, by the start of them, or splatted. */
class Taken {
  readonly #args: readonly Argument[];
  readonly #tableOf: TableOf;

  constructor(args: readonly Argument[], tableOf: TableOf) {
    this.#args = args;
    this.#tableOf = tableOf;
  }

  get(name: string): Node | undefined {
    const named = this.#args.find((argument) => argument.name !== undefined && argument.name.length > 2 && name.startsWith(argument.name.toLowerCase()));
    if (named?.value) return named.value;
    for (const { splat, at } of this.#args) {
      const key = splat === undefined ? undefined : this.#tableOf(splat)?.get(name);
      if (splat !== undefined && key !== undefined) return /^\w+$/.test(key) ? member(at, identifier(at, splat), key) : element(at, identifier(at, splat), literal(at, key));
    }
    return undefined;
  }

  /** The first value by position. */
  first(): Node | undefined {
    return this.#args.find((argument) => argument.value && (argument.name === undefined || switches.has(argument.name.toLowerCase())))?.value;
  }
}
