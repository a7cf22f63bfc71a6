import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { calleeName, type Resolved } from '../resolved.ts';
import { functionsIn, handOverReturns, handOverValue, type HandOvers } from './handover-site.ts';

/** What hooks of SvelteKit write into the HTML of pages: https://svelte.dev/docs/kit/hooks#Server-hooks-handle */
export function handOverPageChunks(handOvers: HandOvers, files: readonly string[]): void {
  const { project } = handOvers;
  for (const { module, use } of callsIn(handOvers, files.filter((file) => /(?:^|\/)hooks\.server\.[jt]s$/.test(file)))) {
    const options = use.args[1] && project.evaluator.look(module, use.args[1].value);
    if (options?.kind !== 'object') continue;
    for (const fn of functionsIn(project, project.evaluator.property(options, 'transformPageChunk'))) handOverReturns(handOvers, fn, { module, what: 'what `transformPageChunk` returns' });
  }
}

/** What a server of Angular leaves in the page for the client: https://angular.dev/api/core/TransferState */
export function handOverTransferState(handOvers: HandOvers, files: readonly string[]): void {
  const { project } = handOvers;
  for (const { module, use } of callsIn(handOvers, files.filter((file) => /\.[mc]?[jt]s$/.test(file)))) {
    const [key, value] = use.args;
    if (!key || !value || use.callee.kind !== 'member' || use.callee.property.kind !== 'text' || use.callee.property.text !== 'set') continue;
    if (!isStateKey(project, module, key)) continue;
    handOverValue(handOvers, project.evaluator.lazy(module, value.value, undefined, value.at), value.at, { module, what: 'what `TransferState` holds' });
  }
}

/** `makeStateKey("hilt")` of Angular; nothing else is set under one. */
function isStateKey(project: Project, module: ModuleSummary, key: CallUse['args'][number]): boolean {
  const made: Resolved = project.evaluator.look(module, key.value);
  return made.kind === 'call' && made.callee.kind === 'outside' && calleeName(made.callee) === 'makeStateKey' && made.callee.specifier === '@angular/core';
}

function* callsIn(handOvers: HandOvers, files: readonly string[]): Generator<{ readonly module: ModuleSummary; readonly use: CallUse }> {
  for (const file of files) {
    const module = handOvers.open(file);
    for (const use of module?.uses ?? []) if (module && use.kind === 'call') yield { module, use };
  }
}
