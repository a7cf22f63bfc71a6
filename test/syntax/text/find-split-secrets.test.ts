import { describe, expect, it } from 'vitest';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { secretOf } from '../../../src/hilt/key-grammar.ts';
import { findSplitSecrets } from '../../../src/syntax/text/find-split-secrets.ts';
import { makeKey, randomText } from '../../support/keys.ts';
import { growth, linear } from '../../support/growth.ts';

const key = makeKey('live', 'split');
const body = key.slice('hk_live_'.length);
const [head, tail] = [body.slice(0, 11), body.slice(11)];
const none = { hiltPay: false, other: false };

function find(text: string) {
  return findSplitSecrets(text, defaultKeyOptions, none).secrets;
}

/** The source text of what was found, and whether it is the key. */
function found(text: string): [string, boolean][] {
  return find(text).map(({ at, secret }) => [text.slice(...at), secret.digest === secretOf(key, 'key').digest]);
}

describe('a key that is cut into pieces', () => {
  it('is found across a plus', () => {
    const text = `const key = "hk_live_" + "${body}";`;
    expect(found(text)).toEqual([[`"hk_live_" + "${body}"`, true]]);
    expect(find(text)[0]?.form).toBe('folded');
  });

  it('is found in a chain of many short pieces', () => {
    const pieces = [...key].map((character) => `'${character}'`).join('+');
    expect(found(`k = ${pieces}`)).toEqual([[pieces, true]]);
  });

  it('is found where Python and C put literals side by side', () => {
    expect(found(`KEY = ("hk_live_"\n       f"${body}")`)).toEqual([[`"hk_live_"\n       f"${body}"`, true]]);
  });

  it('is found across the operators of PHP, VB, SQL, Lua and Elixir', () => {
    for (const operator of [' . ', ' & ', ' & _\n  ', ' || ', ' .. ', ' <> ', ' ++ ']) {
      const text = `x = "hk_live_${head}"${operator}"${tail}"`;
      expect(found(text), operator).toEqual([[`"hk_live_${head}"${operator}"${tail}"`, true]]);
    }
  });

  it('is found where a call or an assignment appends to it', () => {
    expect(found(`new StringBuilder("hk_live_").append("${body}")`)).toEqual([[`"hk_live_").append("${body}"`, true]]);
    expect(found(`'hk_live_'.concat('${body}')`)).toEqual([[`'hk_live_'.concat('${body}'`, true]]);
    expect(found(`$key = "hk_live_";\n$key .= "${body}";`)).toEqual([[`"hk_live_";\n$key .= "${body}"`, true]]);
    expect(found(`key = "hk_live_"\nkey += "${body}"`)).toEqual([[`"hk_live_"\nkey += "${body}"`, true]]);
  });

  it('is found in a list that is joined, whatever the language', () => {
    const list = `"hk", "live", "${body}"`;
    for (const text of [`[${list}].join("_")`, `"_".join([${list}])`, `implode("_", [${list}])`, `String.join("_", ${list})`, `strings.Join([]string{${list}}, "_")`]) {
      expect(found(text), text).toEqual([[list, true]]);
    }
  });

  it('is found in a list that is joined by a method or an operator of its language', () => {
    const list = `'hk','live','${body}'`;
    for (const text of [`$k = @(${list}) -join '_'`, `$k = ${list} -join '_'`, `Seq(${list}).mkString('_')`, `table.concat({${list}}, '_')`, `paste(${list}, sep = '_')`, `join '_', ${list}`, `string.Join('_', new[] { ${list} })`, `String.join('_', List.of(${list}))`]) {
      expect(found(text).map(([piece]) => piece.endsWith(list)), text).toEqual([true]);
    }
  });

  it('is found in a list that is joined with nothing between', () => {
    const list = `"hk_live_", "${body}"`;
    for (const text of [`implode([${list}])`, `$k = -join (${list})`, `paste0(${list})`, `fmt.Sprint(${list})`, `string.Concat(${list})`, `[${list}].concat()`]) expect(found(text), text).toEqual([[list, true]]);
  });

  it('is found in a list of words', () => {
    const words = `hk live ${body}`;
    for (const text of [`%w[${words}].join('_')`, `join('_', qw(${words}))`]) expect(found(text), text).toEqual([[words, true]]);
  });

  it('is found in a list of characters, whatever takes it', () => {
    const list = [...key].map((character) => `'${character}'`).join(', ');
    expect(found(`char key[] = {${list}, 0};`)).toEqual([[list, true]]);
  });

  it('is found where statements append to it', () => {
    for (const text of [`sb.append("hk_live_");\nsb.append("${body}");`, `sb.WriteString("hk_live_")\nsb.WriteString("${body}")`, `append("hk_live_"); append("${body}")`, `let mut k = String::from("hk_live_");\nk.push_str("${body}");`]) expect(found(text).map(([, same]) => same), text).toEqual([true]);
  });

  it('is found where a literal is made a text of the language first', () => {
    for (const text of [`String::from("hk_live_") + "${body}"`, `"hk_live_".to_owned() + "${body}"`, `std::string("hk_live_") + "${body}"`, `[@"hk_live_" stringByAppendingString:@"${body}"]`, `"hk_live_" * "${body}"`]) expect(found(text).map(([, same]) => same), text).toEqual([true]);
  });

  it('is found where a literal is inserted into another', () => {
    for (const text of [`$"hk_live_{"${body}"}"`, `"hk_live_#{'${body}'}"`, `"hk_live_\\("${body}")"`, `"hk_\${"live"}_${body}"`]) expect(found(text).map(([, same]) => same), text).toEqual([true]);
  });

  it('is found in the arguments of a concatenating call', () => {
    expect(found(`SELECT CONCAT('hk_live_', '${body}')`)).toEqual([[`'hk_live_', '${body}'`, true]]);
    expect(found(`concat!("hk_live_", "${body}")`)).toEqual([[`"hk_live_", "${body}"`, true]]);
  });

  it('is found where a line goes on after a backslash', () => {
    expect(found(`KEY=hk_live_${head}\\\n${tail}\n`)).toEqual([[`hk_live_${head}\\\n${tail}`, true]]);
    expect(found(`key: "hk_live_${head}\\\r\n    ${tail}"`)).toEqual([[`hk_live_${head}\\\r\n    ${tail}`, true]]);
  });

  it('is found in base64 that is cut in two', () => {
    const encoded = Buffer.from(key).toString('base64');
    const text = `atob("${encoded.slice(0, 20)}" + "${encoded.slice(20)}")`;
    expect(found(text).map(([, same]) => same)).toEqual([true]);
  });

  it('is found where escapes stand in the pieces', () => {
    expect(found(`"hk\\x5f" + "live_" + "${body}"`)).toEqual([[`"hk\\x5f" + "live_" + "${body}"`, true]]);
  });

  it('is reported at the pieces that hold it, and at no others', () => {
    const text = `"Key: " + "hk_live_${head}" + "${tail}" + " (do not share)"`;
    expect(found(text)).toEqual([[`"hk_live_${head}" + "${tail}"`, true]]);
  });
});

