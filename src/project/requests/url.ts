import { hiltDomain, isBaseUrlName, isHiltHost } from '../../hilt/hosts.ts';
import { wordsOf } from '../../hilt/names.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved } from '../resolved.ts';
import type { HostKind, UrlParts, UrlValue } from './request.ts';
import { textsOf } from '../folded-texts.ts';
import { usesAt } from '../uses-at.ts';

/** Stands for one unknown part; a character that no URL in source text has. */
const gap = '\uFFFC';
const maxAlternatives = 16;

/** One way in which a URL may read: constant text with gaps, and what fills them in order. */
interface Template { readonly text: string; readonly gaps: readonly Resolved[] }

const unknownUrl: UrlParts = { host: 'unknown', hostName: undefined, otherHosts: [], paths: [], values: [], isOpen: false, place: undefined };

/** What is known of a URL, taken from its own text and, where that is relative, from the bases of the client that sends it. */
export function readUrl(project: Project, url: Lazy | undefined, bases: readonly Lazy[]): UrlParts {
  const place = url?.at ? { module: url.module, at: url.at } : undefined;
  const own = url ? templatesOf(project, project.evaluator.head(url)) : [{ text: '', gaps: [] }];
  const base = bases.at(-1);
  const joined = base ? joinTemplates(templatesOf(project, project.evaluator.head(base)), own) : own;
  return mergeParts(joined.map((template) => partsOf(project, template)), place);
}

