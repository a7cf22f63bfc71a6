import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const cookies = (file: string, text: string): string[] => foundIn('no-dashboard-auth', { [file]: text });
const shown = (file: string, text: string): string[] => foundIn('no-key-disclosure', { [file]: text });

describe('arguments of a command', () => {
  it('may come from an array or from `$@`', () => {
    expect(cookies('a.sh', 'args=(-sS -b a=b)\ncurl "${args[@]}" https://api.hilt.so/v1/products\n')).toHaveLength(1);
    expect(cookies('a.sh', 'call() {\n  local path=$1; shift\n  curl -sS "$@" "https://api.hilt.so$path"\n}\ncall /v1/products -b a=b\ncall /v1/products -H "X-Hilt-Key: $K"\n')).toEqual(['5: -b a=b']);
  });
  it('may stand behind other commands', () => expect(cookies('a.sh', 'watch -n 5 curl -b a=b https://api.hilt.so/v1/products\nop run -- curl -b a=b https://api.hilt.so/v1/products\nbash -c "curl -b a=b https://api.hilt.so/v1/products"\ndocker exec x sh -c \'curl -b a=b https://api.hilt.so/v1/products\'\n')).toHaveLength(4));
  it('may be empty', () => expect(cookies('a.sh', 'curl -b "" https://api.hilt.so/v1/products\n')).toEqual([]));
  it('may come from a pipe', () => expect(cookies('a.sh', 'echo "Authorization: Bearer $T" | curl -H @- https://api.hilt.so/v1/products\necho "X-Hilt-Key: $K" | curl -H @- https://api.hilt.so/v1/products\n')).toHaveLength(1));
  it('are those of xh and curlie too', () => expect(cookies('a.sh', 'xh --bearer "$T" get https://api.hilt.so/v1/products\ncurlie -b a=b https://api.hilt.so/v1/products\nxh get https://api.hilt.so/v1/products X-Hilt-Key:"$K"\n')).toHaveLength(2));
});

describe('a healthcheck of compose', () => {
  const file = (test: string): string => `services:\n  a:\n    image: x\n    healthcheck:\n      test: ${test}\n`;
  it('is a command', () => expect([
    ...cookies('compose.yml', file('["CMD-SHELL", "curl -b a=b https://api.hilt.so/v1/products"]')),
    ...cookies('compose.yml', file('["CMD", "curl", "-b", "a=b", "https://api.hilt.so/v1/products"]')),
    ...cookies('compose.yml', file('curl -b a=b https://api.hilt.so/v1/products')),
  ]).toHaveLength(3));
  it('may be anything else', () => expect(cookies('compose.yml', file('["CMD", "curl", "-b", "a=b", "http://localhost:3000/"]\n# hilt'))).toEqual([]));
});

describe('a justfile', () => {
  it('has recipes', () => expect(cookies('justfile', 'base := "https://api.hilt.so"\n\nlist:\n    @curl -b a=b https://api.hilt.so/v1/products\n')).toEqual(['4: -b a=b']));
  it('has scripts', () => expect(shown('justfile', 'show:\n    #!/usr/bin/env bash\n    set -e\n    echo "$HILT_API_KEY"\n\nok:\n    echo "HILT_API_KEY is set"\n')).toEqual(['4: $HILT_API_KEY']));
});

describe('Azure Pipelines', () => {
  it('fill in variables', () => expect(shown('azure-pipelines.yml', 'steps:\n  - script: echo $(HILT_API_KEY)\n  - script: echo $(Build.BuildId)\n')).toEqual(['2: $(HILT_API_KEY)']));
});

describe('a request of a .http file', () => {
  it('may name its host below', () => expect(cookies('a.http', 'GET /v1/products\nHost: api.hilt.so\nCookie: a=b\n\n###\nGET /v1/products\nHost: localhost:3000\nCookie: a=b\n')).toEqual(['3: Cookie: a=b']));
});

describe('k6', () => {
  const script = (call: string): string => `import http from 'k6/http';\nexport default function () {\n  ${call}\n}\n`;
  it('sends cookies', () => expect(cookies('load.js', script("http.get('https://api.hilt.so/v1/products', { cookies: { session: 'a' } });"))).toHaveLength(1));
  it('sends a key', () => expect(cookies('load.js', script("http.get('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': __ENV.HILT_API_KEY } });"))).toEqual([]));
  it('reads its variables', () => expect(shown('load.js', script('console.log(__ENV.HILT_API_KEY, __ENV.K6_VUS);'))).toEqual(['3: __ENV.HILT_API_KEY']));
});

describe('a file of options for curl', () => {
  const script = 'curl -K curl.conf https://api.hilt.so/v1/products\n';
  it('belongs to the command that names it', () => {
    expect(foundIn('require-key-header', { 'ops.sh': script, 'curl.conf': '# hilt\nheader = "Authorization: Bearer $HILT_API_KEY"\n' })).toEqual(['curl.conf 2: header = "Authorization: Bearer $HILT_API_KEY']);
    expect(foundIn('require-key-header', { 'ops.sh': script, 'curl.conf': '# hilt\nheader = "X-Hilt-Key: $HILT_API_KEY"\n' })).toEqual([]);
  });
  it('is found beside the script', () => {
    expect(foundIn('no-dashboard-auth', { 'ops/run.sh': 'curl --config "$(dirname "$0")/hilt.conf" https://api.hilt.so/v1/products\n', 'ops/hilt.conf': '# hilt\nsilent\ncookie = "session=abc"\nheader = "Accept: application/json"\n' })).toEqual(['ops/hilt.conf 3: cookie = "session=abc']);
  });
  it('that never mentions Hilt is told at the command', () => {
    expect(foundIn('no-dashboard-auth', { 'ops/run.sh': 'curl --config ops/c.conf https://api.hilt.so/v1/products\n', 'ops/c.conf': 'header = "Cookie: session=abc"\n' })).toEqual(['1: curl --config ops/c.conf https://api.hilt.so/v1/products']);
  });
  it('may be the whole request', () => {
    expect(foundIn('no-dashboard-auth', { '.curlrc': 'url = "https://api.hilt.so/v1/products"\n# as signed in\ncookie = "session=abc"\n' })).toEqual(['3: cookie = "session=abc']);
    expect(foundIn('no-key-disclosure', { '.curlrc': 'url = https://collect.acme.io/x\n-H "X-Hilt-Key: ${HILT_API_KEY}"\n' })).toHaveLength(1);
    expect(foundIn('require-key-header', { 'hilt.curlrc': 'url "https://api.hilt.so/v1/products"\nvariable = %HILT_API_KEY\nexpand-header = "Authorization: Bearer {{HILT_API_KEY}}"\n' })).toHaveLength(1);
  });
  it('is no other configuration', () => expect(foundIn('no-dashboard-auth', { 'app.conf': '# hilt\ncookie = "session=abc"\nurl = "https://api.hilt.so/v1/products"\n' })).toEqual([]));
});
