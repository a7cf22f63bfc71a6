import { describe, expect, it } from 'vitest';
import { defaultKeyOptions } from '../../src/hilt/key-options.ts';
import { summarise } from '../../src/syntax/summarise.ts';
import { makeKey } from '../support/keys.ts';

const key = makeKey('live', 'summary');
const body = key.slice(8);
const encoded = Buffer.from(key).toString('base64');

describe('a summary holds no key', () => {
  it.each<[name: string, file: string, text: string]>([
    ['in comments', 'a.ts', `// ${key}\n/* ${encoded} */\nexport const a = 1;\n`],
    ['in names', 'a.ts', `const o = { "${key}": 1 };\nexport function ${key}() {}\nclass A { ${key} = 1; static ${key}() {} }\nprocess.env["${key}"];\n`],
    ['in specifiers and patterns', 'a.ts', `import a from "./${key}";\nexport * from "https://x.io/${key}";\na.replace(/${key}/, "");\n"${key}";\n`],
    ['in markup', 'a.tsx', `const a = <A ${key}="x">{/* ${key} */}<${key} /></A>;\n`],
    ['in variables of an env file', '.env', `# ${key}\n${key}=1\nA=$${key}\n`],
    ['in paths of YAML', 'compose.yml', `services:\n  ${key}:\n    environment:\n      - A=${key}\n    command: echo $${key} # ${key}\n`],
    ['in names of JSON', 'a.json', `{ "${key}": { "${key}": ["${key}"] } }`],
    ['in a Dockerfile', 'Dockerfile', `# ${key}\nFROM node\nARG ${key}\nRUN echo $${key}\n`],
    ['in Terraform', 'a.tf', `# ${key}\nvariable "${key}" { default = "${key}" }\n`],
    ['in Python', 'a.py', `# ${key}\n${key} = 1\nimport ${key}\nos.environ["${key}"]\n`],
  ])('%s', (_name, file, text) => {
    const { summary, notices } = summarise(file, text, defaultKeyOptions);
    const written = JSON.stringify([summary, notices]);
    expect(summary.secrets.length).toBeGreaterThan(0);
    expect(written).not.toContain(body);
    expect(written).not.toContain(encoded);
  });

  it('and keeps the length of a comment, so that offsets in it stay', () => {
    const { summary } = summarise('a.ts', `// ${key} end\n`, defaultKeyOptions);
    expect(summary.comments[0]?.text).toBe(` ${`${key.slice(0, 12)}…`.padEnd(key.length, '…')} end`);
  });

  it('and still ties a name to its uses', () => {
    const { summary } = summarise('a.ts', `const ${key} = "x";\nexport const a = ${key};\n`, defaultKeyOptions);
    const bound = summary.bindings['a'];
    expect(bound?.kind === 'binding' && bound.name in summary.bindings).toBe(true);
  });
});
