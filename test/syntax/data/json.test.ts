import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

describe('JSON', () => {
  it('declares every scalar below its path, list items by their index', () => {
    const { declarations } = read('json', 'turbo.json', '{ "globalEnv": ["HILT_API_KEY"], "a": { "b": "c" }, "n": 4, "t": true, "z": null }');
    expect(declarations).toEqual([
      { key: 'globalEnv/0', nameText: '"HILT_API_KEY"', valueText: '"HILT_API_KEY"', value: 'HILT_API_KEY' },
      { key: 'a/b', nameText: 'b', valueText: '"c"', value: 'c' },
      { key: 'n', nameText: 'n', valueText: '4', value: 'number 4' },
      { key: 't', nameText: 't', valueText: 'true', value: 'constant true' },
      { key: 'z', nameText: 'z', valueText: 'null', value: 'constant null' },
    ]);
  });

  it('undoes escapes and still knows where a reference stands', () => {
    const { values } = read('json', 'eas.json', String.raw`{ "a": "x\"\u0041 ${'$'}{HILT_API_KEY}", "b": "^foo$bar", "c": "$HILT_API_KEY" }`);
    expect(values).toEqual({
      a: String.raw`x"A @x\"\u0041 ` + ' + expansion(HILT_API_KEY)@${HILT_API_KEY}',
      b: '^foo$bar',
      c: 'expansion(HILT_API_KEY)@$HILT_API_KEY',
    });
  });

  it('declares the pairs of a Postman export and of a task definition by the name that they give', () => {
    const { declarations } = read('json', 'shop.postman_collection.json', '{ "variable": [{ "key": "hilt_key", "value": "abc" }], "secrets": [{ "name": "HILT_API_KEY", "valueFrom": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt" }] }');
    expect(declarations.map(({ key, nameText, valueText }) => [key, nameText, valueText])).toEqual([
      ['variable/0/key', 'key', '"hilt_key"'],
      ['variable/0/hilt_key', 'hilt_key', '"abc"'],
      ['secrets/0/name', 'name', '"HILT_API_KEY"'],
      ['secrets/0/HILT_API_KEY', 'HILT_API_KEY', '"arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt"'],
    ]);
  });

  it('knows an ARN of a secret and a legacy Vercel name apart', () => {
    const { values } = read('json', 'x.json', '{ "a": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt", "b": "arn:aws:s3:::bucket", "c": "projects/p/secrets/hilt/versions/latest" }');
    expect(values).toEqual({
      a: 'secret(arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt)@arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt',
      b: 'arn:aws:s3:::bucket',
      c: 'secret(projects/p/secrets/hilt/versions/latest)@projects/p/secrets/hilt/versions/latest',
    });
  });

  it('gives the scripts of a package as commands whose parts can be found again', () => {
    const file = read('json', 'package.json', String.raw`{ "scripts": { "bot": "HILT_API_KEY=\"x y\" node bot.js" } }`);
    expect(file.commands).toEqual([{ path: 'scripts/bot', text: 'HILT_API_KEY="x y" node bot.js', source: String.raw`"HILT_API_KEY=\"x y\" node bot.js"` }]);
    expect(file.sourceOf(file.data.commands[0]!, '"x y"')).toBe(String.raw`\"x y\"`);
    expect(file.sourceOf(file.data.commands[0]!, 'bot.js')).toBe('bot.js');
  });

  it('puts the command and the arguments of an MCP server together', () => {
    const file = read('json', '.mcp.json', '{ "mcpServers": { "hilt": { "command": "npx", "args": ["-y", "a b"], "env": { "HILT_API_KEY": "${env:HILT}" } } } }');
    expect(file.commands.map(({ path, text }) => [path, text])).toEqual([['mcpServers/hilt/command', "npx -y 'a b'"]]);
    expect(file.values['mcpServers/hilt/env/HILT_API_KEY']).toBe('expansion(HILT)@${env:HILT}');
  });

  it('reads comments, trailing commas and what people write of JSON5', () => {
    const file = read('json', 'tsconfig.json', "// top\n{ /* in */ 'a': 'b\\'c', bare: \"d\", }");
    expect(file.declarations.map(({ nameText, value }) => [nameText, value])).toEqual([['a', "b'c@b\\'c"], ['bare', 'd']]);
    expect(file.comments).toEqual(['// top', '/* in */']);
    expect(file.notices).toEqual([]);
  });

  it('reads JSON lines', () => {
    expect(read('json', 'a.jsonl', '{"a":"1"}\n{"b":"2"}\n').values).toEqual({ a: '1', b: '2' });
  });

  it('reads a notebook', () => {
    expect(read('json', 'a.ipynb', '{"cells":[{"source":["key = 1\\n","x"]}]}').values).toEqual({ 'cells/0/source/0': 'key = 1\n@key = 1\\n', 'cells/0/source/1': 'x' });
  });

  it('keeps reading behind a missing colon, a stray bracket and an unclosed object', () => {
    const file = read('json', 'a.json', '{ "a" "b", "c": "d" ] , "e": { "f": "g"');
    expect(file.values).toEqual({ a: 'b', c: 'd', 'e/f': 'g' });
    expect(file.notices.map(({ code, level }) => [code, level])).toEqual([['parse-error', 'info']]);
  });

  it('survives a million brackets and says that it stopped', () => {
    const file = read('json', 'a.json', '['.repeat(200_000));
    expect(file.declarations).toEqual([]);
    expect(file.notices.map(({ code }) => code)).toEqual(['parse-skipped', 'parse-error']);
  });

  it('reads what stands beside something nested too deeply', () => {
    const file = read('json', 'a.json', `{"a":"1","deep":${'['.repeat(500)}${']'.repeat(500)}}`);
    expect(file.values).toEqual({ a: '1' });
    expect(file.notices.map(({ code }) => code)).toEqual(['parse-skipped']);
  });

  it('reads no lock file', () => {
    expect(read('json', 'package-lock.json', '{"a":"b"}')).toMatchObject({ declarations: [], notices: [] });
  });
});
