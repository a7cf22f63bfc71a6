import type { BuiltGraph } from '../graph/build.ts';
import { isRecord, stringsOf } from '../graph/manifest.ts';
import { folderOf, joinPath, relativeTo } from '../graph/posix-path.ts';
import type { Package } from '../graph/workspace.ts';
import type { PythonGraph } from '../python-graph.ts';
import { isBuildConfig } from './build-config.ts';
import { isBuildName, isProgramFile, isTestFile, isTestName, nameWords } from './file-roles.ts';
import type { FilePlace, Integration, IntegrationKind } from './integration.ts';
import { fileOf, scriptsOf, startedBy, type CommandContext } from './start-command.ts';
import { groupBy } from '../../syntax/group-by.ts';
import { baseName } from '../../sources/base-name.ts';

/** Files whose presence in a folder says that the folder is deployed. */
const deploymentFiles = /^(?:Dockerfile(?:\..+)?|Containerfile|Procfile|wrangler\.(?:toml|jsonc?)|fly\.toml|render\.ya?ml|railway\.(?:json|toml)|vercel\.json|netlify\.toml|serverless\.(?:ya?ml|json|ts|js)|sst\.config\.ts|app\.ya?ml|ecosystem\.config\.[mc]?js|template\.ya?ml|nixpacks\.toml|heroku\.yml|docker-compose\.ya?ml|compose\.ya?ml)$/;

/** Folders that hold one program a file, or a folder. Relative to a package, or to its source folder. */
const programFolders: ReadonlyMap<string, IntegrationKind> = new Map<string, IntegrationKind>(Object.entries({
  scripts: 'script', bots: 'bot', jobs: 'job', workers: 'worker', functions: 'function', cmd: 'command',
}));

const programFolder = /^(?:(?:src|app|server|supabase|netlify)\/)?(scripts|bots|jobs|workers|functions|cmd)\/([^/]+)(?:\/(.+))?$/;

