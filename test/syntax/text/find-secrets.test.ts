import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretOf } from '../../../src/hilt/key-grammar.ts';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { mentionsHilt } from '../../../src/hilt/needles.ts';
import { findSecretsInText } from '../../../src/syntax/text/find-secrets.ts';
import { makeKey, randomText } from '../../support/keys.ts';
import { encoders, reverse } from './encoders.ts';
import { growth, linear } from '../../support/growth.ts';

const key = makeKey('live', 'text');
const digest = secretOf(key, 'key').digest;
const none = { hiltPay: false, other: false };

function find(text: string, context = none) {
  return findSecretsInText(text, defaultKeyOptions, context).secrets;
}

/** What stands at each finding's place, after a check that it is the key. */
function places(text: string): string[] {
  return find(text).map((found) => {
    expect(found.secret.digest).toBe(digest);
    return text.slice(...found.at);
  });
}

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const each = (text: string, encode: (code: number) => string): string => [...text].map((character) => encode(character.charCodeAt(0))).join('');

describe('a key in plain text', () => {
  it('is found once an occurrence, in order', () => {
    const text = `A=${key}\n# old: ${key}\n`;
    expect(find(text)).toEqual([
      { secret: secretOf(key, 'key'), at: [2, 2 + key.length], form: 'plain' },
      { secret: secretOf(key, 'key'), at: [text.lastIndexOf(key), text.lastIndexOf(key) + key.length], form: 'plain' },
    ]);
  });

  it('is found in any kind of file', () => {
    for (const text of [`{"apiKey":"${key}"}`, `<string name="k">${key}</string>`, `- key: '${key}'`, `curl -H 'X-Hilt-Key: ${key}'`, `| \`${key}\` |`]) {
      expect(places(text)).toEqual([key]);
    }
  });

  it('is placed in UTF-16 units', () => {
    const text = `"😀é" ${key}`;
    expect(find(text)[0]?.at).toEqual([6, 6 + key.length]);
  });

  it('is not cut where an escape stands in its body', () => {
    const text = `"${key.slice(0, 30)}\\u00${key.charCodeAt(30).toString(16)}${key.slice(31)}"`;
    expect(places(text)).toEqual([text.slice(1, -1)]);
  });
});

