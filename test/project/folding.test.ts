import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundIn } from '../support/findings.ts';
import { makeKey } from '../support/keys.ts';

const live = makeKey('live', 'folding');
const body = live.slice('hk_live_'.length);

/** Where the rule finds a key in a module that is nothing but this text: `line: text`. */
const found = (text: string, file = 'src/hilt.ts'): string[] => foundIn('no-hardcoded-key', { [file]: text });

describe('a loop', () => {
  it('that adds the items of a list is found at the addition', () => {
    expect(found(`let key = '';\nfor (const part of ['hk_', 'live_', '${body}']) {\n  key += part;\n}`)).toEqual(['3: key += part']);
  });
  it('may write the addition out', () => {
    expect(found(`let key = '';\nfor (const part of ['hk_', 'live_', '${body}']) key = key + part;`)).toEqual(['2: key = key + part']);
  });
  it('may put the items before', () => {
    expect(found(`let key = '';\nfor (const part of ['${body}', 'live_', 'hk_']) key = part + key;`)).toEqual(['2: key = part + key']);
  });
  it('may count', () => {
    expect(found(`const parts = ['hk_', 'live_', '${body}'];\nlet key = '';\nfor (let i = 0; i < parts.length; i++) key += parts[i];`)).toEqual(['3: key += parts[i]']);
  });
  it('may count down', () => {
    expect(found(`const parts = ['${body}', 'live_', 'hk_'];\nlet key = '';\nfor (let i = parts.length - 1; i >= 0; i--) key += parts[i];`)).toEqual(['3: key += parts[i]']);
  });
  it('may be a call of forEach', () => {
    expect(found(`let key = '';\n['hk_', 'live_', '${body}'].forEach((part) => { key += part; });`)).toEqual(['2: key += part']);
  });
  it('may stand in another', () => {
    expect(found(`let key = '';\nfor (const row of [['hk', '_'], ['live_', '${body}']]) for (const part of row) key += part;`)).toEqual(['2: key += part']);
  });
  it('may add twice each time', () => {
    expect(found(`let key = '';\nfor (const part of ['hk', 'live']) { key += part; key += '_'; }\nkey += '${body}';`)).toEqual([`3: key += '${body}'`]);
  });
  it('may stand in a function that is called', () => {
    expect(found(`function join(parts) {\n  let key = '';\n  for (const part of parts) key += part;\n  return key;\n}\nexport const key = join(['hk_', 'live_', '${body}']);`)).toEqual([`6: join(['hk_', 'live_', '${body}'])`]);
  });
  it('gives its variable each of the items', () => {
    expect(found(`for (const prefix of ['hk_live_', 'hk_sandbox_']) send(prefix + '${body}');`)).toEqual([`1: prefix + '${body}'`]);
  });
  it('that adds in a branch is not counted', () => {
    expect(found(`let key = 'hk_live_';\nfor (const part of ['a', 'b']) if (part === wanted) key += part;\nsend('${body}');`)).toEqual([]);
  });
  it('over what is not known gives nothing', () => {
    expect(found(`let key = 'hk_live_';\nfor (const part of parts) key += part;\nsend(key + '${body}');`)).toEqual([]);
  });
  it('of unknown length gives nothing', () => {
    expect(found(`let key = 'hk_live_';\nfor (let i = 0; i < count; i++) key += 'a';\nsend(key + '${body}');`)).toEqual([]);
  });
});

