import { createRequire } from 'node:module';
import type { ESLint, Linter, Rule as EslintRule } from 'eslint';
import { rules } from '../../rules/index.ts';
import { toEslintRule } from './adapter.ts';

/** The plugin, as `plugins: { hilt }` takes it. Its configs are flat and complete: `extends: [hilt.configs.recommended]`. */
export type HiltPlugin = Omit<ESLint.Plugin, 'meta' | 'rules' | 'configs'> & {
  meta: { name: string; version: string; namespace: string };
  rules: Record<string, EslintRule.RuleModule>;
  configs: {
    /** Every rule with the severity that it recommends. */
    recommended: Linter.Config;
    /** Every rule as an error. */
    strict: Linter.Config;
  };
};

const { version } = createRequire(import.meta.url)('hilt-guard/package.json') as { version: string };
const ids = rules.map(({ id }) => id);

const plugin: HiltPlugin = {
  meta: { name: 'hilt-guard', version, namespace: 'hilt' },
  rules: Object.fromEntries(rules.map((rule) => [rule.id, toEslintRule(rule, ids)])),
  configs: { recommended: {}, strict: {} },
};

plugin.configs.recommended = {
  name: 'hilt/recommended',
  plugins: { hilt: plugin },
  rules: Object.fromEntries(rules.map(({ id, meta }) => [`hilt/${id}`, meta.severity])),
};
plugin.configs.strict = {
  name: 'hilt/strict',
  plugins: { hilt: plugin },
  rules: Object.fromEntries(ids.map((id) => [`hilt/${id}`, 'error' as const])),
};

// The second name makes `require()` of this module give the plugin itself.
export { plugin as default, plugin as 'module.exports' };
