import { describe, expect, it } from 'vitest';
import { foundIn } from '../support/findings.ts';
import { makeKey, randomText } from '../support/keys.ts';

const live = makeKey('live', 'python modules');
const start = 'hk_' + 'live_';
const body = live.slice(start.length);
const random = randomText('python modules', 24);
const config = `PREFIX = "${start}"\n`;

function found(files: Readonly<Record<string, string>>): string[] {
  return foundIn('no-hardcoded-key', files);
}

describe('no-hardcoded-key across modules of Python', () => {
  it('finds a key in a file that never mentions Hilt, with a piece that it imports', () => {
    expect(found({ 'bot.py': `from config import PREFIX\n\nKEY = PREFIX + "${body}"\n`, 'config.py': config })).toEqual([`3: PREFIX + "${body}"`]);
  });

  it('finds it under another name, by the name of the module, and in a package', () => {
    expect(found({ 'bot.py': `from config import PREFIX as p\nKEY = f"{p}${body}"\n`, 'config.py': config })).toEqual([`2: f"{p}${body}"`]);
    expect(found({ 'bot.py': `import config\nKEY = "".join([config.PREFIX, "${body}"])\n`, 'config.py': config })).toEqual([`2: "".join([config.PREFIX, "${body}"])`]);
    expect(found({ 'shop/bot.py': `from .config import *\nKEY = "%s%s" % (PREFIX, "${body}")\n`, 'shop/config.py': config, 'shop/__init__.py': '' })).toEqual([`2: "%s%s" % (PREFIX, "${body}")`]);
    expect(found({ 'bot.py': `from shop import PREFIX\nKEY = PREFIX + "${body}"\n`, 'shop/__init__.py': 'from .config import PREFIX\n', 'shop/config.py': config })).toEqual([`2: PREFIX + "${body}"`]);
  });

  it('finds what is given to a wrapper that sends it', () => {
    const api = 'import requests\n\ndef products(key):\n    return requests.get("https://api.hilt.so/v1/products", headers={"X-Hilt-Key": key})\n';
    expect(found({ 'bot.py': `from api import products\nproducts("${random}")\n`, 'api.py': api })).toEqual([`2: "${random}"`]);
    expect(found({ 'bot.py': 'from api import products\nproducts("test-key")\n', 'api.py': api })).toEqual([]);
  });

  it('is silent where the rest is read, is a placeholder, or is put behind another constant', () => {
    expect(found({ 'bot.py': 'import os\nfrom config import PREFIX\nKEY = PREFIX + os.environ["HILT_KEY_BODY"]\n', 'config.py': config })).toEqual([]);
    expect(found({ 'bot.py': 'from config import PREFIX\nEXAMPLE = PREFIX + "replace_me_with_your_key"\n', 'config.py': config })).toEqual([]);
    expect(found({ 'bot.py': `from config import BASE\nURL = BASE + "${body}"\n`, 'config.py': `${config}BASE = "https://shop.example/"\n` })).toEqual([]);
    expect(found({ 'a/bot.py': `from config import PREFIX\nKEY = PREFIX + "${body}"\n`, 'a/config.py': 'PREFIX = "order-"\n', 'b/config.py': config })).toEqual([]);
  });
});
