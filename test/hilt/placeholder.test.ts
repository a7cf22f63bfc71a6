import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlaceholderBody } from '../../src/hilt/placeholder.ts';
import { randomText } from '../support/keys.ts';

describe('a placeholder', () => {
  it.each([
    ['dots', '................'],
    ['an ellipsis', '…'],
    ['one repeated character', 'xxxxxxxxxxxxxxxx'],
    ['one repeated digit', '0000000000000000'],
    ['x in groups', 'xxxx-xxxx-xxxx-xxxx'],
    ['x in capitals', 'XXXX_XXXX_XXXX_XXXX'],
    ['a masked key', '9f8aXXXXXXXXXXXXXXXX'],
    ['angle brackets', '<your key>'],
    ['double braces', '{{apiKey}}'],
    ['a template', '${HILT_API_KEY}'],
    ['a shell variable', '$HILT_API_KEY'],
    ['a Windows variable', '%HILT_API_KEY%'],
    ['digits in order', '12345678901234567890'],
    ['digits and letters in order', '1234567890abcdef'],
    ['the alphabet', 'abcdefghijklmnop'],
    ['the alphabet in capitals', 'ABCDEFGHIJKLMNOP'],
    ['hex digits in order, twice', '0123456789abcdef0123456789abcdef'],
    ['backwards', 'fedcba9876543210'],
    ['letters and digits by threes', 'abc123def456ghi789'],
    ['a word and digits in order', 'test1234567890abcdef'],
    ['words, digits and letters in order', 'fakeKey1234567890abcd'],
    ['replace_me', 'replace_me'],
    ['REPLACE-ME in capitals', 'REPLACE-ME-WITH-A-KEY'],
    ['change_me', 'change_me_before_use'],
    ['changeme', 'please-changeme-now'],
    ['your key', 'your_key_goes_in_here'],
    ['an example', 'this_is_an_example_only'],
    ['an example with digits in order', 'example1234567890'],
    ['a dummy', 'dummy_value_for_ci'],
    ['a fake', 'fake-for-unit-tests'],
    ['a placeholder', 'some_placeholder_xyz'],
    ['redacted', 'REDACTED_REDACTED_REDACTED'],
    ['insert', 'insert_key_from_dashboard'],
    ['a sample', 'sample_0001_not_real'],
    ['camel case', 'YourApiKeyGoesHere'],
    ['camel case with an acronym', 'YourAPIKeyHereNow'],
    ['a word again and again', 'test_test_test_test'],
    ['hex words again and again', 'deadbeefdeadbeefdeadbeef'],
    ['what a hand types', 'asdfasdfasdfasdfas'],
    ['not real', 'this_is_not_a_real_key'],
    ['not real without separators', 'notarealkeynotarealkey'],
    ['something to do', 'TODO_from_the_vault'],
    ['words without separators', 'yourapikeyhere'],
    ['replacewithyourkey', 'replacewithyourkey'],
  ])('is %s', (_, body) => {
    expect(isPlaceholderBody(body)).toBe(true);
  });
});

describe('a random body', () => {
  const random = randomText('placeholder', 24);

  it.each([
    ['random letters and digits', random],
    ['"Here" between case changes', '9fHereQ2' + random],
    ['"Fake" between digits', `${random}7Fake3${random}`],
    ['"example" among letters and digits', `a9example7${random}`],
    ['"your" glued to letters', `your${random}`],
    ['"sample" at the end of a random word', `${random}sample`],
    ['"Dummy" in mixed letters', 'kLmDummyQwRtZpXvBn'],
    ['hex', 'c0ffee9f8a7c6b5dd4e3f2a1b0'],
    ['capitals and digits', 'Q7W2E9R4T6Y1U8I3O5P0'],
    ['letters of one case', 'qmzwxkvbtrplnhgsdfjc'],
    ['hyphens and underscores', '4Fz-9a_Qe7-hB2_kLm3'],
    ['letters and digits again and again', 'a7Q2a7Q2a7Q2a7Q2a7Q2'],
    ['letters of both cases again and again', 'kQkQkQkQkQkQkQkQ'],
    ['a short run in order', 'k9abcd2Lm4Qz8Wv7Rt'],
  ])('is a key: %s', (_, body) => {
    expect(isPlaceholderBody(body)).toBe(false);
  });

  it('is a key whatever word it holds, unless separators set the word off', () => {
    const alphanumeric = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'), minLength: 16, maxLength: 40 });
    const word = fc.constantFrom('replace', 'your', 'example', 'changeme', 'dummy', 'fake', 'placeholder', 'redacted', 'insert', 'here', 'sample');
    fc.assert(
      fc.property(fc.noBias(alphanumeric), word, fc.noBias(alphanumeric), (before, inner, after) => {
        expect(isPlaceholderBody(`${before}4${inner}4${after}`)).toBe(false);
        expect(isPlaceholderBody(`${before}_${inner}_${after}`)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a key for any random text of sixteen characters or more', () => {
    const base64url = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'), minLength: 16, maxLength: 64 });
    // One text in some millions reads `…_here_…` by chance: always the same ones are tried.
    fc.assert(fc.property(fc.noBias(base64url), (body) => !isPlaceholderBody(body)), { numRuns: 20_000, seed: 20_261_129 });
  });
});
