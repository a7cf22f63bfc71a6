import { contains } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import type { Place, Resolved } from '../resolved.ts';
import { requestsAround } from './attachment.ts';
import { chainsOf } from './chain.ts';
import { headersAt } from './client-contents.ts';
import type { Request } from './request.ts';

/** Clients whose errors and answers hold the `config` of their request, with its headers. Source: axios-http.com, "Response Schema" and "Handling Errors". */
const keepsConfig = /^(?:axios|redaxios|@nestjs\/axios|axios-retry|axios-cookiejar-support)$/;

/**
 * The headers that `error.config` and `response.config` of axios show: of the requests that were tried where the error is caught, or
 * of the request that is answered.
 */
export function shownByConfig(project: Project, value: Resolved): readonly Resolved[] {
  if (value.kind !== 'member' || !/(?:^|\.)config(?:\.|$)/.test(namesOf(value))) return [];
  const [chain] = chainsOf(project, value);
  if (chain?.root.kind !== 'call') return [];
  const path = (chain.path[0] === 'response' ? chain.path.slice(1) : chain.path).join('.');
  const headers = path === 'config' ? 'all' : path.startsWith('config.') ? headersAt(path.slice('config.'.length)) : undefined;
  if (headers === undefined) return [];
  return requestsIn(project, chain.root.place).flatMap((request) => request.headers.filter(({ name }) => headers === 'all' || headers === name).map((header) => project.evaluator.head(header.value)));
}

/** The headers that an error shows which is caught where axios tried a request, by itself or in an object, to a logger that goes through all that it holds. */
export function shownByError(project: Project, value: Resolved): readonly Resolved[] {
  if (value.kind === 'object') return value.entries.flatMap((entry) => (entry.spread ? [] : headersOfError(project, project.evaluator.head(entry.value))));
  return headersOfError(project, value);
}

function headersOfError(project: Project, value: Resolved): readonly Resolved[] {
  if (value.kind !== 'call' || value.callee.kind !== 'global' || value.callee.path !== 'operator:caught') return [];
  return requestsIn(project, value.place).flatMap((request) => request.headers.map((header) => project.evaluator.head(header.value)));
}

/** The requests that axios makes within a place of a module, or that functions make which are called there. */
function requestsIn(project: Project, { module, at }: Place): readonly Request[] {
  return requestsAround(project, module).filter((request) => {
    const steps = [...request.calls, request.place];
    return steps.some((step) => step.module === module && contains(at, step.at)) && steps.some((step) => step.module.imports.some((edge) => keepsConfig.test(edge.specifier)));
  });
}

function namesOf(value: Resolved): string {
  if (value.kind !== 'member') return '';
  return [namesOf(value.object), value.property.kind === 'text' ? value.property.text : ''].filter((name) => name !== '').join('.');
}
