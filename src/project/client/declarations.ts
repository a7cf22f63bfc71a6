import { isKeyName, publicPrefixOf, secretNameKind } from '../../hilt/names.ts';
import { textOfFile } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { folderOf, isBelow } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import { clientOf } from './bundle-exposures.ts';
import type { ClientEntry } from './entry-search.ts';
import type { Exposure } from './exposure.ts';
import { isUnread } from './live-module.ts';
import { createWholeReads, type WholeReads } from './whole-reads.ts';

/**
 * Names of keys with a public prefix where they are declared: dotenv files (examples too, since the name is the fault), workflows,
 * compose files, deployment settings, Dockerfiles, build commands. The frameworks of the package decide: one that has the prefix
 * makes it certain, others alone make it silent, and where none is recognised it is possible.
 *
 * `value`: the framework puts it into what the client downloads, since client code reads it (`bundled` has that) or takes the
 * whole object, or the framework gives out all such names. `code`: it is public, and no client code that was found reads it.
 */
export function declaredExposures(project: Project, built: BuiltGraph, detection: Detection, entries: readonly ClientEntry[], bundled: readonly Exposure[]): Exposure[] {
  const whole = createWholeReads(project, built, entries);
  const exposures: Exposure[] = [];
  for (const module of project.modules.values()) {
    for (const { name, at } of declaredNames(project, module)) {
      const exposure = exposureOf({ detection, bundled, whole }, module.file, name, at);
      if (exposure) exposures.push(exposure);
    }
  }
  return exposures;
}

/** Reads of such names in code that no client gets: the name is the fault there too, since whatever else reads it ships it. */
export function publicReads(project: Project, built: BuiltGraph, detection: Detection, entries: readonly ClientEntry[], bundled: readonly Exposure[]): Exposure[] {
  const context = { detection, bundled, whole: createWholeReads(project, built, entries) };
  return [...project.modules.values()].flatMap((module) => module.reads.flatMap((read): Exposure[] => {
    const isRead = read.access === 'process.env' || read.access === 'import.meta.env' || read.access === 'Bun.env' || read.access === 'Deno.env' || read.access === 'helper';
    const exposure = isRead && isPublicKeyName(project, read.name) ? exposureOf(context, module.file, read.name, read.at) : undefined;
    return exposure ? [isUnread(module) ? { ...exposure, confidence: 'possible' } : exposure] : [];
  }));
}

interface Context {
  readonly detection: Detection;
  readonly bundled: readonly Exposure[];
  readonly whole: WholeReads;
}

// --- what is declared -----------------------------------------------------------------------------------------------------------

interface Declared { readonly name: string; readonly at: Span }

const declaring = new Set<ModuleSummary['language']>(['dotenv', 'yaml', 'toml', 'json', 'dockerfile', 'properties', 'xml', 'makefile', 'shell', 'hcl']);
/** Data about names, which gives none a value. */
const describing = /(?:^|\/)(?:package-lock|npm-shrinkwrap|cspell|\.cspell|tsconfig[^/]*)\.json$|\.schema\.json$|\.ipynb$|(?:^|\/)(?:locales?|i18n|translations)\//;
/** `turbo.json`, `nx.json`: lists of the names that a task may see. */
const nameLists = /^(?:env|globalEnv|passThroughEnv|globalPassThroughEnv)$/;

/** `envVars: [{ key: X, sync: false }]` of Render, `envs: [{ key: X, scope: BUILD_TIME }]` of DigitalOcean: the value is kept elsewhere. */
const variableLists = /^(?:env|envs|envVars|environment|variables|environment_variables|environmentVariables)$/;
/** Programs that say with what environment others are built and run (https://sst.dev/docs, https://pm2.keymetrics.io/docs/usage/application-declaration). */
const deployProgram = /(?:^|\/)(?:sst|ecosystem|pm2|process)\.config\.[mc]?[jt]s$/;

function namesInProgram(project: Project, module: ModuleSummary): Declared[] {
  if (!deployProgram.test(module.file)) return [];
  return module.uses.flatMap((use) => {
    const name = use.kind === 'property' && use.key.kind === 'text' ? use.key.text : '';
    return isPublicKeyName(project, name) ? [{ name, at: [use.at[0], use.at[0] + name.length] as const }] : [];
  });
}

function declaredNames(project: Project, module: ModuleSummary): Declared[] {
  if (module.language === 'js' || module.language === 'ts') return namesInProgram(project, module);
  if (!declaring.has(module.language) || describing.test(module.file)) return [];
  const found = new Map<number, Declared>();
  const listed: Declared[] = [];
  for (const { name, path, value, at, valueAt } of module.declarations) {
    if (path.includes('properties') || path.includes('$defs')) continue;
    if (isPublicKeyName(project, name)) found.set(at[0], { name, at });
    const isListed = path.some((key) => nameLists.test(key)) && /^\d+$/.test(name) && value.kind === 'text';
    const isNamed = (name === 'key' || name === 'name') && value.kind === 'text' && path.some((key) => variableLists.test(key));
    if ((isListed || isNamed) && isPublicKeyName(project, value.text)) listed.push({ name: value.text, at: valueAt });
  }
  for (const declared of [...listed, ...manifestNames(project, module), ...commandNames(project, module)]) {
    if (![...found.values()].some(({ at }) => at[0] < declared.at[1] && declared.at[0] < at[1])) found.set(declared.at[0], declared);
  }
  return [...found.values()];
}

