import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const inFile = (text: string, file = 'src/bot.ts'): string[] => foundIn('no-key-disclosure', { [file]: text });
const key = 'let key = process.env.HILT_API_KEY;\n';

describe('where there is no key', () => {
  it('nothing is shown of it', () => expect(inFile(`${key}if (!key) { console.error(\`no key: \${key}\`); throw new Error(\`no key: \${key}\`); }`)).toEqual([]));
  it('a comparison says so', () => expect(inFile(`${key}if (key === undefined) console.log(key);\nif (key == null) console.log(key);\nif ("" === key) console.log(key);\nif (typeof key === "undefined") console.log(key);`)).toEqual([]));
  it('its length or its text says so', () => expect(inFile(`${key}if (key.length === 0) console.log(key);\nif (!key?.trim()) console.log(key);\nif (key.trim() === "") console.log(key);\nif (!Boolean(key)) console.log(key);`)).toEqual([]));
  it('an operator says so', () => expect(inFile(`${key}key || console.log(key);\nkey ?? console.log(key);\n!key && console.log(key);\nconsole.log(key ? "set" : \`missing: \${key}\`);`)).toEqual([]));
  it('a constant says so', () => expect(inFile(`${key}const isMissing = !key;\nif (isMissing) console.log(key);`)).toEqual([]));
  it('one of several questions says so', () => expect(inFile(`${key}if (!key && isStrict) console.log(key);\nif (key || other) run(); else console.log(key);`)).toEqual([]));
  it('a member is asked for as well', () => expect(inFile('// hilt\nclass Bot { constructor(private key = process.env.HILT_API_KEY) {} check() { if (!this.key) throw new Error(`no ${this.key}`); } }\nif (!process.env.HILT_API_KEY) throw new Error(`no ${process.env["HILT_API_KEY"]}`);')).toEqual([]));
  it('code has left before', () => expect(inFile(`export function find(key = process.env.HILT_API_KEY) {\n  if (key) return key;\n  console.log("none", key);\n}\nfor (const key of [process.env.HILT_API_KEY]) { if (key) continue; console.log(key); }`)).toEqual([]));
  it('an assertion fails', () => expect(inFile(`import assert from "node:assert";\nimport invariant from "tiny-invariant";\n${key}assert(key, \`no key: \${key}\`);\ninvariant(key, \`no key: \${key}\`);\nconsole.assert(key, "no key", key);`)).toEqual([]));
  it('Python says so', () => expect(inFile('import os\nkey = os.environ.get("HILT_API_KEY")\nif not key:\n    raise SystemExit(f"no key: {key}")\nif key is None or len(key) == 0:\n    pass\nif len(key) == 0:\n    print(key)\nassert key, f"no key: {key}"', 'app/main.py')).toEqual([]));
  it('a shell says so', () => expect(inFile('if [ -z "$HILT_API_KEY" ]; then\n  echo "no key: $HILT_API_KEY"\n  exit 1\nfi\n[ -n "$HILT_API_KEY" ] || echo "no key: $HILT_API_KEY"\n[[ -z ${HILT_API_KEY:-} ]] && echo "no key: $HILT_API_KEY"', 'deploy.sh')).toEqual([]));
});

describe('where there may be one', () => {
  it('it is shown', () => expect(inFile(`${key}if (key) console.log(key);\nif (key !== undefined) console.log(key);\nif (!other) console.log(key);\nkey && console.log(key);`)).toHaveLength(4));
  it('one of several questions says nothing', () => expect(inFile(`${key}if (!key || !key.startsWith("hk_live_")) throw new Error(\`bad key: \${key}\`);`)).toHaveLength(1));
  it('the other way shows it', () => expect(inFile(`${key}if (!key) stop(); else console.log(key);`)).toHaveLength(1));
  it('code has left without it', () => expect(inFile(`export function show(key = process.env.HILT_API_KEY) {\n  if (!key) return;\n  console.log(key);\n}`)).toEqual(['3: key']));
  it('it was put there meanwhile', () => expect(inFile(`${key}if (!key) { key = process.env.HILT_KEY; console.log(key); }\nconst config: Record<string, unknown> = {};\nif (!config.key) { config.key = key; console.log(config.key); }`)).toHaveLength(2));
  it('a function may have put it there', () => expect(inFile(`${key}const load = () => { key = process.env.HILT_KEY; };\nif (!key) { load(); console.log(key); }`)).toHaveLength(1));
  it('an inner variable of the name was asked', () => expect(inFile(`${key}export function run(other: string) { { const key = other; if (!key) return; } console.log(key); }`)).toHaveLength(1));
  it('Python shows it', () => expect(inFile('import os\nkey = os.environ.get("HILT_API_KEY")\nif not key.startswith("hk_"):\n    print(key)\nassert key.startswith("hk_"), f"bad key: {key}"', 'app/main.py')).toHaveLength(2));
  it('a shell shows it', () => expect(inFile('[ -n "$HILT_API_KEY" ] && echo "$HILT_API_KEY"\nif [ -z "$HILT_API_KEY" ]; then exit 1; else echo "$HILT_API_KEY"; fi\n[ -z "$HILT_API_KEY" ] || echo "$HILT_API_KEY"', 'deploy.sh')).toHaveLength(3));
});
