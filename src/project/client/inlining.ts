import type { VariableValue } from '../../syntax/value.ts';
import { isWebOnly, type Injection } from '../frameworks/config-facts.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';

export interface Inlined { readonly confidence: 'certain' | 'possible'; readonly injection?: Injection }

/** Whether the build puts the variable's value in the place of this read in client code. */
export function inlinedIn(detected: DetectedFramework, variable: VariableValue): Inlined | undefined {
  return inlinedByPrefix(detected, variable) ?? inlinedByConfig(detected, variable);
}

/** Whether a configuration that only tells when it runs may do so. */
export function mayBeInlined({ facts, framework, traits }: DetectedFramework, { access, form }: VariableValue): Inlined | undefined {
  const forms = framework.inlinedForms.length > 0 ? framework.inlinedForms : traits.definedForms;
  return facts.computed?.has(access) === true && forms.includes(form) ? { confidence: 'possible' } : undefined;
}

function inlinedByPrefix({ framework, facts, declaredNames }: DetectedFramework, variable: VariableValue): Inlined | undefined {
  const replaced = facts.prefixes.some((prefix) => prefix.replaces);
  const rules = [...(replaced ? [] : framework.publicPrefixes), ...facts.prefixes];
  for (const rule of rules) {
    if (!variable.name.startsWith(rule.prefix) || !rule.access.includes(variable.access)) continue;
    if (rule.modules && !(variable.module !== undefined && rule.modules.includes(variable.module))) continue;
    if (!rule.forms.includes(variable.form)) continue;
    if ('declaredIn' in rule && rule.declaredIn && !declaredNames.has(variable.name)) continue;
    if ('notOnWeb' in rule && rule.notOnWeb?.includes(variable.form) === true && isWebOnly(facts)) continue;
    const isUncertain = framework.id === 'unknown-client' || ('confidence' in rule ? rule.confidence === 'possible' : mayOpenOthers(facts, framework));
    return { confidence: isUncertain ? 'possible' : 'certain' };
  }
  return undefined;
}

/** Whether other prefixes may be open in the place of the framework's own. */
function mayOpenOthers(facts: DetectedFramework['facts'], { injects }: DetectedFramework['framework']): boolean {
  return facts.hasUnknownPrefixes === true && injects.some((setting) => /envPrefix$|publicPrefix$/.test(setting));
}

function inlinedByConfig({ facts, framework, traits }: DetectedFramework, variable: VariableValue): Inlined | undefined {
  const setting = facts.injections.find((each) => isSettingOf(each, variable));
  if (setting) return { confidence: setting.confidence, injection: setting };
  const injection = facts.injections.find((each) => each.how === 'env' && each.name === variable.name && (each.access?.includes(variable.access) ?? isEnvironment(variable)));
  if (!injection) return undefined;
  const forms = injection.forms ?? (framework.inlinedForms.length > 0 ? framework.inlinedForms : traits.definedForms);
  return forms.includes(variable.form) ? { confidence: injection.confidence, injection } : undefined;
}

/** `extra` of Expo and the public half of Nuxt's runtime configuration, which client code reads by the path of the setting. */
function isSettingOf({ how, name }: Injection, variable: VariableValue): boolean {
  if (variable.access === 'expo-extra') return how === 'expo-extra' && name === variable.name;
  return variable.access === 'runtime-config' && how === 'runtime-config' && variable.name === `public.${name}`;
}

function isEnvironment({ access }: VariableValue): boolean {
  return access === 'process.env' || access === 'import.meta.env';
}