describe('what only stepping through a program tells', () => {
  const parts = `const parts = ['hk', '_live_', '${body}'];\nlet key = '';\n`;

  it('is found in a while loop', () => expect(found(`${parts}let i = 0;\nwhile (i < parts.length) {\n  key += parts[i];\n  i++;\n}\nsend(key);`)).toEqual(['5: key += parts[i]']));
  it('is one of the keys that clients must not hold', () => {
    const emptied = `${parts}let part;\nwhile ((part = parts.shift()) !== undefined) key += part;\n`;
    const page = { 'package.json': '{"dependencies":{"vite":"7.0.0"}}', 'index.html': '<script type="module" src="/src/main.ts"></script>' };
    expect(foundIn('no-client-key', { ...page, 'src/main.ts': `${emptied}fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': key } });` }).filter((each) => each.includes('key += part'))).toEqual(['src/main.ts 4: key += part']);
    expect(foundIn('no-client-key', { ...page, 'src/main.ts': 'export {};', 'scripts/pay.ts': `${emptied}fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': key } });` })).toEqual([]);
  });
  it('is found in a do loop', () => expect(found(`${parts}let i = 0;\ndo key += parts[i++]; while (i < parts.length);`)).toEqual(['4: key += parts[i++]']));
  it('is found where a loop empties a list', () => expect(found(`${parts}let part;\nwhile ((part = parts.shift()) !== undefined) key += part;`)).toEqual(['4: key += part']));
  it('is found a character at a time', () => expect(found(`const tail = [...'${body}'].reverse();\nlet key = 'hk_live_';\nwhile (tail.length) key += tail.pop();`)).toEqual(['3: key += tail.pop()']));
  it('is found behind what a branch skips', () => expect(found(`let key = '';\nfor (const part of ['hk_live_', 'skip', '${body}']) {\n  if (part === 'skip') continue;\n  key += part;\n}`)).toEqual(['4: key += part']));
  it('is found before what ends the loop', () => expect(found(`let key = '';\nfor (const part of ['hk_live_', '${body}', 'end', 'more']) {\n  if (part === 'end') break;\n  key += part;\n}`)).toEqual(['4: key += part']));
  it('is found where separators are put between', () => expect(found(`let key = '';\n['hk', 'live', '${body}'].forEach((part, i) => { if (i > 0) key += '_'; key += part; });`)).toEqual(['2: key += part']));
  it('is found in what a filter leaves', () => expect(found(`send(['hk', 'test', 'live', '${body}'].filter((part) => part !== 'test').join('_'));`)).toEqual([`1: ['hk', 'test', 'live', '${body}'].filter((part) => part !== 'test').join('_')`]));
  it('is found in a list that is spliced', () => expect(found(`const parts = ['hk', 'test', 'live'];\nparts.splice(1, 1);\nparts.splice(2, 0, '${body}');\nsend(parts.join('_'));`)).toEqual([`4: parts.join('_')`]));
  it('is found in the names of properties', () => expect(found(`send(Object.keys({ hk_live_: 1, '${body}': 2 }).join(''));`)).toEqual([`1: Object.keys({ hk_live_: 1, '${body}': 2 }).join('')`]));
  it('is found in lists of lodash', () => {
    expect(found(`import _ from 'lodash';\nsend(_.join(_.concat(['hk'], 'live', ['${body}']), '_'));`)).toEqual([`2: _.join(_.concat(['hk'], 'live', ['${body}']), '_')`]);
    expect(found(`import { chunk, flatten } from 'lodash-es';\nsend(flatten(chunk(['hk', 'live', '${body}'], 2)).join('_'));`)).toEqual([`2: flatten(chunk(['hk', 'live', '${body}'], 2)).join('_')`]);
  });
  it('is found in a function that calls itself', () => expect(found(`function key(n) { return n === 0 ? 'hk_live_' : key(n - 1) + '${body}'.slice((n - 1) * 16, n * 16); }\nsend(key(2));`)).toHaveLength(1));
  it('is found in a function that nobody calls', () => expect(found(`export function key() {\n  const parts = ['${body}', 'live', 'hk'];\n  let text = '';\n  while (parts.length) text += parts.pop() + (parts.length ? '_' : '');\n  return text;\n}`)).toEqual([`4: text += parts.pop() + (parts.length ? '_' : '')`]));
  it('is found in a switch', () => expect(found(`let key = 'hk_';\nfor (const mode of ['live']) switch (mode) { case 'live': key += 'live_'; break; default: key += 'sandbox_'; }\nsend(key + '${body}');`)).toEqual([`3: key + '${body}'`]));
  it('is found in Buffers that are added', () => expect(found(`send(Buffer.from('hk_live_') + '${body}');`)).toEqual([`1: Buffer.from('hk_live_') + '${body}'`]));

  it('is nothing where the condition is not known', () => expect(found(`${parts}while (more()) key += parts[0];\nsend(key);`)).toEqual([]));
  it('is nothing where a loop takes the piece out', () => expect(found(`const parts = ['hk_live_', '${body}'];\nlet key = '';\nwhile (parts.length > 1) key += parts.shift();\nsend(key);`)).toEqual([]));
  it('is nothing where the order is another', () => expect(found(`const parts = ['hk_live_', '${body}'];\nlet key = '';\nwhile (parts.length) key += parts.pop();\nsend(key);`)).toEqual([]));
  it('is no second finding for a key that a literal holds', () => expect(found(`const parts = ['${live}'];\nlet key = '';\nwhile (parts.length) key += parts.pop();\nsend(key);`)).toEqual([`1: '${live}'`]));
  it('is bounded', () => {
    expect(found(`let key = 'hk_live_';\nwhile (true) key += 'a';\nsend('${body}');`)).toEqual([]);
    expect(found(`const f = (n) => f(n + 1) + f(n + 2);\nf(0);\nlet list = ['hk_live_'];\nfor (;;) list = list.concat(list);`)).toEqual([]);
  });
});

