import { contains } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import type { Place, Resolved, ResolvedCall } from '../resolved.ts';
import { requestsAround } from './attachment.ts';
import { chainsOf } from './chain.ts';
import { answerHookClient, headersAt, headersOfClient } from './client-contents.ts';
import type { Form } from './printed-forms.ts';
import type { Request } from './request.ts';

/** What of a request the errors and the answers of a client keep: by the names that lead there, which headers. */
interface Keeper { readonly packages: RegExp; readonly at: (path: string) => string | undefined; readonly isPrinted?: true }

const keepers: readonly Keeper[] = [
  // axios-http.com, "Response Schema" and "Handling Errors": `config`, and the request of Node, which holds them as a text. `toJSON` of an error gives its `config`.
  { packages: /^(?:axios|redaxios|@nestjs\/axios|axios-retry|axios-cookiejar-support)$/, at: (path) => under(/^(?:response\.)?(?:config|request)(?:\.|$)/, path), isPrinted: true },
  // github.com/sindresorhus/got, documentation/8-errors.md: `options`, which is not enumerable.
  { packages: /^got$/, at: (path) => under(/^(?:response\.)?(?:request\.)?options(?:\.|$)/, path) },
  // github.com/sindresorhus/ky, "HTTPError": `request` and `options`.
  { packages: /^ky$/, at: (path) => under(/^(?:request|options)(?:\.|$)/, path) },
];

function under(holder: RegExp, path: string): string | undefined {
  const found = holder.exec(path);
  if (!found) return undefined;
  const rest = path.slice(found[0].length);
  return rest === '' ? 'all' : headersAt(rest);
}

/**
 * The headers that `error.config` and `response.config` of axios show, and their like: of the requests that were tried where the error
 * is caught, or of the request that is answered.
 */
export function shownByConfig(project: Project, value: Resolved): readonly Resolved[] {
  if (value.kind !== 'member' || !/(?:^|\.)(?:config|options|request)(?:\.|$)/.test(namesOf(value))) return [];
  const [chain] = chainsOf(project, value);
  if (chain?.root.kind !== 'call') return [];
  const { root, path } = chain;
  return keepersIn(root.place).flatMap((keeper) => {
    const headers = keeper.at(path.join('.'));
    return headers === undefined ? [] : requestsIn(project, root.place, keeper).flatMap((request) => headersOf(project, request, headers));
  });
}

/** The headers that may be seen of an error, or of an answer, that is written out as a whole by something that goes through all that it holds. */
export function shownAsWhole(project: Project, value: Resolved, form: Form): readonly Resolved[] {
  if (form !== 'log' && form !== 'json' && form !== 'answer') return [];
  if (value.kind === 'parameter') {
    const client = form === 'log' ? answerHookClient(project, value) : undefined;
    return client ? headersOfClient(project, client, 'all') : [];
  }
  const call = value.kind === 'member' && form === 'log' && namesOf(value) === 'response' ? value.object : value;
  if (call.kind !== 'call') return [];
  const isAnswer = !isCaught(call);
  // An answer leads back to itself, so that there is no JSON of it.
  if (isAnswer && form !== 'log') return [];
  return keepersIn(call.place).filter((keeper) => keeper.isPrinted).flatMap((keeper) => requestsIn(project, call.place, keeper).filter((request) => !isAnswer || isAt(request, call.place)).flatMap((request) => headersOf(project, request, 'all')));
}

function isCaught({ callee }: ResolvedCall): boolean {
  return callee.kind === 'global' && callee.path === 'operator:caught';
}

function isAt({ place, calls }: Request, { module, at }: Place): boolean {
  return [...calls, place].some((step) => step.module === module && step.at[0] === at[0] && step.at[1] === at[1]);
}

function headersOf(project: Project, request: Request, names: string): Resolved[] {
  return request.headers.filter(({ name }) => names === 'all' || names === name).map((header) => project.evaluator.head(header.value));
}

/** Hardly any module has a client whose errors keep anything; functions of other modules may. */
function keepersIn({ module }: Place): readonly Keeper[] {
  return module.imports.length === 0 ? [] : keepers;
}

/** The requests that a client makes within a place of a module, or that functions make which are called there. */
function requestsIn(project: Project, { module, at }: Place, keeper: Keeper): readonly Request[] {
  return requestsAround(project, module).filter((request) => {
    const steps = [...request.calls, request.place];
    return steps.some((step) => step.module === module && contains(at, step.at)) && steps.some((step) => step.module.imports.some((edge) => keeper.packages.test(edge.specifier)));
  });
}

function namesOf(value: Resolved): string {
  if (value.kind !== 'member') return '';
  return [namesOf(value.object), value.property.kind === 'text' ? value.property.text : ''].filter((name) => name !== '').join('.');
}
