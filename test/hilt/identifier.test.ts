import { describe, expect, it } from 'vitest';
import { findKeys } from '../../src/hilt/key-grammar.ts';
import { defaultKeyOptions } from '../../src/hilt/key-options.ts';
import { makeKey, randomText } from '../support/keys.ts';

const prefix = makeKey('live', 'identifier').slice(0, 'hk_live_'.length);
const name = `${prefix}stream_handler_factory`;

function isReported(text: string): boolean {
  return findKeys(text, defaultKeyOptions).length > 0;
}

describe('words where a name stands', () => {
  it.each([
    ['a function', `function ${name}(event) {`],
    ['a Python function', `def ${name}(event):`],
    ['a call', `await ${name}(event)`],
    ['a member', `handlers.${name} = handle`],
    ['a constant', `const ${name} = 5;`],
    ['an argument', `emitter.on("data", ${name});`],
    ['an assignment from one', `const handler = ${name};`],
    ['a class of a stylesheet', `.${name} { color: red }`],
    ['a class in markup', `<div class="card ${name}">`],
    ['a key of JSON', `{ "${name}": true }`],
    ['a key of YAML', `flags:\n  ${name}: true\n`],
    ['a constraint', `ALTER TABLE orders ADD CONSTRAINT ${name} UNIQUE (id);`],
    ['a table', `SELECT id FROM ${name} WHERE id = 1`],
  ])('are no key: %s', (_, text) => {
    expect(isReported(text)).toBe(false);
  });
});

describe('words in a text', () => {
  it.each([
    ['a literal alone', name],
    ['a literal argument', `connect("${name}")`],
    ['an event', `emit('${prefix}checkout_completed', order)`],
    ['a constant of another name', `const FLAG = '${name}';`],
    ['a value of JSON', `{ "topic": "${name}" }`],
    ['a value of YAML', `queue: ${name}\n`],
    ['a version', `subscribe('${name}_v2')`],
    ['a test', `it('${prefix}prefix_is_rejected', check)`],
    ['a word of one letter', `type ${prefix}payment_processor_t = string;`],
  ])('are no key: %s', (_, text) => {
    expect(isReported(text)).toBe(false);
  });
});

describe('words behind a word for a key', () => {
  it.each([
    ['a literal', `const key = "${name}";`],
    ['a typed literal', `const apiKey: string = "${name}";`],
    ['a header', `curl -H "X-Hilt-Key: ${name}" https://api.hilt.so`],
    ['an environment file', `HILT_API_KEY=${name}\n`],
    ['a value of YAML', `apiKey: ${name}\n`],
    ['a value of JSON', `{ "apiKey": "${name}" }`],
    ['prose', `The key ${name} is gone.`],
  ])('are a key: %s', (_, text) => {
    expect(isReported(text)).toBe(true);
  });
});

describe('a random body where a name stands', () => {
  it.each([
    ['letters and digits', randomText('identifier', 32)],
    ['small letters and digits', 'k3v9_q8zt_m2xw_h7rb'],
    ['consonants', 'qwrtz_plkjh_mnbvc_xsdfg'],
    ['one run of small letters', 'moqwabezitulokaperin'],
    ['words and a number', 'stream_handler_factory_7'],
    ['words and a long number', 'stream_handler_20240611'],
    ['words in capitals', 'Stream_Handler_Factory'],
  ])('is a key: %s', (_, body) => {
    expect(isReported(`handle.${prefix}${body}(event)`)).toBe(true);
  });
});
