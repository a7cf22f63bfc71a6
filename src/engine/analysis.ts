import { rules } from '../../rules/index.ts';
import type { Rule } from '../../rules/rule.ts';
import { linkProject } from '../project/link.ts';
import type { LinkSettings } from '../project/link-settings.ts';
import type { Project } from '../project/project.ts';
import { decode } from '../sources/decode.ts';
import { readText } from '../sources/file-text.ts';
import type { Notice } from '../sources/notice.ts';
import { once } from '../sources/once.ts';
import type { StagedSource } from '../sources/index-source.ts';
import type { Source, SourceFile } from '../sources/source.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { summarise } from '../syntax/summarise.ts';
import { hiltModules } from '../project/integrations/key-reads.ts';
import { changedModules, isProse } from '../project/known-state.ts';
import { integrationNotices } from '../project/integrations/key-uses.ts';
import { CommitMemory, filesConcerned } from './commit-memory.ts';
import type { Finding } from './finding.ts';
import { makeInventory, type Inventory } from './inventory.ts';
import { makeFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import { judgeModule } from './judge.ts';
import type { JudgedFinding, Judgement } from './judge.ts';
import type { ScanSettings } from './settings.ts';
import { TextStore } from './text-store.ts';

/** What the analysis of all files comes to. */
export interface Conclusion {
  /** By file (code units), then position. */
  readonly findings: readonly Finding[];
  readonly frames: ReadonlyMap<Finding, Frame>;
  readonly suppressed: number;
  readonly notices: readonly Notice[];
  /** The address of each rule's page, by rule id. */
  readonly pages: ReadonlyMap<string, string>;
  /** Where the settings ask for it. */
  readonly inventory?: Inventory;
}

/** Takes the files that mention Hilt one by one, then links and judges them all. It loads the parser, so it is loaded late. */
export class Analysis {
  readonly #source: Source;
  readonly #settings: ScanSettings;
  readonly #texts: TextStore;
  readonly #modules: ModuleSummary[] = [];
  readonly #notices: Notice[] = [];
  readonly #scope: () => ReadonlySet<string>;
  #head: { readonly project: Project; readonly texts: TextStore } | undefined;

  /** `scope`: the files that findings may stand in, asked for in the end; others are only read for what they export. */
  constructor(source: Source, settings: ScanSettings, scope: () => ReadonlySet<string>) {
    this.#source = source;
    this.#settings = settings;
    this.#scope = scope;
    this.#texts = new TextStore(source);
  }

  add(file: SourceFile): void {
    const bytes = file.read();
    if (!bytes) return;
    const { text } = decode(bytes);
    const { summary, notices } = atFile(file.path, () => summarise(file.path, text, this.#settings.key));
    this.#modules.push(summary);
    this.#notices.push(...notices);
    this.#texts.keep(file.path, text);
  }

  conclude(): Conclusion {
    const settings = this.#settings;
    const source = this.#source;
    const memory = isCompared(source) ? new CommitMemory(source, settings) : undefined;
    const link = isCompared(source) ? { ...settings.link, changedModules: once(() => changedModules(source)), isFirstRun: memory?.isFirst() === true } : settings.link;
    const project = linkProject(this.#modules, settings.key, settings.project ? source : undefined, link);
    const { verdicts, suppressed } = memory && settings.project ? this.#judgeCommit(project, memory) : this.#judge(project, this.#modulesToJudge(project), settings.rules);
    const findings = verdicts.flatMap(({ shown }) => shown.map(({ finding }) => finding)).sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
    const frames = new Map<Finding, Frame>();
    if (settings.frames) for (const verdict of verdicts) this.#addFrames(frames, verdict);
    project.keepSummaries?.();
    const inventory = settings.inventory ? makeInventory(project, this.#texts, findings) : undefined;
    return {
      findings, frames, suppressed,
      notices: [...this.#notices, ...project.notices, ...integrationNotices(project)],
      pages: new Map(rules.map(({ id, meta }) => [id, meta.docs.url])),
      ...(inventory && { inventory }),
    };
  }

  /**
   * Most commits leave alone what the rules on the whole project go by: they need not run. Where they run, what they say of
   * files that are not staged is this commit's too, if HEAD does not have it.
   */
  #judgeCommit(project: Project, memory: CommitMemory): Judged {
    const all = this.#settings.rules;
    const settled = memory.settled(project);
    if (settled) {
      const judged = this.#judge(project, this.#modulesToJudge(project), withoutWholeProject(all));
      // A key that the code puts together is one that the rules on the whole project did not know of.
      if (judged.verdicts.every(({ file, shown }) => isProse(file) || shown.every(({ finding }) => finding.key === undefined))) {
        memory.keep(settled);
        return judged;
      }
    }
    hiltModules(project);
    const staged = this.#judge(project, this.#modulesToJudge(project), all);
    const others = [...filesConcerned(project)].filter((file) => !this.#scope().has(file) && !this.#settings.ignores(file)).sort();
    const elsewhere = this.#judge(project, others.flatMap((file) => project.module(file) ?? []), onlyWholeProject(all));
    memory.learn(project);
    return { verdicts: [...staged.verdicts, ...elsewhere.verdicts], suppressed: staged.suppressed + elsewhere.suppressed };
  }

  #judge(project: Project, modules: Iterable<ModuleSummary>, settings: RuleSettings): Judged {
    const verdicts: Verdict[] = [];
    let suppressed = 0;
    for (const module of modules) {
      const { file } = module;
      const judgement = atFile(file, () => judgeModule(module, { project, texts: this.#texts, rules, settings }));
      for (const cut of project.evaluator.takeExhausted()) this.#tellExhausted(cut);
      const added = atFile(file, () => this.#subtractHead(file, judgement, settings));
      const shown = added.filter(({ finding }) => !this.#settings.baseline.has(finding.fingerprint));
      suppressed += judgement.suppressed + added.length - shown.length;
      verdicts.push({ file, shown, judgement });
    }
    return { verdicts, suppressed };
  }

  /** The files that mention Hilt, then those that judging them brought in: a key may be put together, or wanted, in a file that does not. */
  *#modulesToJudge(project: Project): Iterable<ModuleSummary> {
    const judged = new Set<string>();
    const byPath = (modules: Iterable<ModuleSummary>): ModuleSummary[] => [...modules].filter(({ file }) => !judged.has(file) && this.#scope().has(file)).sort((a, b) => (a.file < b.file ? -1 : 1));
    for (let next = byPath([...this.#modules, ...project.related()]); next.length > 0; next = byPath(project.modules.values())) {
      for (const module of next) {
        judged.add(module.file);
        yield module;
      }
    }
  }

  #tellExhausted(file: string): void {
    this.#notices.push({ code: 'fold-budget', level: 'info', file, message: 'The analysis reached its limit of steps while it followed the code of this file; some of what it computes, or what it leads to, was not seen.' });
  }

  #addFrames(frames: Map<Finding, Frame>, { file, shown, judgement }: Verdict): void {
    const text = shown.length > 0 ? this.#texts.get(file) : undefined;
    if (!text) return;
    for (const { finding, at } of shown) frames.set(finding, makeFrame(text, at, judgement.secrets));
  }

  /** Leaves out what HEAD's version of the file has already, fingerprint by fingerprint (the second of two equal ones has its own). */
  #subtractHead(file: string, { findings }: Judgement, settings: RuleSettings): readonly JudgedFinding[] {
    if (findings.length === 0 || !isCompared(this.#source)) return findings;
    this.#head ??= this.#linkHead(this.#source);
    const { project, texts } = this.#head;
    const module = project.module(file);
    if (!module) return findings;
    const before = judgeModule(module, { project, texts, rules, settings });
    const known = new Set(before.findings.map(({ finding }) => finding.fingerprint));
    return findings.filter(({ finding }) => !known.has(finding.fingerprint));
  }

  /** The repository before the commit, as far as it is asked for. */
  #linkHead(source: StagedSource): { readonly project: Project; readonly texts: TextStore } {
    const head: Source = { root: source.root, files: () => [], open: (path) => source.head(path), paths: () => source.headPaths(), notices: [] };
    const { key, link, project: isLinked } = this.#settings;
    const modules = isLinked ? [] : this.#modules.flatMap(({ file }) => summaryIn(head, file, this.#settings) ?? []);
    return { project: linkProject(modules, key, isLinked ? head : undefined, withoutCache(link)), texts: new TextStore(head) };
  }
}

type RuleSettings = ScanSettings['rules'];

/** What is said of a set of modules. */
interface Judged { readonly verdicts: readonly Verdict[]; readonly suppressed: number }

interface Verdict { readonly file: string; readonly shown: readonly JudgedFinding[]; readonly judgement: Judgement }

function withoutWholeProject(settings: RuleSettings): RuleSettings {
  return switchedOff(settings, (rule) => rule.wholeProject === true);
}

function onlyWholeProject(settings: RuleSettings): RuleSettings {
  return switchedOff(settings, (rule) => rule.wholeProject !== true);
}

function switchedOff(settings: RuleSettings, isOff: (rule: Rule) => boolean): RuleSettings {
  return new Map([...settings, ...rules.filter(isOff).map(({ id }) => [id, { level: 'off', options: {} }] as const)]);
}

function summaryIn(source: Source, file: string, { key }: ScanSettings): ModuleSummary | undefined {
  const text = readText(source, file);
  return text === undefined ? undefined : summarise(file, text, key).summary;
}

/** HEAD is another snapshot than the one that the cache is for. */
function withoutCache({ cacheVersion: _version, ...link }: LinkSettings): LinkSettings {
  return link;
}

/** Whether the source knows what the last commit holds: what stood there already is not this commit's. */
function isCompared(source: Source): source is StagedSource {
  return 'head' in source;
}

/** A fault of a rule names the file that it failed on. */
function atFile<T>(file: string, judge: () => T): T {
  try {
    return judge();
  } catch (cause) {
    throw new Error(`Checking ${file} failed.`, { cause });
  }
}