/** `"env": { "VITE_X": { "description": "…", "required": true } }`: https://devcenter.heroku.com/articles/app-json-schema#env */
function manifestNames(project: Project, module: ModuleSummary): Declared[] {
  const names = new Set(/(?:^|\/)app\.json$/.test(module.file) ? module.declarations.flatMap(({ path }) => (path.includes('env') ? path.filter((name) => isPublicKeyName(project, name)) : [])) : []);
  const text = names.size > 0 ? textOfFile(project.source, module.file) : '';
  return [...names].flatMap((name) => [...text.matchAll(new RegExp(`"${name}"(?=\\s*:)`, 'g'))].map(({ index }): Declared => ({ name, at: [index + 1, index + 1 + name.length] })));
}

/** Where a name begins that a command gives a value: `VITE_X=… vite build`, `--build-arg VITE_X`, `vercel env add NEXT_PUBLIC_X`. */
const given = /(?<![\w$.{-])([A-Z][A-Z0-9_]+)=(?!=)|--build-arg[ =]["']?([A-Z][A-Z0-9_]+)|\b(?:vercel\s+env\s+add|netlify\s+env:set|eas\s+(?:env|secret):create\b[^\n]*?--name)[ =]["']?([A-Z][A-Z0-9_]+)/g;

function commandNames(project: Project, module: ModuleSummary): Declared[] {
  const isCommandFile = /^(?:shell|makefile|yaml|dockerfile)$/.test(module.language) || /(?:^|\/)(?:package|railway|app)\.json$|(?:^|\/)Procfile[^/]*$/.test(module.file);
  if (!isCommandFile) return [];
  const text = textOfFile(project.source, module.file);
  return [...text.matchAll(given)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const start = match.index + match[0].indexOf(name);
    const isComment = /^\s*(?:#|\/\/)/.test(text.slice(text.lastIndexOf('\n', start) + 1, start));
    return isComment || !isPublicKeyName(project, name) ? [] : [{ name, at: [start, start + name.length] as const }];
  });
}

/** A name of a key with a prefix that some framework knows, or that may have one of the project's own. */
function isPublicKeyName(project: Project, name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name) && (isKeyName(name, project.keyOptions) || secretNameKind(name) !== undefined);
}

// --- what its frameworks make of it ---------------------------------------------------------------------------------------------

function exposureOf(context: Context, file: string, name: string, at: Span): Exposure | undefined {
  const builders = buildersFor(context.detection, file);
  const opener = builders.flatMap((detected) => prefixesOf(detected).filter((rule) => name.startsWith(rule.prefix)).map((rule) => ({ detected, rule })))[0];
  if (!opener) {
    const prefix = publicPrefixOf(name);
    if (prefix === undefined || builders.length > 0) return undefined;
    return { file, at, exposure: 'value', confidence: 'possible', reason: 'public-name', name, what: `a framework whose public prefix is \`${prefix}\``, trace: [] };
  }
  const { detected } = opener;
  const ships = shipsBy(context, detected, name);
  return {
    file, at, exposure: ships === undefined ? 'code' : 'value', confidence: ships === 'possible' ? 'possible' : 'certain',
    reason: 'public-name', name, what: detected.framework.title, client: clientOf(detected), trace: [{ file: detected.because.split(' in ').at(-1) ?? file, at: [0, 0], message: detected.framework.title }],
  };
}

interface Prefix { readonly prefix: string; readonly ships: 'read' | 'object' | 'always' }

/** Prefixes that open some names; one that opens all says nothing about a name. */
function prefixesOf({ framework, facts }: DetectedFramework): Prefix[] {
  const own = facts.prefixes.some((prefix) => prefix.replaces) ? [] : framework.publicPrefixes;
  return [...own, ...facts.prefixes].filter((rule) => rule.prefix !== '');
}

/** Frameworks that say nothing about names. */
const silent = new Set(['unknown-client', 'html']);

/**
 * The client builds that a file of settings belongs to: those of the nearest folder that has any, else, for a file that stands
 * above the packages or beside them (a workflow, a compose file), those below the folder that it is kept for.
 */
function buildersFor(detection: Detection, file: string): DetectedFramework[] {
  const near = detection.at(file).filter(isBuilder);
  if (near.length > 0) return near;
  const scope = folderOf(file).replace(/(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.vscode|\.devcontainer|\.husky|docker|deploy|infra|k8s|ci|scripts|helm|charts)(?:\/.*)?$/, '');
  return detection.frameworks.filter((detected) => isBuilder(detected) && isBelow(detected.folder, scope));
}

function isBuilder({ framework, facts }: DetectedFramework): boolean {
  return framework.side !== 'server' && (!silent.has(framework.id) || facts.prefixes.length > 0);
}

/** Whether the build gives the variable out, as far as its client code is known. */
function shipsBy({ bundled, whole }: Context, detected: DetectedFramework, name: string): 'certain' | 'possible' | undefined {
  const reads = bundled.filter((exposure) => exposure.name === name && exposure.exposure === 'value' && isBelow(exposure.file, detected.folder));
  if (reads.length > 0) return reads.some((exposure) => exposure.confidence === 'certain') ? 'certain' : 'possible';
  if (detected.framework.id === 'nuxt' && name.startsWith('NUXT_PUBLIC_')) return isDeclaredSetting(detected, name) ? 'certain' : undefined;
  return whole.ships(detected, name);
}

/** Nuxt puts `NUXT_PUBLIC_HILT_KEY` in the place of `runtimeConfig.public.hiltKey`, and nowhere if that is not declared (built). */
function isDeclaredSetting({ facts }: DetectedFramework, name: string): boolean {
  const plain = name.slice('NUXT_PUBLIC_'.length).replaceAll('_', '').toLowerCase();
  return facts.injections.some((injection) => injection.how === 'runtime-config' && injection.name.replace(/[._-]/g, '').toLowerCase() === plain);
}
