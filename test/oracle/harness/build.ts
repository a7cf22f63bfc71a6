import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Serve } from './bundler.ts';
import { readDownloads, type Download } from './classify.ts';
import { runCommand } from './command.ts';
import type { App } from './compose.ts';
import { appsFolder, root } from './folders.ts';

const buildTimeout = 600_000;
const startTimeout = 60_000;

export type BuildResult = { readonly failed: false; readonly downloads: readonly Download[] } | { readonly failed: true; readonly log: string };

/** Runs the application's build in its folder and reads what a client could download. Throws where a build fails that must not. */
export async function buildApp(app: App): Promise<BuildResult> {
  const command = app.scene.command ?? app.scene.manifest.scripts.build;
  const { status, stdout, stderr } = await runCommand('sh', ['-c', command], { cwd: app.folder, env: buildEnvironment(app), timeout: buildTimeout });
  const log = masked(app, `${stderr}\n${stdout}`.trim());
  if (status !== 0 && app.scene.failsWith?.test(log)) return { failed: true, log };
  if (status === 0 && app.scene.failsWith) throw new Error(`${app.bundler.name}/${app.scene.name}: the build passed, and should have failed.`);
  if (status !== 0) throw new Error(`${app.bundler.name}/${app.scene.name}: the build failed (${status ?? `killed after ${buildTimeout / 1000} s`}).\n${excerpt(log)}`);
  const downloads = readDownloads(app.folder, app.scene.output, app.scene.serverOutput);
  if (downloads.length === 0) throw new Error(`${app.bundler.name}/${app.scene.name}: the build left nothing in ${app.scene.output.join(', ')}.\n${excerpt(log)}`);
  const served = app.scene.serve ? await fetchPages(app, app.scene.serve) : [];
  return { failed: false, downloads: [...downloads, ...served] };
}

/** A canary is no real key, but no log of ours shows even one of these. */
function masked(app: App, text: string): string {
  return app.canaries.reduce((rest, canary) => canary.carriers.reduce((shown, carrier) => shown.replaceAll(carrier, '[key]'), rest), text);
}

function excerpt(log: string): string {
  return log.length <= 4000 ? log : `${log.slice(0, 2000)}\n[…]\n${log.slice(-2000)}`;
}

/** Nothing of the surrounding run (vitest sets NODE_ENV and VITE_ variables) may reach a build. */
function buildEnvironment(app: App): NodeJS.ProcessEnv {
  const bins = [join(appsFolder, app.bundler.app ?? app.bundler.name, 'node_modules/.bin'), join(root, 'node_modules/.bin')];
  return {
    PATH: [...bins, process.env['PATH']].join(delimiter),
    HOME: process.env['HOME'],
    CI: '1',
    NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1', PARCEL_TELEMETRY: '0', EXPO_NO_TELEMETRY: '1', EXPO_OFFLINE: '1',
    ...Object.fromEntries(app.variables),
  };
}

async function fetchPages(app: App, serve: Serve): Promise<Download[]> {
  const port = await freePort();
  const server = spawn('sh', ['-c', `exec ${serve.command}`], { cwd: app.folder, env: { ...buildEnvironment(app), PORT: String(port), HOST: '127.0.0.1', NITRO_PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const log: string[] = [];
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data: Buffer) => log.push(data.toString()));
  try {
    await waitFor(app, port, server, log);
    const pages: Download[] = [];
    for (const request of serve.requests) pages.push(await fetchPage(port, request.path, request.headers ?? {}));
    return pages;
  } finally {
    stop(server);
  }
}

async function fetchPage(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<Download> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  const html = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  return { path: `${path}${html ? '.html' : '.data'}`, text };
}

async function waitFor(app: App, port: number, server: ChildProcess, log: readonly string[]): Promise<void> {
  const end = Date.now() + startTimeout;
  while (Date.now() < end && server.exitCode === null) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false);
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The built application did not start.\n${excerpt(masked(app, log.join('')))}`);
}

/** The whole group: a shell and the server that it became may have children of their own. */
function stop(server: ChildProcess): void {
  if (server.pid === undefined || server.exitCode !== null) return;
  process.kill(-server.pid, 'SIGKILL');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port.'))));
    });
  });
}
