import { describe, expect, it } from 'vitest';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { instancesOf } from '../../../src/project/instances.ts';
import { linkProject } from '../../../src/project/link.ts';
import { textsOf } from '../../../src/project/folded-texts.ts';
import { resolvePythonModule } from '../../../src/project/python-modules.ts';
import { summarise } from '../../../src/syntax/summarise.ts';
import { memorySource } from '../../support/memory-source.ts';

function read(text: string): ReturnType<typeof summarise> {
  return summarise('app.py', text, defaultKeyOptions);
}

/** Every read of the environment as `name at source text`. */
function reads(text: string): string[] {
  return read(text).summary.reads.map(({ name, access, at }) => `${access} ${name} at ${text.slice(at[0], at[1])}`);
}

/** What the text argument of `probe(…)` calls may be. */
function probed(text: string): string[] {
  const { summary } = read(text);
  const project = linkProject([summary], defaultKeyOptions);
  return instancesOf(project, summary).flatMap(({ use, module, frame }) => {
    if (use.kind !== 'call' || use.callee.kind !== 'global' || use.callee.path !== 'probe') return [];
    const value = use.args[0]?.value;
    return value ? textsOf(project.evaluator.head({ module, value, frame, at: undefined })) : [];
  });
}

describe('reads of the environment in Python', () => {
  it('are seen in os.environ', () => expect(reads('import os\nk = os.environ["HILT_API_KEY"]')).toEqual(['os.environ HILT_API_KEY at os.environ["HILT_API_KEY"]']));
  it('are seen in os.environ.get', () => expect(reads('import os\nk = os.environ.get("HILT_API_KEY", "x")')).toEqual(['os.environ HILT_API_KEY at os.environ.get("HILT_API_KEY", "x")']));
  it('are seen in os.getenv', () => expect(reads('import os as o\nk = o.getenv("HILT_API_KEY")')).toEqual(['os.environ HILT_API_KEY at o.getenv("HILT_API_KEY")']));
  it('are seen in an imported environ', () => expect(reads('from os import environ as e\nk = e["HILT_API_KEY"]')).toEqual(['os.environ HILT_API_KEY at e["HILT_API_KEY"]']));
  it('are seen in an alias', () => expect(reads('import os\nenv = os.environ\nk = env["HILT_API_KEY"]')).toEqual(['os.environ HILT_API_KEY at env["HILT_API_KEY"]']));
  it('are seen in decouple', () => expect(reads('from decouple import config\nk = config("HILT_API_KEY", default="")')).toEqual(['os.environ HILT_API_KEY at config("HILT_API_KEY", default="")']));
  it('are seen in fields of settings', () => expect(reads('class Settings(BaseSettings):\n    hilt_api_key: str')).toEqual(['os.environ HILT_API_KEY at hilt_api_key']));
  it('are seen in settings with a prefix', () => expect(reads('class S(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="HILT_")\n    api_key: SecretStr')).toEqual(['os.environ HILT_API_KEY at api_key']));
  it('are seen in settings with an alias', () => expect(reads('class S(BaseSettings):\n    key: str = Field(validation_alias="HILT_API_KEY")')).toEqual(['os.environ HILT_API_KEY at key']));
  it('are none in a dictionary of that name', () => expect(reads('os = {"environ": {}}\nk = os["environ"]["HILT_API_KEY"]')).toEqual([]));
  it('are none in a model that is no settings', () => expect(reads('class M(BaseModel):\n    hilt_api_key: str')).toEqual([]));
});

