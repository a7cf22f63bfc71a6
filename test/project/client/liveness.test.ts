import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exposuresOf } from '../../../src/project/client/exposures.ts';
import { makeKey } from '../../support/keys.ts';
import { linkedProject } from '../../support/linked-project.ts';
import { createRepository } from '../../support/repository.ts';

/** `file exposure confidence client`, in path order. */
function exposed(files: Readonly<Record<string, string>>): string[] {
  const byFile = exposuresOf(linkedProject(files));
  return [...byFile.keys()].sort().flatMap((file) => (byFile.get(file) ?? []).map((each) => `${file} ${each.exposure} ${each.confidence} ${each.client ?? ''}`.trim()));
}

const vite = { 'package.json': '{"devDependencies":{"vite":"8.3.8"}}', 'index.html': '<script type="module" src="/src/main.js"></script>' };
const key = makeKey('live', 'hostile');

describe('imports in a circle', () => {
  it('end where barrels re-export each other', () => {
    const files = { ...vite, 'src/main.js': "import * as all from './a.js';\nconsole.log(all);\n", 'src/a.js': "export * from './b.js';\nexport const a = 1;\n", 'src/b.js': `export * from './a.js';\nexport * from './b.js';\nexport const key = '${key}';\n` };
    expect(exposed(files)).toEqual(['src/b.js value certain the browser']);
  });

  it('end where a name is looked for in barrels that have it nowhere', () => {
    const files = { ...vite, 'src/main.js': "import { nowhere } from './a.js';\nconsole.log(nowhere);\n", 'src/a.js': "export * from './b.js';\n", 'src/b.js': `export * from './a.js';\nexport const key = '${key}';\n` };
    expect(exposed(files)).toEqual([]);
  });

  it('end where names are re-exported under each other', () => {
    const files = { ...vite, 'src/main.js': "import { a } from './a.js';\nconsole.log(a);\n", 'src/a.js': "export { b as a } from './b.js';\n", 'src/b.js': `export { a as b } from './a.js';\nglobalThis.hilt = '${key}';\n` };
    expect(exposed(files)).toEqual(['src/b.js value certain the browser']);
  });

  it('end where modules use each other', () => {
    const files = { ...vite, 'src/main.js': "import { a } from './a.js';\na();\n", 'src/a.js': "import { b } from './b.js';\nexport const a = () => b();\n", 'src/b.js': `import { a } from './a.js';\nexport const b = () => a('${key}');\n` };
    expect(exposed(files)).toEqual(['src/b.js value certain the browser']);
  });

  it('end where CommonJS modules require each other', () => {
    const files = { 'package.json': '{"devDependencies":{"webpack":"5.112.2"}}', 'webpack.config.js': "module.exports = { entry: './src/main.js' };\n", 'src/main.js': "require('./a.js');\n", 'src/a.js': "exports.a = require('./b.js');\n", 'src/b.js': `exports.b = require('./a.js');\nglobalThis.hilt = '${key}';\n` };
    expect(exposed(files)).toEqual(['src/b.js value certain the browser']);
  });
});

