/** Words that say in which environment something runs, not what it is. */
const environmentWords = new Set([
  'production', 'prod', 'prd', 'staging', 'stage', 'stg', 'preview', 'development', 'dev', 'local', 'qa', 'uat', 'canary', 'live', 'sandbox', 'blue', 'green', 'demo',
]);

/** `bot` of `bot-staging` and `prod-bot`: staging and production of one integration are one integration. */
export function withoutEnvironment(name: string): string {
  const words = nameWords(name);
  const kept = words.filter((word) => !environmentWords.has(word));
  return (kept.length > 0 ? kept : words).join('-');
}

export function isEnvironmentWord(word: string): boolean {
  return environmentWords.has(word);
}

export function nameWords(name: string): string[] {
  return name.replace(/^@[^/]+\//, '').replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** Names that say what kind of thing runs and not which: alike in two manifests, they mean nothing. */
const genericNames = new Set([
  'web', 'app', 'apps', 'main', 'server', 'api', 'worker', 'workers', 'start', 'service', 'default', 'deploy', 'job', 'jobs', 'run', 'site', 'backend', 'frontend', 'release', 'root', 'src', 'index', 'function', 'handler', 'cron', 'scheduler', 'publish',
]);

export function isGenericName(name: string): boolean {
  return genericNames.has(name);
}

/** Tests and what belongs to them are no integration of their own. */
export function isTestFile(path: string): boolean {
  return /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|__snapshots__|tests?|specs?|e2e|cypress|playwright|fixtures|mocks|testing|stories|\.storybook)\//i.test(path)
    || /(?:[._-](?:test|tests|spec|e2e|cy|bench|stories|mock|fixture)|(?:^|\/)(?:test|conftest|jest\.setup|vitest\.setup))(?:[._-][\w-]+)*\.[a-z]+$/i.test(path)
    || /(?:^|\/)test_[^/]+\.py$/.test(path);
}

/** A smoke test or a check proves another program's key and is no user of it. */
export function isTestName(name: string): boolean {
  return nameWords(name).some((word) => testWords.has(word));
}

const testWords = new Set(['test', 'tests', 'testing', 'spec', 'e2e', 'smoke', 'unit', 'check', 'checks', 'healthcheck', 'verify', 'validate', 'lint', 'typecheck', 'types', 'coverage', 'bench', 'benchmark', 'vitest', 'jest', 'playwright', 'cypress', 'doctor', 'audit', 'codeql', 'mock', 'mocks', 'migrate', 'migration', 'migrations']);

/** What builds, checks or prepares the repository's own code. */
export function isBuildName(name: string): boolean {
  const words = nameWords(name);
  return isTestName(name) || buildWords.has(words[0] ?? '') || (words.length === 1 && buildWords.has(words[0] ?? ''));
}

const buildWords = new Set([
  'build', 'compile', 'bundle', 'format', 'fmt', 'prettier', 'eslint', 'clean', 'prepare', 'prepack', 'prepublish', 'prepublishonly', 'postinstall', 'preinstall', 'install',
  'generate', 'codegen', 'gen', 'typedoc', 'docs', 'storybook', 'size', 'changeset', 'version', 'prebuild', 'postbuild', 'watch', 'tsc', 'knip', 'husky', 'setup', 'ci', 'types', 'analyze',
]);

const codeEnding = /\.(?:[mc]?[jt]sx?|vue|svelte|astro|py|rb|go|php|rs|sh|bash|zsh|ps1|pl|ex|exs|java|kt|cs)$/;

/** Whether the file is a program or a part of one. */
export function isProgramFile(path: string): boolean {
  return codeEnding.test(path) && !/\.d\.[mc]?ts$/.test(path);
}