describe('an enumeration', () => {
  it('may be declared in two places', () => {
    expect(found(`enum Part { Head = 'hk_' }\nenum Part { Middle = 'live_' }\nexport const key = Part.Head + Part.Middle + '${body}';`)).toEqual([`3: Part.Head + Part.Middle + '${body}'`]);
  });
  it('counts on from the last number', () => {
    expect(found(`enum Code { g = 103, h, i }\nexport const key = String.fromCharCode(Code.h) + 'k_live_${body}';`)).toEqual([`2: String.fromCharCode(Code.h) + 'k_live_${body}'`]);
  });
  it('leads from a number to its name', () => {
    expect(found(`enum Head { hk_live_ }\nexport const key = Head[0] + '${body}';`)).toEqual([`2: Head[0] + '${body}'`]);
  });
  it('gives nothing for a member that it does not have', () => {
    expect(found(`enum Head { live = 'hk_live_' }\nexport const key = Head.other + '${body}';`)).toEqual([]);
  });
});

describe('a namespace', () => {
  it('may be declared in two places', () => {
    expect(found(`namespace Part { export const head = 'hk_'; }\nnamespace Part { export const middle = 'live_'; }\nexport const key = Part.head + Part.middle + '${body}';`)).toEqual([`3: Part.head + Part.middle + '${body}'`]);
  });
  it('may add to a class', () => {
    expect(found(`class Part { static head = 'hk_'; }\nnamespace Part { export const middle = 'live_'; }\nexport const key = Part.head + Part.middle + '${body}';`)).toEqual([`3: Part.head + Part.middle + '${body}'`]);
  });
  it('may add to a function', () => {
    expect(found(`function part() {}\nnamespace part { export const head = 'hk_live_'; }\nexport const key = part.head + '${body}';`)).toEqual([`3: part.head + '${body}'`]);
  });
  it('may hold functions', () => {
    expect(found(`namespace Key { export function make(tail: string) { return 'hk_live_' + tail; } }\nexport const key = Key.make('${body}');`)).toEqual([`2: Key.make('${body}')`]);
  });
  it('keeps its functions to itself', () => {
    expect(found(`namespace Key { export function make(tail: string) { return 'hk_live_' + tail; } }\nexport const key = make('${body}');`)).toEqual([]);
  });
});

describe('an object', () => {
  it('is this in its methods', () => {
    expect(found(`export const hilt = {\n  head: 'hk_live_',\n  key() { return this.head + '${body}'; },\n};`)).toEqual([`3: this.head + '${body}'`]);
  });
  it('is not this in its arrow functions', () => {
    expect(found(`export const hilt = {\n  head: 'hk_live_',\n  key: () => this.head + '${body}',\n};`)).toEqual([]);
  });
  it('of a class is this in a static block', () => {
    expect(found(`class Key {\n  static head: string;\n  static { this.head = 'hk_live_'; }\n}\nexport const key = Key.head + '${body}';`)).toEqual([`5: Key.head + '${body}'`]);
  });
  it('may be a map whose values are listed', () => {
    expect(found(`const parts = new Map([['a', 'hk'], ['b', 'live']]);\nexport const key = [...parts.values(), '${body}'].join('_');`)).toEqual([`2: [...parts.values(), '${body}'].join('_')`]);
  });
});

describe('a list', () => {
  it('may leave a rest', () => {
    expect(found(`const [, ...parts] = ['x', 'hk', 'live', '${body}'];\nexport const key = parts.join('_');`)).toEqual([`2: parts.join('_')`]);
  });
  it('may be filled by index', () => {
    expect(found(`const parts = [];\nparts[0] = 'hk';\nparts[1] = 'live';\nparts[2] = '${body}';\nexport const key = parts.join('_');`)).toEqual([`5: parts.join('_')`]);
  });
  it('may be reduced from its end', () => {
    expect(found(`export const key = ['${body}', 'live_', 'hk_'].reduceRight((sum, part) => sum + part);`)).toEqual([`1: ['${body}', 'live_', 'hk_'].reduceRight((sum, part) => sum + part)`]);
  });
  it('may be made of its length', () => {
    expect(found(`const parts = ['hk', 'live', '${body}'];\nexport const key = Array.from({ length: 3 }, (_, i) => parts[i]).join('_');`)).toEqual([`2: Array.from({ length: 3 }, (_, i) => parts[i]).join('_')`]);
  });
  it('may lose what is empty', () => {
    expect(found(`export const key = ['hk', '', 'live', '${body}'].filter(Boolean).join('_');`)).toEqual([`1: ['hk', '', 'live', '${body}'].filter(Boolean).join('_')`]);
  });
  it('of codes may be applied', () => {
    expect(found(`export const key = String.fromCharCode.apply(null, [104, 107, 95]) + 'live_${body}';`)).toEqual([`1: String.fromCharCode.apply(null, [104, 107, 95]) + 'live_${body}'`]);
  });
});

