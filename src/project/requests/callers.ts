import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { importersOf } from '../python-graph.ts';
import type { Place, Resolved } from '../resolved.ts';
import { testsOfConfiguration } from './browser-state.ts';
import { fillFromClient } from './client-draft.ts';
import { RequestDraft } from './draft.ts';
import { clientOfChain } from './find-clients.ts';
import { requestsOf } from './find-requests.ts';
import type { UrlParts } from './request.ts';
import { readUrl } from './url.ts';
import { isWaiting } from './waiting.ts';

const maxFiles = 500;

/**
 * Loads the modules that call into wrappers and clients of the given ones: what goes to Hilt, and with which credential, may be written
 * in a file that never mentions Hilt. Only importers are looked at, and importers of these only where they hand it on.
 */
export function findCallers(project: Project, modules: Iterable<ModuleSummary>): ModuleSummary[] {
  const asked = [...modules];
  const found = new Set(asked.filter(isTestConfiguration).flatMap((module) => testsOfConfiguration(project, module)).slice(0, maxFiles).flatMap((path) => project.module(path) ?? []));
  const queue = asked.filter((module) => (module.mentions.hilt || project.keyOptions.hosts.length > 0) && takesRequests(project, module));
  if (!project.source) return [];
  for (let next = queue.shift(); next && found.size < maxFiles; next = queue.shift()) {
    for (const edge of importersOf(project, next.file)) {
      const importer = edge.typeOnly ? undefined : project.module(edge.from);
      if (!importer || found.has(importer)) continue;
      found.add(importer);
      if (importer.exports.some(({ from }) => from !== undefined) || takesRequests(project, importer)) queue.push(importer);
    }
  }
  return [...found];
}

/** Told by the name, so that what reads them is loaded for them alone. */
function isTestConfiguration({ file, mentions }: ModuleSummary): boolean {
  return mentions.hilt && /(?:^|\/)(?:playwright|cypress)\.config\.m?[jt]s$/.test(file);
}

/** Whether an importer may decide on a request to Hilt: it gives a function of the module its path or options, or uses a client that the module exports. */
function takesRequests(project: Project, module: ModuleSummary): boolean {
  if (module.exports.length === 0) return false;
  return requestsOf(project, module).some((request) => isOfHilt(request.url) && isWaiting(request)) || module.exports.some(({ value }) => value !== undefined && isHiltClient(project, module, project.evaluator.look(module, value)));
}

/** `export const hilt = axios.create({ baseURL: "https://api.hilt.so" })`, or a function that gives such a client. */
function isHiltClient(project: Project, module: ModuleSummary, value: Resolved): boolean {
  if (value.kind === 'function') return value.module === module && callsGivenBy(project, value).some((result) => isHiltClient(project, module, result));
  const client = value.kind === 'call' ? clientOfChain(project, module, { root: value, path: [], through: [] })?.client : undefined;
  if (!client || client.madeBy.length === 0) return false;
  const draft = new RequestDraft(project);
  fillFromClient(project, draft, client, { asked: module, place: client.madeBy[0] as Place });
  return draft.bases.length > 0 && isOfHilt(readUrl(project, undefined, draft.bases));
}

/** The calls that a function gives, where it gives nothing but that. */
function callsGivenBy(project: Project, fn: Extract<Resolved, { kind: 'function' }>): Resolved[] {
  const result = project.evaluator.resultOf(fn);
  return result.kind === 'call' ? [result] : [];
}

function isOfHilt({ host }: UrlParts): boolean {
  return host === 'hilt' || host === 'probably-hilt';
}
