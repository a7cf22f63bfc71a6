import { commandsOf, type ScriptCommand } from '../frameworks/package-scripts.ts';
import { isRecord } from '../graph/manifest.ts';
import { joinPath } from '../graph/posix-path.ts';
import type { Package, Workspace } from '../graph/workspace.ts';
import { isProgramFile } from './file-roles.ts';

/** What a command line starts. */
export interface Started {
  /** Files of the repository. */
  readonly programs: readonly string[];
  /** The package whose script it runs, or the folder that it goes to. */
  readonly folder?: string;
}

export interface CommandContext {
  readonly paths: ReadonlySet<string>;
  readonly workspace: Workspace;
}

const runners = new Set([
  'node', 'nodejs', 'tsx', 'ts-node', 'ts-node-esm', 'ts-node-dev', 'tsnd', 'nodemon', 'bun', 'deno', 'swc-node', 'esno', 'vite-node', 'babel-node', 'zx', 'jiti',
  'python', 'python3', 'uv', 'poetry', 'pipenv', 'ruby', 'php', 'go', 'bash', 'sh', 'zsh', 'pm2', 'pm2-runtime', 'forever', 'dumb-init', 'tini', 'concurrently', 'watchexec', 'functions-framework', 'wrangler', 'sudo', 'nohup', 'doppler', 'infisical', 'op', 'dotenvx', 'cargo', 'chamber', 'aws-vault', 'vault', 'timeout', 'flock', 'if', 'xvfb-run', 'gosu', 'su-exec', 'exec', 'run-s', 'run-p',
]);

const packageManagers = new Set(['npm', 'pnpm', 'yarn', 'bun', 'turbo', 'nx', 'lerna', 'deno', 'npm-run-all', 'run-s', 'run-p', 'node']);

/** Tools that look at programs and do not run them as themselves. */
const checkers = new Set(['vitest', 'jest', 'mocha', 'ava', 'tap', 'c8', 'nyc', 'playwright', 'cypress', 'eslint', 'tsc', 'prettier', 'biome', 'oxlint', 'esbuild', 'rollup', 'webpack', 'vite', 'tsup', 'tsdown', 'swc', 'parcel', 'knip', 'typedoc', 'depcheck', 'svelte-check', 'astro', 'next', 'nuxt', 'rm', 'cp', 'mv', 'cat', 'chmod', 'mkdir', 'shellcheck', 'pytest', 'ruff', 'mypy', 'black', 'git', 'docker', 'hadolint']);

const maximumDepth = 6;

/** The programs that a command line starts in a folder, through package scripts. Commands that only check or build start none. */
export function startedBy(line: string, folder: string, context: CommandContext, depth = 0): Started {
  const programs = new Set<string>();
  let at = folder;
  let named: string | undefined;
  for (const command of commandsOf('', line, [0, 0])) {
    if (command.program === 'cd') {
      at = joinPath(at, command.args[0] ?? '') ?? at;
      if (at !== folder) named = at;
      continue;
    }
    const started = startedByCommand(command, at, context, depth);
    for (const program of started.programs) programs.add(program);
    named ??= started.folder;
  }
  return { programs: [...programs], ...(named === undefined ? {} : { folder: named }) };
}

function startedByCommand(command: ScriptCommand, folder: string, context: CommandContext, depth: number): Started {
  const { program, args } = command;
  if (checkers.has(program)) return { programs: [] };
  const script = depth < maximumDepth ? scriptCall(command, folder, context) : undefined;
  if (script) return startedByScript(script, context, depth);
  if (args.some((arg) => /^--?(?:test|check|syntax-check)$/.test(arg))) return { programs: [] };
  const words = runners.has(program) ? args : [program];
  const files = words.flatMap((word) => fileOf(word, folder, context.paths) ?? []);
  if (files.length > 0) return { programs: files.slice(0, 1) };
  const module = pythonModule(program, args);
  const inPython = module === undefined ? undefined : pythonFile(module, folder, context.paths);
  if (inPython !== undefined) return { programs: [inPython] };
  if (program === 'go' && args[0] === 'run') return goProgram(args[1] ?? '.', folder, context.paths);
  return { programs: [] };
}

/** Servers that are told an application as `package.module:name`. */
const pythonServers = new Set(['uvicorn', 'gunicorn', 'hypercorn', 'daphne', 'granian', 'waitress-serve', 'celery', 'rq', 'dramatiq', 'arq', 'huey_consumer', 'flask', 'quart', 'faust', 'prefect', 'robyn', 'litestar', 'sanic']);

/** The module that Python is told to run: `python -m app.bot`, `uvicorn app.main:app`, `celery -A app.tasks worker`. */
function pythonModule(program: string, args: readonly string[]): string | undefined {
  const words = [program, ...args];
  const at = words.findIndex((word) => pythonServers.has(word) || /^python[\d.]*$/.test(word));
  if (at < 0) return undefined;
  const rest = words.slice(at + 1);
  const option = rest.findIndex((word) => /^(?:-m|-A|--app)$/.test(word));
  const named = option >= 0 ? rest[option + 1] : rest.map((word) => /^--app=(.+)$/.exec(word)?.[1]).find((name) => name !== undefined);
  // `python -m uvicorn app.main:app`
  if (named !== undefined && pythonServers.has(named)) return pythonModule(named, rest.slice(option + 2));
  const written = named ?? rest.find((word) => /^[A-Za-z_][\w.]*:\w+(?:\(\))?$/.test(word)) ?? (/^(?:dramatiq|arq|python)/.test(words[at] ?? '') ? undefined : rest.find((word) => /^[a-z_]\w*(?:\.\w+)+$/.test(word)));
  return written?.split(':')[0];
}

