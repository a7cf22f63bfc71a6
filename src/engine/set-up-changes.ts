import { isConfigName } from '../project/frameworks/detect.ts';
import { isRecord, parseManifest } from '../project/graph/manifest.ts';
import { textIn } from '../sources/file-text.ts';
import type { StagedSource } from '../sources/index-source.ts';
import { baseName } from '../sources/base-name.ts';

/** Whether a commit changes what is built of the repository, and how: a configuration, or in a manifest more than versions and descriptions. */
export function changesSetUp(source: StagedSource, path: string, text: string): boolean {
  const name = baseName(path);
  if (!isConfigName(name) && !/^(?:[jt]sconfig[\w.-]*|package)\.json$/.test(name)) return false;
  if (name !== 'package.json') return true;
  const before = textIn(source.head(path));
  return before === undefined || setUpIn(before) !== setUpIn(text);
}

const descriptive = new Set(['version', 'description', 'keywords', 'author', 'contributors', 'license', 'homepage', 'repository', 'bugs', 'funding', 'engines', 'packageManager', 'lint-staged', 'prettier', 'eslintConfig', 'jest']);

/** Bundlers differ from one major version to the next, not by less. */
function setUpIn(manifest: string): string {
  const { json } = parseManifest(manifest);
  return JSON.stringify(Object.entries(json ?? {}).filter(([field]) => !descriptive.has(field)).map(([field, value]) => [field, /ependencies$/.test(field) && isRecord(value) ? majorsOf(value) : value]));
}

function majorsOf(dependencies: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(dependencies).map(([name, range]) => `${name} ${typeof range === 'string' ? (/\d+/.exec(range)?.[0] ?? range) : ''}`).sort();
}