describe('an encoded key', () => {
  it('is found in a list of bytes in braces', () => {
    const list = each(key, (code) => `${code},`).slice(0, -1);
    expect(places(`byte[] key = {${list}};`)).toEqual([list]);
  });

  it('is found behind an escape of quoted-printable', () => {
    expect(places(`key=3D${key}`)).toEqual([key]);
    expect(find(`key=6D${key}`)).toEqual([]);
  });

  it.each([
    ['at the first alignment', ''],
    ['at the second', '.'],
    ['at the third', '=='],
  ])('is found in base64 %s', (_, before) => {
    const encoded = base64(`${before}${key}\n`);
    const [place = ''] = places(`data: ${encoded}`);
    expect(encoded).toContain(place);
    expect(place.length).toBeLessThanOrEqual(Math.ceil((key.length * 4) / 3) + 2);
  });

  it('is found in base64 of a whole file, at its own characters', () => {
    const encoded = base64(`HILT_API_URL=https://api.hilt.so\nHILT_API_KEY=${key}\nPORT=3000\n`);
    const [place = ''] = places(`  .env: ${encoded}\n`);
    expect(Buffer.from(encoded, 'base64').toString()).toContain(key);
    expect(place.length).toBeLessThan(60);
  });

  it('is found in base64url and after characters that are base64 too', () => {
    expect(places(`https://x.test/p/${Buffer.from(`??>>${key}`).toString('base64url')}`)).toHaveLength(1);
    expect(places(`prefix/${base64(`=${key}`)}`)).toHaveLength(1);
  });

  it('is found in base64 between bytes that are no text', () => {
    const bytes = Buffer.concat([randomBytes(40), Buffer.from([0xff]), Buffer.from(key), Buffer.from([0x80]), randomBytes(40)]);
    expect(places(bytes.toString('base64'))).toHaveLength(1);
  });

  it.each([
    ['as PEM', 64, '\n'],
    ['as MIME', 76, '\r\n'],
    ['as a YAML block', 80, '\n      '],
    ['as a string of JSON', 64, '\\n'],
    ['as a comment', 64, '\n# '],
    ['as a comment of a program', 72, '\n * '],
  ])('is found in base64 that is wrapped %s', (_, width, separator) => {
    const encoded = base64(`${'filler. '.repeat(5)}${key} ${'filler. '.repeat(12)}`);
    const wrapped = encoded.replace(new RegExp(`.{${width}}(?=.)`, 'g'), `$&${separator}`);
    const text = `data: |${separator}${wrapped}${separator}`;
    const [place = ''] = places(text);
    expect(place).toContain(separator);
    expect(mentionsHilt(Buffer.from(text))).toBe(true);
  });

  it.each([
    ['hex', hex(key)],
    ['hex in capitals', hex(key).toUpperCase()],
    ['hex with escapes', each(key, (code) => `\\x${code.toString(16)}`)],
    ['a list of hex numbers', each(key, (code) => `0x${code.toString(16)}, `).slice(0, -2)],
    ['a list over lines', each(key, (code) => `0x${code.toString(16).toUpperCase()},\n  `).slice(0, -4)],
    ['hex with blanks', each(key, (code) => `${code.toString(16)} `).slice(0, -1)],
    ['hex with colons', each(key, (code) => `${code.toString(16)}:`).slice(0, -1)],
    ['a list of decimal numbers', each(key, (code) => `${code}, `).slice(0, -2)],
    ['a list without blanks', each(key, (code) => `${code},`).slice(0, -1)],
    ['percent escapes', each(key, (code) => `%${code.toString(16)}`)],
    ['double percent escapes', each(key, (code) => `%25${code.toString(16)}`)],
    ['Unicode escapes', each(key, (code) => `\\u00${code.toString(16)}`)],
    ['Unicode escapes in JSON in JSON', each(key, (code) => `\\\\u00${code.toString(16)}`)],
    ['braced Unicode escapes', each(key, (code) => `\\u{${code.toString(16)}}`)],
    ['long Unicode escapes', each(key, (code) => `\\U000000${code.toString(16)}`)],
    ['octal escapes', each(key, (code) => `\\${code.toString(8).padStart(3, '0')}`)],
    ['decimal entities', each(key, (code) => `&#${code};`)],
    ['hex entities', each(key, (code) => `&#x${code.toString(16)};`)],
    ['entities without semicolons', each(key, (code) => `&#${code}`)],
    ['entities in an attribute in a feed', each(key, (code) => `&amp;#${code};`)],
    ['the entity of the underscore', key.replaceAll('_', '&lowbar;')],
    ['one escape in the prefix', key.replace('_', '\\x5f')],
    ['one percent escape in the prefix', key.replace('_', '%5F')],
    ['one entity in the prefix', key.replace('k', '&#107;')],
    ['text backwards', reverse(key)],
    ['base64 backwards', reverse(base64(`${key}..`))],
  ])('is found in %s, at the run that yields it', (_, encoded) => {
    const text = `"${encoded}"`;
    expect(find(text)).toHaveLength(1);
    const [place = ''] = places(text);
    expect(encoded).toContain(place);
    expect(place.length).toBeGreaterThanOrEqual(encoded.length - 4);
    expect(find(text)[0]?.form).toBe('encoded');
    expect(mentionsHilt(Buffer.from(text))).toBe(true);
  });

  it.each([
    ['little-endian', [...key].map((character) => `${character}\0`).join('')],
    ['big-endian', [...key].map((character) => `\0${character}`).join('')],
  ])('is found in %s UTF-16 inside a text', (_, wide) => {
    expect(places(`"${wide}"`)).toHaveLength(1);
  });

  it('is found in what PowerShell takes as an encoded command', () => {
    expect(places(`powershell -EncodedCommand ${Buffer.from(`$k = '${key}'`, 'utf16le').toString('base64')}`)).toHaveLength(1);
  });

  it('is found three encodings deep, and not four', () => {
    const once = base64(`a: ${key}`);
    const thrice = hex(base64(`b: ${once}`));
    expect(places(thrice)).toHaveLength(1);
    expect(find(hex(thrice))).toEqual([]);
  });

  it('is found beside another in the same run', () => {
    const second = makeKey('sandbox', 'text');
    const text = base64(`${key},${second}`);
    expect(find(text).map(({ secret }) => secret.environment)).toEqual(['live', 'sandbox']);
    expect(find(base64(text)).map(({ secret }) => secret.environment)).toEqual(['live', 'sandbox']);
  });

  it('counts as a setup token or as the other spelling where it is one', () => {
    const token = 'hst_' + randomText('text', 32);
    expect(find(base64(token))[0]?.secret.kind).toBe('setup-token');
    const other = base64('hilt_' + key.slice(3));
    expect(find(other)).toEqual([]);
    expect(find(other, { hiltPay: true, other: false })).toHaveLength(1);
  });
});

