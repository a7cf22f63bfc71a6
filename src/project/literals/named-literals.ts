import { findKeys, isJwt, looksRandom, secretOf } from '../../hilt/key-grammar.ts';
import { isKeyName, secretNameKind } from '../../hilt/names.ts';
import type { Secret } from '../../hilt/secret.ts';
import { isWebhookSecret } from '../../hilt/webhook-secret.ts';
import type { Declaration, ModuleSummary } from '../../syntax/module-summary.ts';
import { namedValues } from '../named-values.ts';
import type { Project } from '../project.ts';
import { oncePerPlace, placedLiterals, type PlacedSecret } from './placed-literals.ts';

/** `const HILT_WEBHOOK_SECRET = "…"`, and what stands in for the variable: `process.env.HILT_WEBHOOK_SECRET ?? "…"`. */
export function secretsUnderNames(project: Project, module: ModuleSummary): PlacedSecret[] {
  const found = namedValues(module).flatMap(({ name, value }) => {
    if (!isKeyName(name, project.keyOptions) && secretNameKind(name) === undefined) return [];
    return placedLiterals(project.evaluator.look(module, value)).flatMap(({ text, at, module: holder }): PlacedSecret[] => {
      if (holder !== module || findKeys(text, project.keyOptions, module.mentions).length > 0) return [];
      const secret = secretOfName(project, module, name, text);
      return secret ? [{ secret, at }] : [];
    });
  });
  return oncePerPlace(found);
}

/** `HILT_WEBHOOK_SECRET=…` and `HILT_API_KEY=…` in files that declare variables. */
export function secretsDeclared(project: Project, module: ModuleSummary): PlacedSecret[] {
  return module.declarations.flatMap((declaration): PlacedSecret[] => {
    const { value, valueAt } = declaration;
    const secret = value.kind === 'text' ? secretOfName(project, module, nameOf(module, declaration), value.text) : undefined;
    return secret && value.kind === 'text' ? [{ secret, at: value.at ?? valueAt }] : [];
  });
}

/** Terraform writes names in small letters: `variable "hilt_api_key" { default = "…" }`, `hilt_api_key = "…"`. */
function nameOf({ language }: ModuleSummary, { name, path }: Declaration): string {
  if (language !== 'hcl') return name;
  const named = name === 'default' && path.at(-2) === 'variable' ? (path.at(-1) ?? name) : name;
  return /^[a-z][a-z0-9_]*$/.test(named) ? named.toUpperCase() : named;
}

function secretOfName(project: Project, module: ModuleSummary, name: string, text: string): Secret | undefined {
  switch (secretNameKind(name)) {
    case 'webhook-secret':
      return isWebhookSecret(text) ? secretOf(text, 'webhook-secret') : undefined;
    case 'bearer-token':
      return isJwt(text) ? secretOf(text, 'dashboard-jwt') : undefined;
    case 'delivery-claim':
      return looksRandom(text) ? secretOf(text, 'delivery-claim') : undefined;
    default:
      // Another product uses the name HILT_API_KEY too, so a value without Hilt's prefix needs more evidence.
      return isKeyName(name, project.keyOptions) && looksRandom(text) && !module.mentions.other && isOfHiltPay(project) ? secretOf(text, 'key') : undefined;
  }
}

/** Whether the repository uses Hilt, and nowhere the other product of that name. */
function isOfHiltPay(project: Project): boolean {
  const modules = [...project.modules.values()];
  return modules.some((module) => module.mentions.hiltPay) && !modules.some((module) => module.mentions.other);
}
