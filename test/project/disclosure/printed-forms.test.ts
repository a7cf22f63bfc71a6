import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const inFile = (text: string): string[] => foundIn('no-key-disclosure', { 'src/bot.ts': text });
const inPython = (text: string): string[] => foundIn('no-key-disclosure', { 'app/main.py': text });
const client = 'import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\n';
const key = '// hilt\nconst key = process.env.HILT_API_KEY!;\n';

describe('an object in a text', () => {
  it('is `[object Object]`', () => expect(inFile(`${client}console.log(\`client \${hilt}\`, "client " + hilt, String(hilt), hilt.toString(), \`\${process.env}\`);`)).toEqual([]));
  it('is all that it holds where it is handed over, or made JSON', () => expect(inFile(`${client}console.log("client", hilt);\nconsole.log(\`client \${JSON.stringify(hilt)}\`);`)).toEqual(['3: hilt', '4: `client ${JSON.stringify(hilt)}`']));
  it('is the key where that is what is taken from it', () => expect(inFile(`${key}const config = { hilt: { key } };\nconsole.log(\`\${config}\`);\nconsole.log(\`\${config.hilt.key}\`);`)).toEqual(['5: `${config.hilt.key}`']));
  it('is written out as JSON, however deep', () => expect(inFile(`${key}console.log(\`\${JSON.stringify({ hilt: { key } })}\`);\nconsole.log("x" + JSON.stringify([{ key }]));`)).toHaveLength(2));
  it('shows the items of a list', () => expect(inFile(`${key}console.log(\`\${["a", key]}\`);\nconsole.log([{ key }].join(", "));`)).toEqual(['3: `${["a", key]}`']));
  it('shows a query, but no headers', () => expect(inFile(`${key}console.log(\`\${new URLSearchParams({ key })}\`);\nconsole.log(\`\${new Headers({ "X-Hilt-Key": key })}\`);`)).toHaveLength(1));
  it('shows the message of an error, but not what caused it', () => expect(inFile(`${key}console.log(\`\${new Error("bad", { cause: { key } })}\`);\nconsole.log(\`\${new Error("bad " + key)}\`);\nconsole.log(new Error("bad", { cause: { key } }));`)).toHaveLength(2));
});

describe('what an object says of itself', () => {
  const cls = (member: string): string => `import { inspect } from "node:util";\nclass Config { constructor(private apiKey: string) {} ${member} }\nconst config = new Config(process.env.HILT_API_KEY!);\n`;
  it('by `toString` is shown in a text', () => expect(inFile(`${cls('toString() { return `Config(${this.apiKey})`; }')}console.log(\`\${config}\`);`)).toHaveLength(1));
  it('by a `toString` that masks shows nothing', () => expect(inFile(`${cls('toString() { return "Config(***)"; }')}console.log(\`\${config}\`);`)).toEqual([]));
  it('by `toJSON` is shown as JSON', () => expect(inFile(`${cls('toJSON() { return { key: this.apiKey }; }')}console.log(JSON.stringify(config));`)).toHaveLength(1));
  it('by a `toJSON` that masks shows nothing as JSON, and all in a log', () => expect(inFile(`${cls('toJSON() { return { key: "***" }; }')}console.log(JSON.stringify(config));\nconsole.log(config);`)).toEqual(['5: config']));
  it('by `inspect.custom` is what a log shows', () => expect(inFile(`${cls('[inspect.custom]() { return "Config(***)"; }')}console.log(config);`)).toEqual([]));
  it('is a literal\'s own method', () => expect(inFile(`${key}const config = { key, toString() { return "config"; } };\nconsole.log(\`\${config}\`);\nconsole.log(config);`)).toEqual(['5: config']));
});

describe('an object of Python', () => {
  const cls = (body: string): string => `import os\nfrom dataclasses import dataclass, field\nkey = os.environ["HILT_API_KEY"]\n${body}\nconfig = Config(key)\n`;
  const plain = 'class Config:\n    def __init__(self, api_key):\n        self.api_key = api_key\n';
  it('is printed by the name of its class', () => expect(inPython(`${cls(plain)}print(config)\nprint(f"{config}")`)).toEqual([]));
  it('is printed with its fields where it is a data class', () => expect(inPython(`${cls('@dataclass\nclass Config:\n    api_key: str')}print(config)`)).toHaveLength(1));
  it('leaves a field out that is not part of its text', () => expect(inPython(`${cls('@dataclass\nclass Config:\n    api_key: str = field(repr=False)')}print(config)`)).toEqual([]));
  it('is printed as it says', () => expect(inPython(`${cls(`${plain}    def __repr__(self):\n        return "Config(***)"`)}print(config)`)).toEqual([]));
  it('may say its key', () => expect(inPython(`${cls(`${plain}    def __str__(self):\n        return f"Config({self.api_key})"`)}print(config)`)).toHaveLength(1));
  it('shows all that it holds to `vars`', () => expect(inPython(`${cls(plain)}print(vars(config))`)).toHaveLength(1));
  it('shows what a dictionary holds in a text', () => expect(inPython('import os\nconfig = {"key": os.environ["HILT_API_KEY"]}\nprint(f"config {config}")')).toHaveLength(1));
});

describe('a copy by way of JSON', () => {
  const config = 'const config = { name: "shop", hilt: { apiKey: process.env.HILT_API_KEY } };\n';
  const inJson = (expression: string): string[] => foundIn('no-key-disclosure', { 'src/a.ts': `${config}console.log(${expression});` });
  it('is what was copied', () => expect(inJson('JSON.parse(JSON.stringify(config))')).toHaveLength(1));
  it('has the parts that it is asked for', () => expect(inJson('JSON.parse(JSON.stringify(config)).name')).toEqual([]));
  it('has no names that are left out, at any depth', () => {
    expect(inJson('JSON.stringify(config, ["name", "hilt"])')).toEqual([]);
    expect(inJson('JSON.stringify(config, ["hilt", "apiKey"])')).toHaveLength(1);
  });
});
