import { describe, expect, it } from 'vitest';
import { noHardcodedKey } from '../../../rules/no-hardcoded-key.ts';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { linkProject } from '../../../src/project/link.ts';
import { summarise } from '../../../src/syntax/summarise.ts';
import { makeKey, randomText } from '../../support/keys.ts';
import { memorySource } from '../../support/memory-source.ts';

const key = makeKey('live', 'python');
const body = key.slice('hk_live_'.length);
const random = randomText('slot', 32);
const reversed = (text: string): string => [...text].reverse().join('');
const rot13 = (text: string): string => text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + (letter.toLowerCase() < 'n' ? 13 : -13)));
const base64 = Buffer.from(key).toString('base64');

/** The source texts that `no-hardcoded-key` reports in the first file. */
function reported(files: Readonly<Record<string, string>>): string[] {
  const source = memorySource(files);
  const modules = Object.entries(files).map(([file, text]) => summarise(file, text, defaultKeyOptions).summary);
  const project = linkProject(modules, defaultKeyOptions, source);
  const [[, text] = ['', '']] = Object.entries(files);
  const [module] = modules;
  return module ? [...noHardcodedKey.check(module, { project, options: {} })].map(({ at }) => text.slice(at[0], at[1])) : [];
}

const inBot = (text: string): string[] => reported({ 'bot.py': text });

describe('a key in a Python file', () => {
  it('is found in a plain string', () => expect(inBot(`KEY = "${key}"`)).toEqual([`"${key}"`]));
  it('is found in a raw string', () => expect(inBot(`KEY = r'${key}'`)).toEqual([`r'${key}'`]));
  it('is found in bytes', () => expect(inBot(`KEY = b"${key}"`)).toEqual([`b"${key}"`]));
  it('is found in a triple-quoted string', () => expect(inBot(`KEY = """${key}"""`)).toEqual([`"""${key}"""`]));
  it('is found behind escapes', () => expect(inBot(`KEY = "\\x68k\\u005flive\\137${body}"`)).toEqual([`"\\x68k\\u005flive\\137${body}"`]));
  it('is found at its own text in a docstring', () => expect(inBot(`"""Call it with ${key} for now."""`)).toEqual([key]));
  it('is found at its own text in a comment', () => expect(inBot(`x = 1  # ${key}`)).toEqual([key]));
  it('is found where literals stand side by side', () => expect(inBot(`KEY = "hk_live_" "${body}"`)).toEqual([`"hk_live_" "${body}"`]));
  it('is found where literals stand below each other', () => expect(inBot(`KEY = (\n  "hk_live_"\n  "${body}"\n)`)).toEqual([`"hk_live_"\n  "${body}"`]));
  it('is found in a sum', () => expect(inBot(`B = "${body}"\nKEY = "hk_" + "live_" + B`)).toEqual(['"hk_" + "live_" + B']));
  it('is found in an f-string', () => expect(inBot(`B = "${body}"\nKEY = f"hk_live_{B}"`)).toEqual(['f"hk_live_{B}"']));
  it('is found in str.format', () => expect(inBot(`B = "${body}"\nKEY = "hk_{}_{b}".format("live", b=B)`)).toEqual(['"hk_{}_{b}".format("live", b=B)']));
  it('is found in % with a tuple', () => expect(inBot(`B = "${body}"\nKEY = "%s_%s" % ("hk_live", B)`)).toEqual(['"%s_%s" % ("hk_live", B)']));
  it('is found in % with a dictionary', () => expect(inBot(`B = "${body}"\nKEY = "hk_live_%(b)s" % {"b": B}`)).toEqual(['"hk_live_%(b)s" % {"b": B}']));
  it('is found in join', () => expect(inBot(`B = "${body}"\nKEY = "_".join(["hk", "live", B])`)).toEqual(['"_".join(["hk", "live", B])']));
  it('is found in a list that grows', () => expect(inBot(`parts = ["hk_live"]\nparts.append("${body}")\nKEY = "_".join(parts)`)).toEqual(['"_".join(parts)']));
  it('is found in a reversed slice', () => expect(inBot(`KEY = ("${reversed(body).slice(0, 9)}" + "${reversed(key).slice(9)}")[::-1]`)).toHaveLength(1));
  it('is found in base64', () => expect(inBot(`import base64\nKEY = base64.b64decode("${base64.slice(0, 6)}" + "${base64.slice(6)}").decode()`)).toEqual([`base64.b64decode("${base64.slice(0, 6)}" + "${base64.slice(6)}").decode()`]));
  it('is found in base64 under another name', () => expect(inBot(`from base64 import b64decode as d\nKEY = d("${base64.slice(0, 6)}" + "${base64.slice(6)}")`)).toHaveLength(1));
  it('is found in hex', () => expect(inBot(`KEY = bytes.fromhex("686b5f6c6976655f").decode("ascii") + "${body}"`)).toHaveLength(1));
  it('is found in rot13', () => expect(inBot(`import codecs  # hilt\nKEY = codecs.decode("${rot13(key)}", "rot13")`)).toEqual([`codecs.decode("${rot13(key)}", "rot13")`]));
  it('is found in character codes', () => expect(inBot(`KEY = "".join(map(chr, [104, 107, 95])) + "live_${body}"`)).toHaveLength(1));
  it('is found in a comprehension', () => expect(inBot(`KEY = "".join([chr(ord(c) ^ 1) for c in "ij^mhwd^"]) + "${body}"`)).toHaveLength(1));
  it('is found in class attributes', () => expect(inBot(`class C:\n    PREFIX = "hk_live_"\n    KEY = PREFIX + "${body}"`)).toEqual([`PREFIX + "${body}"`]));
  it('is found in another module of the package', () => {
    expect(reported({ 'app/main.py': 'from .parts import BODY\nKEY = "hk_live_" + BODY', 'app/parts.py': `BODY = "${body}"  # hilt`, 'app/__init__.py': '' })).toEqual(['"hk_live_" + BODY']);
  });
  it('is found through `from package import module`', () => {
    expect(reported({ 'app/main.py': 'from app import parts\nKEY = "hk_live_" + parts.BODY', 'app/parts.py': `BODY = "${body}"  # hilt`, 'app/__init__.py': '' })).toEqual(['"hk_live_" + parts.BODY']);
  });
  it('is found through `import package.module`', () => {
    expect(reported({ 'app/main.py': 'import app.parts\nKEY = "hk_live_" + app.parts.BODY', 'app/parts.py': `BODY = "${body}"  # hilt`, 'app/__init__.py': '' })).toEqual(['"hk_live_" + app.parts.BODY']);
  });
  it('is found through a star import of a package in src', () => {
    expect(reported({ 'run.py': 'from app import *\nfrom app import BODY\nKEY = "hk_live_" + BODY', 'src/app/__init__.py': `BODY = "${body}"  # hilt` })).toEqual(['"hk_live_" + BODY']);
  });
});