describe('text without a key', () => {
  const placeholder = 'hk_live_replace_me_with_your_key';
  const sha512 = createHash('sha512').update('integrity').digest('base64');

  it.each([
    ['a placeholder', placeholder],
    ['a placeholder in base64', base64(`HILT_API_KEY=${placeholder}\n`)],
    ['a placeholder in hex', hex(placeholder)],
    ['a placeholder in percent escapes', each(placeholder, (code) => `%${code.toString(16)}`)],
    ['a placeholder in entities', each(placeholder, (code) => `&#${code};`)],
    ['a placeholder backwards', reverse(placeholder)],
    ['a placeholder twice in base64', base64(base64(placeholder))],
    ['a prefix in base64', base64('the prefix is hk_live_ and nothing follows it')],
    ['a look-alike', 'c' + key],
    ['a look-alike in base64', base64(`chk_live_${randomText('look', 32)}`)],
    ['a look-alike backwards', reverse('c' + key)],
    ['a regex', 'const key = /(?<![A-Za-z0-9_])hk_(?:live|sandbox)_[A-Za-z0-9_-]{16,}/;'],
    ['a regex in base64', base64('hk_live_[A-Za-z0-9_-]{16,}')],
    ['an integrity hash', `"integrity": "sha512-${sha512}"`],
    ['a UUID', '3f2b9c1e-7d4a-4c55-9b1f-0a6d8e2c4b7f'],
    ['a mint address', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'],
    ['a chain id', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'],
    ['a transaction signature', randomText('signature', 64)],
    ['an x402 header', base64(JSON.stringify({ x402Version: 2, payload: { signature: randomText('x402', 60) } }))],
    ['an idempotency key', `hilt-grok-purchase-${createHash('md5').update('id').digest('hex')}`],
    ['a table of the documentation', '| Live API key | `hk_live_` | unknown |\n| Sandbox | `hk_sandbox_` | unknown |'],
    ['a bundle\'s table of code points', '/[\\xAA\\xB5\\xBA\\xC0-\\xD6\\xD8-\\xF6\\u02C1\\u02C6-\\u02D1]/'],
    ['an empty text', ''],
  ])('is silent: %s', (_, text) => {
    expect(find(text)).toEqual([]);
  });

  it('is silent on the documented placeholders', () => {
    const documented = [
      'hk_live_...', 'hk_sandbox_...', 'hilt_live_...', 'hk_live_replace_me', 'hilt_live_replace_me', 'whsec_...', 'whsec_replace_me', 'hst_...', 'hst_buyer_setup_token',
      'JWT_TOKEN', '<jwt>', 'EXISTING_TOKEN', 'hilt_sandbox_v1...', 'sandbox-confirmed-access', 'buyer-generated-random-secret-at-least-32-characters',
      'BASE64_X402_V2_PAYMENT_PAYLOAD', 'Payment ...', '{{apiKey}}', '{{sandboxApiKey}}', '{{bearerToken}}', '{{setupToken}}', 'test-key', 'HILT_API_KEY=', 'KEY_ID', 'SETUP_INTENT_ID',
      '/HILT_API_KEY|hk_sandbox|hk_live|sandbox_proof/i',
    ].join('\n');
    expect(find(documented, { hiltPay: true, other: false })).toEqual([]);
  });
});

describe('any encoding of a key', () => {
  const body = fc.nat().map((seed) => randomText(`body-${seed}`, 16 + (seed % 33)));
  const environment = fc.constantFrom('live', 'sandbox');
  /** Text that may stand beside a key and is no part of it. */
  const neighbour = fc.string({ unit: fc.constantFrom(...' .,:;=!"\n'), maxLength: 7 }).map((text) => text.replace(/\n+$/, ''));
  const chain = fc.array(fc.constantFrom(...Object.keys(encoders)), { minLength: 1, maxLength: 3 })
    // Nothing writes UTF-16 of UTF-16.
    .filter((names) => names.filter((name) => name.startsWith('utf16')).length < 2);

  it('is undone up to three deep, at any alignment and between any neighbours, and the search for mentions never misses it', () => {
    fc.assert(
      fc.property(environment, body, chain, fc.array(neighbour, { minLength: 6, maxLength: 6 }), (where, random, names, beside) => {
        const secret = ['hk', where, random].join('_');
        let text = secret;
        for (const [i, name] of names.entries()) {
          text = (encoders[name] as (text: string) => string)(`${i === 0 ? ' ' : ''}${beside[i]}${text}${beside[i + 3]}${i === 0 ? ' ' : ''}`);
        }
        const around = `x = "${text}";\n`;
        const found = find(around);
        expect(found.map(({ secret: { digest } }) => digest)).toEqual([secretOf(secret, 'key').digest]);
        const [start, end] = found[0]?.at ?? [0, 0];
        expect(start).toBeGreaterThanOrEqual('x = "'.length - 1);
        expect(end).toBeLessThanOrEqual(around.length - 2);
        // No encoding is shorter than what it encodes.
        expect(end - start).toBeGreaterThanOrEqual(secret.length);
        expect(mentionsHilt(Buffer.from(around, 'latin1'))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is never reported in random text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (text) => find(text).length === 0), { numRuns: 2_000 });
    fc.assert(fc.property(fc.base64String({ maxLength: 2_000 }), (text) => find(text).length === 0), { numRuns: 1_000 });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => find(text).length === 0), { numRuns: 1_000 });
  });

  it('is never missed by the search for mentions where one character of it is escaped', () => {
    const escapes: ((code: number) => string)[] = [
      (code) => `\\x${code.toString(16)}`, (code) => `\\u00${code.toString(16)}`, (code) => `\\u{${code.toString(16)}}`, (code) => `%${code.toString(16).toUpperCase()}`,
      (code) => `&#${code};`, (code) => `&#x${code.toString(16)};`, (code) => `\\${code.toString(8)}`,
    ];
    fc.assert(
      fc.property(environment, body, fc.constantFrom(...escapes), fc.nat({ max: 10 }), (where, random, escape, index) => {
        const secret = ['hk', where, random].join('_');
        const text = `"${secret.slice(0, index)}${escape(secret.charCodeAt(index))}${secret.slice(index + 1)}"`;
        expect(find(text)).toHaveLength(1);
        expect(mentionsHilt(Buffer.from(text))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('hostile input', () => {
  it.each<[name: string, make: (size: number) => string]>([
    ['random base64', (size) => randomBytes((size * 3) / 4).toString('base64')],
    ['base64 of text', (size) => base64('some text that is long. '.repeat(size / 32))],
    ['base64 of base64 of base64', (size) => base64(base64(base64('text. '.repeat(size / 16))))],
    ['one letter', (size) => 'a'.repeat(size)],
    ['zeros', (size) => '0'.repeat(size)],
    ['numbers', (size) => '104, '.repeat(size / 5)],
    ['escapes', (size) => '\\x68'.repeat(size / 4)],
    ['percent signs', (size) => '%25'.repeat(size / 3)],
    ['entities', (size) => '&amp;'.repeat(size / 5)],
    ['backslashes', (size) => '\\'.repeat(size)],
    ['prefixes', (size) => 'hk_live_'.repeat(size / 8)],
    ['prefixes backwards', (size) => '_evil_kh'.repeat(size / 8)],
    ['short lines of base64', (size) => `${'aGVs'.repeat(8)}\n`.repeat(size / 33)],
    ['wide characters', (size) => 'a\0'.repeat(size / 2)],
    ['blanks', (size) => ' '.repeat(size)],
    ['quotes', (size) => '"'.repeat(size)],
  ])('of a megabyte costs no more than its length: %s', (_, make) => {
    const read = (text: string): void => {
      find(text);
      mentionsHilt(Buffer.from(text, 'latin1'));
    };
    expect(growth(1_000_000, make, read)).toBeLessThan(linear);
  });

  it('that decodes to more than the budget is told, and what came before it is found', () => {
    // Read as hex and as base64 from any character on, this is text, and so is what it decodes to.
    const ambiguous = '65'.repeat(500_000);
    const result = findSecretsInText(`${key}\n${ambiguous}`, defaultKeyOptions, none);
    expect(result.exhausted).toBe(true);
    expect(result.secrets).toHaveLength(1);
    expect(mentionsHilt(Buffer.from(ambiguous))).toBe(true);
  });

  it.each([
    ['percent escapes', (code: number) => `%${code.toString(16)}`],
    ['entities', (code: number) => `&#${code};`],
    ['unicode escapes', (code: number) => `\\u00${code.toString(16)}`],
    ['a list of bytes', (code: number) => `0x${code.toString(16)}, `],
    ['decimals', (code: number) => `${code}, `],
  ])('that is one long run of %s holds its keys wherever the pieces end', (_, encode) => {
    // Keys stand all over, so that some lie across the seams.
    const text = each(`${'a! b? '.repeat(33)}${key} `.repeat(120), encode);
    const found = find(text);
    expect(found).toHaveLength(120);
    expect(found.every(({ secret }) => secret.digest === digest)).toBe(true);
  });

  it('that is one long run of escapes holds no key that goes on to the left', () => {
    expect(find(each(`c${key} `.repeat(1_000), (code) => `%${code.toString(16)}`))).toEqual([]);
    expect(find(each(`c${key} `.repeat(1_000), (code) => `${code}, `))).toEqual([]);
  });

  it('that holds many keys is reported in full', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => makeKey('live', `many-${i}`));
    expect(find(keys.join('\n'))).toHaveLength(20_000);
  });
});
