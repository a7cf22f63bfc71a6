// Begins a rule: writes rules/<id>.ts, test/rules/<id>.test.ts and docs/rules/<id>.md from scripts/templates/,
// and registers the rule in rules/index.ts.
//
//   npm run new-rule no-something
//
// The new test and page fail until the rule does something: that is the list of what is left to do.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const problem = newRule(process.argv[2], process.argv.length);
if (problem) {
  console.error(problem);
  process.exitCode = 2;
}

/** Writes the files; returns what is wrong instead, and then has written nothing. */
function newRule(id, argumentCount) {
  if (id === undefined || argumentCount > 3) return 'Usage: npm run new-rule <id>, for example `npm run new-rule no-something`.';
  if (!/^[a-z]+(?:-[a-z]+)+$/.test(id)) {
    return `\`${id}\` is no name for a rule: use at least two lower-case words with hyphens, such as \`no-something\` or \`require-something\`.`;
  }
  const files = {
    'rule.ts.txt': `rules/${id}.ts`,
    'rule.test.ts.txt': `test/rules/${id}.test.ts`,
    'rule.md': `docs/rules/${id}.md`,
  };
  const taken = Object.values(files).find((file) => existsSync(join(root, file)));
  if (taken) return `The rule \`${id}\` exists already: ${taken}. Nothing was written.`;
  const registry = register(readFileSync(join(root, 'rules/index.ts'), 'utf8'), id);
  if (!registry) return 'rules/index.ts has no `export const rules: readonly Rule[] = […]` to add the rule to. Nothing was written.';

  for (const [template, file] of Object.entries(files)) {
    write(file, fill(readFileSync(join(root, 'scripts/templates', template), 'utf8'), id));
  }
  write('rules/index.ts', registry);
  console.log(`
Next: write the cases into the test and the page, then the rule, then a line into CHANGELOG.md. CONTRIBUTING.md has the steps.
What is left to do: npx vitest run test/rules/${id}.test.ts test/plugin.test.ts test/readme.test.ts`);
}

function write(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  console.log(`wrote ${file}`);
}

function fill(template, id) {
  return template.replaceAll('{{id}}', id).replaceAll('{{name}}', camelCase(id));
}

/** The registry with the rule at its end, or `undefined` if it does not look as expected. */
function register(text, id) {
  const list = /(export const rules: readonly Rule\[\] = \[)([^\]]*)(\];)/.exec(text);
  if (!list) return undefined;
  const names = [...list[2].split(',').map((name) => name.trim()).filter(Boolean), camelCase(id)];
  const withRule = text.replace(list[0], () => `${list[1]}\n${names.map((name) => `  ${name},\n`).join('')}${list[3]}`);
  const imports = [...withRule.matchAll(/^import .*;\n/gm)];
  const end = imports.reduce((last, found) => Math.max(last, found.index + found[0].length), 0);
  return `${withRule.slice(0, end)}import { ${camelCase(id)} } from './${id}.ts';\n${withRule.slice(end)}`;
}

function camelCase(id) {
  return id.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}