describe('a random literal in a slot of a Python file', () => {
  it('is found as api_key of the client', () => expect(inBot(`from hilt_sdk import HiltClient\nHiltClient(api_key="${random}")`)).toEqual([`"${random}"`]));
  it('is found under an alias', () => expect(inBot(`import hilt_sdk as h\nhc = h.HiltClient\nhc(api_key="${random}")`)).toEqual([`"${random}"`]));
  it('is found in a subclass', () => expect(inBot(`from hilt_sdk import HiltClient\nclass Mine(HiltClient):\n    pass\nMine(api_key="${random}")`)).toEqual([`"${random}"`]));
  it('is found in super().__init__', () => expect(inBot(`from hilt_sdk import HiltClient\nclass Mine(HiltClient):\n    def __init__(self):\n        super().__init__(api_key="${random}")`)).toEqual([`"${random}"`]));
  it('is found in **options', () => expect(inBot(`from hilt_sdk import HiltClient\noptions = dict(api_key="${random}")\nHiltClient(**options)`)).toEqual([`"${random}"`]));
  it('is found in a header of a dictionary', () => expect(inBot(`requests.get(url, headers={"X-Hilt-Key": "${random}"})`)).toEqual([`"${random}"`]));
  it('is found in a header that is set', () => expect(inBot(`session.headers["x-hilt-key"] = "${random}"`)).toEqual([`"${random}"`]));
  it('is found in headers.update', () => expect(inBot(`session.headers.update({"X-Hilt-Key": "${random}"})`)).toEqual([`"${random}"`]));
  it('is found in add_header', () => expect(inBot(`request.add_header("X-Hilt-Key", "${random}")`)).toEqual([`"${random}"`]));
  it('is found through a function by keyword', () => expect(inBot(`def headers(*, key):\n    return {"X-Hilt-Key": key}\nheaders(key="${random}")`)).toEqual([`"${random}"`]));
  it('is found through a default', () => expect(inBot(`def headers(a, key="${random}"):\n    return {"X-Hilt-Key": key}\nheaders(1)`)).toEqual([`"${random}"`]));
  it('is found through **kwargs', () => expect(inBot(`def send(url, **kw):\n    return {"X-Hilt-Key": kw["key"]}\nsend("/", key="${random}")`)).toEqual([`"${random}"`]));
  it('is found through a constructor', () => expect(inBot(`class Api:\n    def __init__(self, base, *, key):\n        self.key = key\n        self.headers = {"X-Hilt-Key": self.key}\nApi("/", key="${random}")`)).toEqual([`"${random}"`]));
  it('is found through a dataclass', () => expect(inBot(`@dataclass\nclass Config:\n    url: str\n    key: str = ""\nconfig = Config("u", key="${random}")\nh = {"X-Hilt-Key": config.key}`)).toEqual([`"${random}"`]));
  it('is found as the secret of a webhook by position', () => expect(inBot(`from hilt_sdk import verify_webhook_signature as v\nv(body, header, "${random}")`)).toEqual([`"${random}"`]));
  it('is found as the secret of a webhook by keyword', () => expect(inBot(`import hilt_sdk\nhilt_sdk.construct_webhook_event(body, header, signing_secret="${random}")`)).toEqual([`"${random}"`]));
});

