// Writes the generated parts of README.md: the tool's output on fixtures/shop, and the table of rules.
//
//   npm run readme             writes them
//   npm run readme -- --check  exits 1 if they are out of date

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { rules } = await import(new URL('../dist/rules/index.js', import.meta.url));
const current = readFileSync(join(root, 'README.md'), 'utf8');
const wanted = replacePart(replacePart(current, 'demo', demo()), 'rules', ruleTable());

if (!process.argv.includes('--check')) {
  writeFileSync(join(root, 'README.md'), wanted);
} else if (current !== wanted) {
  console.error('README.md is out of date: run `npm run readme`.');
  process.exitCode = 1;
}

function demo() {
  const args = ['src/bot', 'scripts/refund-report.ts', 'k8s'];
  const folder = mkdtempSync(join(tmpdir(), 'hilt-guard-readme-'));
  try {
    cpSync(join(root, 'fixtures/shop'), folder, { recursive: true });
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/src/cli/bin.js'), ...args], {
      cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    if (stderr !== '') throw new Error(stderr);
    return `\`\`\`console\n$ npx hilt-guard ${args.join(' ')}\n${stdout.trimEnd()}\n\`\`\``;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ruleTable() {
  const rows = rules.map(({ id, meta }) => `| [\`${id}\`](docs/rules/${id}.md) | ${meta.severity} | ${meta.docs.description}. |`);
  return ['| Rule | In `recommended` | |', '|---|---|---|', ...rows].join('\n');
}

function replacePart(text, name, part) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no part ${start} … ${end}.`);
  return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}
