import { describe, expect, it } from 'vitest';
import { findKeys } from '../../src/hilt/key-grammar.ts';
import { defaultKeyOptions } from '../../src/hilt/key-options.ts';
import { isKeyName } from '../../src/hilt/names.ts';
import { bundlers } from './bundlers/index.ts';
import { base64Needles, classify } from './harness/classify.ts';
import { outcomeOf, type Pair } from './harness/compare.ts';
import { composeApp } from './harness/compose.ts';
import { expandProbe } from './harness/expand.ts';
import { staleEntries, unknownDisagreements } from './harness/known.ts';
import type { Canary } from './harness/probe.ts';
import { rowOf } from './harness/table.ts';
import { makeKey } from '../support/keys.ts';

const key = makeKey('live', 'harness');
const canary: Canary = { id: 'probe/key', key, carriers: [key], bare: true, files: [] };
const carriersOf = (path: string, text: string): string[] | undefined => classify([{ path, text }], [canary]).get('probe/key');
const environment = { publicPrefix: 'VITE_', object: 'import.meta.env' };

describe('classify', () => {
  it('finds a canary as it is written', () => {
    expect(carriersOf('dist/main.js', `f("${key}")`)).toEqual(['chunk']);
  });

  it('finds nothing where only the beginning of a canary stands', () => {
    expect(carriersOf('dist/main.js', `f("${key.slice(0, -1)}")`)).toEqual([]);
  });

  it('tells code, pages, data and maps apart', () => {
    expect(carriersOf('index.html', key)).toEqual(['html']);
    expect(carriersOf('app/x.rsc', key)).toEqual(['data']);
    expect(carriersOf('x/__data.json', key)).toEqual(['data']);
    expect(carriersOf('main.js.map', key)).toEqual(['map']);
  });

  it('finds a canary in a data URL, wherever its bytes fall', () => {
    for (const before of ['', 'a', 'ab']) {
      expect(carriersOf('main.js', `data:text/plain;base64,${Buffer.from(`${before}${key}\n`).toString('base64')}`)).toEqual(['chunk']);
    }
  });

  it('calls an inline source map a map', () => {
    const map = Buffer.from(JSON.stringify({ sourcesContent: [key] })).toString('base64');
    expect(carriersOf('main.js', `f()\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${map}`)).toEqual(['map']);
  });

  it('undoes escapes', () => {
    expect(carriersOf('main.js', key.replace('_', '\\x5f'))).toEqual(['chunk']);
    expect(carriersOf('main.js', key.replace('_', '\\u005F'))).toEqual(['chunk']);
  });
});

describe('base64Needles', () => {
  it('holds only characters that the neighbours cannot change', () => {
    for (const [before, needle] of base64Needles(key).entries()) {
      for (const [head, tail] of [['\0', '\0'], ['z', 'z'], ['\xff', '\xff']] as const) {
        expect(Buffer.from(head.repeat(before) + key + tail.repeat(2), 'latin1').toString('base64')).toContain(needle);
      }
    }
  });
});

describe('expandProbe', () => {
  it('puts one key for one name, in whatever encoding', () => {
    const { files, canaries } = expandProbe({ id: 'a', about: '', files: { 'main.js': `'{{key:x}}' '{{key:x}}' '{{base64:x}}'` } }, environment);
    const [first, second, encoded] = [...(files.get('src/probes/a/main.js') ?? '').matchAll(/'([^']*)'/g)].map(([, text]) => text ?? '');
    expect(second).toBe(first);
    expect(Buffer.from(encoded ?? '', 'base64').toString()).toBe(first);
    expect(canaries.map(({ id, carriers }) => [id, carriers])).toEqual([['a/x', [first, encoded]]]);
  });

  it('names a variable after its probe, with the prefix that is asked for', () => {
    const { files, canaries } = expandProbe({ id: 'env-dot', about: '', files: { 'main.js': '{{env}}.{{public}} {{var:b:NUXT_PUBLIC_}} {{var:c}}' } }, environment);
    expect(files.get('src/probes/env-dot/main.js')).toBe('import.meta.env.VITE_ENV_DOT_HILT_API_KEY NUXT_PUBLIC_ENV_DOT_B_HILT_API_KEY ENV_DOT_C_HILT_API_KEY');
    expect(canaries.map(({ variable }) => variable)).toEqual(['VITE_ENV_DOT_HILT_API_KEY', 'NUXT_PUBLIC_ENV_DOT_B_HILT_API_KEY', 'ENV_DOT_C_HILT_API_KEY']);
  });

  it('leaves the braces of templates and of Vue alone', () => {
    expect(expandProbe({ id: 'a', about: '', files: { 'main.js': '<p style={{ color }}>{{ title }}</p>' } }, environment).files.get('src/probes/a/main.js')).toBe('<p style={{ color }}>{{ title }}</p>');
  });

  it('refuses a token that it does not know', () => {
    expect(() => expandProbe({ id: 'a', about: '', files: { 'main.js': '{{kee}}' } }, environment)).toThrow('unknown token {{kee}}');
  });
});