describe('Python without a key', () => {
  it('may read os.environ', () => expect(inBot('import os\nKEY = os.environ["HILT_API_KEY"]')).toEqual([]));
  it('may read with a default', () => expect(inBot('import os\nKEY = os.environ.get("HILT_API_KEY", "")')).toEqual([]));
  it('may hold a placeholder', () => expect(inBot('KEY = "hk_live_" + "your_key_goes_here_please"')).toEqual([]));
  it('may put a prefix before a read', () => expect(inBot('import os\nKEY = "hk_live_" + os.environ["HILT_KEY_BODY"]')).toEqual([]));
  it('may put a prefix before a parameter', () => expect(inBot('def key(body):\n    return f"hk_live_{body}"')).toEqual([]));
  it('may give a random literal to another client', () => expect(inBot(`from other_sdk import Client  # not hilt\nClient(api_key="${random}")`)).toEqual([]));
  it('may give a random literal to a client of its own', () => expect(inBot(`class HiltClient:\n    def __init__(self, api_key):\n        pass\nHiltClient(api_key="${random}")`)).toEqual([]));
  it('may give another header a random literal', () => expect(inBot(`requests.get(url, headers={"X-Hilt-Request-Id": "${random}"})`)).toEqual([]));
  it('may give the client what it reads', () => expect(inBot('import os\nfrom hilt_sdk import HiltClient\nHiltClient(api_key=os.getenv("HILT_API_KEY"), timeout=5)')).toEqual([]));
  it('may give the client a word', () => expect(inBot('from hilt_sdk import HiltClient\nHiltClient(api_key="test-key")')).toEqual([]));
  it('may join a path', () => expect(inBot(`import os.path\nP = os.path.join("hk_live_", "${body}")`)).toEqual([]));
  it('may slice a body away', () => expect(inBot(`B = "${body}"\nshown = ("hk_live_" + B[:4])`)).toEqual([]));
  it('may hide a builtin', () => expect(inBot(`def chr(x):\n    return ""\nKEY = "".join(map(chr, [104, 107, 95])) + "live_${body}"`)).toEqual([]));
  it('may shadow a module', () => expect(inBot(`import base64\ndef f(base64):\n    return base64.b64decode("aGtfbGl2" + "ZV8=") + "${body}"`)).toEqual([]));
  it('may import a name that the project does not have', () => expect(inBot('from elsewhere import BODY\nKEY = "hk_live_" + BODY')).toEqual([]));
});
