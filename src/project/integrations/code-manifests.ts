import { isKeyName } from '../../hilt/names.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import type { Lazy, Resolved, ResolvedEntry } from '../resolved.ts';
import { isTestFile, isTestName } from './file-roles.ts';
import type { Feed, KeyOrigin, Unit } from './integration.ts';
import { isKeyOrigin } from './manifest-kind.ts';
import { fileOf } from './start-command.ts';

/** Packages whose constructors deploy something: AWS CDK, Pulumi, SST, CDK for Terraform. */
const infrastructure = /^(?:aws-cdk-lib|@aws-cdk\/|@pulumi\/|sst(?:$|\/)|cdktf|@cdktf\/|@serverless-stack\/|constructs$|alchemy(?:$|\/))/;

/** Properties that hold the environment of what is deployed. */
const environmentNames = /^(?:environment|env|envs|environmentVariables|variables|envVars|bind|secrets|defaultEnvironment|containerEnv)$/;

/** What programs that describe deployments say: constructors with an environment, and PM2's list of applications. */
export function unitsOfCode(project: Project, modules: readonly ModuleSummary[]): Unit[] {
  return modules.filter(({ file }) => !isTestFile(file)).flatMap((module) => [...resources(project, module), ...pm2Applications(project, module)]);
}

function resources(project: Project, module: ModuleSummary): Unit[] {
  const isDescription = module.imports.some(({ specifier }) => infrastructure.test(specifier)) || /(?:^|\/)(?:sst|alchemy)\.(?:config|run)\.[mc]?ts$/.test(module.file);
  if (!isDescription) return [];
  return module.uses.flatMap((use): Unit[] => {
    if (use.kind !== 'call' || !use.isNew) return [];
    const args = use.args.map((arg) => project.evaluator.head({ module, value: arg.value, frame: undefined, at: arg.at }));
    const name = args.find((arg) => arg.kind === 'text');
    const options = args.findLast((arg) => arg.kind === 'object');
    if (name?.kind !== 'text' || !options) return [];
    const feeds = feedsIn(project, module, options, 0);
    if (feeds.length === 0 || isTestName(name.text)) return [];
    const handler = textOf(project, options, ['handler', 'entry', 'main', 'script']);
    const program = handler === undefined ? undefined : programOf(handler, module, project);
    return [{ kind: 'resource', name: name.text.replace(/(?:Function|Fn|Service|Task|Worker|Handler)$/, '') || name.text, place: { file: module.file, at: use.at }, programs: program === undefined ? [] : [program], feeds, envFiles: [] }];
  });
}

/** `module.exports = { apps: [{ name, script, env }] }` (https://pm2.keymetrics.io/docs/usage/application-declaration/). */
function pm2Applications(project: Project, module: ModuleSummary): Unit[] {
  if (!/(?:^|\/)(?:ecosystem|pm2)(?:\.[\w-]+)*\.[mc]?js$/.test(module.file)) return [];
  const exported = module.exports.flatMap(({ value }) => (value ? [project.evaluator.look(module, value)] : []));
  const lists = exported.flatMap((value) => [value, propertyOf(project, value, 'apps')]).flatMap((value) => (value?.kind === 'array' ? [value] : []));
  return lists.flatMap(({ items }) => items.flatMap((item): Unit[] => {
    const app = project.evaluator.head(item);
    const script = textOf(project, app, ['script']);
    const name = textOf(project, app, ['name']) ?? script;
    if (name === undefined || isTestName(name)) return [];
    const cwd = joinPath(folderOf(module.file), textOf(project, app, ['cwd']) ?? '') ?? '';
    const program = script === undefined ? undefined : fileOf(script.includes('/') ? script : `./${script}`, cwd, project.source?.paths() ?? new Set());
    return [{ kind: 'process', name, place: { file: module.file, at: item.at ?? [0, 0] }, programs: program === undefined ? [] : [program], feeds: feedsIn(project, module, app, 0), envFiles: [] }];
  }));
}

