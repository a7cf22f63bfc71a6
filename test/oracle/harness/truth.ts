import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './build.ts';
import { classify, type Carrier } from './classify.ts';
import type { App } from './compose.ts';
import { cacheFolder } from './folders.ts';
import { toolchainVersion } from './install.ts';

/** What a bundler decided about one canary. */
export interface Truth {
  /** `probe/name`. */
  readonly canary: string;
  readonly scene: string;
  readonly ships: boolean;
  readonly carriers: readonly Carrier[];
  /** The build failed: nothing ships. */
  readonly buildError?: true;
  readonly bare: boolean;
  /** `file:line` of the canary, or of its variable's name, in the composed application. */
  readonly places: readonly string[];
}

/** Raise it where the classification or the way of building changes. */
const harnessVersion = 1;

/** The truth about each canary of an application, built now or taken from the cache of an equal build. The application must be written. */
export async function truthOf(app: App): Promise<{ readonly truths: readonly Truth[]; readonly seconds: number }> {
  const key = createHash('sha256').update(`${harnessVersion}/${app.digest}/${toolchainVersion(app.bundler)}`).digest('hex').slice(0, 20);
  const path = join(cacheFolder, 'builds', `${app.bundler.name}-${app.scene.name}-${key}.json`);
  if (existsSync(path)) return { truths: JSON.parse(readFileSync(path, 'utf8')) as Truth[], seconds: 0 };
  const started = Date.now();
  const truths = await build(app);
  mkdirSync(join(cacheFolder, 'builds'), { recursive: true });
  writeFileSync(path, `${JSON.stringify(truths, null, 1)}\n`);
  return { truths, seconds: Math.round((Date.now() - started) / 100) / 10 };
}

async function build(app: App): Promise<Truth[]> {
  const result = await buildApp(app);
  const found = result.failed ? new Map<string, Carrier[]>() : classify(result.downloads, app.canaries);
  return app.canaries.map((canary) => {
    const carriers = found.get(canary.id) ?? [];
    return {
      canary: canary.id,
      scene: app.scene.name,
      ships: carriers.length > 0,
      carriers,
      ...(result.failed ? { buildError: true as const } : {}),
      bare: canary.bare,
      places: placesOf(app, [...canary.carriers, ...(canary.variable ? [canary.variable] : [])]),
    };
  });
}

function placesOf(app: App, needles: readonly string[]): string[] {
  return [...app.files].filter(([path]) => path !== '.env').flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => (needles.some((needle) => line.includes(needle)) ? [`${path}:${index + 1}`] : [])));
}
