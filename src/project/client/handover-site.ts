import { textOfFile } from '../../sources/file-text.ts';
import { onceEach } from '../../sources/once.ts';
import type { Source } from '../../sources/source.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { oncePerProject } from '../once-per-project.ts';
import type { Project } from '../project.ts';
import { calleeName, spanOf, type Lazy, type Place, type Resolved, type ResolvedFunction } from '../resolved.ts';
import type { Exposure, ExposureStep } from './exposure.ts';
import { pageSource } from './page-texts.ts';
import { handedKeysIn, handedKeysOf, type HandedKey } from './handover-keys.ts';

/** By whom and how values are handed to a client. */
export interface Handing {
  /** The module in which the handing over is written; findings stand in it. */
  readonly module: ModuleSummary;
  /** In words, for the message: "what `loader` returns", "a prop of the client component `Card`". */
  readonly what: string;
  readonly confidence?: 'certain' | 'possible';
  /** Who hands it to whom, where that is no server and no browser. */
  readonly parties?: Pick<Exposure, 'client' | 'giver'>;
  /** Another module in which a finding may stand: the route whose loader a wrapper calls. */
  readonly also?: ModuleSummary;
  /** Only this property of what is returned is handed over. */
  readonly property?: string;
  /** Secrets are found by another way, since the module ships itself. */
  readonly variablesOnly?: boolean;
  /** Why the receiver is client code: the first steps of the trace. */
  readonly trace?: readonly ExposureStep[];
  /** Where a span of the module stands in its file, if the module was made from the file. */
  place?(at: Span): Span;
}

/** What may hand a key on, though it says nothing of Hilt: a commit that changes it is looked at as one that mentions Hilt. */
export interface Awaited {
  /** Components of the server and templates that are given a key. */
  readonly files: Set<string>;
  /** Texts by which client code would ask for a key. */
  readonly words: Set<string>;
}

/** What the hand-overs of a project found so far. */
export const awaitedBy = oncePerProject((): Awaited => ({ files: new Set(), words: new Set() }));

/** The exposures that are found while the hand-overs of a project are looked at. */
export interface HandOvers {
  readonly project: Project;
  /** The module of a file, with new steps for the questions about it. */
  open(file: string): ModuleSummary | undefined;
  /** The same of a file that has been parsed, or whose text may hold this: the modules of a whole application are not parsed to see that most hand nothing over. */
  openIf(file: string, content: Content): ModuleSummary | undefined;
  add(handing: Handing, at: Span, expression: HandedKey): void;
  push(exposure: Exposure): void;
  exposures(): Exposure[];
}

/** What the text of a program that hands something over has in it, by what it hands over. */
const signs = {
  elements: /<\/|\/>/,
  metadata: /metadata|viewport/i,
  'server functions': /use server/,
  'initial props': /getInitialProps/,
  'answers to windows': /\b(?:exposeIn(?:Main|Isolated)World|ipcMain|webContents|returnValue|executeJavaScript|loadFile)\b/,
  pages: new RegExp(`${pageSource}|\\bhtml?\\b|HTMLResponse`, 'i'),
};
type Content = keyof typeof signs;
const contents = Object.keys(signs) as Content[];

/** Each file is read once for all that is looked for in it. */
function contentsOf(source: Source | undefined): (file: string) => ReadonlySet<Content> {
  return onceEach((file) => {
    const text = textOfFile(source, file);
    return new Set(contents.filter((content) => signs[content].test(text)));
  });
}

export function createHandOvers(project: Project): HandOvers {
  const found = new Map<string, Exposure>();
  const mayHold = contentsOf(project.source);
  const push = (exposure: Exposure): void => {
    const identity = [exposure.file, ...exposure.at, exposure.secret?.digest ?? exposure.name].join('\n');
    const known = found.get(identity);
    if (!known || (known.confidence === 'possible' && exposure.confidence === 'certain')) found.set(identity, exposure);
  };
  const open = (file: string): ModuleSummary | undefined => {
    project.evaluator.renewBudget(file);
    return project.module(file);
  };
  return {
    project,
    open,
    openIf: (file, content) => (project.modules.has(file) || mayHold(file).has(content) ? open(file) : undefined),
    push,
    add: (handing, at, expression) => {
      if (handing.variablesOnly && expression.secret && !expression.setting) return;
      push(exposureOf(handing, at, expression));
    },
    exposures: () => [...found.values()],
  };
}

function exposureOf(handing: Handing, span: Span, expression: HandedKey): Exposure {
  const { module, what, confidence = 'certain', trace = [], parties } = handing;
  const at = handing.place?.(span) ?? span;
  const { name } = expression;
  return {
    file: module.file,
    at,
    exposure: 'value',
    confidence,
    reason: 'handed-over',
    ...(expression.secret ? { secret: expression.secret } : {}),
    ...(name === undefined ? {} : { name }),
    what,
    ...parties,
    trace: [...trace, { file: module.file, at, message: what }, ...originStep(handing, at, expression)],
  };
}

/** Where the key is written or read, unless that is the value handed over itself. */
function originStep({ module, place }: Handing, at: Span, { secret, read, place: origin }: HandedKey): ExposureStep[] {
  if (!origin) return [];
  const originAt = origin.module === module && place ? place(origin.at) : origin.at;
  if (origin.module.file === module.file && at[0] <= originAt[0] && originAt[1] <= at[1]) return [];
  return [{ file: origin.module.file, at: originAt, message: secret ? secret.preview : read ?? '' }];
}

