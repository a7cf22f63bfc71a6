import { describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { runCli } from '../support/run-cli.ts';
import { babelConfig, lint, lintResults, repositoryWith } from './project.ts';

const live = makeKey('live', 'parsers');
const sandbox = makeKey('sandbox', 'parsers');
const [head, tail] = [sandbox.slice(0, 11), sandbox.slice(11)];

/** Without the second finding that a component of no known set-up may ship it. */
const certainOnly = { settings: { hilt: { possible: false } } };

/** One whole key, one put together by a function, and a key that another file completes. */
const script = `const head = "${head}";\nexport const whole = "${live}";\nexport const made = join("${tail}");\nfunction join(tail) { return head + tail; }\n`;

describe('one small module gives the same findings', () => {
  const expected = [`2:22 live "${live}"`, `3:21 sandbox join("${tail}")`];
  const below = [`3:22 live "${live}"`, `4:21 sandbox join("${tail}")`];

  it('from espree', async () => {
    expect(await lint(repositoryWith({ 'a.js': script }), 'a.js')).toEqual(expected);
  });

  it('from espree, where the text is not saved', async () => {
    expect(await lint(repositoryWith({}), 'a.js', { text: script })).toEqual(expected);
  });

  it('from espree in ESLint 9.15', async () => {
    expect(await lint(repositoryWith({ 'a.js': script }), 'a.js', { version: 9 })).toEqual(expected);
  });

  it('from typescript-eslint', async () => {
    expect(await lint(repositoryWith({ 'a.ts': script }), 'a.ts')).toEqual(expected);
  });

  it('from typescript-eslint, where the text is not saved', async () => {
    expect(await lint(repositoryWith({}), 'a.tsx', { text: script })).toEqual(expected);
  });

  it('from Babel', async () => {
    expect(await lint(repositoryWith({ 'a.js': script }), 'a.js', { config: babelConfig, version: 9 })).toEqual(expected);
  });

  it('from Babel, where the text is not saved', async () => {
    expect(await lint(repositoryWith({}), 'a.js', { config: babelConfig, version: 9, text: script })).toEqual(expected);
  });

  it('from vue-eslint-parser', async () => {
    const text = `<script lang="ts">\n${script}</script>\n<template><p /></template>\n`;
    expect(await lint(repositoryWith({ 'A.vue': text }), 'A.vue', certainOnly)).toEqual(below);
  });

  it('from svelte-eslint-parser', async () => {
    const text = `<script lang="ts" module>\n${script}</script>\n<p></p>\n`;
    expect(await lint(repositoryWith({ 'A.svelte': text }), 'A.svelte', certainOnly)).toEqual(below);
  });

  it('from astro-eslint-parser', async () => {
    const text = `---\n${script}---\n<p></p>\n`;
    expect(await lint(repositoryWith({ 'a.astro': text }), 'a.astro')).toEqual(below);
  });

  it('in a script of an Astro page, which to its parser is text', async () => {
    const text = `<p></p><script>\n${script.replaceAll('export ', '')}</script>\n`;
    expect(await lint(repositoryWith({ 'a.astro': text }), 'a.astro')).toEqual([`3:15 live "${live}"`, `4:14 sandbox join("${tail}")`]);
  });
});

describe('positions', () => {
  it('count UTF-16 units', async () => {
    expect(await lint(repositoryWith({ 'a.js': `const s = "😀é"; const k = "${live}";\n` }), 'a.js')).toEqual([`1:28 live "${live}"`]);
  });

  it('are right behind a byte order mark', async () => {
    expect(await lint(repositoryWith({ 'a.js': `\uFEFFconst k = "${live}";\n` }), 'a.js')).toEqual([`1:11 live "${live}"`]);
  });

  it('are right with CRLF line ends', async () => {
    expect(await lint(repositoryWith({ 'a.js': `start();\r\nconst k = "${live}";\r\n` }), 'a.js')).toEqual([`2:11 live "${live}"`]);
  });

  it('are right in a component with CRLF line ends and a byte order mark', async () => {
    const text = `\uFEFF<script>\r\nconst head = "${head}";\r\nconst k = head + "${tail}";\r\n</script>\r\n<template>\r\n<p :k="head + '${tail}'">${live}</p>\r\n</template>\r\n`;
    expect(await lint(repositoryWith({ 'A.vue': text }), 'A.vue', certainOnly)).toEqual([`3:11 sandbox head + "${tail}"`, `6:8 sandbox head + '${tail}'`, `6:${8 + 9 + 32 + 2} live ${live}`]);
  });

  it('count lines as ESLint does, also at U+2028', async () => {
    const found = await lint(repositoryWith({}), 'a.js', { text: `const s = "\u2028"; const k = "${live}";\n` });
    expect(found.map((each) => each.slice(0, '2:14 live'.length))).toEqual(['2:14 live']);
  });
});

describe('a Vue template', () => {
  const component = (template: string): string => `<script setup>\nconst head = "${head}";\n</script>\n<template>${template}</template>\n`;

  it.each([
    ['an attribute', `<p title="${live}" />`, [`4:20 live "${live}"`]],
    ['text', `<p>${live}</p>`, [`4:14 live ${live}`]],
    ['an expression', `<p>{{ head + "${tail}" }}</p>`, [`4:17 sandbox head + "${tail}"`]],
    ['a bound attribute', `<p :title="head + '${tail}'" />`, [`4:22 sandbox head + '${tail}'`]],
    ['a bound template literal', `<p :title="\`\${head}${tail}\`" />`, [`4:22 sandbox \`\${head}${tail}\``]],
    ['a handler', `<p @click="send(head + '${tail}')" />`, [`4:27 sandbox head + '${tail}'`]],
    ['a bound object', `<p v-bind="{ title: head + '${tail}' }" />`, [`4:31 sandbox head + '${tail}'`]],
    ['a literal in an expression', `<p :title="'${live}'" />`, [`4:22 live '${live}'`]],
    ['a loop whose variable hides the piece', `<p v-for="head in heads">{{ head + "${tail}" }}</p>`, []],
    ['a slot whose variable hides the piece', `<Box v-slot="{ head }">{{ head + "${tail}" }}</Box>`, []],
    ['a loop beside the piece', `<p v-for="x in xs" :key="x">{{ head + "${tail}" }}</p>`, [`4:42 sandbox head + "${tail}"`]],
  ])('is read: %s', async (_name, template, expected) => {
    expect(await lint(repositoryWith({ 'A.vue': component(template) }), 'A.vue', certainOnly)).toEqual(expected);
  });
});

describe('a Svelte template', () => {
  const component = (template: string): string => `<script>\nconst head = "${head}";\n</script>\n${template}\n`;

  it.each([
    ['an attribute', `<p title="${live}"></p>`, [`4:10 live "${live}"`]],
    ['text', `<p>${live}</p>`, [`4:4 live ${live}`]],
    ['an expression', `<p>{head + "${tail}"}</p>`, [`4:5 sandbox head + "${tail}"`]],
    ['an attribute of pieces', `<p title="{head}${tail}"></p>`, [`4:4 sandbox title="{head}${tail}"`]],
    ['raw HTML', `{@html head + "${tail}"}`, [`4:8 sandbox head + "${tail}"`]],
    ['a constant of the template', `{#if head}{@const k = head + "${tail}"}{k}{/if}`, [`4:23 sandbox head + "${tail}"`]],
    ['a handler', `<p onclick={() => send(head + "${tail}")}></p>`, [`4:24 sandbox head + "${tail}"`]],
    ['a snippet', `{#snippet row(x)}{head + "${tail}"}{/snippet}`, [`4:19 sandbox head + "${tail}"`]],
    ['a loop whose variable hides the piece', `{#each heads as head}{head + "${tail}"}{/each}`, []],
    ['a snippet whose parameter hides the piece', `{#snippet row(head)}{head + "${tail}"}{/snippet}`, []],
    ['an awaited value that hides the piece', `{#await promise then head}{head + "${tail}"}{/await}`, []],
  ])('is read: %s', async (_name, template, expected) => {
    expect(await lint(repositoryWith({ 'A.svelte': component(template) }), 'A.svelte', certainOnly)).toEqual(expected);
  });
});

describe('an Astro template', () => {
  const page = (template: string): string => `---\nconst head = "${head}";\n---\n${template}\n`;

  it.each([
    ['an attribute', `<p title="${live}"></p>`, [`4:10 live "${live}"`]],
    ['text', `<p>${live}</p>`, [`4:4 live ${live}`]],
    ['an expression', `<p>{head + "${tail}"}</p>`, [`4:5 sandbox head + "${tail}"`]],
    ['an attribute with an expression', `<p title={head + "${tail}"}></p>`, [`4:11 sandbox head + "${tail}"`]],
    ['an attribute that is a template literal', `<p title=\`\${head}${tail}\`></p>`, [`4:10 sandbox \`\${head}${tail}\``]],
    ['a list', `{[1].map(() => <p>{head + "${tail}"}</p>)}`, [`4:20 sandbox head + "${tail}"`]],
    ['a comment', `<!-- ${live} -->`, [`4:6 live ${live}`]],
    ['a callback whose parameter hides the piece', `{heads.map((head) => <p>{head + "${tail}"}</p>)}`, []],
  ])('is read: %s', async (_name, template, expected) => {
    expect(await lint(repositoryWith({ 'a.astro': page(template) }), 'a.astro')).toEqual(expected);
  });
});

describe('a suggestion in a template', () => {
  async function suggested(file: string, text: string): Promise<readonly (string | undefined)[]> {
    const [result] = await lintResults(repositoryWith({ [file]: text }), file);
    const messages = result?.messages.filter(({ ruleId }) => ruleId === 'hilt/no-hardcoded-key') ?? [];
    return messages.map(({ suggestions: [first] = [] }) => first && text.slice(0, first.fix.range[0]) + first.fix.text + text.slice(first.fix.range[1]));
  }

  it.each([
    ['an attribute in quotes', `<p title="${live}"></p>`, '<p title={process.env.HILT_API_KEY}></p>'],
    ['an attribute in apostrophes', `<Pay apiKey='${live}' />`, '<Pay apiKey={process.env.HILT_API_KEY} />'],
    ['an attribute without quotes', `<p title=${live}></p>`, '<p title={process.env.HILT_API_KEY}></p>'],
    ['an attribute beside code', `<p title="{name}: ${live}"></p>`, '<p title="{name}: {process.env.HILT_API_KEY}"></p>'],
    ['text', `{#if on}<p>Key: ${live}.</p>{/if}`, '{#if on}<p>Key: {process.env.HILT_API_KEY}.</p>{/if}'],
    ['a literal', `<p>{"${live}"}</p>`, '<p>{process.env.HILT_API_KEY}</p>'],
    ['a comment, which takes none', `<!-- ${live} -->`, undefined],
    ['the name of an attribute, which takes none', `<p ${live}></p>`, undefined],
  ])('is there in Svelte for %s', async (_what, template, expected) => {
    expect(await suggested('A.svelte', template)).toEqual([expected]);
  });

  it.each([
    ['an attribute in quotes', `<p title="${live}"></p>`, '<p title={import.meta.env.HILT_API_KEY}></p>'],
    ['text', `---\nconst a = '{ <';\n---\n<p>Key: ${live}</p>`, `---\nconst a = '{ <';\n---\n<p>Key: {import.meta.env.HILT_API_KEY}</p>`],
    ['text that stays text, which takes none', `<p is:raw>${live}</p>`, undefined],
  ])('is there in Astro for %s', async (_what, template, expected) => {
    expect(await suggested('a.astro', template)).toEqual([expected]);
  });

  it('is not there in Vue, whose templates see no variable of the environment', async () => {
    expect(await suggested('A.vue', `<template><p title="${live}" :id="'${live}'">${live} {{ '${live}' }}</p></template>\n`)).toEqual([undefined, undefined, undefined, undefined]);
    expect(await suggested('A.vue', `<script setup>\nconst key = '${live}';\n</script>\n`)).toEqual(['<script setup>\nconst key = process.env.HILT_API_KEY;\n</script>\n']);
  });
});

describe('markup of a component', () => {
  const elements = `<div title="${live}" class={"${live}"}>{'${sandbox}'} ${live}</div>\n`;

  it.each([
    ['A.vue', `<script setup>\nconst a = "${live}";\n</script>\n<template>\n  <p :title="'${live}'" title="${sandbox}" @click="go('${live}')">{{ '${sandbox}' }} ${live}</p>\n</template>\n`],
    ['A.svelte', `<script>\n  const a = '${live}';\n</script>\n${elements}`],
    ['a.astro', `---\nconst a = '${live}';\n---\n${elements}`],
  ])('is reported where the scanner reports it: %s', async (file, text) => {
    const repository = repositoryWith({ [file]: text });
    const [result] = await lintResults(repository, file);
    const { stdout } = await runCli(['--format', 'json', file], { cwd: repository.root, env: repository.env });
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; range: { start: { line: number; column: number }; end: { column: number } } }[] };
    const scanned = findings.filter(({ rule }) => rule === 'no-hardcoded-key').map(({ range: { start, end } }) => `${start.line}:${start.column}-${end.column}`);
    const linted = result?.messages.filter(({ ruleId }) => ruleId === 'hilt/no-hardcoded-key').map(({ line, column, endColumn }) => `${line}:${column}-${endColumn}`);
    expect(linted).toEqual(scanned);
    expect(linted?.length).toBeGreaterThan(4);
  });
});