describe('several applications in one repository', () => {
  const page = (value: string): string => `export default () => <p title="${value}">shop</p>;\n`;

  it('are each judged as their own framework does it', () => {
    const files = {
      'package.json': '{"workspaces":["apps/*"]}',
      'apps/web/package.json': '{"name":"web","dependencies":{"next":"16.4.6"}}',
      'apps/web/app/page.jsx': page(makeKey('live', 'server')).replace('title=', 'data-length={1} data-x='),
      'apps/web/pages/old.jsx': page(key),
      'apps/api/package.json': '{"name":"api","dependencies":{"express":"5.0.0"}}',
      'apps/api/src/index.js': `const express = require('express');\nconst key = '${key}';\nexpress().listen(1, () => fetch('https://api.hilt.so', { headers: { 'X-Hilt-Key': key } }));\n`,
      'apps/phone/package.json': '{"name":"phone","main":"index.js","dependencies":{"react-native":"0.86.0"}}',
      'apps/phone/index.js': `console.log('${key}');\n`,
      'apps/admin/package.json': '{"name":"admin","devDependencies":{"vite":"7.3.8"}}',
      'apps/admin/index.html': '<script type="module" src="/src/main.js"></script>',
      'apps/admin/src/main.js': `console.log('${key}');\n`,
    };
    const reported = exposed(files);
    expect(reported).toContain('apps/admin/src/main.js value certain the browser');
    expect(reported).toContain('apps/phone/index.js value certain the app');
    expect(reported).toContain('apps/web/pages/old.jsx value certain the browser');
    expect(reported.filter((line) => line.startsWith('apps/api/'))).toEqual([]);
  });

  it('share a package, which ships with the one that imports it on the client', () => {
    const files = {
      'package.json': '{"workspaces":["apps/*","packages/*"]}',
      'packages/hilt/package.json': '{"name":"@shop/hilt","main":"index.js"}',
      'packages/hilt/index.js': `export const key = '${key}';\n`,
      'apps/api/package.json': '{"name":"api","dependencies":{"express":"5.0.0","@shop/hilt":"*"}}',
      'apps/api/index.js': "import { key } from '@shop/hilt';\nfetch('https://api.hilt.so', { headers: { 'X-Hilt-Key': key } });\n",
    };
    expect(exposed(files)).toEqual([]);
    const web = { 'apps/web/package.json': '{"name":"web","devDependencies":{"vite":"8.3.8"},"dependencies":{"@shop/hilt":"*"}}', 'apps/web/index.html': '<script type="module" src="/src/main.js"></script>', 'apps/web/src/main.js': "import { key } from '@shop/hilt';\nconsole.log(key);\n" };
    expect(exposed({ ...files, ...web })).toEqual(['packages/hilt/index.js value certain the browser']);
  });

  it('may stand in one folder, where the one that ships more decides', () => {
    const files = { 'package.json': '{"dependencies":{"next":"16.4.6","expo":"54.0.0","react-native":"0.81.0"},"main":"index.js"}', 'index.js': `console.log('${key}');\n`, 'pages/index.jsx': page(makeKey('live', 'page')) };
    expect(exposed(files).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(['index.js value certain', 'pages/index.jsx value certain']);
  });
});

describe('input that is large or broken', () => {
  it('is a generated file of two megabytes, which is searched as text', () => {
    const large = `${Array.from({ length: 40_000 }, (_, i) => `export const name${i} = "value number ${i} of the table";`).join('\n')}\nglobalThis.hilt = '${key}';\n`;
    expect(large.length).toBeGreaterThan(2_000_000);
    expect(exposed({ ...vite, 'src/main.js': "import { name1 } from './table.js';\nconsole.log(name1);\n", 'src/table.js': large })).toEqual(['src/table.js value possible the browser']);
  });

  it('is a chain of two thousand modules', () => {
    const chain = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`src/m${i}.js`, i === 1999 ? `export const key = '${key}';\n` : `export { key } from './m${i + 1}.js';\n`]));
    expect(exposed({ ...vite, 'src/main.js': "import { key } from './m0.js';\nconsole.log(key);\n", ...chain })).toEqual(['src/m1999.js value certain the browser']);
  });

  it('is a module with syntax errors and a configuration that computes what it says', () => {
    const files = { ...vite, 'vite.config.js': "export default { define: await load(), envPrefix: prefixes() };\n", 'src/main.js': `import './broken.js';\nimport './gone.js';\nimport x from 'nowhere';\n`, 'src/broken.js': `console.log('${key}');\nexport const = ;\n` };
    expect(exposed(files)).toEqual(['src/broken.js value certain the browser']);
  });
});

describe('a workspace behind links', () => {
  it('is followed to where the links lead, and a link in a circle ends', () => {
    const repository = createRepository();
    try {
      repository.write('package.json', '{"workspaces":["packages/*"],"devDependencies":{"vite":"8.3.8"}}');
      repository.write('index.html', '<script type="module" src="/src/main.js"></script>');
      repository.write('src/main.js', "import { key } from '@shop/hilt';\nimport { other } from './shared/other.js';\nimport './circle/x.js';\nconsole.log(key, other);\n");
      repository.write('packages/hilt/package.json', '{"name":"@shop/hilt","main":"index.js"}');
      repository.write('packages/hilt/index.js', `export const key = '${key}';\n`);
      repository.write('lib/other.js', `export const other = '${makeKey('live', 'linked')}';\n`);
      repository.link('node_modules/@shop/hilt', '../../packages/hilt');
      repository.link('src/shared', '../lib');
      repository.link('src/circle', 'circle');
      repository.write('.gitignore', 'node_modules\n');
      repository.git('add', '.');
      const { stdout } = spawnSync(process.execPath, [fileURLToPath(new URL('../../../dist/src/cli/bin.js', import.meta.url)), '--format', 'json', '--no-cache', '--allow-incomplete'], { cwd: repository.root, encoding: 'utf8' });
      const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string; confidence: string }[] };
      expect(findings.filter((each) => each.rule === 'no-client-key').map((each) => `${each.file} ${each.confidence}`)).toEqual(['lib/other.js certain', 'packages/hilt/index.js certain']);
    } finally {
      repository.cleanup();
    }
  });
});