/** Calls that give their first argument to the client: React Router's and Remix' `data`, `json`, `defer`, responses, React's `cache`. */
const keepers = new Set(['json', 'data', 'defer', 'cache', 'unstable_cache', 'serialize', 'superValidate', 'toRaw', 'reactive', 'ref', 'shallowRef', 'readonly', 'typedjson', 'superjson']);
/** The same for the second argument: SvelteKit's `fail(400, …)`, `error(500, …)`. */
const secondKeepers = new Set(['fail', 'error']);

/** Hands over every property of an object that the module lays out, else the value as a whole at its own expression. */
export function handOverValue(handOvers: HandOvers, value: Lazy, fallback: Span, handing: Handing): void {
  handOverResolved(handOvers, value, handOvers.project.evaluator.head(value), value.at ?? fallback, handing, 0);
}

function handOverResolved(handOvers: HandOvers, lazy: Lazy | undefined, value: Resolved, fallback: Span, handing: Handing, depth: number): void {
  const { project } = handOvers;
  if (depth > 6) return;
  switch (value.kind) {
    case 'choice':
      for (const option of value.options) handOverResolved(handOvers, undefined, option, fallback, handing, depth + 1);
      return;
    case 'object':
      if (value.place && handing.also && handing.also !== handing.module && value.place.module === handing.also) return handOverResolved(handOvers, lazy, value, value.place.at, { ...handing, module: handing.also }, depth + 1);
      if (value.place?.module !== handing.module) break;
      for (const entry of value.entries) {
        const at = entry.spread || entry.place.module !== handing.module ? entry.place : { module: handing.module, at: entry.value.at ?? entry.place.at };
        const span = at.module === handing.module ? at.at : fallback;
        for (const expression of handedKeysIn(project, entry.value)) handOvers.add(handing, span, expression);
      }
      return;
    case 'call': {
      const name = calleeName(value.callee);
      const argument = keepers.has(name) || (value.isNew && name === 'Response') ? value.args[0] : secondKeepers.has(name) ? value.args[1] : undefined;
      if (argument) handOverResolved(handOvers, argument, project.evaluator.head(argument), fallback, handing, depth + 1);
      if (argument) return;
      break;
    }
    default:
  }
  const expressions = lazy ? handedKeysIn(project, lazy) : handedKeysOf(project, value);
  for (const expression of expressions) handOvers.add(handing, ownPlace(expression.place, handing, fallback), expression);
}

/** Of several values that may be handed over, the one that holds the key, where it stands inside the expression. */
function ownPlace(place: Place | undefined, { module }: Handing, fallback: Span): Span {
  const isInside = place?.module === module && fallback[0] <= place.at[0] && place.at[1] <= fallback[1];
  return isInside && place ? place.at : fallback;
}

/** Hands over what a function returns. */
export function handOverReturns(handOvers: HandOvers, fn: ResolvedFunction, handing: Handing): void {
  const { project } = handOvers;
  const summary = fn.module.functions[fn.fn];
  if (!summary) return;
  // Written elsewhere (a re-exported loader): the finding stands where the function returns.
  const own: Handing = fn.module === handing.module ? handing : { ...handing, module: fn.module, also: handing.module };
  for (const returned of summary.returns) {
    const use = fn.module.uses.find((each) => each.kind === 'return' && each.value === returned);
    const at = use?.at ?? spanOf(returned) ?? summary.at;
    const lazy: Lazy = { module: fn.module, value: returned, frame: fn.frame, at };
    const value = project.evaluator.head(lazy);
    if (own.property === undefined) {
      handOverResolved(handOvers, lazy, value, at, own, 0);
      continue;
    }
    for (const option of value.kind === 'choice' ? value.options : [value]) {
      if (option.kind === 'function' || option.kind === 'unknown') continue;
      handOverResolved(handOvers, undefined, project.evaluator.property(option, own.property), at, own, 0);
    }
  }
}

/** The functions that a value is, or that it wraps: `withAuth(async () => …)`, `defineEventHandler(…)`, an object of actions. */
export function functionsIn(project: Project, value: Resolved, depth = 0): ResolvedFunction[] {
  if (depth > 4) return [];
  switch (value.kind) {
    case 'function':
      return [value];
    case 'choice':
      return value.options.flatMap((option) => functionsIn(project, option, depth + 1));
    case 'object':
      return depth > 0 && value.entries.length > 64 ? [] : value.entries.flatMap((entry) => functionsIn(project, project.evaluator.head(entry.value), depth + 1));
    case 'call':
      return value.args.flatMap((argument) => functionsIn(project, project.evaluator.head(argument), depth + 1));
    default:
      return [];
  }
}

/** The objects that a configuration is, also inside of wrappers and of a function that makes it: `withSentry(withMdx(config))`. */
export function configurationsIn(project: Project, value: Resolved, depth = 0): Resolved[] {
  if (depth > 5) return [];
  switch (value.kind) {
    case 'object':
      return [value];
    case 'choice':
      return value.options.flatMap((option) => configurationsIn(project, option, depth + 1));
    case 'call':
      return value.args.flatMap((argument) => configurationsIn(project, project.evaluator.head(argument), depth + 1));
    case 'function':
      return project.evaluator.returnsOf(value).flatMap((returned) => configurationsIn(project, returned, depth + 1));
    default:
      return [];
  }
}
