import type { ModuleSummary } from '../syntax/module-summary.ts';
import { decode } from '../sources/decode.ts';
import type { Notice } from '../sources/notice.ts';
import type { Source, SourceFile } from '../sources/source.ts';
import { mentionsHilt } from '../hilt/needles.ts';
import type { Finding, Result } from './finding.ts';
import type { Frame } from './frame.ts';
import type { JudgedFinding, Judgement } from './judge.ts';
import type { ScanSettings } from './settings.ts';
import { TextStore } from './text-store.ts';

export interface ScanResult extends Result {
  /** Masked code frames by finding, where the settings ask for them. No part of the JSON report. */
  readonly frames: ReadonlyMap<Finding, Frame>;
}

/** A source that knows what the last commit holds: its old findings are not this commit's. */
interface ComparedSource extends Source {
  head(path: string): SourceFile | undefined;
}

/**
 * Scans one snapshot in one pass. Only files that mention Hilt are decoded and parsed; parser, linker and rules are
 * loaded when the first of them turns up. Findings are ordered by file (code units), then position.
 *
 * @throws GitError where git fails while files are read
 */
export async function scan(source: Source, settings: ScanSettings): Promise<ScanResult> {
  const startedAt = performance.now();
  const texts = new TextStore(source);
  const read = await readCandidates(source, settings, texts);
  const judged = read.modules.length === 0 ? nothing : await judgeAll(source, settings, texts, read.modules);
  const notices = [...source.notices, ...read.notices].filter(({ file }) => file === undefined || !settings.ignores(file));
  const errors = judged.findings.filter(({ severity }) => severity === 'error').length;
  return {
    findings: judged.findings,
    notices: dropRepeated(notices),
    frames: judged.frames,
    summary: {
      files: read.files,
      findings: judged.findings.length,
      errors,
      warnings: judged.findings.length - errors,
      suppressed: judged.suppressed,
      durationMs: Math.round(performance.now() - startedAt),
    },
  };
}

interface Candidates {
  readonly files: number;
  readonly modules: readonly ModuleSummary[];
  readonly notices: readonly Notice[];
}

async function readCandidates(source: Source, settings: ScanSettings, texts: TextStore): Promise<Candidates> {
  const needles = [...settings.key.names, ...settings.key.hosts].map((name) => Buffer.from(name));
  const modules: ModuleSummary[] = [];
  const notices: Notice[] = [];
  let files = 0;
  for (const file of source.files()) {
    if (settings.ignores(file.path)) continue;
    const bytes = file.read();
    if (!bytes) continue;
    files++;
    if (!mentionsHilt(bytes) && !needles.some((needle) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(needle))) continue;
    // The bytes may be overwritten by the next read, so they are decoded before anything is waited for.
    const { text } = decode(bytes);
    const { summarise } = await import('../syntax/summarise.ts');
    const summarised = summarise(file.path, text, settings.key);
    modules.push(summarised.summary);
    notices.push(...summarised.notices);
    texts.keep(file.path, text);
  }
  return { files, modules, notices };
}

interface Judged {
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  readonly frames: ReadonlyMap<Finding, Frame>;
}

const nothing: Judged = { findings: [], suppressed: 0, frames: new Map() };

async function judgeAll(source: Source, settings: ScanSettings, texts: TextStore, modules: readonly ModuleSummary[]): Promise<Judged> {
  const [{ judgeModule }, { linkProject }, { rules }, { makeFrame }] = await Promise.all([
    import('./judge.ts'), import('../project/link.ts'), import('../../rules/index.ts'), import('./frame.ts'),
  ]);
  const project = linkProject(modules, settings.key, settings.project ? source : undefined);
  const context = { project, texts, rules, settings: settings.rules };
  const findings: Finding[] = [];
  const frames = new Map<Finding, Frame>();
  let suppressed = 0;
  for (const module of [...modules].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const judgement = atFile(module.file, () => judgeModule(module, context));
    const shown = await subtractHead(source, settings, module.file, judgement);
    const accepted = shown.filter(({ finding }) => settings.baseline.has(finding.fingerprint));
    suppressed += judgement.suppressed + accepted.length;
    const text = settings.frames ? texts.get(module.file) : undefined;
    for (const one of shown) {
      if (accepted.includes(one)) continue;
      findings.push(one.finding);
      if (text) frames.set(one.finding, makeFrame(text, one.at, judgement.secrets));
    }
  }
  return { findings, suppressed, frames };
}

/** Leaves out what HEAD's version of the file has already, fingerprint by fingerprint (the second of two equal ones has its own). */
async function subtractHead(source: Source, settings: ScanSettings, file: string, { findings }: Judgement): Promise<readonly JudgedFinding[]> {
  if (findings.length === 0 || !isCompared(source)) return findings;
  const bytes = source.head(file)?.read();
  if (!bytes) return findings;
  const { text } = decode(bytes);
  const [{ judgeModule }, { linkProject }, { rules }, { summarise }] = await Promise.all([
    import('./judge.ts'), import('../project/link.ts'), import('../../rules/index.ts'), import('../syntax/summarise.ts'),
  ]);
  const head = asHead(source);
  const texts = new TextStore(head);
  texts.keep(file, text);
  const { summary } = summarise(file, text, settings.key);
  const project = linkProject([summary], settings.key, settings.project ? head : undefined);
  const before = judgeModule(summary, { project, texts, rules, settings: settings.rules });
  const known = new Set(before.findings.map(({ finding }) => finding.fingerprint));
  return findings.filter(({ finding }) => !known.has(finding.fingerprint));
}

function isCompared(source: Source): source is ComparedSource {
  return 'head' in source;
}

function asHead(source: ComparedSource): Source {
  return {
    root: source.root,
    files: () => [],
    open: (path) => source.head(path),
    paths: () => source.paths(),
    notices: [],
  };
}

function atFile<T>(file: string, judge: () => T): T {
  try {
    return judge();
  } catch (cause) {
    throw new Error(`Checking ${file} failed.`, { cause });
  }
}

function dropRepeated(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()];
}
