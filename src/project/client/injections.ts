import { isKeyLikeName, isKeyName, secretNameKind } from '../../hilt/names.ts';
import { textOfFile } from '../../sources/file-text.ts';
import type { Secret } from '../../hilt/secret.ts';
import type { Injection } from '../frameworks/config-facts.ts';
import { everyForm } from '../frameworks/framework.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import type { ClientEntry } from './entry-search.ts';
import type { Exposure } from './exposure.ts';
import { createWholeReads, type WholeReads } from './whole-reads.ts';
import { baseName } from '../../sources/base-name.ts';
import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/**
 * Keys that a configuration puts into client code or data, at the configuration's value.
 *
 * `value`: it is in what the client downloads, since client code reads it or the framework embeds it unread. `code`: the
 * configuration offers it to client code, and none that was found takes it.
 */
export function injectedExposures(project: Project, built: BuiltGraph, detection: Detection, entries: readonly ClientEntry[], bundled: readonly Exposure[]): Exposure[] {
  const found = new Map<string, Exposure>();
  const whole = createWholeReads(project, built, entries);
  for (const detected of detection.frameworks) {
    if (detected.framework.side === 'server') continue;
    for (const injection of detected.facts.injections) {
      for (const exposure of exposuresOf({ project, built, entries, bundled, whole, detected }, injection)) {
        const identity = [exposure.file, ...exposure.at, exposure.secret?.digest ?? exposure.name].join('\n');
        const known = found.get(identity);
        if (!known || (known.exposure === 'code' && exposure.exposure === 'value')) found.set(identity, exposure);
      }
    }
  }
  return [...found.values()];
}

interface Context {
  readonly project: Project;
  readonly built: BuiltGraph;
  readonly entries: readonly ClientEntry[];
  readonly bundled: readonly Exposure[];
  readonly whole: WholeReads;
  readonly detected: DetectedFramework;
}

function exposuresOf(context: Context, injection: Injection): Exposure[] {
  const { project, detected } = context;
  const { file, at, always } = injection;
  const secrets = secretsOf(project, injection);
  const name = secrets.length > 0 ? undefined : nameOf(project, injection);
  if (secrets.length === 0 && name === undefined) return [];
  const ships = always || isRead(context, injection, name, secrets);
  // A computed value under a key's name may be anything.
  const isUnsure = secrets.length === 0 && (injection.confidence === 'possible' || (injection.variable === undefined && injection.literal === undefined));
  const base = {
    file, at, exposure: ships ? 'value' : 'code', confidence: isUnsure ? 'possible' : 'certain', reason: 'injected', what: whatOf(detected, injection),
    ...(isPacked(detected, file) ? { client: 'the app' } : {}), trace: [],
  } as const;
  return secrets.length > 0 ? secrets.map((secret) => ({ ...base, secret })) : [{ ...base, ...(name === undefined ? {} : { name }) }];
}

/** Whether an app carries the configuration; Capacitor's stands beside that of the web application. */
function isPacked({ framework }: DetectedFramework, file: string): boolean {
  return framework.id === 'expo' || /(?:^|\/)capacitor\.config\.\w+$/.test(file);
}

function secretsOf(project: Project, { file, at, literal }: Injection): Secret[] {
  const secrets = project.modules.get(file)?.secrets ?? [];
  const inside = secrets.filter((each) => [at, literal].some((span) => span !== undefined && span[0] <= each.at[0] && each.at[1] <= span[1]));
  // A finer literal may stand inside a wider one.
  const around = inside.length > 0 || !literal ? [] : secrets.filter((each) => each.at[0] <= literal[0] && literal[1] <= each.at[1]);
  return [...inside, ...around].map((each) => each.secret);
}

/** The variable whose value is injected, or the key's name that it is given. A literal that is no key is none by its name. */
function nameOf(project: Project, { name, variable, literal }: Injection): string | undefined {
  if (variable !== undefined && (isKeyName(variable, project.keyOptions) || secretNameKind(variable) !== undefined)) return variable;
  const isKey = isKeyLikeName(name, project.keyOptions) || secretNameKind(name) !== undefined;
  return isKey && literal === undefined ? (variable ?? name) : undefined;
}

function whatOf({ framework }: DetectedFramework, { how, file }: Injection): string {
  const config = baseName(file);
  switch (how) {
    case 'env':
    case 'define':
      return `a variable that ${config} defines`;
    case 'runtime-config':
      return 'the public runtime configuration';
    case 'expo-extra':
      return `\`extra\` of ${config}`;
    case 'app-config':
      return config.startsWith('capacitor.') ? config : 'the app configuration';
    case 'module':
      return `a client variable of ${framework.title}`;
    case 'html':
      return 'the head of every page';
  }
}

/** Whether client code takes it: a read that the bundle was found to hold, or the defined name in a module that a client entry reaches. */
function isRead(context: Context, injection: Injection, name: string | undefined, secrets: readonly Secret[]): boolean {
  const { bundled } = context;
  if (injection.how === 'env' || injection.how === 'module') {
    const names = [injection.name, ...(name === undefined ? [] : [name])];
    if (bundled.some((exposure) => exposure.exposure === 'value' && exposure.name !== undefined && names.includes(exposure.name))) return true;
    const isWhole = injection.forms === everyForm && injection.access?.some((access) => (access === 'process.env' || access === 'import.meta.env') && context.whole.takes(context.detected, access) === 'certain');
    // A name that is none of a key is not among the findings about the bundle.
    const isKeyRead = isKeyName(injection.name, context.project.keyOptions) || secretNameKind(injection.name) !== undefined;
    return isWhole === true || (!isKeyRead && isNamed(context, injection.name));
  }
  if (bundled.some((exposure) => exposure.exposure === 'value' && secrets.some((secret) => secret.digest === exposure.secret?.digest))) return true;
  return isNamed(context, injection.name);
}

function isNamed({ project, built, entries, detected }: Context, name: string): boolean {
  const own = entries.filter((entry) => entry.framework.folder === detected.folder).map((entry) => (entry.part === undefined ? { file: entry.file } : { file: entry.file, part: entry.part }));
  const pattern = new RegExp(`(?<![\\w$])${literalPattern(name.split('.').at(-1) ?? '')}(?![\\w$])`);
  return built.graph.reachableFrom(own).files.some((file) => /\.(?:[mc]?[jt]sx?|vue|svelte|astro|html?)$/.test(file) && pattern.test(textOfFile(project.source, file)));
}
