import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const shown = (file: string, text: string): string[] => foundIn('no-key-disclosure', { [file]: text });
const misplaced = (file: string, text: string): string[] => foundIn('require-key-header', { [file]: text });

describe('a script of fish', () => {
  it('prints a key', () => expect(shown('a.fish', 'if test -n "$HILT_API_KEY"\n  echo $HILT_API_KEY\nelse\n  echo "HILT_API_KEY is missing"\nend\n')).toEqual(['2: $HILT_API_KEY']));
  it('does not know what a command prints', () => expect(shown('a.fish', 'set -x HILT_API_KEY (op read op://shop/hilt/key)\necho $HILT_API_KEY\necho (count $argv)\n')).toEqual(['2: $HILT_API_KEY']));
  it('prints a key behind blocks and substitutions', () => expect(shown('a.fish', 'function hello; printf "%s> " (prompt_pwd); end\nswitch (uname)\n  case Darwin\n    set -e OLD; and echo gone\nend\necho $HILT_API_KEY\n')).toEqual(['6: $HILT_API_KEY']));
  it('knows a text that it sets', () => expect(shown('a.fish', 'set -l key "no key"\nset -gx HILT_API_KEY none\necho $key $HILT_API_KEY\n')).toEqual([]));
  it('sends a key', () => {
    const call = (header: string): string => `function call\n  curl -H "${header}" https://api.hilt.so/v1/products; or exit 1\nend\n`;
    expect(misplaced('a.fish', call('Authorization: Bearer $HILT_API_KEY'))).toHaveLength(1);
    expect(misplaced('a.fish', call('X-Hilt-Key: $HILT_API_KEY'))).toEqual([]);
  });
});

describe('a batch file', () => {
  it('prints a key', () => expect(shown('a.bat', '@echo off\r\necho key %HILT_API_KEY%\r\nif defined HILT_API_KEY echo %HILT_API_KEY%\r\n')).toHaveLength(2));
  it('prints a key behind blocks', () => expect(shown('a.cmd', 'for %%f in (*.txt) do (\n  echo %%f\n)\nif not exist x (\n  echo missing\n) else (\n  call other.cmd\n)\necho %HILT_API_KEY%\n')).toHaveLength(1));
  it('prints its name', () => expect(shown('a.cmd', 'rem echo %HILT_API_KEY%\nif "%HILT_API_KEY%"=="" echo HILT_API_KEY is missing\n:end\n')).toEqual([]));
  it('sends a key', () => {
    expect(misplaced('a.bat', 'curl -H "Authorization: Bearer %HILT_API_KEY%" https://api.hilt.so/v1/products\n')).toHaveLength(1);
    expect(misplaced('a.bat', 'curl -H "X-Hilt-Key: %HILT_API_KEY%" ^\n  https://api.hilt.so/v1/products\n')).toEqual([]);
  });
});

describe('steps of a Jenkins pipeline', () => {
  const step = (code: string): string => `pipeline { agent any\n  environment { HILT_API_KEY = credentials("hilt") }\n  stages { stage("x") { steps {\n    ${code}\n  } } }\n}\n`;
  it('print a key', () => {
    expect(shown('Jenkinsfile', step("sh 'echo $HILT_API_KEY'"))).toHaveLength(1);
    expect(shown('Jenkinsfile', step('sh "echo ${env.HILT_API_KEY}"'))).toHaveLength(1);
    expect(shown('Jenkinsfile', step('sh(script: """\n      echo "key: $HILT_API_KEY"\n    """, returnStatus: true)'))).toHaveLength(1);
  });
  it('print none', () => expect(shown('Jenkinsfile', step("sh 'test -n \"$HILT_API_KEY\" && echo set'\n    echo 'HILT_API_KEY'"))).toEqual([]));
  it('send a key', () => {
    expect(misplaced('Jenkinsfile', step("sh 'curl -H \"Authorization: Bearer $HILT_API_KEY\" https://api.hilt.so/v1/products'"))).toHaveLength(1);
    expect(misplaced('Jenkinsfile', step("sh 'curl -H \"X-Hilt-Key: $HILT_API_KEY\" https://api.hilt.so/v1/products'"))).toEqual([]);
  });
});

describe('outputs of Terraform', () => {
  it('are printed', () => expect(shown('main.tf', 'output "key" {\n  value = var.hilt_api_key\n}\n')).toEqual(['2: var.hilt_api_key']));
  it('are not where they are sensitive', () => expect(shown('main.tf', 'output "key" {\n  value     = var.hilt_api_key\n  sensitive = true\n}\n')).toEqual([]));
  it('may be of other things', () => expect(shown('main.tf', 'output "id" {\n  value = var.hilt_key_id\n}\noutput "url" {\n  value = "https://api.hilt.so"\n}\n')).toEqual([]));
});

describe('tasks of Ansible', () => {
  const task = (body: string): string => `- hosts: all # hilt\n  tasks:\n    - ${body}\n`;
  it('print a key', () => {
    expect(shown('play.yml', task('debug: { msg: "key {{ lookup(\'env\', \'HILT_API_KEY\') }}" }'))).toHaveLength(1);
    expect(shown('play.yml', task('ansible.builtin.debug: { var: hilt_api_key }'))).toHaveLength(1);
  });
  it('print none', () => {
    expect(shown('play.yml', task('debug: { msg: "{{ hilt_api_key }}" }\n      no_log: true'))).toEqual([]);
    expect(shown('play.yml', task('debug: { msg: "{{ hilt_api_key is defined }}" }'))).toEqual([]);
    expect(shown('play.yml', task('uri: { url: "https://api.hilt.so/v1/products", headers: { X-Hilt-Key: "{{ hilt_api_key }}" } }'))).toEqual([]);
  });
});

describe('a server of MCP that is started', () => {
  const started = (options: string): string[] => shown('src/mcp.ts', `import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";\nnew StdioClientTransport({ command: "node", ${options} });`);
  it('is given a key in its environment', () => expect(started('args: ["server.js"], env: { HILT_API_KEY: process.env.HILT_API_KEY }')).toEqual([]));
  it('is given a key as an argument', () => expect(started('args: ["server.js", process.env.HILT_API_KEY]')).toHaveLength(1));
});
