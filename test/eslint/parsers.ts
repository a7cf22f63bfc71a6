import * as babel from '@babel/eslint-parser';
import * as typescript from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';
import { Linter as Linter9 } from 'eslint-v9';
import type { Node } from '../../src/syntax/estree/node.ts';
import type { ScriptLanguage } from '../../src/sources/language.ts';
import { parseProgram } from '../../src/syntax/estree/parse.ts';
import { parseTolerantly } from '../../src/syntax/typescript.ts';

/** Options under which Babel reads what the other parsers read by themselves. */
const babelOptions = {
  requireConfigFile: false,
  babelOptions: { babelrc: false, configFile: false, presets: ['@babel/preset-react'], parserOpts: { plugins: ['decorators', 'explicitResourceManagement'] } },
};
const babelTypeScript = {
  requireConfigFile: false,
  babelOptions: { babelrc: false, configFile: false, parserOpts: { plugins: ['typescript', 'jsx', 'decorators-legacy', 'decoratorAutoAccessors'] } },
};

export type ParserName = 'espree' | 'typescript-eslint' | 'Babel' | 'oxc' | 'TypeScript';

/** The tree of a module as each host makes it. JavaScript is given with JSX, as every `.jsx` file may hold it. */
export function parseWith(parser: ParserName, text: string, language: ScriptLanguage): Node {
  switch (parser) {
    case 'espree':
      return treeOf(text, language, { parserOptions: { ecmaFeatures: { jsx: true } } });
    case 'typescript-eslint':
      return treeOf(text, language, { parser: typescript, parserOptions: { ecmaFeatures: { jsx: language.endsWith('x') } } });
    case 'Babel':
      return treeOf(text, language, { parser: babel, parserOptions: language.startsWith('ts') ? babelTypeScript : babelOptions });
    case 'oxc': {
      const parsed = parseProgram(text, language);
      if (!parsed || parsed.recovered) throw new Error('oxc did not take the text.');
      return parsed.program;
    }
    case 'TypeScript': {
      const parsed = parseTolerantly(text, language);
      if (!parsed) throw new Error('TypeScript did not take the text.');
      return parsed.program;
    }
  }
}

/** Parsed by ESLint itself, so that the tree is what a rule gets. Babel 7 makes a scope manager that ESLint 10 does not take. */
function treeOf(text: string, language: ScriptLanguage, languageOptions: { parser?: unknown; parserOptions: object }): Node {
  let tree: unknown;
  const linter = languageOptions.parser === babel ? (new Linter9() as unknown as Linter) : new Linter();
  const messages = linter.verify(text, {
    files: ['**'],
    languageOptions,
    plugins: { own: { rules: { keep: { create: (context: Rule.RuleContext) => ({ 'Program:exit': () => { tree = context.sourceCode.ast; } }) } } } },
    rules: { 'own/keep': 'error' },
  } as Linter.Config, { filename: `module.${language}` });
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return tree as Node;
}
