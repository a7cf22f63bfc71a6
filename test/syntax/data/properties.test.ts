import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

describe('properties and their kin', () => {
  it('reads Java properties with every separator, escapes and continued lines', () => {
    const { declarations, comments } = read('properties', 'gradle.properties', '# c\n! d\nHILT_API_KEY=abc\\u0041\\\n   def\na.b : x y\nc value\ne=\n');
    expect(declarations.map(({ key, valueText, value }) => [key, valueText, value])).toEqual([
      ['HILT_API_KEY', 'abc\\u0041\\\n   def', 'abcAdef@abc\\u0041\\\n   def'],
      ['a.b', 'x y', 'x y'],
      ['c', 'value', 'value'],
      ['e', '', ''],
    ]);
    expect(comments).toEqual(['# c', '! d']);
  });

  it('reads INI sections, quotes and comments behind a value', () => {
    const file = read('properties', 'supervisord.ini', '[program:bot]\nenvironment=HILT_API_KEY="a b",K2=c\ncommand=node bot.js\nk = "q" ; c\n');
    expect(file.values).toEqual({ 'program:bot/environment/HILT_API_KEY': 'a b', 'program:bot/environment/K2': 'c', 'program:bot/command': 'node bot.js', 'program:bot/k': 'q' });
    expect(file.commands).toEqual([{ path: 'program:bot/command', text: 'node bot.js', source: 'node bot.js' }]);
    expect(file.comments).toEqual(['; c']);
  });

  it('reads an .npmrc, whose names hold colons', () => {
    expect(read('properties', '.npmrc', '//registry.npmjs.org/:_authToken=${NPM}\nsave-exact=true\n').values).toEqual({
      '//registry.npmjs.org/:_authToken': 'expansion(NPM)@${NPM}',
      'save-exact': 'true',
    });
  });

  it('reads an Xcode configuration, in which two slashes are always a comment', () => {
    const file = read('properties', 'Release.xcconfig', '// c\n#include "Base.xcconfig"\nHILT_API_KEY = abc$(OTHER) // why\nURL[sdk=iphone*] = https:/$()/x\n');
    expect(file.values).toEqual({ HILT_API_KEY: 'abc + expansion(OTHER)@$(OTHER)', URL: 'https:/ + @$() + /x' });
    expect(file.comments).toEqual(['// c', '// why']);
    expect(file.notices).toEqual([]);
  });

  it('reads the environment of a systemd unit, word by word', () => {
    const file = read('properties', 'bot.service', '[Service]\nEnvironment="HILT_API_KEY=b c" \'B=$d\' C=e \\\n  D=f\nEnvironmentFile=/etc/bot.env\nExecStart=-/usr/bin/node $X bot.js\n');
    expect(file.declarations.map(({ key, nameText, valueText, value }) => [key, nameText, valueText, value])).toEqual([
      ['Service/Environment/HILT_API_KEY', 'HILT_API_KEY', 'b c', 'b c'],
      ['Service/Environment/B', 'B', '$d', '$d'],
      ['Service/Environment/C', 'C', 'e', 'e'],
      ['Service/Environment/D', 'D', 'f', 'f'],
      ['Service/EnvironmentFile', 'EnvironmentFile', '/etc/bot.env', '/etc/bot.env'],
      ['Service/ExecStart', 'ExecStart', '-/usr/bin/node $X bot.js', '-/usr/bin/node  + expansion(X)@$X +  bot.js'],
    ]);
    expect(file.commands.map(({ path, text }) => [path, text])).toEqual([['Service/ExecStart', '/usr/bin/node $X bot.js']]);
  });

  it('reads the headers and variables that nginx and Apache set', () => {
    const file = read('properties', 'site.conf', 'server {\n  proxy_set_header X-Hilt-Key "abc$x"; # c\n  SetEnv HILT_API_KEY \'v v\'\n  listen 80;\n}\n');
    expect(file.declarations.map(({ key, nameText, valueText, value }) => [key, nameText, valueText, value])).toEqual([
      ['proxy_set_header/X-Hilt-Key', 'X-Hilt-Key', '"abc$x"', 'abc + expansion(x)@$x'],
      ['SetEnv/HILT_API_KEY', 'HILT_API_KEY', "'v v'", 'v v'],
    ]);
    expect(file.comments).toEqual(['# c']);
    expect(file.notices).toEqual([]);
  });

  it('reads the processes of a Procfile', () => {
    const file = read('text', 'Procfile', 'web: npm start $X\n# c\nbot: node bot.js\r\nnonsense\n');
    expect(file.commands).toEqual([
      { path: 'web', text: 'npm start $X', source: 'npm start $X' },
      { path: 'bot', text: 'node bot.js', source: 'node bot.js' },
    ]);
    expect(file.declarations.map(({ key, valueText }) => [key, valueText])).toEqual([['web', 'npm start $X'], ['bot', 'node bot.js']]);
    expect(file.notices).toHaveLength(1);
  });

  it('reads the variables and entries of a crontab', () => {
    const file = read('text', 'deploy/crontab', 'HILT_API_KEY="abc $d"\n*/5 * * * * /run/me\n@daily node x.js\n');
    expect(file.declarations).toEqual([{ key: 'HILT_API_KEY', nameText: 'HILT_API_KEY', valueText: '"abc $d"', value: 'abc $d' }]);
    expect(file.commands.map(({ path, text }) => [path, text])).toEqual([['cron/0', '/run/me'], ['cron/1', 'node x.js']]);
  });

  it('tells of lines that assign nothing, and reads CRLF', () => {
    const file = read('properties', 'a.ini', 'a=1\r\n%%%\r\nb=2\r\n');
    expect(file.values).toEqual({ a: '1', b: '2' });
    expect(file.notices.map(({ code, level }) => [code, level])).toEqual([['parse-error', 'info']]);
  });
});
