import { describe, expect, it } from 'vitest';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { findNamedSecrets } from '../../../src/syntax/text/find-named-secrets.ts';
import { makeKey } from '../../support/keys.ts';
import { growth, linear } from '../../support/growth.ts';

const live = makeKey('live', 'named');
const prefix = 'hk_' + 'live_';
const body = live.slice(prefix.length);

/** The texts that hold a secret which named constants make. */
const found = (text: string): string[] => findNamedSecrets(text, defaultKeyOptions, { hiltPay: false, other: false }).map(({ at }) => text.slice(...at));

describe('a secret of named constants', () => {
  it('is found in Kotlin', () => expect(found(`val head = "${prefix}"\nval key = head + "${body}"\n`)).toEqual([`head + "${body}"`]));
  it('is found in a typed constant', () => expect(found(`val head: String = "${prefix}"\nval key = head + "${body}"\n`)).toEqual([`head + "${body}"`]));
  it('is found in Java, behind a class', () => expect(found(`class K { static final String HEAD = "${prefix}", TAIL = "${body}"; }\nString key = K.HEAD + K.TAIL;\n`)).toEqual(['K.HEAD + K.TAIL']));
  it('is found in Go', () => expect(found(`const head = "${prefix}"\nconst tail = "${body}"\nvar key = head + tail\n`)).toEqual(['head + tail']));
  it('is found in PHP', () => expect(found(`<?php\n$head = '${prefix}';\n$key = $head . '${body}';\n`)).toEqual([`$head . '${body}'`]));
  it('is found in a defined constant of PHP', () => expect(found(`<?php\ndefine('HEAD', '${prefix}');\n$key = HEAD . '${body}';\n`)).toEqual([`HEAD . '${body}'`]));
  it('is found in a constant of Perl', () => expect(found(`use constant HEAD => '${prefix}';\nmy $key = HEAD . '${body}';\n`)).toEqual([`HEAD . '${body}'`]));
  it('is found in a macro of C', () => expect(found(`#define HEAD "${prefix}"\nconst char *key = HEAD "${body}";\n`)).toEqual([`HEAD "${body}"`]));
  it('is found in a minified program', () => expect(found(`var p="${prefix}";${'function a(b){return b};'.repeat(100)}send(p+"${body}");`)).toEqual([`p+"${body}"`]));
  it('is found whichever of its values makes one', () => expect(found(`p = "a1b2c3"\np = "${prefix}"\nkey = p + "${body}"\n`)).toEqual([`p + "${body}"`]));
});

describe('a secret of an inserted constant', () => {
  it('is found in a template', () => expect(found(`const p = "${prefix}";\nsend(\`\${p}${body}\`);`)).toEqual([`\${p}${body}`]));
  it('is found in Swift', () => expect(found(`let p = "${prefix}"\nlet key = "\\(p)${body}"\n`)).toEqual([`\\(p)${body}`]));
  it('is found in Ruby', () => expect(found(`P = '${prefix}'\nkey = "#{P}${body}"\n`)).toEqual([`#{P}${body}`]));
  it('is found in C#', () => expect(found(`const string P = "${prefix}";\nvar key = $"{P}${body}";\n`)).toEqual([`{P}${body}`]));
  it('is found in Terraform', () => expect(found(`locals {\n  p = "${prefix}"\n  key = "\${local.p}${body}"\n}\n`)).toEqual([`\${local.p}${body}`]));
  it('is found in an environment file', () => expect(found(`HEAD=${prefix}\nTAIL=${body}\nHILT_API_KEY=\${HEAD}\${TAIL}\n`)).toEqual(['${HEAD}${TAIL}']));
  it('is found in a Makefile', () => expect(found(`HEAD := ${prefix}\nKEY = $(HEAD)${body}\n`)).toEqual([`$(HEAD)${body}`]));
  it('is found in PowerShell', () => expect(found(`$p = '${prefix}'\n$key = "$($p)${body}"\n`)).toEqual([`$($p)${body}`]));
  it('is found in a batch file', () => expect(found(`set HEAD=${prefix}\nset KEY=%HEAD%${body}\n`)).toEqual([`%HEAD%${body}`]));
  it('is found in a Dockerfile', () => expect(found(`ENV HEAD=${prefix}\nENV KEY=\${HEAD}${body}\n`)).toEqual([`\${HEAD}${body}`]));
});

describe('a secret of a format', () => {
  it('is found in Go', () => expect(found(`key := fmt.Sprintf("hk_%s_%s", "live", "${body}")`)).toEqual([`"hk_%s_%s", "live", "${body}"`]));
  it('is found in Rust', () => expect(found(`let key = format!("${prefix}{}", "${body}");`)).toEqual([`"${prefix}{}", "${body}"`]));
  it('is found where its values are constants', () => expect(found(`const HEAD: &str = "${prefix}";\nlet key = format!("{}{}", HEAD, "${body}");`)).toEqual([`"{}{}", HEAD, "${body}"`]));
});

describe('nothing is found', () => {
  it('where the name is another', () => expect(found(`const head = "${prefix}"\nvar key = other + "${body}"\n`)).toEqual([]));
  it('where the order is another', () => expect(found(`const head = "${prefix}"\nvar key = "${body}" + head\n`)).toEqual([]));
  it('where the pieces are apart', () => expect(found(`HEAD=${prefix}\nTAIL=${body}\n`)).toEqual([]));
  it('where words stand behind the prefix', () => expect(found(`val head = "${prefix}"\nval key = head + "production_and_staging_environments"\n`)).toEqual([]));
  it('where a placeholder does', () => expect(found(`val head = "${prefix}"\nval key = "\${head}your_key_goes_here_1"\n`)).toEqual([]));
  it('where a constant holds the whole key', () => expect(found(`val key = "${live}"\nval more = key + "x"\n`)).toEqual([]));
  it('where a format lacks a value', () => expect(found(`key := fmt.Sprintf("hk_%s_%s", "live")\nsend("${body}")`)).toEqual([]));
});

describe('hostile text', () => {
  it.each<[name: string, size: number, make: (size: number) => string]>([
    ['sums', 400_000, (size) => `hk_a="${prefix}";${'hk_a+'.repeat(size)}`],
    ['insertions', 400_000, (size) => `a=${prefix}\n${'${a}'.repeat(size)}`],
    ['formats', 800_000, (size) => `"${'%s'.repeat(size)}`],
    ['constants', 60_000, (size) => Array.from({ length: size }, (_, i) => `a${i}="${prefix}${i}"`).join('\n')],
    ['blanks', 2_000_000, (size) => `a =${' '.repeat(size)}`],
  ])('costs no more than its length: %s', (_name, size, make) => {
    expect(growth(size, make, found)).toBeLessThan(linear);
  });
});