describe('a pattern', () => {
  it('may put groups in another order', () => {
    expect(found(`export const key = 'live:hk_'.replace(/(\\w+):(\\w+)_/, '$2_$1_') + '${body}';`)).toEqual([`1: 'live:hk_'.replace(/(\\w+):(\\w+)_/, '$2_$1_') + '${body}'`]);
  });
  it('may take a part out', () => {
    expect(found(`const [, head] = /=(.*);/.exec('prefix=hk_live_;');\nexport const key = head + '${body}';`)).toEqual([`2: head + '${body}'`]);
  });
  it('that could run away is not run', () => {
    const text = `hk_live_${'a'.repeat(200)}!`;
    // Run, the first two would not end.
    expect(found(`send('${text}'.replace(/(a+)+$/, 'x'), '${text}'.match(/(a|a)*b/), '${text}'.split(/.*.*.*b/));`)).toEqual([]);
  });
  it('that finds nothing gives nothing', () => {
    expect(found(`const [head] = 'hk_live_'.match(/sandbox/) ?? [];\nexport const key = head + '${body}';`)).toEqual([]);
  });
});

describe('a key without its separators', () => {
  it('is found where they are put in', () => expect(found(`export const key = 'hk-live-${body}'.replaceAll('-', '_');`)).toEqual([`1: 'hk-live-${body}'.replaceAll('-', '_')`]));
  it('is found where it is split at others', () => expect(found(`export const key = 'hk|live|${body}'.split('|').join('_');`)).toEqual([`1: 'hk|live|${body}'.split('|').join('_')`]));
  it('is found where its prefix is in capitals', () => expect(found(`export const key = 'HK_LIVE_'.toLowerCase() + '${body}';`)).toEqual([`1: 'HK_LIVE_'.toLowerCase() + '${body}'`]));
  it('is found where each character is a literal', () => {
    const text = `export const key = [${[...live].map((character) => `'${character}'`).join(', ')}].join('');`;
    expect(found(text)).toEqual([`1: ${text.slice('export const key = '.length, -1)}`]);
  });
  it('is none where nothing puts them in', () => expect(found(`export const slug = 'hk-live-${body}';`)).toEqual([]));
});

describe('names that lead in circles', () => {
  it('do not hide a key that needs none', () => {
    const circle = Array.from({ length: 60 }, (_, i) => `var v${i} = 'hk_' + v${(i + 1) % 60} + v${(i * 7) % 60};`).join('\n');
    expect(found(`${circle}\nconst key = 'hk_live_' + '${body}';`)).toEqual([`61: 'hk_live_' + '${body}'`]);
  });
  it('may be objects that spread one another', () => {
    const circle = Array.from({ length: 300 }, (_, i) => `var v${i} = x ? { ...v${(i + 1) % 300}, k${i}: 1 } : { ...v${(i + 2) % 300} };`).join('\n');
    expect(found(`${circle}\nfetch('https://api.hilt.so/v1/products', { headers: { ...v0 } });\nconst key = 'hk_live_' + '${body}';`)).toEqual([`302: 'hk_live_' + '${body}'`]);
  });
});

describe('the markup of a component', () => {
  it('of Vue may put a constant of the script in front', () => {
    expect(found(`<script setup>\nconst head = 'hk_live_';\n</script>\n<template>\n  <Pay :api-key="head + '${body}'" />\n</template>`, 'src/Pay.vue')).toEqual([`5: head + '${body}'`]);
  });
  it('of Astro may insert one', () => {
    expect(found(`---\nconst head = 'hk_live_';\n---\n<Pay apiKey={\`\${head}${body}\`} />`, 'src/pay.astro')).toEqual([`4: \`\${head}${body}\``]);
  });
  it('of Svelte is found once', () => {
    expect(found(`<script>\n  const head = 'hk_live_';\n</script>\n<Pay apiKey={head + '${body}'} />`, 'src/Pay.svelte')).toEqual([`4: head + '${body}'`]);
  });
  it('may hold it in a handler', () => {
    expect(found(`<button onclick="pay('hk_live_' + '${body}')">Pay</button>`, 'index.html')).toEqual([`1: 'hk_live_' + '${body}'`]);
  });
  it('gives nothing for a name that the script does not have', () => {
    expect(found(`<script setup>\nconst head = 'hk_live_';\n</script>\n<template>\n  <Pay :api-key="other + '${body}'" />\n</template>`, 'src/Pay.vue')).toEqual([]);
  });
});

