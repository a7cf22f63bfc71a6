import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import type { Lazy, Place, Resolved } from '../resolved.ts';
import { isKeywords } from '../signature.ts';
import { placeOf } from './chain.ts';
import { inheritedBy, withAddresses } from './companion-files.ts';
import { RequestDraft } from './draft.ts';
import { headerOfLine, leadingText, withoutStart } from './header-line.ts';
import type { Request, Site } from './request.ts';
import { authOf, labelOf } from './request-route.ts';
import { textsOf } from '../folded-texts.ts';
import { readHostAndPath, readUrl } from './url.ts';

type Program = 'curl' | 'wget' | 'httpie';

/** What an option of a command means: the part of a request that it sets, or `skip` for one that takes a value of no interest. */
type Meaning = 'header' | 'cookie' | 'jar' | 'user' | 'bearer' | 'method' | 'body' | 'url' | 'query' | 'session' | 'auth' | 'auth-type' | 'config' | 'skip';

const programs: ReadonlyMap<string, Program> = new Map<string, Program>(Object.entries({ curl: 'curl', curlie: 'curl', wget: 'wget', http: 'httpie', https: 'httpie', xh: 'httpie', xhs: 'httpie' }));

/** Options that take a value. Sources: curl(1), wget(1), httpie.io/docs/cli; those of no interest are listed so that their value is no URL. */
const valued: Readonly<Record<Program, Readonly<Record<string, Meaning>>>> = {
  curl: {
    '-H': 'header', '--header': 'header', '-b': 'cookie', '--cookie': 'cookie', '-c': 'jar', '--cookie-jar': 'jar', '-u': 'user', '--user': 'user',
    '--oauth2-bearer': 'bearer', '-K': 'config', '--config': 'config', '-X': 'method', '--request': 'method', '--url': 'url', '--url-query': 'query',
    '-d': 'body', '--data': 'body', '--data-raw': 'body', '--data-binary': 'body', '--data-urlencode': 'body', '--data-ascii': 'body', '--json': 'body', '-F': 'body', '--form': 'body', '--form-string': 'body',
    ...skipped('-o --output -A --user-agent -e --referer -m --max-time -w --write-out -x --proxy --retry --retry-delay --retry-max-time --connect-timeout -T --upload-file -E --cert --key --cacert -D --dump-header --variable --resolve -r --range -C --continue-at -Y -y -z -t -Q --limit-rate --interface --unix-socket --connect-to --stderr --trace --trace-ascii -U --proxy-user'),
  },
  wget: {
    '--header': 'header', '--load-cookies': 'cookie', '--save-cookies': 'jar', '--user': 'user', '--http-user': 'user', '--password': 'user', '--http-password': 'user',
    '--method': 'method', '--post-data': 'body', '--body-data': 'body', '--post-file': 'skip',
    ...skipped('-O --output-document -o --output-file -U --user-agent -t --tries -T --timeout -P --directory-prefix --ca-certificate -e --execute -a -i --input-file --retry-on-http-error -w --wait'),
  },
  httpie: {
    '--session': 'session', '--session-read-only': 'session', '-a': 'auth', '--auth': 'auth', '-A': 'auth-type', '--auth-type': 'auth-type', '--raw': 'body', '--bearer': 'bearer',
    ...skipped('-o --output --timeout --proxy --verify --cert --cert-key -p --print -s --style --format-options --pretty --max-redirects --boundary'),
  },
};

function skipped(names: string): Record<string, Meaning> {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'skip']));
}

const methodName = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/i;

/** A call of curl, wget, HTTPie or xh, or a request of an `.http` file. */
export function commandRequest(project: Project, callee: Resolved, site: Site): Request | undefined {
  if (callee.kind !== 'global') return undefined;
  if (callee.path === 'http:request') return fileRequest(project, site);
  const name = /^shell:(?:.*\/)?([\w.-]+)$/.exec(callee.path)?.[1];
  const program = name === undefined ? undefined : programs.get(name);
  if (!program) return undefined;
  const command = new Command(project, program);
  command.read(site.args);
  return command.finish(site);
}

class Command {
  readonly #project: Project;
  readonly #program: Program;
  readonly #draft: RequestDraft;
  #authType: string | undefined;
  #auth: { value: Lazy; place: Place } | undefined;
  /** What a pipe or a heredoc gives it. */
  #stdin: Lazy | undefined;
  /** Files of options inside files of options. */
  #depth = 0;

  constructor(project: Project, program: Program) {
    this.#project = project;
    this.#program = program;
    this.#draft = new RequestDraft(project);
  }