/** The keys that an object's environment gives; containers and images stand a few levels below. */
function feedsIn(project: Project, module: ModuleSummary, value: Resolved, depth: number): Feed[] {
  if (depth > 8) return [];
  if (value.kind === 'array') return value.items.flatMap((item) => feedsIn(project, module, project.evaluator.head(item), depth + 1));
  if (value.kind !== 'object') return [];
  const pair = pairOf(project, module, value);
  if (pair) return [pair];
  return project.evaluator.entries(value).entries.flatMap((entry) => {
    const name = keyOf(project, entry);
    const inner = project.evaluator.head(entry.value);
    if (name === undefined) return [];
    if (environmentNames.test(name) || /^env_\w+$/.test(name)) return inner.kind === 'object' ? variablesIn(project, module, inner, depth + 1) : feedsIn(project, module, inner, depth + 1);
    return inner.kind === 'object' || inner.kind === 'array' ? feedsIn(project, module, inner, depth + 1) : [];
  });
}

/** `{ name: "HILT_API_KEY", value: config.requireSecret("hilt") }`. */
function pairOf(project: Project, module: ModuleSummary, value: Resolved): Feed | undefined {
  const name = textOf(project, value, ['name', 'key']);
  const given = propertyLazy(project, value, 'value') ?? propertyLazy(project, value, 'valueFrom');
  return name === undefined || given === undefined || !isKeyName(name, project.keyOptions) ? undefined : feedOf(project, module, name, given);
}

function variablesIn(project: Project, module: ModuleSummary, value: Resolved, depth: number): Feed[] {
  return project.evaluator.entries(value).entries.flatMap((entry) => {
    const name = keyOf(project, entry);
    return name === undefined ? [] : (feedOf(project, module, name, entry.value) ?? feedsIn(project, module, project.evaluator.head(entry.value), depth + 1));
  });
}

function feedOf(project: Project, module: ModuleSummary, name: string, given: Lazy): Feed | undefined {
  const { keyOptions } = project;
  const origins = originsOfCode(project.evaluator.head(given), module, keyOptions);
  if (!isKeyName(name, keyOptions) && !origins.some((origin) => isKeyOrigin(origin, keyOptions))) return undefined;
  const at = given.at ?? [0, 0];
  const known: readonly KeyOrigin[] = origins.length > 0 ? origins : [{ kind: 'variable', scope: `${module.file}:${at[0]}`, name }];
  return { name, origins: known, place: { file: given.module.file, at } };
}

/** Where a value of the description comes from: a literal, the environment it is run in, or a call that names a secret. */
function originsOfCode(value: Resolved, module: ModuleSummary, keyOptions: KeyOptions): KeyOrigin[] {
  const scope = folderOf(module.file);
  switch (value.kind) {
    case 'secret':
      return value.secret.kind === 'key' ? [{ kind: 'literal', secret: value.secret }] : [];
    case 'variable':
      return [{ kind: 'variable', scope, name: value.name }];
    case 'choice':
      return value.options.flatMap((option) => originsOfCode(option, module, keyOptions));
    case 'member':
      return originsOfCode(value.object, module, keyOptions);
    case 'call': {
      const named = value.args.flatMap((arg) => (arg.value.kind === 'text' ? [arg.value.text] : [])).at(-1);
      const inner = value.callee.kind === 'member' ? originsOfCode(value.callee.object, module, keyOptions) : [];
      return named === undefined ? inner : [{ kind: 'reference', store: `infrastructure ${scope}`, name: named }];
    }
    default:
      return [];
  }
}

function programOf(handler: string, module: ModuleSummary, project: Project): string | undefined {
  const paths = project.source?.paths() ?? new Set<string>();
  const stem = handler.replace(/^\.\//, '');
  const withoutExport = stem.replace(/\.[A-Za-z_$][\w$]*$/, '');
  for (const folder of [folderOf(module.file), '']) {
    for (const candidate of [stem, `${withoutExport}.js`]) {
      const found = fileOf(`./${candidate}`, folder, paths);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function keyOf(project: Project, entry: ResolvedEntry): string | undefined {
  const key = entry.key && project.evaluator.head(entry.key);
  return key?.kind === 'text' ? key.text : undefined;
}

function propertyLazy(project: Project, value: Resolved, name: string): Lazy | undefined {
  return value.kind === 'object' ? project.evaluator.entries(value).entries.findLast((entry) => keyOf(project, entry) === name)?.value : undefined;
}

function propertyOf(project: Project, value: Resolved, name: string): Resolved | undefined {
  const found = propertyLazy(project, value, name);
  return found && project.evaluator.head(found);
}

function textOf(project: Project, value: Resolved, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = propertyOf(project, value, name);
    if (found?.kind === 'text') return found.text;
  }
  return undefined;
}
