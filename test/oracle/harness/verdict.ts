import { createHash } from 'node:crypto';
import type { Finding } from '../../../src/engine/finding.ts';
import { runCommand } from './command.ts';
import type { App } from './compose.ts';
import { cli } from './folders.ts';
import type { Canary } from './probe.ts';

/** What our tool says about one canary: it ships, it may ship, nothing. */
export type Verdict = 'certain' | 'possible' | 'silent';

/** Runs the built command line in the written application and gives a verdict per canary id. Throws where there is no report. */
export async function verdictsOf(app: App): Promise<Map<string, Verdict>> {
  const findings = (await scan(app)).filter((finding) => finding.rule === 'no-client-key' && finding.exposure === 'value');
  return new Map(app.canaries.map((canary) => [canary.id, verdictOf(app, canary, findings)]));
}

async function scan(app: App): Promise<readonly Finding[]> {
  const { status, stdout, stderr } = await runCommand(process.execPath, [cli, '--format', 'json', '--no-cache', '--allow-incomplete'], { cwd: app.folder, timeout: 300_000 });
  if (status !== 0 && status !== 1) throw new Error(`${app.bundler.name}/${app.scene.name}: the scan ended with ${status}.\n${stderr.slice(-4000)}`);
  return (JSON.parse(stdout) as { findings: Finding[] }).findings;
}

function verdictOf(app: App, canary: Canary, findings: readonly Finding[]): Verdict {
  const digest = createHash('sha256').update(canary.key).digest('hex');
  const own = findings.filter((finding) => isAbout(app, canary, digest, finding));
  if (own.some((finding) => finding.confidence === 'certain')) return 'certain';
  return own.length > 0 ? 'possible' : 'silent';
}

/**
 * A finding is about a canary if it names the key's digest; else if it stands on a line that holds the canary, its variable's name,
 * or the text that the probe names.
 */
function isAbout(app: App, canary: Canary, digest: string, finding: Finding): boolean {
  if (finding.key) return digest.startsWith(finding.key.digest);
  const lines = (app.files.get(finding.file) ?? '').split('\n').slice(finding.range.start.line - 1, finding.range.end.line).join('\n');
  if (canary.variable !== undefined && new RegExp(`(?<![A-Z0-9_])${canary.variable}(?![A-Z0-9_])`).test(lines)) return true;
  if (canary.at !== undefined && canary.files.includes(finding.file)) return lines.includes(canary.at);
  return canary.carriers.some((carrier) => lines.includes(carrier));
}