/** The integrations that packages and folders tell of: deployable workspace packages, and programs that are started on their own. */
export function integrationsOfPackages(context: CommandContext, built: BuiltGraph, python: PythonGraph): Integration[] {
  const { workspace, paths } = context;
  const folders = [...new Set(['', ...workspace.packages.map((each) => each.folder)])].filter((folder) => !isTestFile(`${folder}/x`));
  const members = folders.filter((folder) => folder !== '');
  const programs = [...paths].filter((path) => isProgramFile(path) && !isTestFile(path) && !isBuildConfig(path) && !/(?:^|\/)(?:node_modules|dist|build|vendor|\.next|coverage)\//.test(path));
  const ownerOf = ownerFinder(members);
  const byFolder = groupBy(programs, ownerOf);
  const found: Integration[] = [];
  for (const folder of folders) {
    const files = byFolder.get(folder) ?? [];
    const own = workspace.inFolder(folder);
    if (folder !== '' && members.length + Number(workspace.inFolder('') !== undefined) > 1) {
      if (own && files.length > 0 && isDeployable(own, context, built, ownerOf)) found.push(wholePackage(own, files));
    } else {
      found.push(...programsOf({ folder, own, files, isRootOfMany: members.length > 0 }, context, built, python));
    }
  }
  return found;
}

/** The folder of the package that a path belongs to. */
function ownerFinder(folders: readonly string[]): (path: string) => string {
  const known = new Set(folders);
  return (path) => {
    for (let at = folderOf(path); at !== ''; at = folderOf(at)) if (known.has(at)) return at;
    return '';
  };
}

function wholePackage(own: Package, files: readonly string[]): Integration {
  return { name: nameOfPackage(own), kind: 'package', place: { file: joinFile(own.folder, 'package.json'), at: [0, 0] }, folder: own.folder, isWholeFolder: true, entries: files, feeds: [], envFiles: [] };
}

/** The folder's name, which people use, unless it says nothing (`apps/bot/server`). */
function nameOfPackage({ name, folder }: Package): string {
  const plain = name?.replace(/^@[^/]+\//, '');
  return plain ?? folder.split('/').at(-1) ?? 'root';
}

/** A package that others import is a library, unless something starts it; one that nobody imports is an end of its own. */
function isDeployable(own: Package, { paths, workspace }: CommandContext, built: BuiltGraph, ownerOf: (path: string) => string): boolean {
  if (isTooling(own)) return false;
  const scripts = scriptsOf(own);
  if (Object.keys(scripts).some((name) => /^(?:start|serve|deploy|preview)(?:$|:)/.test(name))) return true;
  if ([...paths].some((path) => folderOf(path) === own.folder && deploymentFiles.test(baseName(path)))) return true;
  if (built.detection.at(joinFile(own.folder, 'x')).some(({ framework, folder }) => folder === own.folder && framework.side === 'mixed')) return true;
  const isDependency = own.name !== undefined && workspace.packages.some((other) => other !== own && own.name !== undefined && own.name in other.dependencies);
  if (isDependency) return false;
  return ![...paths].some((path) => ownerOf(path) === own.folder && built.graph.importersOf(path).some((edge) => ownerOf(edge.from) !== own.folder && !isTestFile(edge.from) && !isBuildConfig(edge.from)));
}

function isTooling({ name = '', folder }: Package): boolean {
  const last = folder.split('/').at(-1) ?? '';
  return isTestName(name) || isTestName(last) || /(?:^|-)(?:config|tsconfig|eslint|prettier|storybook|tooling)(?:-|$)/.test(last) || /(?:^|\/)(?:tooling)\//.test(folder);
}

interface OnePackage {
  readonly folder: string;
  readonly own: Package | undefined;
  /** Its program files, without tests and tools' configuration. */
  readonly files: readonly string[];
  /** The root of a workspace: what the members do is theirs. */
  readonly isRootOfMany: boolean;
}

/** The programs of one package, and the application that is left when they are taken out. */
function programsOf(one: OnePackage, context: CommandContext, built: BuiltGraph, python: PythonGraph): Integration[] {
  const programs = new Map<string, Integration>();
  const known = new Set<string>();
  const add = (integration: Integration): void => {
    const entries = integration.entries.filter((entry) => !known.has(entry));
    if (entries.length === 0) return;
    for (const entry of entries) known.add(entry);
    const before = programs.get(integration.name);
    programs.set(integration.name, before ? { ...before, entries: [...before.entries, ...entries] } : { ...integration, entries });
  };
  const main = mainEntries(one, context);
  for (const entry of main) known.add(entry);
  const files = new Set(one.files);
  for (const { name, program: file, kind } of namedPrograms(one, context)) {
    if (!files.has(file)) continue;
    add({ ...program(one, kind, nameOfProgram(one.folder, file) ?? name, { file, at: [0, 0] }), entries: [file] });
  }
  for (const { name, kind, entries } of folderPrograms(one, built, python)) {
    add({ ...program(one, kind, name, { file: entries[0] ?? '', at: [0, 0] }), entries });
  }
  const application = applicationOf(one, main, known, built, python);
  const ofPython = pythonApplication(one, known, built, python, application ? 'python' : 'application');
  return [...(application ? [application] : []), ...(ofPython ? [ofPython] : []), ...programs.values()];
}

function program({ folder }: OnePackage, kind: IntegrationKind, name: string, place: FilePlace): Omit<Integration, 'entries'> {
  return { name, kind, place, folder, isWholeFolder: false, feeds: [], envFiles: [] };
}

/** What `start` runs is the application itself. */
function mainEntries({ own, folder }: OnePackage, context: CommandContext): string[] {
  if (!own) return [];
  const scripts = scriptsOf(own);
  const lines = Object.entries(scripts).filter(([name]) => isMainScript(name)).map(([, line]) => line);
  return [...new Set(lines.flatMap((line) => startedBy(line, folder, context).programs))];
}

function isMainScript(name: string): boolean {
  return /^(?:start|dev|serve|develop|preview)(?::(?:prod|production|dev|debug|local|staging|watch|server))?$/.test(name);
}

interface NamedProgram { readonly name: string; readonly program: string; readonly kind: IntegrationKind }

/** `bin`, and each script that starts a file; what builds, checks or tests is none. */
function namedPrograms({ own, folder }: OnePackage, context: CommandContext): NamedProgram[] {
  if (!own) return [];
  const bin = own.manifest['bin'];
  const bins = typeof bin === 'string' ? [[nameOfPackage(own), bin] as const] : isRecord(bin) ? Object.entries(bin).map(([name, path]) => [name, stringsOf(path)[0] ?? ''] as const) : [];
  const commands = bins.flatMap(([name, path]) => {
    const program = fileOf(path.includes('/') ? path : `./${path}`, folder, context.paths);
    return program === undefined ? [] : [{ name, program, kind: 'command' as const }];
  });
  const scripts = Object.entries(scriptsOf(own)).filter(([name]) => !isMainScript(name) && !isBuildName(name)).flatMap(([name, line]) => (
    startedBy(line, folder, context).programs.map((program) => ({ name, program, kind: 'script' as const }))
  ));
  return [...commands, ...scripts].filter(({ program }) => !isTestName(nameOfFile(program)));
}

/** A program below `scripts/` and its like has the name that its place gives, whoever else starts it. */
function nameOfProgram(folder: string, program: string): string | undefined {
  const match = programFolder.exec(relativeTo(folder, program));
  if (!match?.[2]) return undefined;
  return match[3] === undefined ? nameOfFile(match[2]) : match[2];
}

interface FolderProgram { readonly name: string; readonly kind: IntegrationKind; readonly entries: readonly string[] }

/** `bots/telegram.ts` and `bots/discord/…`: files that nothing else imports, one integration a file or a folder. */
function folderPrograms({ folder, files }: OnePackage, built: BuiltGraph, python: PythonGraph): FolderProgram[] {
  const found = new Map<string, { name: string; kind: IntegrationKind; entries: string[] }>();
  for (const path of files) {
    const match = programFolder.exec(relativeTo(folder, path));
    const [, place = '', child = '', rest] = match ?? [];
    const kind = programFolders.get(place);
    if (kind === undefined || isHelper(rest ?? child, child, rest !== undefined) || isImported(path, built, python)) continue;
    const name = rest === undefined ? nameOfFile(child) : child;
    if (isTestName(name) || (kind === 'script' && isBuildName(name))) continue;
    const key = `${place}/${name}`;
    const known = found.get(key);
    if (known) known.entries.push(path);
    else found.set(key, { name, kind, entries: [path] });
  }
  return [...found.values()];
}

/** What programs share lies beside them: `scripts/lib/hilt.ts`, `scripts/_shared.ts`, `functions/_shared/cors.ts`. */
function isHelper(name: string, child: string, isInFolder: boolean): boolean {
  return child.startsWith('_') || name.startsWith('_') || (isInFolder && /^(?:lib|libs|shared|common|utils?|helpers?|types)$/.test(child));
}

function isImported(path: string, { graph }: BuiltGraph, python: PythonGraph): boolean {
  return (path.endsWith('.py') ? python : graph).importersOf(path).some((edge) => edge.from !== path && !edge.typeOnly && !isTestFile(edge.from));
}

function nameOfFile(path: string): string {
  const base = baseName(path);
  return base.replace(/(?:\.[a-z]+)+$/i, '') || base;
}

/** The server or the web application of the package: all its routes, and all else that is not one of its programs. */
function applicationOf({ folder, own, files, isRootOfMany }: OnePackage, main: readonly string[], known: ReadonlySet<string>, built: BuiltGraph, python: PythonGraph): Integration | undefined {
  const hasFramework = built.detection.at(joinFile(folder, 'x')).some((each) => each.folder === folder && each.framework.side !== 'client');
  const isLibrary = own !== undefined && ['main', 'module', 'exports', 'types'].some((field) => field in own.manifest);
  const open = files.filter((path) => !known.has(path) && !programFolder.test(relativeTo(folder, path)) && isJavaScript(path) && !isImported(path, built, python));
  if (main.length === 0 && !hasFramework && (isLibrary || isRootOfMany)) return undefined;
  const entries = [...main, ...open];
  if (entries.length === 0) return undefined;
  const name = own?.name?.replace(/^@[^/]+\//, '') ?? (folder === '' ? 'application' : (folder.split('/').at(-1) ?? ''));
  return { name, kind: 'application', place: { file: main[0] ?? entries[0] ?? '', at: [0, 0] }, folder, isWholeFolder: false, application: { starts: main, isServed: hasFramework }, entries, feeds: [], envFiles: [] };
}

/**
 * What Python has in the package beside its programs: a web application, or a program of several files.
 *
 * @param otherwise its name where no folder gives one
 */
function pythonApplication(one: OnePackage, known: ReadonlySet<string>, built: BuiltGraph, python: PythonGraph, otherwise: string): Integration | undefined {
  const { folder, files } = one;
  const own = files.filter((path) => path.endsWith('.py') && !known.has(path) && !programFolder.test(relativeTo(folder, path)) && !/(?:^|\/)(?:__init__|setup|conftest|manage)\.py$/.test(path));
  const entries = own.filter((path) => !isImported(path, built, python));
  if (entries.length === 0) return undefined;
  const place = folderOf(entries[0] ?? '');
  const common = entries.every((path) => folderOf(path) === place) ? place : folder;
  const name = nameWords(common.split('/').findLast((part) => part !== 'src') ?? '').join('-');
  return { ...program(one, 'application', name === '' ? otherwise : name, { file: entries[0] ?? '', at: [0, 0] }), application: { starts: [], isServed: false }, entries };
}

function isJavaScript(path: string): boolean {
  return /\.(?:[mc]?[jt]sx?|vue|svelte|astro)$/.test(path);
}

function joinFile(folder: string, name: string): string {
  return joinPath(folder, name) ?? name;
}