describe('calls in Python', () => {
  it('hold their keywords as one last object', () => {
    const text = 'requests.get("/", headers=h, timeout=5)';
    const [use] = read(text).summary.uses;
    const last = use?.kind === 'call' ? use.args.at(-1) : undefined;
    expect(last?.value).toMatchObject({ kind: 'object', keywords: true, entries: [{ key: { text: 'headers' } }, { key: { text: 'timeout' } }] });
    expect(last && text.slice(last.at[0], last.at[1])).toBe('headers=h, timeout=5');
  });
  it('fill parameters by name', () => expect(probed('def f(a, b="x"):\n    probe(b)\nf(1, b="y")')).toEqual(['x', 'y']));
  it('fill parameters by position', () => expect(probed('def f(a, b="x"):\n    probe(b)\nf(1, "y")')).toEqual(['x', 'y']));
  it('leave defaults where nothing is given', () => expect(probed('def f(a, *, b="x"):\n    probe(b)\nf(1)')).toContain('x'));
  it('give a rest what positions are left', () => expect(probed('def f(a, *rest, b=1):\n    probe(rest[0])\nf(1, "y", b=2)')).toEqual(['y']));
  it('give **kwargs what names are left', () => expect(probed('def f(a, **kw):\n    probe(kw["b"])\nf(a=1, b="y")')).toEqual(['y']));
  it('reach methods with their object', () => expect(probed('class C:\n    def __init__(self, k):\n        self.k = k\n    def go(self):\n        probe(self.k)\nC("y").go()')).toContain('y'));
  it('reach class methods', () => expect(probed('class C:\n    K = "y"\n    @classmethod\n    def go(cls):\n        probe(cls.K)\nC.go()')).toEqual(['y']));
  it('take the items of a loop one by one', () => expect(probed('for path in ("/a", "/b"):\n    probe("x" + path)')).toEqual(['x/a', 'x/b']));
  it('see what `with` opens', () => expect(probed('with "y" as f:\n    probe(f)')).toEqual(['y']));
  it('see both arms of a condition', () => expect(probed('probe("a" if c else "b")')).toEqual(['a', 'b']));
  it('see merged dictionaries', () => expect(probed('def f():\n    h = {"a": "x"}\n    h.update({"b": "y"})\n    probe(h["b"])')).toEqual(['y']));
  it('see slices with a step', () => expect(probed('probe("abcdef"[1:5:2])\nprobe("abc"[-1])\nprobe("abcd"[:-1])\nprobe("abc"[::-1])')).toEqual(['bd', 'c', 'abc', 'cba']));
});

describe('Python that is none', () => {
  it('is read as far as it goes', () => {
    const { summary, notices } = read('import os\ndef broken(:\n    return (\nk = os.environ["HILT_API_KEY"]\n');
    expect(summary.parse).toBe('recovered');
    expect(notices).toEqual([{ code: 'parse-error', level: 'info', file: 'app.py', message: 'app.py has syntax errors; it was read as far as it goes.' }]);
  });
  it('of version 2 is read', () => expect(reads('import os\nprint "key", os.environ["HILT_API_KEY"]')).toEqual(['os.environ HILT_API_KEY at os.environ["HILT_API_KEY"]']));
  it('may be nested deeply', () => expect(read(`x = ${'('.repeat(3000)}1${')'.repeat(3000)}`).summary.language).toBe('python'));
  it('may be a long chain', () => expect(read(`x = ${'"a" + '.repeat(300)}"b"`).summary.folds).toHaveLength(1));
  it('may be a chain that the parser cuts', () => expect(read(`x = ${'"a" + '.repeat(30_000)}"b"`).summary.folds.length).toBeGreaterThan(0));
  it('may be beyond the bounds', () => expect(read(`x = "${'a'.repeat(1_100_000)}"`).summary.parse).toBe('text'));
  it('may be empty', () => expect(read('').summary.parse).toBe('full'));
});

describe('the file of a Python module', () => {
  const source = memorySource({ 'app/__init__.py': '', 'app/hilt/__init__.py': '', 'app/hilt/client.py': '', 'app/main.py': '', 'src/lib/keys.py': '', 'bot.py': '' });
  it('is found by its absolute name', () => expect(resolvePythonModule(source, 'bot.py', 'app.hilt.client')).toBe('app/hilt/client.py'));
  it('is found below src', () => expect(resolvePythonModule(source, 'bot.py', 'lib.keys')).toBe('src/lib/keys.py'));
  it('is found beside the file', () => expect(resolvePythonModule(source, 'app/main.py', '.hilt')).toBe('app/hilt/__init__.py'));
  it('is found above the file', () => expect(resolvePythonModule(source, 'app/hilt/client.py', '..main')).toBe('app/main.py'));
  it('is a package where only dots are given', () => expect(resolvePythonModule(source, 'app/hilt/client.py', '.')).toBe('app/hilt/__init__.py'));
  it('is not searched in a package by an absolute name', () => expect(resolvePythonModule(source, 'app/main.py', 'hilt.client')).toBeUndefined());
  it('is not searched above the root', () => expect(resolvePythonModule(source, 'bot.py', '...x')).toBeUndefined());
});
