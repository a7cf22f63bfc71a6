import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const found = (files: Readonly<Record<string, string>>): string[] => foundIn('no-shared-key', files);
const wrapper = 'import os\nfrom hilt_sdk import HiltClient\n\ndef client():\n    return HiltClient(api_key=os.environ["HILT_API_KEY"])\n';

describe('two programs of Python', () => {
  it('share the key that a module reads for them', () => expect(found({
    'lib/hilt.py': wrapper, 'bots/telegram.py': 'from lib.hilt import client\nclient()\n', 'scripts/support.py': 'import sys\nfrom lib import hilt\nhilt.client()\n',
  })).toEqual(['scripts/support.py 2: from lib import hilt']));
  it('share it through relative imports and packages', () => expect(found({
    'shop/__init__.py': '', 'shop/core/__init__.py': 'from .hilt import client\n', 'shop/core/hilt.py': wrapper,
    'bots/a.py': 'from shop.core import client\nclient()\n', 'bots/b.py': '# hilt\nimport shop.core\nshop.core.client()\n',
  })).toHaveLength(1));
  it('share none where each has its own', () => expect(found({
    'lib/keys.py': 'import os\nBOT = os.environ["HILT_API_KEY_BOT"]\nSUPPORT = os.environ["HILT_API_KEY_SUPPORT"]\n',
    'bots/a.py': 'from lib.keys import BOT\nprint(len(BOT))\n', 'scripts/b.py': 'from lib.keys import SUPPORT\nprint(len(SUPPORT))\n',
  })).toEqual([]));
});

describe('an application of Python', () => {
  const app = { 'app/__init__.py': '', 'app/main.py': 'from .routes import router\n', 'app/routes.py': 'from .hilt import client\nclient()\n', 'app/hilt.py': wrapper };
  it('is one integration', () => expect(found({ ...app, 'app/other.py': 'from app.hilt import client\nclient()\n', 'tests/test_app.py': 'from app.hilt import client\nclient()\n' })).toEqual([]));
  it('shares its key with a script', () => expect(found({ ...app, 'scripts/refunds.py': 'from app.hilt import client\nclient()\n' })).toEqual(['scripts/refunds.py 1: from app.hilt import client']));
  it('is what a server is told to run', () => expect(found({ ...app, Procfile: 'web: uvicorn app.main:app\n' })).toEqual([]));
  it('may be several processes', () => expect(found({ ...app, 'app/tasks.py': 'from .hilt import client\nclient()\n', Procfile: 'web: gunicorn app.main:app\nworker: celery -A app.tasks worker\n' })).toHaveLength(1));
  it('is none beside the services that are built of its folders', () => expect(found({
    'docker-compose.yml': 'services:\n  api:\n    build: ./api\n    environment:\n      HILT_API_KEY: ${HILT_API_KEY}\n  bot:\n    build: ./bot\n    environment:\n      HILT_API_KEY: ${HILT_API_KEY}\n',
    'api/main.py': 'import os\nKEY = os.environ["HILT_API_KEY"]\n', 'bot/main.py': 'import os\nKEY = os.environ["HILT_API_KEY"]\n',
  })).toEqual(['9: HILT_API_KEY']));
});

describe('commands of a pyproject.toml', () => {
  const files = { 'src/acme/__init__.py': '', 'src/acme/client.py': wrapper, 'src/acme/bot.py': 'from acme.client import client\ndef main(): client()\n', 'src/acme/report.py': '# hilt\nfrom acme.client import client\ndef main(): client()\n' };
  it('are programs of their own', () => expect(found({ 'pyproject.toml': '[project]\nname = "acme"\n[project.scripts]\nbot = "acme.bot:main"\nreport = "acme.report:main"\n', ...files })).toEqual(['src/acme/report.py 2: from acme.client import client']));
  it('are one program where there is one', () => expect(found({
    'pyproject.toml': '[project]\nname = "acme"\n[project.scripts]\nbot = "acme.bot:main"\n', 'src/acme/__init__.py': '', 'src/acme/client.py': wrapper, 'src/acme/bot.py': 'from acme.client import client\ndef main(): client()\n',
  })).toEqual([]));
});
