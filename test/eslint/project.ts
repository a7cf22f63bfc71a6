import babelParser from '@babel/eslint-parser';
import json from '@eslint/json';
import markdown from '@eslint/markdown';
import * as typescriptParser from '@typescript-eslint/parser';
import * as astroParser from 'astro-eslint-parser';
import { ESLint, type Linter } from 'eslint';
import { ESLint as ESLint9 } from 'eslint-v9';
import * as svelteParser from 'svelte-eslint-parser';
import * as vueParser from 'vue-eslint-parser';
import { onTestFinished } from 'vitest';
import plugin from '../../src/eslint/index.ts';
import { createRepository, type Repository, type RepositoryOptions } from '../support/repository.ts';

const typed = { parser: typescriptParser };

/** What a user has for the files of a mixed repository. */
const mixedConfig = [
  plugin.configs.recommended,
  { files: ['**/*.ts'], languageOptions: { parser: typescriptParser } },
  { files: ['**/*.tsx'], languageOptions: { parser: typescriptParser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ['**/*.vue'], languageOptions: { parser: vueParser, parserOptions: typed } },
  { files: ['**/*.svelte'], languageOptions: { parser: svelteParser, parserOptions: typed } },
  { files: ['**/*.astro'], languageOptions: { parser: astroParser, parserOptions: typed } },
] as unknown as Linter.Config[];

export const jsonConfig = [plugin.configs.recommended, { files: ['**/*.json'], plugins: { json }, language: 'json/json' }] as unknown as Linter.Config[];
export const markdownConfig = [plugin.configs.recommended, { files: ['**/*.md'], plugins: { markdown }, language: 'markdown/gfm' }] as unknown as Linter.Config[];
export const codeBlockConfig = [plugin.configs.recommended, { files: ['**/*.md'], plugins: { markdown }, processor: 'markdown/markdown' }] as unknown as Linter.Config[];
export const babelConfig = [
  plugin.configs.recommended,
  { languageOptions: { parser: babelParser, parserOptions: { requireConfigFile: false, babelOptions: { babelrc: false, configFile: false, presets: ['@babel/preset-react'] } } } },
] as unknown as Linter.Config[];

/** A repository with these files, removed when the test ends. */
export function repositoryWith(files: Readonly<Record<string, string>>, options?: RepositoryOptions): Repository {
  const repository = createRepository(options);
  onTestFinished(repository.cleanup);
  for (const [file, text] of Object.entries(files)) repository.write(file, text);
  return repository;
}

export interface LintOptions {
  readonly config?: readonly Linter.Config[];
  /** A text that the editor has not saved. */
  readonly text?: string;
  readonly version?: 9 | 10;
  readonly settings?: Record<string, unknown>;
}

/** Lints one file as an editor does and returns what is said of it: `line:column message id «the text there»`. */
export async function lint(repository: Repository, file: string, options: LintOptions = {}): Promise<string[]> {
  const [result] = await lintResults(repository, file, options);
  const source = (result?.source ?? options.text ?? '').replace(/^\uFEFF/, '').split(/\r\n|\n/);
  return (result?.messages ?? []).map((message) => describe(message, source));
}

export async function lintResults(repository: Repository, file: string, { config = mixedConfig, text, version = 10, settings }: LintOptions = {}): Promise<ESLint.LintResult[]> {
  const Class = version === 9 ? (ESLint9 as unknown as typeof ESLint) : ESLint;
  const eslint = new Class({ cwd: repository.root, overrideConfigFile: true, overrideConfig: [...config, ...(settings ? [{ settings }] : [])] });
  if (text === undefined) return eslint.lintFiles([file]);
  const results = await eslint.lintText(text, { filePath: repository.path(file) });
  return results.map((result) => ({ ...result, source: text }));
}

function describe({ line, column, endLine, endColumn, messageId, message, fatal }: Linter.LintMessage, source: readonly string[]): string {
  if (fatal) return message;
  const first = source[line - 1] ?? '';
  const place = endLine === line ? first.slice(column - 1, (endColumn ?? column) - 1) : `${first.slice(column - 1)}…`;
  return `${line}:${column} ${messageId ?? message} ${place}`;
}
