import type { Result } from './engine/finding.ts';
import type { Input } from './engine/run.ts';
import type { RuleLevel } from './engine/settings.ts';

export type { Edit, Finding, Position, Range, Result, Severity, Suggestion, Summary, TraceStep } from './engine/finding.ts';
export type { Notice, NoticeCode } from './sources/notice.ts';
export type { KeyEnvironment } from './hilt/secret.ts';
export type { RuleLevel } from './engine/settings.ts';

export interface ScanOptions {
  /** Folder in which the scan begins. Default: the process's working directory. */
  readonly cwd?: string;
  /** Files and folders relative to `cwd`, taken literally. Default: the whole repository. */
  readonly paths?: readonly string[];
  /** Scan the git index instead of the working tree. */
  readonly staged?: boolean;
  /** Scan this text as if it stood in the named file. */
  readonly stdin?: { readonly filename: string; readonly text: string | Uint8Array };
  /** Path of a configuration file. Default: the nearest one from `cwd` up to the repository's root. */
  readonly config?: string;
  /** Path of a baseline file; `false` for none. Default: the configuration's. */
  readonly baseline?: string | false;
  /** Levels by rule id; they overrule the configuration's. */
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  /** `false`: look at every file alone. */
  readonly project?: boolean;
}

/**
 * Scans as the command line does and gives what its JSON report holds. It prints nothing.
 * A notice of level `incomplete` means that something was not read; the command line exits with 2 then.
 *
 * @throws errors named `UsageError`, `ConfigError`, `SourceError` and `GitError`, whose messages are made for users
 */
export async function scan(options: ScanOptions = {}): Promise<Result> {
  const { run } = await import('./engine/run.ts');
  const { findings, notices, summary } = await run({
    cwd: options.cwd ?? process.cwd(),
    input: getInput(options),
    rules: new Map(Object.entries(options.rules ?? {})),
    project: options.project ?? true,
    frames: false,
    ...(options.config !== undefined && { config: options.config }),
    ...(options.baseline !== undefined && { baseline: options.baseline }),
  });
  return { findings, notices, summary };
}

function getInput({ stdin, staged, paths = [] }: ScanOptions): Input {
  if (!stdin) return { kind: staged === true ? 'staged' : 'tree', paths };
  return { kind: 'stdin', filename: stdin.filename, bytes: typeof stdin.text === 'string' ? Buffer.from(stdin.text) : stdin.text };
}