  read(given: readonly Lazy[]): void {
    const args = laidOut(this.#project, given.filter((argument) => !isKeywords(argument)));
    this.#stdin ??= stdinOf(this.#project, given);
    for (let index = 0; index < args.length; index += 1) {
      const argument = args[index] as Lazy;
      const text = leadingText(this.#project.evaluator.head(argument));
      const option = text === undefined ? undefined : this.#optionOf(text);
      if (!option) {
        if (text === undefined || !/^-/.test(text) || text === '-') this.#positional(argument, text);
        continue;
      }
      const value = option.cut === undefined ? args[index + 1] : withoutStart(this.#project, argument, option.cut);
      if (option.cut === undefined) index += 1;
      if (value) this.#take(option.meaning, option.name, this.#orStdin(value), placeOfOption(argument, value));
    }
    // `-c jar -b jar`: what is sent is one session, wherever it is kept.
    if (this.#draft.ambient.has('cookie')) this.#draft.ambient.delete('cookie-jar');
    // HTTPie sends what it is piped.
    if (this.#program === 'httpie' && this.#stdin && this.#draft.body.length === 0) this.#draft.body.push({ name: undefined, value: this.#stdin, place: placeOf(this.#stdin) });
  }

  /** `-d @-`, `-H @-`: what it is given. */
  #orStdin(value: Lazy): Lazy {
    return this.#stdin && /^@(?:-|\/dev\/stdin)$/.test(leadingText(this.#project.evaluator.head(value)) ?? '') ? this.#stdin : value;
  }

  /** The option that an argument is, and how much of it the name takes where the value follows in the same argument. */
  #optionOf(text: string): { name: string; meaning: Meaning; cut: number | undefined } | undefined {
    const table = valued[this.#program];
    const long = /^(--[\w-]+)(=?)/.exec(text);
    if (long) {
      const name = long[1] ?? '';
      const meaning = table[name];
      return meaning && { name, meaning, cut: long[2] === '=' ? long[0].length : undefined };
    }
    if (!/^-[A-Za-z]/.test(text)) return undefined;
    // `-sSfH "…"`: short options may stand together; the first that takes a value takes the rest.
    for (let at = 1; at < text.length; at += 1) {
      const name = `-${text[at]}`;
      const meaning = table[name];
      if (meaning) return { name, meaning, cut: at + 1 < text.length ? at + 1 : undefined };
    }
    return undefined;
  }

  #positional(argument: Lazy, text: string | undefined): void {
    if (this.#program !== 'httpie') {
      this.#draft.urls.unshift(argument);
      return;
    }
    if (text !== undefined && methodName.test(text) && this.#draft.urls.length === 0) this.#draft.method = text.toUpperCase();
    else if (this.#draft.urls.length === 0) this.#draft.urls.push(argument);
    else this.#item(argument, text ?? '');
  }

  /** HTTPie's items: `Name:value` is a header, `name==value` a query parameter, `name=value` and `name:=value` the body. */
  #item(argument: Lazy, text: string): void {
    const match = /^([\w.[\]-]+)(==|:=|:|=)/.exec(text);
    const value = match ? withoutStart(this.#project, argument, match[0].length) : undefined;
    if (!match || !value) return;
    const name = match[1] ?? '';
    const place = placeOf(argument);
    if (match[2] === ':') this.#draft.setHeader(name, value, place, false);
    else (match[2] === '==' ? this.#draft.query : this.#draft.body).push({ name, value, place });
  }

  #take(meaning: Meaning, name: string, value: Lazy, place: Place): void {
    switch (meaning) {
      case 'header':
        return this.#header(value, place);
      case 'cookie':
        if (isEmpty(this.#project.evaluator.head(value))) return;
        return this.#draft.add({ kind: 'cookie', name, value: this.#project.evaluator.head(value), place, isProperty: false, confidence: 'certain' });
      case 'jar':
      case 'session':
        return this.#draft.add({ kind: 'cookie-jar', name, value: undefined, place, isProperty: false, confidence: 'certain' });
      case 'user':
        return this.#draft.add({ kind: 'basic', name, value: this.#project.evaluator.head(value), place, isProperty: false, confidence: 'certain' });
      case 'bearer':
        return this.#draft.add({ kind: 'bearer', name, value: this.#project.evaluator.head(value), place, isProperty: false, confidence: 'certain' });
      case 'auth':
        this.#auth = { value, place };
        return;
      case 'auth-type':
        this.#authType = leadingText(this.#project.evaluator.head(value));
        return;
      case 'method':
        return this.#draft.take(['method'], value, place, false);
      case 'url':
        this.#draft.urls.unshift(value);
        return;
      case 'body':
        this.#draft.body.push({ name: undefined, value, place });
        return;
      case 'query':
        this.#draft.query.push({ name: undefined, value, place });
        return;
      case 'config':
        return this.#config(value);
      case 'skip':
        return;
    }
  }

  /** `-K hilt.conf`: the options that stand in the file, which curl looks for where it is started. */
  #config(file: Lazy): void {
    const value = this.#project.evaluator.head(file);
    const name = (value.kind === 'text' ? value.text : value.kind === 'concat' ? textsOf(value.parts.at(-1) ?? value)[0] ?? '' : '').replace(/^(?:\.?\/)+/, '');
    const folder = file.module.file.slice(0, file.module.file.lastIndexOf('/') + 1);
    const module = name === '' || this.#depth > 0 ? undefined : (this.#project.module(name) ?? this.#project.module(folder + name));
    const use = module?.uses.find((each) => each.kind === 'call' && each.callee.kind === 'global' && each.callee.path === 'shell:curl');
    if (!module || use?.kind !== 'call') return;
    this.#depth += 1;
    this.read(use.args.map((item): Lazy => ({ module, value: item.value, frame: undefined, at: item.at })));
    this.#depth -= 1;
  }

  #header(line: Lazy, place: Place): void {
    const header = headerOfLine(this.#project, line);
    if (header) this.#draft.setHeader(header.name, header.value, place, false);
  }

  finish(site: Site): Request {
    if (this.#auth) {
      const kind = /^(?:bearer|jwt)$/i.test(this.#authType ?? '') ? 'bearer' : 'basic';
      this.#draft.add({ kind, name: '--auth', value: this.#project.evaluator.head(this.#auth.value), place: this.#auth.place, isProperty: false, confidence: 'certain' });
    }
    return requestFrom(this.#project, this.#draft, site);
  }
}

function requestFrom(project: Project, draft: RequestDraft, site: Site, url = readUrl(project, draft.urls[0], [])): Request {
  const method = draft.method ?? (draft.body.length > 0 ? 'POST' : 'GET');
  return {
    method, url, headers: [...draft.headers.values()], credentials: draft.credentials(), query: draft.query, body: draft.body,
    auth: authOf(method, url), label: labelOf(method, url), place: site.place, calls: site.calls, isOpen: false, isSdk: false,
  };
}

/** A request of an `.http` file or of a collection: method, URL, headers as an object, body, query. */
function fileRequest(project: Project, site: Site): Request {
  const [method, given, headers, body, query, auth] = site.args;
  const url = given && withAddresses(project, given);
  const draft = new RequestDraft(project);
  if (method) draft.take(['method'], method, placeOf(method), false);
  if (url) draft.urls.push(url);
  if (site.module.file.endsWith('.bru')) takeInherited(project, draft, site.module, auth !== undefined);
  if (headers) draft.takeHeaders(headers);
  if (body) draft.takeFields(draft.body, body, placeOf(body));
  if (query) draft.takeFields(draft.query, query, placeOf(query));
  // `GET /v1/products` with a `Host` below it.
  const host = draft.headers.get('host');
  const path = url && leadingText(project.evaluator.head(url));
  if (host && path?.startsWith('/') === true) return requestFrom(project, draft, site, readHostAndPath(project, host.value, url));
  return requestFrom(project, draft, site);
}

function takeInherited(project: Project, draft: RequestDraft, module: ModuleSummary, inheritsAuth: boolean): void {
  const { headers, query, auth } = inheritedBy(project, module);
  for (const each of headers) draft.takeHeaders(each);
  for (const each of query) if (project.evaluator.entries(project.evaluator.head(each)).entries.length > 0) draft.takeFields(draft.query, each, placeOf(each));
  if (auth && inheritsAuth) draft.takeHeaders(auth);
}

/** The words that are there, those of `"$@"` as the caller has written them. */
function laidOut(project: Project, args: readonly Lazy[]): readonly Lazy[] {
  const perPlace = new Map<string, number>();
  for (const { at } of args) perPlace.set(String(at), (perPlace.get(String(at)) ?? 0) + 1);
  return args.filter((word) => !isMissing(project.evaluator.head(word))).map((word) => ((perPlace.get(String(word.at)) ?? 0) > 1 ? asGiven(word) : word));
}

/** An argument of a function as its caller has written it, where it is known: all of `$@` stands in one place. */
function asGiven(item: Lazy): Lazy {
  const { value, frame } = item;
  return (value.kind === 'parameter' && frame?.fn === value.fn && frame.module === item.module && frame.args[value.index]) || item;
}

function isMissing(value: Resolved): boolean {
  return value.kind === 'constant' && value.value === undefined;
}

function stdinOf(project: Project, args: readonly Lazy[]): Lazy | undefined {
  const keywords = args.find(isKeywords);
  const entry = keywords && project.evaluator.entries(project.evaluator.head(keywords)).entries.find(({ key }) => key && leadingText(project.evaluator.head(key)) === 'stdin');
  return entry?.value;
}

/** The option with its value. */
function placeOfOption(option: Lazy, value: Lazy): Place {
  const place = placeOf(option);
  const isAfter = value.at !== undefined && value.module === option.module && value.at[1] > place.at[1];
  return isAfter ? { module: place.module, at: [place.at[0], (value.at as Span)[1]] } : place;
}

function isEmpty(value: Resolved): boolean {
  return value.kind === 'text' && value.text === '';
}