/** The same for a URL that is put together from a host and a path (`http.request({ hostname, path })`). */
export function readHostAndPath(project: Project, host: Lazy, path: Lazy | undefined): UrlParts {
  const hosts = templatesOf(project, project.evaluator.head(host)).map((each) => (/^\w+:\/\//.test(each.text) ? each : { ...each, text: `https://${each.text}` }));
  const paths = path ? templatesOf(project, project.evaluator.head(path)) : [{ text: '/', gaps: [] }];
  return mergeParts(joinTemplates(hosts, paths).map((template) => partsOf(project, template)), (path?.at ? { module: path.module, at: path.at } : host.at && { module: host.module, at: host.at }) || undefined);
}

function templatesOf(project: Project, value: Resolved): Template[] {
  const options = value.kind === 'choice' ? value.options : [value];
  return options.slice(0, maxAlternatives).flatMap((option) => templatesOfOne(project, option));
}

function templatesOfOne(project: Project, value: Resolved): Template[] {
  if (value.kind === 'text') return [{ text: value.text, gaps: [] }];
  if (value.kind === 'number') return [{ text: String(value.value), gaps: [] }];
  if (value.kind === 'constant') return [];
  if (value.kind === 'concat') return templatesOfConcat(project, value.parts);
  const url = urlCall(project, value);
  return url ?? [{ text: gap, gaps: [value] }];
}

function templatesOfConcat(project: Project, parts: readonly Resolved[]): Template[] {
  let rows: Template[] = [{ text: '', gaps: [] }];
  for (const part of parts) {
    const options = templatesOf(project, part);
    if (options.length === 0) return [{ text: gap, gaps: [{ kind: 'unknown' }] }];
    rows = rows.flatMap((row) => options.map((option) => ({ text: row.text + option.text, gaps: [...row.gaps, ...option.gaps] }))).slice(0, maxAlternatives);
  }
  return rows;
}

/** `new URL(path, base)`, its `.href` and `.toString()`, `base.replace(/\/$/, "")`, `new Request(url)`. */
function urlCall(project: Project, value: Resolved): Template[] | undefined {
  if (value.kind === 'member') {
    const name = value.property.kind === 'text' ? value.property.text : '';
    return name === 'href' || name === 'url' || name === 'origin' ? urlCall(project, value.object) : undefined;
  }
  if (value.kind === 'object') return changedUrl(project, value);
  return value.kind === 'call' ? urlOfCall(project, value) : undefined;
}

/** `url.pathname = "/v1/products"` on a URL that was made before. */
function changedUrl(project: Project, object: Extract<Resolved, { kind: 'object' }>): Template[] | undefined {
  const call = callOfObject(project, object);
  const made = call && urlOfCall(project, call);
  if (!call || !made) return undefined;
  const written = (name: string): Resolved | undefined => {
    const entry = object.entries.findLast((each) => each.key && textsOf(project.evaluator.head(each.key)).includes(name));
    return entry && project.evaluator.head(entry.value);
  };
  const path = written('pathname');
  const search = written('search');
  const withPath = path ? joinTemplates(made.map(originOnly), templatesOf(project, path)) : made;
  return search ? joinTemplates(withPath, templatesOf(project, search).map((each) => ({ ...each, text: each.text.startsWith('?') ? each.text : `?${each.text}` }))) : withPath;
}

function urlOfCall(project: Project, call: Extract<Resolved, { kind: 'call' }>): Template[] | undefined {
  const name = calleeName(call.callee);
  const isText = call.callee.kind === 'member' && /^(?:toString|replace|replaceAll|trim|toJSON|trimEnd|rstrip|strip|format)$/.test(name);
  if (isText) return templatesOf(project, (call.callee as Extract<Resolved, { kind: 'member' }>).object);
  const withQuery = urlWithQuery(project, name, call.args);
  if (withQuery) return withQuery;
  if (call.callee.kind === 'member' || !/^(?:URL|Request|urljoin|urlJoin|withBase|joinURL|joinUrl)$/.test(name)) return undefined;
  const [first, second] = call.args.map((argument) => templatesOf(project, project.evaluator.head(argument)));
  if (!first) return undefined;
  if (name === 'urljoin' || name === 'urlJoin' || name === 'joinURL' || name === 'joinUrl') return second ? joinTemplates(first, second) : first;
  if (name === 'withBase') return second ? joinTemplates(second, first) : first;
  return name === 'URL' && second ? joinTemplates(second.map(originOnly), first.map(belowRoot)) : first;
}

/** `withQuery(url, query)` of ufo, `stringifyUrl({ url, query })` of query-string. */
function urlWithQuery(project: Project, name: string, [first, second]: readonly Lazy[]): Template[] | undefined {
  if (!first || !/^(?:withQuery|stringifyUrl)$/.test(name)) return undefined;
  const { evaluator } = project;
  const given = evaluator.head(first);
  const [url, query] = name === 'withQuery' ? [given, second && evaluator.head(second)] : [evaluator.property(given, 'url'), evaluator.property(given, 'query')];
  return query ? joinTemplates(templatesOf(project, url), [{ text: `?${gap}`, gaps: [query] }]) : undefined;
}

/** A variable that holds `new URL(…)` and has properties written to it is seen as an object; the call is where it was made. */
export function callOfObject(project: Project, object: Extract<Resolved, { kind: 'object' }>): Extract<Resolved, { kind: 'call' }> | undefined {
  const { place } = object;
  if (!place) return undefined;
  const use = usesAt(place).find((each) => each.kind === 'call' && each.isNew);
  if (use?.kind !== 'call') return undefined;
  const frame = object.entries.find((entry) => entry.spread && entry.place.at === place.at)?.value.frame;
  const args = use.args.map((item): Lazy => ({ module: place.module, value: item.value, frame, at: item.at }));
  return { kind: 'call', callee: project.evaluator.look(place.module, use.callee), args, isNew: true, place };
}

/** `new URL("/v1/x", "https://host/base")` drops the base's path. */
function originOnly(base: Template): Template {
  const origin = /^\w+:\/\/[^/?#]*/.exec(base.text)?.[0];
  return origin === undefined ? base : { text: origin, gaps: base.gaps.slice(0, count(origin, gap)) };
}

/** `new URL(path, base)`: what is not known is a path. */
function belowRoot(path: Template): Template {
  return path.text.startsWith(gap) ? { ...path, text: `/${path.text}` } : path;
}

function joinTemplates(bases: readonly Template[], paths: readonly Template[]): Template[] {
  const joined: Template[] = [];
  for (const base of bases) {
    for (const path of paths) {
      if (isAbsolute(path.text)) joined.push(path);
      else {
        const slash = path.text === '' || base.text.endsWith('/') || path.text.startsWith('/') || path.text.startsWith('?') || path.text.startsWith(gap) ? '' : '/';
        const left = base.text.endsWith('/') && path.text.startsWith('/') ? base.text.slice(0, -1) : base.text;
        joined.push({ text: left + slash + path.text, gaps: [...base.gaps, ...path.gaps] });
      }
    }
  }
  return joined.slice(0, maxAlternatives);
}

function isAbsolute(text: string): boolean {
  return /^\s*(?:[a-z][a-z0-9+.-]*:)?[\\/]{2}/i.test(text);
}

function partsOf(project: Project, { text, gaps }: Template): UrlParts {
  const authority = /^\s*(?:[a-z][a-z0-9+.-]*:)?[\\/]{2}([^/?#\\]*)/i.exec(text);
  const isOpen = gaps.some((value) => dependsOnParameter(value));
  if (authority) return absoluteParts(project, text, gaps, authority, isOpen);
  if (text.startsWith(gap)) return baseParts(project, text, gaps, isOpen);
  const values = valuesOf(project, text, gaps, 0, 0);
  // `api.hilt.so/v1/products`, as curl and HTTPie take it.
  const bare = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[/?#:]|$)/i.exec(text);
  if (bare?.[1] && isHiltHost(bare[1], project.keyOptions)) return { host: 'hilt', hostName: bare[1], otherHosts: [], paths: [pathOf(text.slice(bare[0].length))], values, isOpen, place: undefined };
  return { host: 'own', hostName: undefined, otherHosts: [], paths: [pathOf(text)], values, isOpen, place: undefined };
}

function absoluteParts(project: Project, text: string, gaps: readonly Resolved[], match: RegExpExecArray, isOpen: boolean): UrlParts {
  const whole = match[1] ?? '';
  const authorityEnd = match[0].length;
  const userinfoEnd = whole.lastIndexOf('@') + 1;
  const written = whole.slice(userinfoEnd);
  const firstGap = written.indexOf(gap);
  // A base without a slash before the path: `https://api.hilt.so${path}`.
  const hasPathInside = firstGap > 0 && isHiltHost(written.slice(0, firstGap), project.keyOptions) && !written.slice(firstGap + 1).includes('.');
  const name = hasPathInside ? written.slice(0, firstGap) : written;
  const hostEnd = authorityEnd - (written.length - name.length);
  return {
    host: hostKind(project, name),
    hostName: name.replaceAll(gap, '{}'),
    otherHosts: [],
    paths: [pathOf(text.slice(hostEnd))],
    values: valuesOf(project, text, gaps, authorityEnd - whole.length + userinfoEnd, hostEnd),
    isOpen,
    place: undefined,
  };
}

function hostKind(project: Project, name: string): HostKind {
  const plain = name.toLowerCase().replace(/:\d+$/, '').replace(/:\uFFFC$/, '');
  if (plain.endsWith(`.${hiltDomain}`) || isHiltHost(name, project.keyOptions)) return 'hilt';
  if (plain.includes(gap)) return plain.endsWith(gap) ? 'unknown' : 'other';
  return isLocalHost(plain) ? 'local' : 'other';
}

/** This machine, a name without a dot (a container's), or a domain that RFC 2606 and RFC 6762 keep for tests and local use. */
function isLocalHost(name: string): boolean {
  return !name.includes('.') || /^(?:127\.|10\.|192\.168\.|0\.0\.0\.0)/.test(name) || name.startsWith('[') || /\.(?:test|localhost|local|example|invalid|internal)$/.test(name) || /(?:^|\.)example\.(?:com|org|net)$/.test(name);
}

/** A URL that begins with something unknown: the base's name may still tell. */
function baseParts(project: Project, text: string, gaps: readonly Resolved[], isOpen: boolean): UrlParts {
  const base = gaps[0] ?? { kind: 'unknown' as const };
  const rest = text.slice(1);
  const isJoined = rest === '' || /^[/?#]/.test(rest);
  const host = isJoined ? hostOfBase(base) : 'unknown';
  return {
    host, hostName: base.kind === 'variable' ? base.name : undefined, otherHosts: [],
    paths: rest === '' ? [] : [pathOf(rest)],
    values: valuesOf(project, text, gaps, 0, 1), isOpen, place: undefined,
  };
}

function hostOfBase(base: Resolved): HostKind {
  if (base.kind === 'variable') return isBaseUrlName(base.name) ? 'hilt' : 'unknown';
  const name = base.kind === 'member' && base.property.kind === 'text' ? base.property.text : base.kind === 'call' ? calleeName(base.callee) : '';
  const words = wordsOf(name);
  return words.includes('HILT') && words.some((word) => /^(?:URL|URI|BASE|HOST|ENDPOINT|ORIGIN|API)$/.test(word)) ? 'probably-hilt' : 'unknown';
}

/** Path with `{}` for gaps, without query and fragment. */
function pathOf(text: string): string {
  const plain = (text.split(/[?#]/)[0] ?? '').replaceAll(gap, '{}');
  // `/v1/products${query}`
  const path = plain.replace(/([^/])\{\}$/, '$1');
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}

function valuesOf(project: Project, text: string, gaps: readonly Resolved[], userinfoEnd: number, hostEnd: number): UrlValue[] {
  const query = text.indexOf('?');
  let index = -1;
  return gaps.flatMap((value): UrlValue[] => {
    index = text.indexOf(gap, index + 1);
    if (query >= 0 && index > query) {
      const name = /[?&]([^?&=\uFFFC]+)=[^&]*$/.exec(text.slice(0, index))?.[1];
      return name === undefined && value.kind === 'object' ? fieldsOf(project, value) : [{ section: 'query', value, ...(name === undefined ? {} : { name }) }];
    }
    // `${url}${qs.stringify({ key }, { addQueryPrefix: true })}`
    if (index >= hostEnd && value.kind === 'call' && calleeName(value.callee) === 'stringify') return [{ section: 'query', value }];
    return [{ section: index < userinfoEnd ? 'userinfo' : index < hostEnd ? 'host' : 'path', value }];
  });
}

/** A query that is put together as an object: `new URLSearchParams({ key })`, `params.append("key", key)`. */
function fieldsOf(project: Project, object: Resolved): UrlValue[] {
  return project.evaluator.entries(object).entries.map(({ key, value, place }) => {
    const name = key && textsOf(project.evaluator.head(key))[0];
    return { section: 'query', value: project.evaluator.head(value), place, ...(name === undefined ? {} : { name }) };
  });
}

const rank: Readonly<Record<HostKind, number>> = { hilt: 0, 'probably-hilt': 1, other: 2, unknown: 3, local: 4, own: 5 };

/** A request that may go to Hilt is looked at as one that does; its other ways are left aside. */
function mergeParts(options: readonly UrlParts[], place: Place | undefined): UrlParts {
  const best = [...options].sort((a, b) => rank[a.host] - rank[b.host])[0];
  if (!best) return { ...unknownUrl, place };
  const alike = options.filter((option) => option.host === best.host);
  return {
    host: best.host, hostName: best.hostName, place,
    otherHosts: best.host === 'other' ? [] : [...new Set(options.flatMap((option) => (option.host === 'other' && option.hostName !== undefined ? [option.hostName] : [])))],
    paths: [...new Set(alike.flatMap((option) => option.paths))],
    values: alike.flatMap((option) => option.values),
    isOpen: alike.every((option) => option.isOpen),
  };
}

/** Whether a value waits for an argument that nobody in view passes. */
export function dependsOnParameter(value: Resolved, depth = 0): boolean {
  if (depth > 6) return false;
  switch (value.kind) {
    case 'parameter':
      return true;
    case 'member':
      return dependsOnParameter(value.object, depth + 1);
    case 'concat':
      return value.parts.some((part) => dependsOnParameter(part, depth + 1));
    case 'choice':
      return value.options.some((option) => dependsOnParameter(option, depth + 1));
    case 'call':
      return value.callee.kind === 'member' && dependsOnParameter(value.callee.object, depth + 1);
    default:
      return false;
  }
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
