import { isKeyName } from '../../hilt/names.ts';
import type { Language } from '../../sources/language.ts';
import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { joinPath } from '../graph/posix-path.ts';
import { argumentsOf, type Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import type { Lazy, Place, Resolved } from '../resolved.ts';
import { wordsIn } from '../shell-commands.ts';
import { isKeywords } from '../signature.ts';
import { isQuiet } from './workflow-commands.ts';
import { inputOf, keywordOf, shownByCommand } from './shell-output.ts';
import type { Sink } from './sink.ts';
import { publicFolder } from './sink-names.ts';
import { textsOf } from '../folded-texts.ts';
import { usesAt } from '../uses-at.ts';
import { oncePerModule } from '../once-per-project.ts';
import { addTo } from '../../syntax/group-by.ts';

/** Commands that hand what they are told to the system's log or to everybody on the machine. */
const loggers: ReadonlySet<string> = new Set(['logger', 'systemd-cat', 'wall', 'write', 'notify-send', 'say', 'osascript', 'mail', 'mailx', 'sendmail', 'zenity', 'whiptail', 'dialog']);

const scripts: ReadonlySet<Language> = new Set(['shell', 'yaml', 'json', 'toml', 'makefile', 'dockerfile', 'properties', 'text', 'groovy']);

/**
 * What a command of a shell lets be seen: what it prints, where nothing takes that, and what it writes to files.
 * `undefined`: the call is no command.
 */
export function shellSinks(project: Project, use: CallUse, instance: Instance): Sink[] | undefined {
  const { module, frame, calls } = instance;
  if (!scripts.has(module.language)) return undefined;
  const callee = project.evaluator.head({ module, value: use.callee, frame, at: use.at });
  const name = use.callee.kind === 'global' && use.callee.path.startsWith('shell:') ? use.callee.path.slice('shell:'.length) : undefined;
  if (name === undefined && (callee.kind !== 'function' || !scripts.has(callee.module.language))) return undefined;
  const made = new Output(project, use, instance, name ?? '');
  return made.sinks().map((sink) => ({ ...sink, place: { module, at: sink.value.at ?? use.at }, calls }));
}

type Found = Pick<Sink, 'kind' | 'name' | 'value'>;

class Output {
  readonly #project: Project;
  readonly #use: CallUse;
  readonly #instance: Instance;
  /** Empty: a function of the script. */
  readonly #name: string;
  readonly #args: readonly Lazy[];
  /** The command with its heredoc, which stands below it. */
  readonly #at: Span;

  constructor(project: Project, use: CallUse, instance: Instance, name: string) {
    this.#project = project;
    this.#use = use;
    this.#instance = instance;
    this.#name = name;
    const { module, frame } = instance;
    this.#args = argumentsOf(project, use, module, frame);
    const below = use.args.flatMap(({ value }) => (value.kind === 'object' ? value.entries.map((entry) => entry.valueAt[1]) : []));
    this.#at = [use.at[0], Math.max(use.at[1], ...below)];
  }

  sinks(): Found[] {
    if (this.#name === '') return this.#ofFunction();
    if (loggers.has(this.#name)) return [...this.#args.filter((word) => !isKeywords(word)), ...this.#given()].map((value) => this.#found('log', this.#name, value));
    const { evaluator } = this.#project;
    const redirected = keywordOf(evaluator, this.#args, 'stdout');
    const isRedirected = redirected !== undefined && redirected.kind !== 'constant';
    const written = [...this.#files(), ...(isRedirected ? [redirected] : [])].flatMap((file) => this.#toFile(file));
    if (written.length > 0 || isRedirected || !this.#isShown()) return written;
    const printed = evaluator.head(this.#printed());
    return isQuiet(printed) || !this.#mayHoldKey(printed) ? [] : [this.#found('log', this.#name, this.#printed())];
  }

  #given(): Lazy[] {
    const keywords = this.#args.find(isKeywords);
    if (!keywords || !inputOf(this.#project.evaluator, this.#args)) return [];
    return [{ ...keywords, value: { kind: 'member', object: keywords.value, property: { kind: 'text', text: 'stdin' } } }];
  }

  /** What the call prints. */
  #printed(): Lazy {
    const { module, frame } = this.#instance;
    const { callee, args, at } = this.#use;
    return { module, value: { kind: 'call', callee, args, at }, frame, at: this.#at };
  }

  #found(kind: Sink['kind'], name: string, value: Lazy): Found {
    return { kind, name, value: { ...value, at: this.#at } };
  }

  /** What a function of the script prints last, if it comes from the call. What it prints whatever it is given is told where it does so. */
  #ofFunction(): Found[] {
    const isPlain = this.#use.args.length > 0 && this.#instance.calls.length === 0 && this.#use.result === 'dropped';
    return isPlain && this.#isShown() ? [this.#found('log', 'echo', this.#printed())] : [];
  }

  /** Whether what the call prints is what the script prints. */
  #isShown(): boolean {
    const { module, calls } = this.#instance;
    const { fn, result, at } = this.#use;
    const call = calls.at(-1);
    if (call) return result === 'dropped' && callAt(call)?.result !== 'used';
    const callers = fn < 0 ? [] : (callersIn(this.#project, module).get(fn) ?? []);
    // The last command of a function gives what `$(function)` is.
    const isLast = module.functions[fn]?.returns.some((value) => value.kind === 'call' && value.at[0] === at[0] && value.at[1] === at[1]) ?? false;
    if (callers.some((use) => use.result === 'used')) return false;
    return result === 'dropped' || (isLast && callers.length > 0);
  }

  /** `tee file`, `sed -i … file` write to the files that they are told. */
  #files(): Resolved[] {
    const words = wordsIn(this.#project.evaluator, this.#args);
    if (this.#name === 'tee' || this.#name === 'sponge') return words.filter((word) => !isFlag(word));
    const isInPlace = this.#name === 'sed' && words.some((word) => word.kind === 'text' && /^(?:-[a-zA-Z]*i|--in-place)/.test(word.text));
    return isInPlace ? words.slice(1).filter((word) => word.kind === 'text' && !isFlag(word)) : [];
  }

  #toFile(file: Resolved): Found[] {
    const printed = this.#printed();
    if (file.kind === 'variable') return file.name === 'GITHUB_STEP_SUMMARY' ? [this.#found('log', `${this.#name} >> $${file.name}`, printed)] : [];
    const path = textsOf(file)[0] ?? leadingText(file);
    if (/^\/dev\/(?:stdout|stderr|tty|fd\/[12])$/.test(path)) return this.#isShown() ? [this.#found('log', this.#name, printed)] : [];
    if (publicFolder.test(path)) return [this.#found('file', path, printed)];
    return this.#isOfRepository(path) ? [this.#found('tracked-file', path, printed)] : [];
  }

  /** Whether a file is there and not ignored: the next commit takes what is written to it. */
  #isOfRepository(path: string): boolean {
    const { module } = this.#instance;
    // What an image is built of is no working copy.
    if (path === '' || module.language === 'dockerfile') return false;
    const paths = this.#project.source?.paths();
    const folders = ['', module.file.split('/').slice(0, -1).join('/')];
    return paths !== undefined && folders.some((folder) => {
      const joined = joinPath(folder, path);
      return joined !== undefined && joined !== '' && paths.has(joined);
    });
  }

  /** A list of all variables tells a key only where one is among them: in a file that is no script, one must be declared for the command. */
  #mayHoldKey(printed: Resolved): boolean {
    const { module } = this.#instance;
    if (module.language === 'shell' || module.language === 'makefile' || !listsVariables(this.#project, printed)) return true;
    const scope = scopeOf(module, this.#use.at);
    return module.declarations.some(({ name, path, at }) => {
      if (!isKeyName(name, this.#project.keyOptions)) return false;
      if (module.language === 'dockerfile') return at[0] < this.#use.at[0];
      return /^(?:env|environment|variables)$/.test(path.at(-1) ?? '') && path.slice(0, -1).every((part, index) => scope[index] === part);
    });
  }
}

/** Commands of a workflow that hide a value or hand it on. */
function listsVariables(project: Project, printed: Resolved): boolean {
  if (printed.kind === 'environment') return true;
  if (printed.kind !== 'call' || printed.callee.kind !== 'global') return false;
  return shownByCommand(project.evaluator, printed.callee.path.replace(/^shell:/, ''), printed.args).some((shown) => listsVariables(project, shown));
}

/** The keys above the command that stands at a place of a YAML or JSON file. */
function scopeOf({ declarations }: ModuleSummary, at: Span): readonly string[] {
  return declarations.findLast(({ valueAt }) => valueAt[0] <= at[0] && at[1] <= valueAt[1])?.path ?? [];
}

function callAt(place: Place): CallUse | undefined {
  return usesAt(place).find((use) => use.kind === 'call');
}

/** The calls of each function of a script, by its index. */
const callersIn = oncePerModule((project, module): ReadonlyMap<number, readonly CallUse[]> => {
  const callers = new Map<number, CallUse[]>();
  for (const use of module.uses) {
    const fn = use.kind === 'call' ? calledFunction(project, module, use) : undefined;
    if (fn !== undefined && use.kind === 'call') addTo(callers, fn, use);
  }
  return callers;
});

function calledFunction(project: Project, module: ModuleSummary, use: CallUse): number | undefined {
  if (use.callee.kind !== 'binding') return undefined;
  const callee = project.evaluator.look(module, use.callee);
  return callee.kind === 'function' && callee.module === module ? callee.fn : undefined;
}

function isFlag(word: Resolved): boolean {
  return word.kind === 'text' && word.text.startsWith('-');
}

/** `$DIST/public/env.js`: the text of a path as far as it is written out. */
function leadingText(value: Resolved): string {
  if (value.kind !== 'concat') return '';
  return value.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}
