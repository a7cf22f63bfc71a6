import { utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeKey, randomText } from '../support/keys.ts';
import { lint, lintResults, repositoryWith } from './project.ts';

const live = makeKey('live', 'modules');
const [head, tail] = [live.slice(0, 8), live.slice(8)];
const random = randomText('modules/slot', 32);

describe('a value of another module', () => {
  it.each([
    ['by a named import', { 'a.js': `export const head = "${head}";`, 'b.js': `import { head } from "./a.js";\nexport const key = head + "${tail}"; // hilt` }, `2:20 live head + "${tail}"`],
    ['by a default import', { 'a.js': `export default "${head}";`, 'b.js': `import head from "./a.js";\nexport const key = head + "${tail}"; // hilt` }, `2:20 live head + "${tail}"`],
    ['by a namespace', { 'a.js': `export const head = "${head}";`, 'b.js': `import * as a from "./a.js";\nexport const key = a.head + "${tail}"; // hilt` }, `2:20 live a.head + "${tail}"`],
    ['by require', { 'a.cjs': `exports.head = "${head}";`, 'b.cjs': `const { head } = require("./a.cjs");\nmodule.exports = head + "${tail}"; // hilt` }, `2:18 live head + "${tail}"`],
    ['by a re-export', { 'a.js': `export const head = "${head}";`, 'index.js': 'export { head as start } from "./a.js";', 'b.js': `import { start } from "./index.js";\nexport const key = start + "${tail}"; // hilt` }, `2:20 live start + "${tail}"`],
    ['by a JSON import', { 'a.json': `{ "head": "${head}" }`, 'b.js': `import a from "./a.json" with { type: "json" };\nexport const key = a.head + "${tail}"; // hilt` }, `2:20 live a.head + "${tail}"`],
    ['of a wrapper that is called', { 'a.js': `export const make = (tail) => "${head}" + tail;`, 'b.js': `import { make } from "./a.js";\nexport const key = make("${tail}"); // hilt` }, `2:20 live make("${tail}")`],
  ])('is followed %s', async (_name, files, expected) => {
    const file = Object.keys(files).find((name) => name.startsWith('b.')) ?? '';
    expect(await lint(repositoryWith(files), file)).toEqual([expected]);
  });

  it('is followed through the paths of a tsconfig', async () => {
    const repository = repositoryWith({
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      'src/lib/head.ts': `export const head: string = "${head}";`,
      'src/app.ts': `import { head } from "@/lib/head";\nexport const key = head + "${tail}"; // hilt`,
    });
    expect(await lint(repository, 'src/app.ts')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('is followed into a package of the workspace', async () => {
    const repository = repositoryWith({
      'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
      'packages/keys/package.json': '{ "name": "@shop/keys", "exports": "./index.js" }',
      'packages/keys/index.js': `export const head = "${head}";`,
      'packages/app/package.json': '{ "name": "app" }',
      'packages/app/main.js': `import { head } from "@shop/keys";\nexport const key = head + "${tail}"; // hilt`,
    });
    expect(await lint(repository, 'packages/app/main.js')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('is followed from the scripts of components', async () => {
    const repository = repositoryWith({
      'a.ts': `export const head = "${head}";`,
      'A.vue': `<script setup lang="ts">\nimport { head } from "./a";\nconst key = head + "${tail}";\n</script>\n<template>{{ head + "${tail}" }}</template>`,
      'A.svelte': `<script>\nimport { head } from "./a";\nconst key = head + "${tail}";\n</script>`,
      'a.astro': `---\nimport { head } from "./a";\nconst key = head + "${tail}";\n---\n<p />`,
    });
    expect(await lint(repository, 'A.vue')).toEqual([`3:13 live head + "${tail}"`, `5:14 live head + "${tail}"`]);
    expect(await lint(repository, 'A.svelte')).toEqual([`3:13 live head + "${tail}"`]);
    expect(await lint(repository, 'a.astro')).toEqual([`3:13 live head + "${tail}"`]);
  });

  it('is followed in a folder that is no repository', async () => {
    const repository = repositoryWith({ 'a.js': `export const head = "${head}";`, 'b.js': `import { head } from "./a.js";\nexport const key = head + "${tail}"; // hilt` }, { git: false });
    expect(await lint(repository, 'b.js')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('is followed in a folder of a repository', async () => {
    const repository = repositoryWith({ 'app/a.js': `export const head = "${head}";`, 'app/b.js': `import { head } from "./a.js";\nexport const key = head + "${tail}"; // hilt` });
    expect(await lint({ ...repository, root: repository.path('app') }, 'b.js')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('survives a circle of imports', async () => {
    const repository = repositoryWith({
      'a.js': `import { b } from "./b.js";\nexport const a = b + "x"; // hilt`,
      'b.js': `import { a } from "./a.js";\nexport const b = a + "y"; // hilt`,
    });
    expect(await lint(repository, 'a.js')).toEqual([]);
  });

  it('is no value where the module cannot be found', async () => {
    expect(await lint(repositoryWith({ 'b.js': `import { head } from "./gone.js";\nexport const key = head + "${tail}"; // hilt` }), 'b.js')).toEqual([]);
  });

  it('is not looked at where the project is turned off', async () => {
    const repository = repositoryWith({ 'a.js': `export const head = "${head}";`, 'b.js': `import { head } from "./a.js";\nexport const key = head + "${tail}"; // hilt\nexport const other = "${live}";` });
    expect(await lint(repository, 'b.js', { settings: { hilt: { project: false } } })).toEqual([`3:22 live "${live}"`]);
  });
});

describe('a file that does not mention Hilt itself', () => {
  const pieces = { 'a.js': `export const head = "${head}";`, 'b.js': `export const tail = "${tail}";` };

  it('is read where it puts the pieces of others together', async () => {
    const repository = repositoryWith({ ...pieces, 'c.js': 'import { head } from "./a.js"; import { tail } from "./b.js";\nexport const key = head + tail;' });
    expect(await lint(repository, 'c.js')).toEqual(['2:20 live head + tail']);
  });

  it('is read where the pieces come through modules that re-export', async () => {
    const repository = repositoryWith({
      ...pieces, 'lib/one.js': 'export * from "../a.js"; export * from "../b.js";', 'lib/index.js': 'export * from "./one.js";',
      'c.js': 'import { head, tail } from "./lib/index.js";\nexport const key = `${head}${tail}`;',
    });
    expect(await lint(repository, 'c.js')).toEqual(['2:20 live `${head}${tail}`']);
  });

  it('is read where it requires them', async () => {
    const repository = repositoryWith({ ...pieces, 'c.cjs': 'const a = require("./a.js"); const b = require("./b.js");\nmodule.exports = [a.head, b.tail].join("");' });
    expect(await lint(repository, 'c.cjs')).toEqual(['2:18 live [a.head, b.tail].join("")']);
  });

  it('is read where it gives a secret to a wrapper', async () => {
    const wrapper = 'export const get = (path, key) => fetch("https://api.hilt.so" + path, { headers: { "X-Hilt-Key": key } });';
    const repository = repositoryWith({ 'api.js': wrapper, 'c.js': `import { get } from "./api.js";\nget("/v1/products", "${random}");\nget("/v1/products", "0123456789abcdef-placeholder");` });
    expect(await lint(repository, 'c.js')).toEqual([`2:21 unknown "${random}"`]);
  });

  it('is read where it gives a session to a wrapper, and the wrapper is not told for it', async () => {
    const repository = repositoryWith({
      'api.js': 'export const get = (path, init) => fetch("https://api.hilt.so" + path, init);',
      'cookies.js': 'export const get = (path) => fetch("https://api.hilt.so" + path, { credentials: "include" });',
      'c.js': 'import { get } from "./api.js";\nget("/v1/products", { credentials: "include" });\nget("/v1/account/profile", { credentials: "include" });',
      'd.js': 'import { get } from "./cookies.js";\nget("/v1/account/profile");',
    });
    const sessions = async (file: string): Promise<(string | undefined)[]> => (await lintResults(repository, file)).flatMap(({ messages }) => messages).map(({ ruleId, line, column }) => `${ruleId} ${line}:${column}`);
    expect(await sessions('c.js')).toEqual(['hilt/no-dashboard-auth 2:23']);
    expect(await sessions('api.js')).toEqual([]);
    expect(await sessions('cookies.js')).toEqual([]);
    expect(await sessions('d.js')).toEqual([]);
  });

  it('is silent where it puts nothing together', async () => {
    const repository = repositoryWith({ ...pieces, 'c.js': 'import { head } from "./a.js"; import { tail } from "./b.js";\nsend(head, tail);' });
    expect(await lint(repository, 'c.js')).toEqual([]);
  });

  it('is silent where the pieces make no key', async () => {
    const repository = repositoryWith({ ...pieces, 'c.js': 'import { head } from "./a.js"; import { tail } from "./b.js";\nexport const key = tail + head;' });
    expect(await lint(repository, 'c.js')).toEqual([]);
  });
});

describe('a literal that another module sends to Hilt', () => {
  const client = 'import { HiltClient } from "@hiltpay/sdk";\nimport { apiKey } from "./key.js";\nexport const client = new HiltClient({ apiKey });';

  it('is reported where it stands', async () => {
    const repository = repositoryWith({ 'client.js': client, 'key.js': `// of Hilt\nexport const apiKey = "${random}";` });
    expect(await lint(repository, 'key.js')).toEqual([`2:23 unknown "${random}"`]);
    expect(await lint(repository, 'client.js')).toEqual([]);
  });

  it('is reported in a text that is not saved yet', async () => {
    const repository = repositoryWith({ 'client.js': client, 'key.js': '// of Hilt\nexport const apiKey = process.env.HILT_API_KEY;' });
    expect(await lint(repository, 'key.js')).toEqual([]);
    expect(await lint(repository, 'key.js', { text: `// of Hilt\nexport const apiKey = "${random}";` })).toEqual([`2:23 unknown "${random}"`]);
  });

  it('is reported through a module that re-exports it', async () => {
    const repository = repositoryWith({ 'client.js': client.replace('./key.js', './barrel.js'), 'barrel.js': 'export * from "./key.js";', 'key.js': `// of Hilt\nexport const apiKey = "${random}";` });
    expect(await lint(repository, 'key.js')).toEqual([`2:23 unknown "${random}"`]);
  });

  it('is silent where nobody sends it', async () => {
    const repository = repositoryWith({ 'client.js': client.replace('{ apiKey }', '{}'), 'key.js': `// of Hilt\nexport const apiKey = "${random}";` });
    expect(await lint(repository, 'key.js')).toEqual([]);
  });
});

describe('an editor that runs for long', () => {
  const user = `import { head } from "./a.js";\nexport const key = head + "${tail}"; // hilt`;

  it('takes the text at hand, not the one on disk', async () => {
    const repository = repositoryWith({ 'a.js': `export const head = "${head}";`, 'b.js': user });
    expect(await lint(repository, 'b.js', { text: user.replace('head + ', '"" + ') })).toEqual([]);
    expect(await lint(repository, 'b.js')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('reads another module again when it has changed', async () => {
    const repository = repositoryWith({ 'a.js': 'export const head = "other_";', 'b.js': user });
    expect(await lint(repository, 'b.js')).toEqual([]);
    repository.write('a.js', `export const head = "${head}"; // changed`);
    expect(await lint(repository, 'b.js')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('reads it again also where its size is the same', async () => {
    const repository = repositoryWith({ 'a.js': 'export const head = "xk_live_";', 'b.js': user });
    expect(await lint(repository, 'b.js')).toEqual([]);
    utimesSync(repository.write('a.js', `export const head = "${head}";`), 1, 1);
    expect(await lint(repository, 'b.js')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('finds a module that was made after the others were listed', async () => {
    const repository = repositoryWith({ 'b.js': user });
    expect(await lint(repository, 'b.js')).toEqual([]);
    repository.write('a.js', `export const head = "${head}";`);
    expect(await lint(repository, 'b.js')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('forgets a module that is gone', async () => {
    const repository = repositoryWith({ 'a.js': `export const head = "${head}";`, 'b.js': user });
    expect(await lint(repository, 'b.js')).toEqual([`2:20 live head + "${tail}"`]);
    repository.remove('a.js');
    expect(await lint(repository, 'b.js')).toEqual([]);
  });

  it('notices that a piece now mentions Hilt', async () => {
    const repository = repositoryWith({ 'a.js': 'export const head = "other_";', 'b.js': `export const tail = "${tail}";`, 'c.js': 'import { head } from "./a.js"; import { tail } from "./b.js";\nexport const key = head + tail;' });
    expect(await lint(repository, 'c.js')).toEqual([]);
    repository.write('a.js', `export const head = "${head}"; // changed`);
    expect(await lint(repository, 'c.js', { text: 'import { head } from "./a.js"; import { tail } from "./b.js";\nexport const key = head + tail;\n' })).toEqual(['2:20 live head + tail']);
  });

  it('resolves anew when a tsconfig has changed', async () => {
    const repository = repositoryWith({ 'tsconfig.json': '{}', 'src/head.ts': `export const head = "${head}";`, 'b.ts': `import { head } from "keys/head";\nexport const key = head + "${tail}"; // hilt` });
    expect(await lint(repository, 'b.ts')).toEqual([]);
    repository.write('tsconfig.json', '{ "compilerOptions": { "paths": { "keys/*": ["./src/*"] } } }');
    expect(await lint(repository, 'b.ts')).toEqual([`2:20 live head + "${tail}"`]);
  });

  it('reads a configuration that has come to be', async () => {
    const repository = repositoryWith({ 'a.js': `export const key = "${live}";` });
    expect(await lint(repository, 'a.js')).toEqual([`1:20 live "${live}"`]);
    repository.write('hilt-guard.config.json', '{ "ignore": ["a.js"] }');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await lint(repository, 'a.js', { text: `export const key = "${live}";\n` })).toEqual([]);
  });
});
