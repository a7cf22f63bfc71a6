import { isKeyName } from '../../hilt/names.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import type { Place, Resolved } from '../resolved.ts';

/** What a platform hands all its variables in, as a whole. */
export interface PlatformEnvironment { readonly name: string; readonly place: Place | undefined }

/** `env` of a Worker, `c.env` of Hono, in a module that reads a key from there or is known to be such a program. */
export function platformEnvironment(project: Project, value: Resolved): PlatformEnvironment | undefined {
  const found = ofWorker(value) ?? ofContext(value);
  if (!found) return undefined;
  const readsKey = found.module.reads.some(({ access, name }) => access === 'binding' && isKeyName(name, project.keyOptions));
  return readsKey || found.isKnown ? { name: found.name, place: 'place' in value ? value.place : undefined } : undefined;
}

interface Holder { readonly name: string; readonly module: ModuleSummary; readonly isKnown: boolean }

function ofWorker(value: Resolved): Holder | undefined {
  if (value.kind !== 'parameter' || value.name !== 'env' || value.module.language === 'python') return undefined;
  // `fetch(request, env)`, `scheduled(controller, env)` of a Worker.
  return { name: 'env', module: value.module, isKnown: value.index === 1 && value.module.exports.some(({ name }) => name === 'default') };
}

function ofContext(value: Resolved): Holder | undefined {
  if (value.kind !== 'member' || value.property.kind !== 'text' || value.property.text !== 'env' || value.object.kind !== 'parameter') return undefined;
  const { module, name = 'c' } = value.object;
  return { name: `${name}.env`, module, isKnown: module.imports.some(({ specifier }) => specifier === 'hono') };
}
