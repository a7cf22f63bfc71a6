import { rules } from '../../rules/index.ts';
import { linkProject } from '../project/link.ts';
import type { LinkSettings } from '../project/link-settings.ts';
import type { Project } from '../project/project.ts';
import { decode } from '../sources/decode.ts';
import type { Notice } from '../sources/notice.ts';
import type { Source, SourceFile } from '../sources/source.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { summarise } from '../syntax/summarise.ts';
import { integrationNotices } from '../project/integrations/key-uses.ts';
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

/** A source that knows what the last commit holds: what stood there already is not this commit's. */
interface ComparedSource extends Source {
  head(path: string): SourceFile | undefined;
}

/** Takes the files that mention Hilt one by one, then links and judges them all. It loads the parser, so it is loaded late. */
export class Analysis {
  readonly #source: Source;
  readonly #settings: ScanSettings;
  readonly #texts: TextStore;
  readonly #modules: ModuleSummary[] = [];
  readonly #notices: Notice[] = [];
  readonly #scope: ReadonlySet<string>;

  /** `scope`: the files that findings may stand in; others are only read for what they export. */
  constructor(source: Source, settings: ScanSettings, scope: ReadonlySet<string>) {
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
    const project = linkProject(this.#modules, settings.key, settings.project ? this.#source : undefined, settings.link);
    const context = { project, texts: this.#texts, rules, settings: settings.rules };
    const findings: Finding[] = [];
    const frames = new Map<Finding, Frame>();
    let suppressed = 0;
    for (const module of this.#modulesToJudge(project)) {
      const judgement = atFile(module.file, () => judgeModule(module, context));
      if (project.evaluator.exhausted) this.#tellExhausted(module.file);
      const added = atFile(module.file, () => this.#subtractHead(module.file, judgement));
      const shown = added.filter(({ finding }) => !settings.baseline.has(finding.fingerprint));
      suppressed += judgement.suppressed + added.length - shown.length;
      findings.push(...shown.map(({ finding }) => finding));
      if (settings.frames) this.#addFrames(frames, module.file, shown, judgement);
    }
    findings.sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
    const inventory = settings.inventory ? makeInventory(project, this.#texts, findings) : undefined;
    return {
      findings, frames, suppressed,
      notices: [...this.#notices, ...project.notices, ...integrationNotices(project)],
      pages: new Map(rules.map(({ id, meta }) => [id, meta.docs.url])),
      ...(inventory && { inventory }),
    };
  }

  /** The files that mention Hilt, then those that judging them brought in: a key may be put together, or wanted, in a file that does not. */
  *#modulesToJudge(project: Project): Iterable<ModuleSummary> {
    const judged = new Set<string>();
    const byPath = (modules: Iterable<ModuleSummary>): ModuleSummary[] => [...modules].filter(({ file }) => !judged.has(file) && this.#scope.has(file)).sort((a, b) => (a.file < b.file ? -1 : 1));
    for (let next = byPath([...this.#modules, ...project.related()]); next.length > 0; next = byPath(project.modules.values())) {
      for (const module of next) {
        judged.add(module.file);
        yield module;
      }
    }
  }

  #tellExhausted(file: string): void {
    this.#notices.push({ code: 'fold-budget', level: 'info', file, message: `${file} has more values than the analysis follows; some of what it computes was not seen.` });
  }

  #addFrames(frames: Map<Finding, Frame>, file: string, shown: readonly JudgedFinding[], { secrets }: Judgement): void {
    const text = shown.length > 0 ? this.#texts.get(file) : undefined;
    if (!text) return;
    for (const { finding, at } of shown) frames.set(finding, makeFrame(text, at, secrets));
  }

  /** Leaves out what HEAD's version of the file has already, fingerprint by fingerprint (the second of two equal ones has its own). */
  #subtractHead(file: string, { findings }: Judgement): readonly JudgedFinding[] {
    const source = this.#source;
    if (findings.length === 0 || !isCompared(source)) return findings;
    const bytes = source.head(file)?.read();
    if (!bytes) return findings;
    const { text } = decode(bytes);
    const { key, project: isLinked, rules: settings } = this.#settings;
    const head: Source = { root: source.root, files: () => [], open: (path) => source.head(path), paths: () => source.paths(), notices: [] };
    const texts = new TextStore(head);
    texts.keep(file, text);
    const { summary } = summarise(file, text, key);
    const before = judgeModule(summary, { project: linkProject([summary], key, isLinked ? head : undefined, withoutCache(this.#settings.link)), texts, rules, settings });
    const known = new Set(before.findings.map(({ finding }) => finding.fingerprint));
    return findings.filter(({ finding }) => !known.has(finding.fingerprint));
  }
}

/** HEAD is another snapshot than the one that the cache is for. */
function withoutCache({ cacheVersion: _version, ...link }: LinkSettings): LinkSettings {
  return link;
}

function isCompared(source: Source): source is ComparedSource {
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
