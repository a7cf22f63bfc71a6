import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findKeys, isJwt, looksRandom, secretOf } from '../../src/hilt/key-grammar.ts';
import { defaultKeyOptions } from '../../src/hilt/key-options.ts';
import { makeKey, randomText } from '../support/keys.ts';

const live = makeKey('live', 'grammar');
const sandbox = makeKey('sandbox', 'grammar');
const setupToken = 'hst_' + randomText('setup', 32);
const hiltLive = 'hilt_' + live.slice('hk_'.length);

function textsIn(text: string, context?: { hiltPay: boolean; other: boolean }): string[] {
  return findKeys(text, defaultKeyOptions, context).map((match) => match.text);
}

describe('a key', () => {
  it('is found with its place, its environment and a preview that does not hold it', () => {
    const [match] = findKeys(`KEY=${sandbox}\n`, defaultKeyOptions);
    expect(match).toEqual({
      text: sandbox, start: 4, end: 4 + sandbox.length,
      secret: { kind: 'key', environment: 'sandbox', preview: `${sandbox.slice(0, 15)}…`, digest: createHash('sha256').update(sandbox).digest('hex').slice(0, 32) },
    });
  });

  it.each([
    ['in quotes', `"${live}"`],
    ['after an equals sign', `k=${live}`],
    ['in a URL', `https://x.test/?k=${live}&a=1`],
    ['before a comma', `[${live},1]`],
    ['in a tag', `<b>${live}</b>`],
    ['after a hyphen', `key-${live}`],
    ['after a dot', `a.${live}`],
    ['in an HTML comment without blanks', `<!--${live}-->`],
    ['after an escaped line break', `"a\\n${live}"`],
    ['after an escaped tab in JSON in JSON', `\\"a\\\\t${live}`],
    ['after a hex escape of a quote', `\\x22${live}`],
    ['after a Unicode escape of an equals sign', `k\\u003d${live}`],
    ['after a braced escape', `\\u{3d}${live}`],
    ['after an octal escape', `\\075${live}`],
    ['after a percent escape', `k%3D${live}`],
    ['after a colour of the terminal', `\x1b[31m${live}\x1b[0m`],
    ['after an escaped colour', `\\x1b[38;5;196m${live}`],
    ['at the very end', live],
  ])('counts %s', (_, text) => {
    expect(textsIn(text)).toEqual([live]);
  });

  it('may hold underscores and hyphens', () => {
    const dashed = `${live.slice(0, 20)}_-${live.slice(20)}`;
    expect(textsIn(`x ${dashed} y`)).toEqual([dashed]);
  });

  it('is found each time it stands', () => {
    expect(textsIn(`${live} ${sandbox}\n${live}`)).toEqual([live, sandbox, live]);
  });

  it('has a body of sixteen characters, or of as many as the option says', () => {
    expect(textsIn(live.slice(0, 'hk_live_'.length + 16))).toHaveLength(1);
    expect(textsIn(live.slice(0, 'hk_live_'.length + 15))).toEqual([]);
    expect(findKeys(live.slice(0, 'hk_live_'.length + 8), { ...defaultKeyOptions, minBodyLength: 8 })).toHaveLength(1);
  });

  it.each([
    ['a checkout id', 'c' + live],
    ['a webhook helper', 'w' + live],
    ['a longer name', '_' + live],
    ['an escape that yields a letter', '\\u0063' + live],
    ['an escape that yields a letter, as hex', '\\x63' + live],
    ['Qt', 'connect(chk_live_stream, SIGNAL(toggled(bool)))'],
    ['a constraint of SQL', 'ALTER TABLE t ADD CONSTRAINT chk_sandbox_environment_is_valid CHECK (1)'],
    ['a shell function', 'hk_sandbox_shell() {'],
    ['a regex', '/hk_live_[A-Za-z0-9_-]{16,}/'],
    ['a regex of both prefixes', '(?<![A-Za-z0-9_])hk_(live|sandbox)_[A-Za-z0-9_-]{16,}'],
    ['the prefix alone', 'startsWith("hk_live_")'],
    ['the prefix in capitals', live.toUpperCase()],
    ['a template', 'hk_live_${body}'],
    ['a handlebars template', 'hk_live_{{apiKey}}'],
    ['an angle placeholder', 'hk_live_<your key here please>'],
    ['a shell variable', 'hk_live_$HILT_KEY_BODY_VARIABLE'],
    ['a Windows variable', 'hk_live_%HILT_KEY_BODY_VARIABLE%'],
    ['dots', 'hk_live_...'],
    ['an ellipsis', 'hk_sandbox_…'],
    ['stars', 'hk_live_****************'],
    ['test keys, which Hilt does not have', 'hk_test_' + live.slice(8)],
  ])('is not %s', (_, text) => {
    expect(textsIn(text)).toEqual([]);
  });
});