describe('pieces that make no key', () => {
  it.each([
    ['a key within one piece is the plain search\'s', `"a" + "${key}"`],
    ['a variable', `"hk_live_" + secret`],
    ['a shell variable', `KEY="hk_live_"$SECRET`],
    ['a template', '`hk_live_${secret}`'],
    ['a placeholder', `"hk_live_" + "replace_me_with_yours"`],
    ['a placeholder of x', `"hk_live_" + "xxxxxxxxxxxxxxxxxxxx"`],
    ['a list of prefixes', `["hk_live_", "hk_sandbox_", "hilt_live_", "whsec_"]`],
    ['a list of prefixes that is joined for a message', `["hk_live_", "hk_sandbox_", "hilt_live_"].join("")`],
    ['a list that nothing joins', `["hk_live_", "${body}"]`],
    ['a list of words that nothing joins', `KEYS = %w[hk_live_ ${body}]`],
    ['a list of words that makes none', `%w[hk live streaming].join('_')`],
    ['a statement that appends something else between', `sb.append("hk_live_");\nsb.append(id);\nsb.append("${body}");`],
    ['a name that is inserted', `$"hk_live_{id}"`],
    ['a line of CSV', `"hk","live","${body}"`],
    ['a list of few characters', `['h', 'k', '_']`],
    ['two arguments', `startsWith("hk_live_", "${body}")`],
    ['words side by side in a shell', `echo "hk_live_" "is_the_prefix_of_keys"`],
    ['a regex', `new RegExp("^hk_live_" + "[A-Za-z0-9]{16,}$")`],
    ['a look-alike', `"c" + "hk_live_" + "${body}"`],
    ['an apostrophe in prose', `It's the hk_live_' prefix' and ${randomText('prose', 24)}`],
  ])('is silent on %s', (_, text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('hostile input', () => {
  it.each([
    ['quotes', '"', 1_000_000],
    ['seams', `a"+"`, 250_000],
    ['blanks', `a"${' '.repeat(240)}`, 5_000],
    ['assignments', `a"\n  ${'b'.repeat(60)}`, 15_000],
    ['continued lines', 'a\\\n', 300_000],
    ['words', '%w[a', 200_000],
    ['insertions', 'a{"a"}', 100_000],
    ['words that nothing is inserted into', 'hk_live_', 200_000],
    ['insertions into a long word', `${'a'.repeat(300)}{"a"}`, 3_000],
    ['calls that join', `join("", `, 100_000],
    ['prefixes that never end', `"hk_live_" + `, 80_000],
  ])('costs no more than its length: %s', (_, piece, count) => {
    expect(growth(count, (size) => piece.repeat(size), (text) => findSplitSecrets(text, defaultKeyOptions, none))).toBeLessThan(linear);
  });
});