describe('the applications', () => {
  const apps = bundlers.flatMap((bundler) => bundler.scenes.map((scene) => composeApp(bundler, scene)));

  it('are many: at least twelve bundlers and 250 canaries', () => {
    expect(bundlers.length).toBeGreaterThanOrEqual(12);
    expect(apps.flatMap((app) => app.canaries).length).toBeGreaterThanOrEqual(250);
  });

  it('hold every canary where the probe put it, and no canary twice', () => {
    for (const app of apps) {
      const ids = app.canaries.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const texts = [...app.files.values()].join('\n');
      for (const { id, carriers, variable } of app.canaries) expect([id, carriers.some((text) => texts.includes(text)) || (variable !== undefined && texts.includes(variable))]).toEqual([id, true]);
    }
  });

  it('hold keys and key names by our own grammar, and no placeholder', () => {
    for (const app of apps) {
      for (const { id, key: text, variable } of app.canaries) {
        expect([id, findKeys(text, defaultKeyOptions).length]).toEqual([id, 1]);
        if (variable !== undefined) expect([variable, isKeyName(variable, { names: [] })]).toEqual([variable, true]);
      }
    }
  });

  it('name no canary among the bare ones that the probe lacks', () => {
    for (const bundler of bundlers) {
      for (const scene of bundler.scenes) {
        for (const probe of scene.probes) {
          const names = expandProbe(probe, environment).canaries.map(({ id }) => id.slice(probe.id.length + 1));
          expect(names).toEqual(expect.arrayContaining([...(probe.bare ?? [])]));
        }
      }
    }
  });
});

describe('the outcome of a pair', () => {
  it('is agreed where the tool is certain of what ships, or silent of what does not', () => {
    expect(outcomeOf(true, 'certain')).toBe('agreed');
    expect(outcomeOf(false, 'silent')).toBe('agreed');
  });

  it('is missed or false where they differ', () => {
    expect(outcomeOf(true, 'silent')).toBe('missed');
    expect(outcomeOf(false, 'certain')).toBe('false');
  });

  it('is possible where the tool says so, whatever ships', () => {
    expect(outcomeOf(true, 'possible')).toBe('possible');
    expect(outcomeOf(false, 'possible')).toBe('possible');
  });
});

describe('known disagreements', () => {
  const pair = (id: string, outcome: Pair['outcome']): Pair => ({ bundler: 'b', scene: 'main', canary: id, ships: true, carriers: [], bare: true, places: [], verdict: 'silent', outcome });
  const known = [{ reason: 'because', pairs: ['b/main/p/a', 'b/main/p/b', 'other/main/p/a'] }];

  it('cover what they list', () => {
    expect(unknownDisagreements([pair('p/a', 'missed'), pair('p/c', 'false'), pair('p/d', 'agreed')], known).map(({ canary: id }) => id)).toEqual(['p/c']);
  });

  it('are stale where the pair agrees or is gone, but not for a bundler that was not asked', () => {
    expect(staleEntries([pair('p/a', 'missed'), pair('p/c', 'agreed')], known)).toEqual(['b/main/p/b']);
  });

  it('count as disagreements in the table', () => {
    expect(rowOf('b', [pair('p/a', 'missed'), pair('p/b', 'false'), pair('p/c', 'possible'), pair('p/d', 'agreed')])).toEqual({ bundler: 'b', canaries: 4, agreed: 1, possible: 1, missed: 1, false: 1, bareMissed: 1 });
  });
});
