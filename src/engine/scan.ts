import { mentionsHilt, needleOverlap } from '../hilt/needles.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import type { Notice } from '../sources/notice.ts';
import { once } from '../sources/once.ts';
import type { StagedSource } from '../sources/index-source.ts';
import type { Source, SourceFile } from '../sources/source.ts';
import type { Analysis, Conclusion } from './analysis.ts';
import type { FragmentImports } from './fragment-imports.ts';
import type { Finding, Result } from './finding.ts';
import type { Frame } from './frame.ts';
import type { Inventory } from './inventory.ts';
import type { ScanSettings } from './settings.ts';

export interface ScanResult extends Result {
  /** Masked code frames by finding, where the settings ask for them. No part of the JSON report. */
  readonly frames: ReadonlyMap<Finding, Frame>;
  /** The address of each rule's page, by rule id; empty where there was nothing to judge. */
  readonly pages: ReadonlyMap<string, string>;
  /** Where the settings ask for it, and something of Hilt was found. */
  readonly inventory?: Inventory;
}

/**
 * Scans one snapshot in one pass. Only files that mention Hilt are decoded and parsed; parser, linker and rules are
 * loaded when the first of them turns up. Findings are ordered by file (code units), then position.
 *
 * @throws GitError where git fails while files are read
 */
export async function scan(source: Source, settings: ScanSettings): Promise<ScanResult> {
  const startedAt = process.hrtime.bigint();
  const { files, analysis } = await readFiles(source, settings);
  const { findings, frames, suppressed, notices, pages, inventory } = analysis?.conclude() ?? nothing;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    findings,
    notices: dropRepeated([...source.notices, ...notices].filter(({ file }) => file === undefined || !settings.ignores(file))),
    frames,
    pages,
    ...(inventory && { inventory }),
    summary: {
      files,
      findings: findings.length,
      errors,
      warnings: findings.length - errors,
      suppressed,
      durationMs: Number((process.hrtime.bigint() - startedAt) / 1_000_000n),
    },
  };
}

const nothing: Conclusion = { findings: [], frames: new Map(), suppressed: 0, notices: [], pages: new Map() };

/** Searches every file; those that mention Hilt go into the analysis, which is there if one does. */
async function readFiles(source: Source, settings: ScanSettings): Promise<{ files: number; analysis?: Analysis }> {
  const isCandidate = makeSearch(settings.key);
  const paths: string[] = [];
  let files = 0;
  let looks = 0;
  const look = (bytes: Uint8Array): boolean => {
    looks++;
    return isCandidate(bytes);
  };
  let analysis: Analysis | undefined;
  let imports: FragmentImports | undefined;
  const plain: SourceFile[] = [];
  const others: SourceFile[] = [];
  const add = async (file: SourceFile): Promise<void> => {
    analysis ??= new (await import('./analysis.ts')).Analysis(source, await withCache(settings), once(() => new Set(paths)));
    analysis.add(file);
  };
  const followsImports = isPartial(source) && settings.project;
  for (const file of source.files()) {
    if (settings.ignores(file.path)) continue;
    paths.push(file.path);
    const looksBefore = looks;
    const isFound = file.contains ? file.contains(look, needleOverlap) : searchWhole(file, look);
    if (looks > looksBefore) files++;
    if (isFound || mayNameKey(file.path)) await add(file);
    else if (followsImports && isScript.test(file.path)) {
      imports ??= new (await import('./fragment-imports.ts')).FragmentImports();
      imports.note(file);
      plain.push(file);
    } else if (followsImports) others.push(file);
  }
  const importers = imports?.importers(source) ?? new Set<SourceFile>();
  for (const file of importers) await add(file);
  if (isPartial(source) && (plain.length > 0 || others.length > 0)) {
    const { mayBeWay, newWays } = await import('./new-ways.ts');
    for (const file of await newWays(source, settings, [...plain.filter((each) => !importers.has(each)), ...others.filter(({ path }) => mayBeWay(path))])) await add(file);
  }
  return { files, ...(analysis && { analysis }) };
}

async function withCache(settings: ScanSettings): Promise<ScanSettings> {
  return settings.cacheVersion ? { ...settings, link: { ...settings.link, cacheVersion: await settings.cacheVersion() } } : settings;
}

/** A key may stand in the name of a file alone. */
function mayNameKey(path: string): boolean {
  return path.includes('hk_') && /hk_(?:live|sandbox)_/.test(path);
}

const isScript = /\.(?:[mc]?[jt]sx?|vue|svelte|astro|py|ipynb)$/;

/** A commit holds few of the files that its own import; the whole tree holds them all, and the linker finds them. */
function isPartial(source: Source): source is StagedSource {
  return 'head' in source;
}

function searchWhole(file: SourceFile, look: (bytes: Uint8Array) => boolean): boolean {
  const bytes = file.read();
  return bytes !== undefined && look(bytes);
}

/** The names and hosts of the configuration make a file as interesting as Hilt's own. */
function makeSearch({ names, hosts }: KeyOptions): (bytes: Uint8Array) => boolean {
  const own = [...names, ...hosts].map((name) => Buffer.from(name));
  if (own.length === 0) return mentionsHilt;
  return (bytes) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return own.some((name) => buffer.includes(name)) || mentionsHilt(bytes);
  };
}

function dropRepeated(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()];
}
