import { isKeyLikeName, isKeyName, secretNameKind, type SecretNameKind } from '../../hilt/names.ts';
import type { Project } from '../project.ts';
import { settingRead } from '../client/setting-reads.ts';
import { calleeName, type Lazy, type Place, type Resolved } from '../resolved.ts';

/** A secret that a setting or a checked environment holds under a name. */
export interface NamedSecret { readonly name: string; readonly what: 'key' | SecretNameKind; readonly place: Place | undefined }

/** `useRuntimeConfig().hiltApiKey`, `Constants.expoConfig.extra.hiltApiKey`. */
export function keyOfSetting(project: Project, value: Resolved): NamedSecret | undefined {
  const read = settingRead(value);
  const place = 'place' in value ? value.place : undefined;
  return read && isKeyLikeName(read.name, project.keyOptions) ? { name: read.name, what: 'key', place } : undefined;
}

/** What checks the environment by a schema: zod, valibot, envalid, t3-env and their kin. */
const checks = /^(?:parse|safeParse|parseAsync|safeParseAsync|validateSync|createEnv|cleanEnv|envsafe|parseEnv|defineEnv|validateEnv)$/;
const maxDepth = 4;

/** The secrets in a checked environment as a whole: `schema.parse(process.env)` has what its schema names. */
export function secretsOfChecked(project: Project, call: Extract<Resolved, { kind: 'call' }>): NamedSecret[] {
  if (!checks.test(calleeName(call.callee))) return [];
  const args = call.args.map((argument) => project.evaluator.head(argument));
  const isEnvironment = (value: Resolved): boolean => value.kind === 'environment' || (value.kind === 'object' && value.entries.some((entry) => project.evaluator.head(entry.value).kind === 'environment'));
  if (!args.some(isEnvironment)) return [];
  const names = new Set<string>();
  for (const argument of call.args) collect(project, argument, names, 0);
  if (call.callee.kind === 'member') collectIn(project, call.callee.object, names, 0);
  return [...names].flatMap((name) => {
    const what = isKeyName(name, project.keyOptions) ? 'key' : secretNameKind(name);
    return what ? [{ name, what, place: call.place }] : [];
  });
}

/** The names of a schema: of its objects, and of what these are given to. */
function collect(project: Project, lazy: Lazy, names: Set<string>, depth: number): void {
  collectIn(project, project.evaluator.head(lazy), names, depth);
}

function collectIn(project: Project, value: Resolved, names: Set<string>, depth: number): void {
  if (depth > maxDepth) return;
  if (value.kind === 'object') {
    for (const { key, value: held } of project.evaluator.entries(value).entries) {
      const name = key && project.evaluator.head(key);
      if (name?.kind === 'text') names.add(name.text);
      collect(project, held, names, depth + 1);
    }
  } else if (value.kind === 'call') {
    for (const argument of value.args) collect(project, argument, names, depth + 1);
    if (value.callee.kind === 'member') collectIn(project, value.callee.object, names, depth + 1);
  }
}
