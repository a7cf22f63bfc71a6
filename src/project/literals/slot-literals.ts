import { findKeys, isJwt, looksRandom, secretOf } from '../../hilt/key-grammar.ts';
import type { Secret } from '../../hilt/secret.ts';
import { isWebhookSecret } from '../../hilt/webhook-secret.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { groupBy } from '../../syntax/group-by.ts';
import type { Project } from '../project.ts';
import { slotsOfRendered } from '../rendered-slots.ts';
import { slotsOf, slotsOfNewInstances, type Slot } from '../slots.ts';
import { oncePerPlace, placedLiterals, type PlacedLiteral, type PlacedSecret } from './placed-literals.ts';
import { oncePerProject } from '../once-per-project.ts';

/**
 * Literals of the module that only the slot they fill makes secrets, in this module or in one that imports it: Hilt does not publish
 * what its keys look like. A key by its grammar is found without its slot.
 */
export function secretsInSlots(project: Project, module: ModuleSummary): PlacedSecret[] {
  const found = literalsFilling(project, module).flatMap(({ kind, text, at }): PlacedSecret[] => {
    const secret = findKeys(text, project.keyOptions, module.mentions).length > 0 ? undefined : secretOfSlot(kind, text);
    return secret ? [{ secret, at }] : [];
  });
  return oncePerPlace(found);
}

function secretOfSlot(kind: Slot['kind'], text: string): Secret | undefined {
  if (isJwt(text)) return secretOf(text, 'dashboard-jwt');
  if (kind === 'webhook-secret') return isWebhookSecret(text) ? secretOf(text, 'webhook-secret') : undefined;
  return looksRandom(text) ? secretOf(text, kind === 'bearer-token' ? 'dashboard-jwt' : 'key') : undefined;
}

interface FillingLiteral extends PlacedLiteral { readonly kind: Slot['kind'] }

const fillingsOf = oncePerProject((project) => groupBy(fillingLiterals(project, [...project.modules.values()]), (literal) => literal.module));

function literalsFilling(project: Project, module: ModuleSummary): readonly FillingLiteral[] {
  // An editor asks about one file and knows who imports it; a scan asks about all of them.
  if (project.dependents) return fillingLiterals(project, [module, ...project.dependents(module)]).filter((literal) => literal.module === module);
  return fillingsOf(project).get(module) ?? [];
}

function fillingLiterals(project: Project, modules: readonly ModuleSummary[]): FillingLiteral[] {
  const slots = [...new Set(modules)].flatMap((each) => [...slotsOf(project, each), ...slotsOfNewInstances(project, each), ...slotsOfRendered(project, each)]);
  return slots.flatMap((slot) => placedLiterals(project.evaluator.head(slot.value)).map((literal) => ({ ...literal, kind: slot.kind })));
}