describe('a key that is rewritten without changing it', () => {
  const quoted = (text: string): string => JSON.stringify(text);
  const reversed = (text: string): string => [...text].reverse().join('');
  /** Ways to write one piece; some need statements before. */
  const forms: readonly ((text: string, name: string) => { before: string; value: string })[] = [
    (text) => ({ before: '', value: quoted(text) }),
    (text) => ({ before: '', value: `\`${text}\`` }),
    (text, name) => ({ before: `const ${name} = ${quoted(text)};\n`, value: name }),
    (text, name) => ({ before: `const ${name} = { part: ${quoted(text)} } as const;\n`, value: `${name}.part` }),
    (text, name) => ({ before: `enum ${name} { Part = ${quoted(text)} }\n`, value: `${name}.Part` }),
    (text, name) => ({ before: `function ${name}() { return ${quoted(text)}; }\n`, value: `${name}()` }),
    (text, name) => ({ before: `class ${name} { static readonly part = ${quoted(text)}; }\n`, value: `${name}.part` }),
    (text, name) => ({ before: `const { part: ${name} = ${quoted(text)} } = {} as { part?: string };\n`, value: name }),
    (text, name) => ({ before: `const [, ${name}] = ["x", ${quoted(text)}];\n`, value: name }),
    (text, name) => ({ before: `let ${name} = "";\nfor (const part of ${JSON.stringify([...text])}) ${name} += part;\n`, value: name }),
    (text) => ({ before: '', value: `${quoted(reversed(text))}.split("").reverse().join("")` }),
    (text) => ({ before: '', value: `atob(${quoted(Buffer.from(text).toString('base64'))})` }),
    (text) => ({ before: '', value: `Buffer.from(${quoted(Buffer.from(text).toString('hex'))}, "hex").toString()` }),
    (text) => ({ before: '', value: `String.fromCharCode(${[...text].map((character) => character.charCodeAt(0)).join(', ')})` }),
    (text) => ({ before: '', value: `${quoted(`--${text}--`)}.slice(2, -2)` }),
    (text) => ({ before: '', value: `${quoted(text.replaceAll('_', '#'))}.replaceAll("#", "_")` }),
    (text) => ({ before: '', value: `decodeURIComponent(${quoted(text.replaceAll('_', '%5F'))})` }),
    (text) => ({ before: '', value: `JSON.parse(${quoted(JSON.stringify([text]))})[0]` }),
    (text) => ({ before: '', value: `((part) => part)(${quoted(text)})` }),
  ];
  const joins: readonly ((values: readonly string[]) => string)[] = [
    (values) => values.join(' + '),
    (values) => `\`${values.map((value) => `\${${value}}`).join('')}\``,
    (values) => `"".concat(${values.join(', ')})`,
    (values) => `[${values.join(', ')}].join("")`,
    (values) => `[${values.join(', ')}].reduce((sum, part) => sum + part, "")`,
    (values) => `[...[${values.join(', ')}]].map((part) => part).join("")`,
  ];

  it('is found, and once', () => {
    const cut = fc.tuple(fc.array(fc.integer({ min: 1, max: live.length - 1 }), { minLength: 1, maxLength: 4 }), fc.array(fc.nat(forms.length - 1), { minLength: 6, maxLength: 6 }), fc.nat(joins.length - 1));
    fc.assert(
      fc.property(cut, ([places, ways, join]) => {
        // A first piece that is long enough would be a key of its own.
        const ends = [...new Set([12, ...places])].sort((a, b) => a - b);
        const pieces = [...ends, live.length].map((end, i) => live.slice(ends[i - 1] ?? 0, end)).map((text, i) => forms[ways[i] ?? 0]?.(text, `part${i}`) ?? { before: '', value: quoted(text) });
        const text = `// hilt\n${pieces.map(({ before }) => before).join('')}export const key = ${joins[join]?.(pieces.map(({ value }) => value))};\n`;
        expect(foundIn('no-hardcoded-key', { 'src/hilt.ts': text }), text).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });
});
