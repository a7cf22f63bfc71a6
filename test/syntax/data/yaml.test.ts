import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

describe('YAML', () => {
  it('declares scalars of every style with their places', () => {
    const { declarations } = read('yaml', 'a.yml', 'a: plain # c\nb: "dq\\n$X"\nc: \'it\'\'s\'\nd: over\n  two lines\n');
    expect(declarations).toEqual([
      { key: 'a', nameText: 'a', valueText: 'plain', value: 'plain' },
      { key: 'b', nameText: 'b', valueText: '"dq\\n$X"', value: 'dq\n@dq\\n + expansion(X)@$X' },
      { key: 'c', nameText: 'c', valueText: "'it''s'", value: "it's@it''s" },
      { key: 'd', nameText: 'd', valueText: 'over\n  two lines', value: 'over two lines@over\n  two lines' },
    ]);
  });

  it('spans a block scalar whole and finds references in its lines', () => {
    const { declarations } = read('yaml', 'a.yml', 'run: |\n  curl -H "X-Hilt-Key: $KEY"\n    more\nnext: >-\n  folded\n  ${Y}\n');
    expect(declarations).toEqual([
      { key: 'run', nameText: 'run', valueText: '|\n  curl -H "X-Hilt-Key: $KEY"\n    more', value: 'curl -H "X-Hilt-Key:  + expansion(KEY)@$KEY + "\n  more\n@"\n    more' },
      { key: 'next', nameText: 'next', valueText: '>-\n  folded\n  ${Y}', value: 'folded @folded\n   + expansion(Y)@${Y}' },
    ]);
  });

  it('reads every document of a stream', () => {
    expect(read('yaml', 'a.yml', 'a: 1x\n---\nb: 2x\n...\n').values).toEqual({ a: '1x', b: '2x' });
  });

  it('repeats what an anchor holds where an alias or a merge key stands, with the spans of the anchor', () => {
    const { declarations } = read('yaml', 'compose.yml', 'x-env: &env\n  HILT_API_KEY: ${HILT_API_KEY}\n  N: own\nservices:\n  bot:\n    environment:\n      <<: *env\n      N: other\n  web:\n    environment: *env\n');
    expect(declarations.map(({ key, valueText }) => [key, valueText])).toEqual([
      ['x-env/HILT_API_KEY', '${HILT_API_KEY}'],
      ['x-env/N', 'own'],
      ['services/bot/environment/N', 'other'],
      ['services/bot/environment/HILT_API_KEY', '${HILT_API_KEY}'],
      ['services/web/environment/HILT_API_KEY', '${HILT_API_KEY}'],
      ['services/web/environment/N', 'own'],
    ]);
  });

  it('reads the environment of a compose file as a list and as a map', () => {
    const { declarations } = read('yaml', 'compose.yml', 'services:\n  a:\n    environment:\n      - HILT_API_KEY=a$$b\n      - HOSTED\n      - "Q=x y"\n      - plain text\n  b:\n    environment:\n      HILT_API_KEY: abc\n      HOSTED:\n    env_file: .env\n');
    expect(declarations.map(({ key, nameText, valueText, value }) => [key, nameText, valueText, value])).toEqual([
      ['services/a/environment/HILT_API_KEY', 'HILT_API_KEY', 'a$$b', 'a$$b'],
      ['services/a/environment/HOSTED', 'HOSTED', 'HOSTED', 'expansion(HOSTED)@HOSTED'],
      ['services/a/environment/Q', 'Q', 'x y', 'x y'],
      ['services/a/environment/3', 'plain text', 'plain text', 'plain text'],
      ['services/b/environment/HILT_API_KEY', 'HILT_API_KEY', 'abc', 'abc'],
      ['services/b/environment/HOSTED', 'HOSTED', '', 'expansion(HOSTED)@HOSTED'],
      ['services/b/env_file', 'env_file', '.env', '.env'],
    ]);
  });

  it('declares the environment of a Kubernetes container by name', () => {
    const { declarations } = read('yaml', 'deploy.yaml', 'env:\n  - name: HILT_API_KEY\n    valueFrom:\n      secretKeyRef:\n        name: hilt\n        key: api-key\n  - name: B\n    value: "$(HILT_API_KEY)x"\n  - {name: C, valueFrom: {configMapKeyRef: {name: m, key: k}}}\n');
    expect(declarations.filter(({ nameText }) => /^[A-Z_]+$/.test(nameText)).map(({ key, nameText, value }) => [key, nameText, value])).toEqual([
      ['env/0/HILT_API_KEY', 'HILT_API_KEY', 'secret(hilt/api-key)@name: hilt\n        key: api-key'],
      ['env/1/B', 'B', 'expansion(HILT_API_KEY)@$(HILT_API_KEY) + x'],
      ['env/2/C', 'C', 'expansion(m/k)@{name: m, key: k}'],
    ]);
  });

  it('knows the expressions of a workflow', () => {
    const { values } = read('yaml', '.github/workflows/ci.yml', "env:\n  A: ${{ secrets.HILT_API_KEY }}\n  B: ${{ secrets['X-Y'] }}\n  C: ${{ github.ref == 'main' && secrets.LIVE || secrets.TEST }}\n  D: ${{ inputs.live == 'true' && vars.D }}\n  E: ${{ github.sha }}\n  F: Bearer ${{ env.G }}\n  H: '${{ toJSON(secrets) }}'\n");
    expect(values).toEqual({
      'env/A': 'secret(secrets.HILT_API_KEY)@${{ secrets.HILT_API_KEY }}',
      'env/B': "secret(secrets.X-Y)@${{ secrets['X-Y'] }}",
      'env/C': "secret(secrets.LIVE)@${{ github.ref == 'main' && secrets.LIVE || secrets.TEST }} | secret(secrets.TEST)@${{ github.ref == 'main' && secrets.LIVE || secrets.TEST }}",
      'env/D': "expansion(vars.D)@${{ inputs.live == 'true' && vars.D }}",
      'env/E': 'unknown',
      'env/F': 'Bearer  + expansion(G)@${{ env.G }}',
      'env/H': 'secret(secrets.*)@${{ toJSON(secrets) }}',
    });
  });

  it('gives commands of workflows, pipelines and containers', () => {
    const file = read('yaml', 'a.yml', 'jobs:\n  t:\n    steps:\n      - run: |\n          a\n            $B\nbuild:\n  script:\n    - one\n    - two\nservices:\n  x:\n    command: ["sh", "-c", "curl $X"]\n  y:\n    entrypoint: /bin/run\n    command: [a, "b c"]\n');
    expect(file.commands.map(({ path, text }) => [path, text])).toEqual([
      ['jobs/t/steps/0/run', 'a\n  $B\n'],
      ['build/script/0', 'one'],
      ['build/script/1', 'two'],
      ['services/x/command', 'curl $X'],
      ['services/y/entrypoint', "/bin/run a 'b c'"],
    ]);
    expect(file.sourceOf(file.data.commands[0]!, '$B')).toBe('$B');
    expect(file.data.commands[0]!.text.slice(2, 4)).toBe('  ');
  });

  it('reads a Helm template around its braces', () => {
    const file = read('yaml', 'templates/deploy.yaml', 'metadata:\n  name: {{ include "x" . }}-a\n  labels:\n    {{- include "l" . | nindent 4 }}\n{{- if .Values.on }}\nenv:\n  - name: HILT_API_KEY\n    value: "{{ .Values.hilt.key }}"\n  - name: B\n    value: {{ .Values.b | default "{x}" }}\n{{- end }}\n');
    expect(file.values).toMatchObject({
      'metadata/name': 'unknown + -a',
      'env/0/HILT_API_KEY': 'expansion(.Values.hilt.key)@{{ .Values.hilt.key }}',
      'env/1/B': 'expansion(.Values.b)@{{ .Values.b | default "{x}" }}',
    });
    expect(file.notices).toEqual([]);
    expect(file.comments).toEqual([]);
  });

  it('knows references of Ansible, CloudFormation and the Serverless Framework', () => {
    const { values } = read('yaml', 'a.yml', 'a: "{{ lookup(\'env\', \'HILT_API_KEY\') }}"\nb: !Ref HiltKey\nc: "{{resolve:secretsmanager:hilt:SecretString:key}}"\nd: ${ssm:/hilt/key}\ne: ${self:custom.key}\nf: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\ng: ENC[AES256_GCM,data:abc,type:str]\nh: ref+awssecrets://hilt/key\n');
    expect(values).toEqual({
      a: "expansion(HILT_API_KEY)@{{ lookup('env', 'HILT_API_KEY') }}",
      b: 'expansion(HiltKey)@HiltKey',
      c: 'secret({{resolve:secretsmanager:hilt:SecretString:key}})@{{resolve:secretsmanager:hilt:SecretString:key}}',
      d: 'secret(ssm:/hilt/key)@${ssm:/hilt/key}',
      e: 'expansion(self:custom.key)@${self:custom.key}',
      f: 'unknown',
      g: 'unknown',
      h: 'secret(ref+awssecrets://hilt/key)@ref+awssecrets://hilt/key',
    });
  });

  it('notes comments and no number signs inside scalars', () => {
    expect(read('yaml', 'a.yml', '# top\na: "x # y" # end\nb: |\n  # text\nc: a#b\n').comments).toEqual(['# top', '# end']);
  });

  it('keeps both values of a key that is given twice, and tells numbers from texts', () => {
    expect(read('yaml', 'a.yml', 'a: 1\na: x\nb: "1"\nc: true\nd:\n').declarations.map(({ key, value }) => [key, value])).toEqual([
      ['a', 'number 1'], ['a', 'x'], ['b', '1'], ['c', 'constant true'], ['d', 'constant null'],
    ]);
  });

  it('reads CRLF and a byte order mark', () => {
    const { declarations } = read('yaml', 'a.yml', '\uFEFFa: x\r\nb:\r\n  - y\r\nc: |\r\n  t $X\r\n');
    expect(declarations.map(({ key, nameText, valueText }) => [key, nameText, valueText])).toEqual([['a', 'a', 'x'], ['b/0', 'y', 'y'], ['c', 'c', '|\r\n  t $X']]);
  });

  it('reads a broken document line by line behind the first error', () => {
    const file = read('yaml', 'a.yml', 'a: x\nbad: [unclosed\nenv:\n  - name: HILT_API_KEY\n    value: abc\nenvironment:\n- K=V\n');
    expect(file.values).toMatchObject({ a: 'x', 'env/0/HILT_API_KEY': 'abc', 'environment/K': 'V' });
    expect(file.notices.map(({ code, level }) => [code, level])).toEqual([['parse-error', 'info']]);
  });

  it('takes tabs for indentation with a notice', () => {
    const file = read('yaml', 'a.yml', 'a:\n\tb: x\nc: y\n');
    expect(file.values).toMatchObject({ c: 'y' });
    expect(file.notices).toHaveLength(1);
  });

  it('does not walk in a circle of aliases', () => {
    expect(read('yaml', 'a.yml', 'a: &a\n  self: *a\n  b: x\n').values).toEqual({ 'a/b': 'x' });
  });

  it('bounds aliases that multiply', () => {
    let text = 'a0: &a0 [x,x,x,x,x,x,x,x,x]\n';
    for (let level = 1; level < 30; level += 1) text += `a${level}: &a${level} [${Array(9).fill(`*a${level - 1}`).join(',')}]\n`;
    const file = read('yaml', 'a.yml', text);
    expect(file.data.declarations.length).toBeLessThanOrEqual(100_000);
    expect(file.notices.map(({ code }) => code)).toEqual(['parse-skipped']);
  });

  it('reads line by line what is nested too deeply for a parser', () => {
    const file = read('yaml', 'a.yml', `a: x\nb: ${'['.repeat(100_000)}\n`);
    expect(file.values).toMatchObject({ a: 'x' });
    expect(file.notices.map(({ code, level }) => [code, level])).toEqual([['parse-error', 'info']]);
  });

  it('reads five megabytes, line by line', () => {
    const lines = Array.from({ length: 90_000 }, (_, index) => `  key_${index}: "value number ${index} with $X, and some more"\n`);
    const file = read('yaml', 'a.yml', `# c\nroot:\n${lines.join('')}`);
    expect(file.data.declarations).toHaveLength(90_000);
    expect(file.values['root/key_89999']).toBe('value number 89999 with  + expansion(X)@$X + , and some more');
    expect(file.comments).toEqual(['# c']);
    expect(file.notices.map(({ code }) => code)).toEqual(['parse-skipped']);
  });

  it('never quotes the file in a notice', () => {
    const { notices } = read('yaml', 'a.yml', 'a: [canary-text\nb: "canary-text\n');
    expect(JSON.stringify(notices)).not.toContain('canary');
  });
});
