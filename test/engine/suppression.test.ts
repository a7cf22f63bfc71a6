import { describe, expect, it } from 'vitest';
import { getRange, indexLines } from '../../src/engine/line-index.ts';
import { findSuppressions, getMisuse, isSuppressed } from '../../src/engine/suppression.ts';
import type { Suppression } from '../../src/engine/suppression.ts';
import type { Comment, Language } from '../../src/syntax/module-summary.ts';
import { bareModule } from '../support/bare-module.ts';

const rule = 'no-hardcoded-key';

/** Whether the first KEY of the text is suppressed. Comments of scripts are found by their signs, as a parser would list them. */
function check(text: string, language: Language = 'ts', asked = rule): boolean {
  const lines = indexLines(text);
  const isScript = ['ts', 'tsx', 'js', 'vue'].includes(language);
  const module = bareModule({ language, comments: isScript ? listComments(text) : [] });
  const at = text.indexOf('KEY');
  return isSuppressed(findSuppressions(module, text, lines), asked, getRange(lines, [at, at + 3]), at, new Set<Suppression>());
}

function listComments(text: string): Comment[] {
  return Array.from(text.matchAll(/\/\*[^]*?\*\/|\/\/.*|"[^"]*"/g))
    .filter((match) => !match[0].startsWith('"'))
    .map((match) => ({ text: match[0], at: [match.index, match.index + match[0].length], block: match[0].startsWith('/*') }));
}

describe('our comments suppress', () => {
  it('the next line', () => expect(check('// hilt-guard-ignore-next-line no-hardcoded-key -- test data\nKEY')).toBe(true));
  it('the same line', () => expect(check('KEY // hilt-guard-ignore no-hardcoded-key -- test data')).toBe(true));
  it('several rules', () => expect(check('KEY // hilt-guard-ignore no-client-key, no-hardcoded-key -- test data')).toBe(true));
  it('with the plugin prefix', () => expect(check('KEY // hilt-guard-ignore hilt/no-hardcoded-key -- test data')).toBe(true));
  it('from a block comment', () => expect(check('/* hilt-guard-ignore-next-line no-hardcoded-key -- test data */\nKEY')).toBe(true));
  it('from a block comment over lines', () => expect(check('/*\n * hilt-guard-ignore-next-line no-hardcoded-key -- test\n * data\n */\nKEY')).toBe(true));
  it('from a comment in JSX', () => expect(check('<p>{/* hilt-guard-ignore-next-line no-hardcoded-key -- test data */}\nKEY</p>', 'tsx')).toBe(true));
  it('when several stand above one line', () => {
    expect(check('// hilt-guard-ignore-next-line no-hardcoded-key -- a\n// hilt-guard-ignore-next-line no-client-key -- b\nKEY')).toBe(true);
  });
  it('behind another comment sign', () => expect(check('KEY // nosec // hilt-guard-ignore no-hardcoded-key -- test data')).toBe(true));
  it('the last line of an expression of several', () => {
    const text = 'KEY +\n  "b" // hilt-guard-ignore no-hardcoded-key -- x';
    const lines = indexLines(text);
    const found = findSuppressions(bareModule({ comments: listComments(text) }), text, lines);
    expect(isSuppressed(found, rule, getRange(lines, [0, text.indexOf(' //')]), 0, new Set())).toBe(true);
  });
  it.each<[Language, string]>([
    ['yaml', 'key: KEY # hilt-guard-ignore no-hardcoded-key -- x'],
    ['dotenv', '# hilt-guard-ignore-next-line no-hardcoded-key -- x\nKEY'],
    ['toml', '# hilt-guard-ignore-next-line no-hardcoded-key -- x\nKEY'],
    ['properties', '; hilt-guard-ignore-next-line no-hardcoded-key -- x\nKEY'],
    ['dockerfile', '# hilt-guard-ignore-next-line no-hardcoded-key -- x\nENV KEY'],
    ['html', '<!-- hilt-guard-ignore-next-line no-hardcoded-key -- x -->\n<p>KEY</p>'],
    ['xml', '<!-- hilt-guard-ignore-next-line no-hardcoded-key -- x -->\nKEY'],
    ['vue', '<!-- hilt-guard-ignore-next-line no-hardcoded-key -- x -->\nKEY'],
    ['markdown', '<!-- hilt-guard-ignore-next-line no-hardcoded-key -- x -->\nKEY'],
    ['markdown', '[//]: # (hilt-guard-ignore-next-line no-hardcoded-key -- x)\n\nThe KEY'],
    ['markdown', "[//]: # 'hilt-guard-ignore-next-line no-hardcoded-key -- x'\nThe KEY"],
    ['markdown', '[comment]: <> (hilt-guard-ignore-next-line no-hardcoded-key -- x)\nThe KEY'],
    ['text', '.. hilt-guard-ignore-next-line no-hardcoded-key -- x\n\nThe KEY'],
    ['shell', "echo don't KEY # hilt-guard-ignore no-hardcoded-key -- x"],
    ['kotlin', 'val k = KEY // hilt-guard-ignore no-hardcoded-key -- x'],
    ['swift', '/* hilt-guard-ignore-next-line no-hardcoded-key -- x */\nlet k = KEY'],
    ['text', '-- hilt-guard-ignore-next-line no-hardcoded-key -- x\nINSERT KEY'],
    ['text', '% hilt-guard-ignore-next-line no-hardcoded-key -- x\nKEY'],
    ['text', '; hilt-guard-ignore-next-line no-hardcoded-key -- x\nKEY'],
    ['text', '// hilt-guard-ignore-next-line no-hardcoded-key -- x\nKEY'],
    ['text', 'REM hilt-guard-ignore-next-line no-hardcoded-key -- x\nset A=KEY'],
    ['text', ':: hilt-guard-ignore-next-line no-hardcoded-key -- x\nset A=KEY'],
    ['text', "' hilt-guard-ignore-next-line no-hardcoded-key -- x\nDim a = KEY"],
    ['text', '{- hilt-guard-ignore-next-line no-hardcoded-key -- x -}\na = KEY'],
    ['text', '(* hilt-guard-ignore-next-line no-hardcoded-key -- x *)\nlet a = KEY'],
    ['text', '<# hilt-guard-ignore-next-line no-hardcoded-key -- x #>\n$a = KEY'],
    ['text', '@* hilt-guard-ignore-next-line no-hardcoded-key -- x *@\nKEY'],
    ['html', '{{!-- hilt-guard-ignore-next-line no-hardcoded-key -- x --}}\nKEY'],
    ['html', '{# hilt-guard-ignore-next-line no-hardcoded-key -- x #}\nKEY'],
    ['html', '<%# hilt-guard-ignore-next-line no-hardcoded-key -- x %>\nKEY'],
    ['html', '{% comment %} hilt-guard-ignore-next-line no-hardcoded-key -- x {% endcomment %}\nKEY'],
    ['html', '<style>\n/* hilt-guard-ignore-next-line no-hardcoded-key -- x */\na { content: KEY }'],
    ['astro', '{/* hilt-guard-ignore-next-line no-hardcoded-key -- x */}\nKEY'],
    ['hcl', '# hilt-guard-ignore-next-line no-hardcoded-key -- x\na = KEY'],
    ['json', '{ "//": "hilt-guard-ignore-next-line no-hardcoded-key -- x",\n"a": "KEY" }'],
  ])('in %s: %s', (language, text) => expect(check(text, language)).toBe(true));
});

describe('our comments in a notebook', () => {
  const suppresses = (...source: string[]): boolean => {
    const text = JSON.stringify({ cells: [{ cell_type: 'code', source }] }, null, 1);
    const lines = indexLines(text);
    const at = text.indexOf('KEY');
    return isSuppressed(findSuppressions(bareModule({ file: 'a.ipynb', language: 'json' }), text, lines), rule, getRange(lines, [at, at + 3]), at, new Set<Suppression>());
  };

  it('suppress the next line', () => expect(suppresses('# hilt-guard-ignore-next-line no-hardcoded-key -- revoked\n', 'k = "KEY"\n')).toBe(true));
  it('suppress the same line', () => expect(suppresses('k = "KEY"  # hilt-guard-ignore no-hardcoded-key -- revoked')).toBe(true));
  it('suppress a line of a text cell', () => expect(suppresses('<!-- hilt-guard-ignore-next-line no-hardcoded-key -- revoked -->\n', 'KEY\n')).toBe(true));
  it('do not suppress another line', () => expect(suppresses('# hilt-guard-ignore-next-line no-hardcoded-key -- revoked\n', 'x = 1\n', 'k = "KEY"\n')).toBe(false));
  it('are none in a string', () => expect(suppresses('s = "# hilt-guard-ignore-next-line no-hardcoded-key -- revoked"\n', 'k = "KEY"\n')).toBe(false));
  it('need a reason', () => expect(suppresses('# hilt-guard-ignore-next-line no-hardcoded-key\n', 'k = "KEY"\n')).toBe(false));
});

describe('our comments do not suppress', () => {
  it('what is far below a link', () => expect(check('[//]: # (hilt-guard-ignore-next-line no-hardcoded-key -- x)\n\nThe\nKEY', 'markdown')).toBe(false));
  it('as a link that shows', () => expect(check('[x]: # (hilt-guard-ignore-next-line no-hardcoded-key -- x)\nKEY', 'markdown')).toBe(false));
  it('another line', () => expect(check('// hilt-guard-ignore-next-line no-hardcoded-key -- x\n\nKEY')).toBe(false));
  it('the line before', () => expect(check('KEY\n// hilt-guard-ignore no-hardcoded-key -- x')).toBe(false));
  it('another rule', () => expect(check('KEY // hilt-guard-ignore no-client-key -- x')).toBe(false));
  it('without a reason', () => {
    expect(check('KEY // hilt-guard-ignore no-hardcoded-key')).toBe(false);
    expect(check('KEY // hilt-guard-ignore no-hardcoded-key --')).toBe(false);
    expect(check('KEY // hilt-guard-ignore no-hardcoded-key --   ')).toBe(false);
    expect(check('<!-- hilt-guard-ignore-next-line no-hardcoded-key -->\nKEY', 'html')).toBe(false);
    expect(check('{# hilt-guard-ignore-next-line no-hardcoded-key -- #}\nKEY', 'html')).toBe(false);
    expect(check('{{!-- hilt-guard-ignore-next-line no-hardcoded-key -- --}}\nKEY', 'html')).toBe(false);
    expect(check('{ "//": "hilt-guard-ignore-next-line no-hardcoded-key -- ",\n"a": "KEY" }', 'json')).toBe(false);
  });
  it('without a rule', () => expect(check('KEY // hilt-guard-ignore -- x')).toBe(false));
  it('from a string literal of code', () => {
    expect(check('f("// hilt-guard-ignore-next-line no-hardcoded-key -- x");\nKEY')).toBe(false);
    expect(check('f("KEY // hilt-guard-ignore no-hardcoded-key -- x");')).toBe(false);
  });
  it('from a quoted text of another file', () => {
    expect(check('a: "KEY # hilt-guard-ignore no-hardcoded-key -- x"', 'yaml')).toBe(false);
    expect(check('{ "a": "// hilt-guard-ignore-next-line no-hardcoded-key -- x",\n"KEY": 1 }', 'json')).toBe(false);
  });
  it('with the comment sign of another language', () => {
    expect(check('KEY // hilt-guard-ignore no-hardcoded-key -- x', 'yaml')).toBe(false);
    expect(check('KEY # hilt-guard-ignore no-hardcoded-key -- x', 'kotlin')).toBe(false);
    expect(check("f 'hilt-guard-ignore no-hardcoded-key -- KEY'", 'text')).toBe(false);
    expect(check('theorem hilt-guard-ignore no-hardcoded-key -- KEY', 'text')).toBe(false);
  });
  it('without a comment sign', () => expect(check('hilt-guard-ignore-next-line no-hardcoded-key -- x\nKEY', 'text')).toBe(false));
  it('when a sentence names them', () => expect(check('// write hilt-guard-ignore no-hardcoded-key -- x to suppress KEY')).toBe(false));
  it('with a longer word', () => expect(check('KEY // hilt-guard-ignore-all no-hardcoded-key -- x')).toBe(false));
});

describe("ESLint's comments", () => {
  it('suppress the next line', () => expect(check('// eslint-disable-next-line hilt/no-hardcoded-key -- x\nKEY')).toBe(true));
  it('suppress the next line without a reason, as in ESLint', () => expect(check('// eslint-disable-next-line hilt/no-hardcoded-key\nKEY')).toBe(true));
  it('suppress the same line', () => expect(check('KEY // eslint-disable-line no-console, hilt/no-hardcoded-key')).toBe(true));
  it('suppress everything where they name no rule', () => {
    expect(check('// eslint-disable-next-line\nKEY')).toBe(true);
    expect(check('// eslint-disable-next-line -- generated\nKEY')).toBe(true);
    expect(check('/* eslint-disable */\nKEY')).toBe(true);
  });
  it('suppress from disable to enable', () => {
    expect(check('/* eslint-disable hilt/no-hardcoded-key -- x */\na\nKEY\n/* eslint-enable hilt/no-hardcoded-key */')).toBe(true);
    expect(check('/* eslint-disable hilt/no-hardcoded-key -- x */\na\n/* eslint-enable hilt/no-hardcoded-key */\nKEY')).toBe(false);
    expect(check('/* eslint-disable hilt/no-hardcoded-key */\n/* eslint-enable */\nKEY')).toBe(false);
    expect(check('/* eslint-disable */\n/* eslint-enable hilt/no-hardcoded-key */\nKEY')).toBe(false);
    expect(check('/* eslint-disable */\n/* eslint-enable hilt/no-client-key */\nKEY')).toBe(true);
  });
  it('do not suppress what they do not name', () => {
    expect(check('// eslint-disable-next-line no-console\nKEY')).toBe(false);
    expect(check('// eslint-disable-next-line hilt/no-client-key\nKEY')).toBe(false);
    expect(check('/* eslint-disable no-hardcoded-key */\nKEY')).toBe(false);
  });
  it('do not disable from a line comment', () => expect(check('// eslint-disable hilt/no-hardcoded-key\nKEY')).toBe(false));
  it('do not suppress what stands before', () => expect(check('KEY\n/* eslint-disable hilt/no-hardcoded-key */')).toBe(false));
  it('count in the markup of components, where plugins of ESLint read them', () => {
    expect(check('<!-- eslint-disable-next-line hilt/no-hardcoded-key -->\nKEY', 'vue')).toBe(true);
    expect(check('<!-- eslint-disable hilt/no-hardcoded-key -->\n<p>\nKEY', 'svelte')).toBe(true);
    expect(check('<!-- eslint-disable-next-line hilt/no-hardcoded-key -->\nKEY', 'markdown')).toBe(false);
  });
  it('count in scripts and components only', () => expect(check('KEY # eslint-disable-line', 'yaml')).toBe(false));
});

describe('a comment that only looks like one of ours', () => {
  function misuseOf(text: string): string | undefined {
    const [first] = findSuppressions(bareModule({ comments: listComments(text) }), text, indexLines(text)).own;
    return first && getMisuse(first, false, [rule], () => false)?.message;
  }

  it.each([
    '// hilt-guard-disable-next-line no-hardcoded-key -- test data',
    '// hilt-guard-ignore-line no-hardcoded-key -- test data',
    '/* hilt-guard-disable no-hardcoded-key -- test data */',
    '// hilt-guard-ignore-file -- test data',
    '// HILT-GUARD-IGNORE-NEXT-LINE no-hardcoded-key -- test data',
  ])('suppresses nothing, and is told: %s', (comment) => {
    expect(check(`${comment}\nKEY ${comment}`)).toBe(false);
    expect(misuseOf(comment)).toBe('This comment is none of hilt-guard, so it suppresses nothing.');
  });

  it.each(['// hilt-guard runs before each commit', '// see hilt-guard-disable', '// hilt-guard-ignored is a folder', '// hilt-guard-skipping-list'])('is not taken for one: %s', (comment) => {
    expect(misuseOf(comment)).toBeUndefined();
  });
});
