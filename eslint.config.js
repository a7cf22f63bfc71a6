import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import globals from 'globals';
import tseslint from 'typescript-eslint';
// From dist/, so that what is linted with is what is published; `npm run lint` builds it first.
import hilt from './dist/src/eslint/index.js';

/** Who may import whom, by folder; test/architecture.test.ts holds the same table against the whole graph. */
const layers = JSON.parse(readFileSync(new URL('scripts/layers.json', import.meta.url), 'utf8'));

export default defineConfig([
  globalIgnores(['dist/', 'fixtures/', 'coverage/', '.build-*/', 'test/oracle/apps/', 'test/oracle/.work/']),
  { name: 'scripts', files: ['**/*.{js,mjs}'], extends: [js.configs.recommended], languageOptions: { globals: globals.node } },
  {
    name: 'typescript',
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    name: 'product',
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-restricted-properties': ['error', {
        object: 'process', property: 'exit', message: 'It cuts off what is still being written: set process.exitCode.',
      }],
    },
  },
  ...Object.entries(layers).map(([folder, allowed]) => importDirections(folder, allowed)),
  { name: 'rules as ESLint sees them', files: ['rules/*.ts', 'src/eslint/**/*.ts'], extends: [eslintPlugin.configs.recommended] },
  {
    name: 'rule texts',
    files: ['rules/*.ts'],
    rules: {
      'no-restricted-syntax': ['error',
        {
          selector: 'Property[key.name="messages"] > ObjectExpression > Property > Literal[value!=/^[A-Z`\\u007b].*[.]$/]',
          message: 'A message is a sentence: a capital first, a full stop last.',
        },
        {
          selector: 'Property[key.name="docs"] > ObjectExpression > Property[key.name="description"] > Literal[value!=/^(Enforce|Require|Disallow) .+[^. ]$/]',
          message: 'A description begins with Enforce, Require or Disallow and has no full stop.',
        },
      ],
    },
  },
  hilt.configs.strict,
  // The scan in CI and the hook look across modules; linting each of this tree's many mentions of Hilt would do it again for every file.
  { name: 'hilt-guard/no-project', settings: { hilt: { project: false } } },
]);

/** The folder's files may import their own layer and those that `allowed` names. `typescript` has one loader of its own. */
function importDirections(folder, allowed) {
  const forbidden = Object.keys(layers).filter((layer) => layer !== folder && !allowed.includes(layer));
  const names = forbidden.map((layer) => layer.replace('src/', ''));
  const upwards = { regex: `^(\\.\\./)+(src/)?(${names.join('|')})/`, message: 'Imports go downwards only: see docs/decisions.md.' };
  const compiler = { regex: '^typescript$', allowTypeImports: true, message: 'Only src/syntax loads it, lazily.' };
  return {
    name: `imports of ${folder}`,
    files: [`${folder}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: names.length > 0 ? [upwards, compiler] : [compiler] }] },
  };
}