export function pythonFile(module: string, folder: string, paths: ReadonlySet<string>): string | undefined {
  const path = module.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__main__.py`, `${path}/__init__.py`, `src/${path}.py`, `src/${path}/__main__.py`].map((each) => fileOf(each, folder, paths)).find((each) => each !== undefined);
}

function goProgram(target: string, folder: string, paths: ReadonlySet<string>): Started {
  const at = joinPath(folder, target);
  const main = at === undefined ? undefined : joinPath(at, 'main.go');
  return { programs: main !== undefined && paths.has(main) ? [main] : [] };
}

interface ScriptCall { readonly folder: string; readonly script: string }

/** `npm run x`, `pnpm --filter @acme/bot start`, `yarn workspace bot start`, `turbo run start --filter=bot`, `nx serve bot`. */
function scriptCall({ program, args }: ScriptCommand, folder: string, context: CommandContext): ScriptCall | undefined {
  const { workspace } = context;
  const own = workspace.inFolder(folder) ?? workspace.packageOf(folder === '' ? 'x' : `${folder}/x`);
  const isManager = packageManagers.has(program);
  const words = args.filter((arg) => !arg.startsWith('-'));
  const target = isManager || program === 'workspace' || program === 'filter' ? targetPackage(program, args, folder, own, context) : undefined;
  const holder = target ?? own;
  const scripts = holder === undefined ? {} : scriptsOf(holder);
  if (holder === undefined) return undefined;
  // `commandsOf` takes `pnpm` and `yarn` off before a script's name, which then stands as the program.
  const candidates = isManager ? words : [program, ...words];
  if (!isManager && runners.has(program)) return undefined;
  const script = candidates.find((word) => Object.hasOwn(scripts, word) && (isManager || word === program || target !== undefined));
  return script === undefined ? undefined : { folder: holder.folder, script };
}

function targetPackage(program: string, args: readonly string[], folder: string, own: Package | undefined, { workspace }: CommandContext): Package | undefined {
  for (const [index, arg] of args.entries()) {
    const option = /^(?:--filter|--workspace|--scope|--prefix|--cwd|-F|-w|-C)(?:=(.*))?$/.exec(arg);
    const value = option ? (option[1] ?? args[index + 1]) : arg === 'workspace' || (index === 0 && program === 'workspace') ? args[index + (arg === 'workspace' ? 1 : 0)] : undefined;
    if (value === undefined) continue;
    const found = packageNamed(value.replace(/\.\.\.$|^\.\.\./g, ''), folder, own, workspace);
    if (found) return found;
  }
  return undefined;
}

function packageNamed(name: string, folder: string, own: Package | undefined, workspace: Workspace): Package | undefined {
  const path = joinPath(folder, name.replace(/^\{|\}$/g, ''));
  const inFolder = path === undefined ? undefined : workspace.inFolder(path);
  if (inFolder && path !== '') return inFolder;
  return workspace.packages.find((each) => each.name === name) ?? workspace.packages.find((each) => each.name?.replace(/^@[^/]+\//, '') === name) ?? (own?.name === name ? own : undefined);
}

function startedByScript({ folder, script }: ScriptCall, context: CommandContext, depth: number): Started {
  const holder = context.workspace.inFolder(folder);
  const line = holder === undefined ? undefined : scriptsOf(holder)[script];
  if (line === undefined) return { programs: [], folder };
  const started = startedBy(line, folder, context, depth + 1);
  return { programs: started.programs, folder: started.folder ?? folder };
}

export function scriptsOf({ manifest }: Package): Readonly<Record<string, string>> {
  const scripts = manifest['scripts'];
  if (!isRecord(scripts)) return {};
  return Object.fromEntries(Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Folders that builds write to, and where what they write comes from. */
const outputFolders = /^(?:dist|build|out|lib|\.output|output|target|bin)\//;
const sourceEndings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.py'];

/** The file of the repository that a word names, also where it names what a build makes of it (`dist/bot.js`). */
export function fileOf(word: string, folder: string, paths: ReadonlySet<string>): string | undefined {
  const cleaned = word.replace(/^(?:\/(?:app|usr\/src\/app|srv|workspace|code|home\/node\/app|var\/task|opt\/[\w-]+)\/|\$\{?[A-Z_]+\}?\/)/, '');
  if (cleaned === '' || /^[-$]|[*?{}=\s:]/.test(cleaned) || cleaned.startsWith('/')) return undefined;
  if (!/[./]/.test(cleaned)) return undefined;
  for (const candidate of [cleaned, ...sourcesOf(cleaned)]) {
    const path = joinPath(folder, candidate);
    const found = path === undefined || path === '' ? undefined : existing(path, paths);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sourcesOf(word: string): string[] {
  const plain = word.replace(/^\.\//, '');
  if (!outputFolders.test(plain)) return [];
  const inside = plain.replace(outputFolders, '');
  return [`src/${inside}`, inside, `src/${inside.replace(/^src\//, '')}`];
}

function existing(path: string, paths: ReadonlySet<string>): string | undefined {
  if (paths.has(path)) return isProgramFile(path) || !path.includes('.', path.lastIndexOf('/') + 1) ? path : undefined;
  const stem = path.replace(/\.[mc]?js$/, '');
  const candidates = [...sourceEndings.map((ending) => stem + ending), ...sourceEndings.map((ending) => `${stem}/index${ending}`)];
  return candidates.find((candidate) => paths.has(candidate));
}
