import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/engine/config-schema.ts';
import { loadConfig } from '../../src/engine/config.ts';
import type { Config } from '../../src/engine/config.ts';
import { ConfigError } from '../../src/engine/errors.ts';
import { findConfig, noticesOfUnused } from '../../src/engine/find-config.ts';
import { makeKey } from '../support/keys.ts';
import { createRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';

let repository: Repository;
beforeEach(() => {
  repository = createRepository({ git: false });
});
afterEach(() => repository.cleanup());

const name = 'hilt-guard.config.json';

/** As a scan does it: what is found from a folder upwards, or what is named. */
async function load(folder = '.', named?: string): Promise<Partial<Config>> {
  const path = named === undefined ? findConfig(repository.path(folder), repository.root) : repository.path(named);
  return path === undefined ? {} : loadConfig(path, repository.root);
}

async function messageOf(text: string): Promise<string> {
  repository.write(name, text);
  const error: unknown = await load().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message.replace(repository.path(name), 'FILE');
}

describe('the configuration', () => {
  it('has the defaults for what it does not say', async () => {
    repository.write(name, '{}');
    const config = await load();
    expect(config).toMatchObject({ client: [], server: [], integrations: {}, key: { minBodyLength: 16, names: [], hosts: [] } });
    expect(config.ignores?.('src/a.ts')).toBe(false);
  });
  it('may have comments and trailing commas', async () => {
    repository.write(name, '// ours\n{ "ignore": ["fixtures/",], /* b */ "hosts": ["proxy.shop.test"], }');
    const config = await load();
    expect(config.ignores?.('fixtures/a.ts')).toBe(true);
    expect(config.key?.hosts).toEqual(['proxy.shop.test']);
  });
  it('may begin with a byte order mark', async () => {
    repository.write(name, '\uFEFF{ "client": ["web/**"] }');
    expect((await load()).client).toEqual(['web/**']);
  });
  it('is found from a folder below', async () => {
    repository.write(name, '{ "server": ["api/**"] }');
    repository.write('packages/a/src/x.ts', '');
    expect((await load('packages/a/src')).server).toEqual(['api/**']);
  });
  it('is the nearest one alone', async () => {
    repository.write(name, '{ "server": ["api/**"], "ignore": ["a"] }');
    repository.write(`packages/a/${name}`, '{ "ignore": ["/b"] }');
    const config = await load('packages/a');
    expect(config.server).toEqual([]);
    expect(config.base).toBe('packages/a');
    expect(config.ignores?.('packages/a/b')).toBe(true);
    expect(config.ignores?.('b')).toBe(false);
  });
  it('may stand in package.json', async () => {
    repository.write('package.json', '{ "name": "shop", "hiltGuard": { "integrations": { "bot": "bot/**", "web": ["app/**"] } } }');
    expect((await load()).integrations).toEqual({ bot: ['bot/**'], web: ['app/**'] });
  });
  it('is the file of its own where package.json beside it has one too, and that is told', () => {
    repository.write('package.json', '{ "hiltGuard": {} }');
    repository.write(name, '{}');
    const found = findConfig(repository.root, repository.root);
    expect(found).toBe(repository.path(name));
    expect(noticesOfUnused(found).map(({ message }) => message)).toEqual([
      'The configuration is hilt-guard.config.json: "hiltGuard" in package.json beside it is not read. Take it out, or move what it says.',
    ]);
    repository.write('package.json', '{ "name": "hiltGuard" }');
    expect(noticesOfUnused(found)).toEqual([]);
  });
  it('does not care for a broken package.json without it', async () => {
    repository.write('package.json', '{ "name": ');
    expect(await load()).toEqual({});
  });
  it('is not looked for above the root', async () => {
    repository.write(name, '{ "server": ["api/**"] }');
    repository.write('inner/a.ts', '');
    expect(findConfig(repository.path('inner'), repository.path('inner'))).toBeUndefined();
  });
  it('is the named file where one is named', async () => {
    repository.write(name, '{ "server": ["api/**"] }');
    repository.write('other.json', '{ "server": ["other/**"], "baseline": "accepted" }');
    const config = await load('.', 'other.json');
    expect(config.server).toEqual(['other/**']);
    expect(config.baseline).toBe(repository.path('accepted'));
  });
  it('is an error where the named file is missing', async () => {
    await expect(load('.', 'missing.json')).rejects.toThrow(`The configuration ${repository.path('missing.json')} does not exist. Check --config.`);
  });
  it('never runs code', async () => {
    repository.write('hilt-guard.config.js', 'throw new Error("ran")');
    expect(await load()).toEqual({});
  });
});

describe('a wrong configuration names the place and what is right', () => {
  it('for JSON that is broken', async () => expect(await messageOf('{\n  "rules":\n}')).toBe('FILE:3:1: This is no valid JSON: value expected.'));
  it('for a name that every object has', async () => {
    expect(await messageOf('{ "rules": { "__proto__": "off" } }')).toBe('FILE:1:14: "rules.__proto__" is no name that can stand here.');
    expect(await messageOf('{ "rules": { "constructor": "off" } }')).toBe('FILE:1:14: "rules.constructor" is no name that can stand here.');
    expect(await messageOf('{ "integrations": { "__proto__": "bots/**" } }')).toBe('FILE:1:21: "integrations.__proto__" is no name that can stand here.');
    expect(await messageOf('{ "key": { "__proto__": {} } }')).toBe('FILE:1:12: Unknown key "key.__proto__". Known here: names, minBodyLength.');
  });
  it('for an unknown key', async () => {
    expect(await messageOf('{\n  "ignroe": []\n}')).toBe('FILE:2:3: Unknown key "ignroe". Did you mean "ignore"?');
    expect(await messageOf('{ "key": { "minBodyLenght": 20 } }')).toBe('FILE:1:12: Unknown key "key.minBodyLenght". Did you mean "minBodyLength"?');
  });
  it('for a key that is near to none', async () => {
    expect(await messageOf('{ "exclude": [] }')).toBe(
      'FILE:1:3: Unknown key "exclude". Known here: $schema, rules, ignore, client, server, integrations, key, hosts, baseline.',
    );
  });
  it('for an option of a rule that has none', async () => {
    expect(await messageOf('{ "rules": { "no-shared-key": ["warn", { "allow": 2 }] } }')).toBe(
      'FILE:1:42: "rules.no-shared-key.1.allow": this rule has no options. Give it its level alone: "error".',
    );
  });
  it('for a key that stands twice', async () => {
    expect(await messageOf('{\n  "ignore": ["a"],\n  "ignore": ["b"]\n}')).toBe('FILE:3:3: "ignore" stands here a second time (first 2:3). Keep one: of two, JSON drops the first.');
    expect(await messageOf('{ "key": { "names": ["A"], "minBodyLength": 9, "n\\u0061mes": [], }, }')).toBe(
      'FILE:1:48: "key.names" stands here a second time (first 1:12). Keep one: of two, JSON drops the first.',
    );
    expect(await messageOf('{ "rules": { "no-shared-key": "off", /* again */ "no-shared-key": "error" } }')).toContain('"rules.no-shared-key" stands here a second time');
  });
  it('for a rule that stands twice, with and without the prefix', async () => {
    expect(await messageOf('{ "rules": { "hilt/no-shared-key": "off", "no-shared-key": "error" } }')).toBe(
      'FILE:1:43: "rules.no-shared-key" sets the level of "no-shared-key" a second time. Keep one.',
    );
  });
  it('and not for a key of two objects, or in a text', async () => {
    repository.write(name, '{ "rules": { "no-shared-key": "off" }, "integrations": { "rules": "a\\":b", "key": ["\\"key\\":"] } }');
    expect((await load()).integrations).toEqual({ rules: ['a":b'], key: ['"key":'] });
  });
  it('for a folder', async () => {
    repository.write('config/a.txt', 'a');
    await expect(load('.', 'config')).rejects.toThrow(`The configuration ${repository.path('config')} cannot be read (it is a folder). It must be a file of JSON; --config names another.`);
  });
  it('for a wrong value', async () => {
    expect(await messageOf('{ "ignore": "fixtures" }')).toBe('FILE:1:3: "ignore" must be a list of patterns.');
    expect(await messageOf('{ "key": { "minBodyLength": 2 } }')).toBe('FILE:1:12: "key.minBodyLength" must be a whole number from 8 to 256.');
    expect(await messageOf('[]')).toBe('FILE:1:1: The configuration must be an object.');
  });
  it('for a wrong level', async () => {
    expect(await messageOf('{ "rules": { "no-hardcoded-key": "loud" } }')).toBe(
      'FILE:1:14: "rules.no-hardcoded-key" must be "off", "warn", "error" or [severity, options].',
    );
  });
  it('is not looked for in a folder or a broken link that is named like a manifest', () => {
    repository.write('package.json/a.txt', 'a');
    expect(findConfig(repository.root, repository.root)).toBeUndefined();
    repository.remove('package.json');
    repository.link('package.json', 'nowhere');
    expect(findConfig(repository.root, repository.root)).toBeUndefined();
  });
  it('for a link that leads nowhere', async () => {
    repository.link('hilt-guard.config.json', 'nowhere');
    await expect(load()).rejects.toThrow(`${repository.path('hilt-guard.config.json')} does not exist`);
  });
  it('for one wrong entry of a list', async () => {
    expect(await messageOf('{ "hosts": ["https://pay.test/x"] }')).toBe('FILE:1:13: "hosts.0" must be a host name, without scheme and path.');
    expect(await messageOf('{ "ignore": ["a", 1] }')).toBe('FILE:1:19: "ignore.1" must be a pattern.');
    expect(await messageOf('{ "integrations": { "bot": 1 } }')).toBe('FILE:1:21: "integrations.bot" must be a glob or a list of globs.');
    expect(await messageOf('{ "key": { "names": ["a b"] } }')).toBe('FILE:1:22: "key.names.0" must be the name of a variable.');
  });
  it('in package.json', async () => {
    repository.write('package.json', '{\n  "hiltGuard": {\n    "rule": {}\n  }\n}');
    await expect(load()).rejects.toThrow(`${repository.path('package.json')}:3:5: Unknown key "rule". Did you mean "rules"?`);
  });
  it('in package.json for what stands twice in it, not beside it', async () => {
    repository.write('package.json', '{ "name": "a", "name": "b", "hiltGuard": { "ignore": [], "ignore": [] } }');
    await expect(load()).rejects.toThrow(`${repository.path('package.json')}:1:58: "ignore" stands here a second time (first 1:44).`);
    repository.write('package.json', '{ "name": "a", "name": "b", "hiltGuard": { "key": { "names": ["A"] } } }');
    expect((await load()).key?.names).toEqual(['A']);
    repository.write('package.json', '{ "hiltGuard": {}, "hiltGuard": {} }');
    await expect(load()).rejects.toThrow(`${repository.path('package.json')}:1:20: "hiltGuard" stands here a second time (first 1:3).`);
  });
  it('and never quotes a key that was pasted into it', async () => {
    const key = makeKey('live', 'config');
    for (const text of [`{ "${key}": 1 }`, `{ "${key}": 1, "${key}": 1 }`, `{ "rules": { "no-shared-key": ["off", { "${key}": 1 }] } }`, `{ "ignore": "${key}" }`, `{ "key": ${key} }`, `{ "rules": { "${key}": "off" } }`, `{ "hosts": ["${key}"] }`, `{ ${key}`]) {
      const message = await messageOf(text);
      expect(message).not.toContain(key.slice(8, 16));
      expect(message).not.toContain(key.slice(-8));
    }
  });
});

describe('schema.json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schema.json', import.meta.url), 'utf8')) as {
    properties: Record<string, { properties?: Record<string, unknown> }>;
  };
  it('knows the same keys as the program', () => {
    expect(Object.keys(schema.properties)).toEqual(Object.keys(configSchema.entries));
    expect(Object.keys(schema.properties['key']?.properties ?? {})).toEqual(Object.keys(configSchema.entries.key.wrapped.entries));
  });
});