describe('the other spelling of a live key', () => {
  it('counts only beside hilt.so', () => {
    expect(textsIn(hiltLive)).toEqual([]);
    expect(textsIn(hiltLive, { hiltPay: true, other: false })).toEqual([hiltLive]);
    expect(textsIn(hiltLive, { hiltPay: true, other: true })).toEqual([]);
  });

  it('may be a placeholder too', () => {
    expect(textsIn('hilt_live_replace_me_with_your_key', { hiltPay: true, other: false })).toEqual([]);
  });
});

describe('a setup token', () => {
  it('is found with its own kind', () => {
    expect(findKeys(`"${setupToken}"`, defaultKeyOptions).map(({ secret }) => secret)).toEqual([secretOf(setupToken, 'setup-token')]);
    expect(secretOf(setupToken, 'setup-token')).toMatchObject({ kind: 'setup-token', environment: 'unknown', preview: `${setupToken.slice(0, 8)}…` });
  });

  it('is found in hex and in base64url', () => {
    const inHex = 'hst_' + createHash('md5').update('setup').digest('hex');
    const inBase64 = 'hst_' + createHash('sha256').update('setup').digest('base64url');
    expect(textsIn(`${inHex} ${inBase64}`)).toEqual([inHex, inBase64]);
  });

  it.each([
    'hst_buyer_setup_token', 'hst_...', 'hst_amount_2019_quarter1_total', 'hst_customerAccountBalances', 'hst_observation_log_entry_v2',
    'hst_xxxxxxxxxxxxxxxxxxxxxxxx', 'hst_replace_me_with_your_setup_token', 'ghst_' + randomText('ghst', 24), setupToken.slice(0, 20),
  ])('is not %s', (text) => {
    expect(textsIn(text)).toEqual([]);
  });
});

describe('a literal in a slot for a key', () => {
  it.each([
    ['hex', createHash('md5').update('slot').digest('hex')],
    ['base64', createHash('sha256').update('slot').digest('base64')],
    ['letters and digits', randomText('slot', 24)],
    ['a UUID', '3f2b9c1e-7d4a-4c55-9b1f-0a6d8e2c4b7f'],
    ['groups', 'A1B2C-9D8E7-F6G5H-4J3K2'],
    ['another prefix', 'sk_' + randomText('slot', 20)],
  ])('looks random: %s', (_, text) => {
    expect(looksRandom(text)).toBe(true);
  });

  it.each([
    'test-key', '', 'integration-test-key-1', 'my_test_key_for_sdk_2024', 'your-api-key-goes-here-123', 'a long sentence with 12 words', 'HILT_API_KEY_V2_PRODUCTION',
    '${HILT_API_KEY_2_PROD}', '{{ hilt_api_key_1 }}', 'https://vault.test/v1/secret/3f2b9c1e', 'op://vault/hilt-3f2b9c1e/credential9', 'arn:aws:secretsmanager:us-east-1:1:secret:a1b2c3',
    'projects/p1a2b3/secrets/hilt/versions/1', 'xxxxxxxxxxxxxxxx1', '1234567890abcdef', '0000000000000000', 'abc123def456ghi789', 'only-letters-and-hyphens',
    '12345678901234567890', 'a1b2c3d4e5f6g7h',
  ])('does not: %s', (text) => {
    expect(looksRandom(text)).toBe(false);
  });
});

describe('a JSON Web Token', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = createHash('sha256').update('jwt').digest('base64url');

  it('has a header that names an algorithm, a payload and a signature', () => {
    expect(isJwt(`${part({ alg: 'HS256' })}.${part({ sub: 'user_1' })}.${signature}`)).toBe(true);
  });

  it.each([
    ['no algorithm', `${part({ typ: 'JWT' })}.${part({ sub: 'user_1' })}.${signature}`],
    ['two parts', `${part({ alg: 'HS256' })}.${part({ sub: 'user_1' })}`],
    ['a payload that is no JSON', `${part({ alg: 'HS256' })}.eyJzdWIiOiJ1c2.${signature}`],
    ['an x402 header', part({ x402Version: 2, payload: { signature: 'abc' } })],
    ['a placeholder', 'JWT_TOKEN'],
    ['a shortened token', 'eyJhbGciOi...'],
  ])('is not: %s', (_, text) => {
    expect(isJwt(text)).toBe(false);
  });
});
