import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

describe('Dockerfile', () => {
  it('reads ENV in both forms, with quotes, expansions and continued lines', () => {
    const file = read('dockerfile', 'Dockerfile', 'ENV HILT_API_KEY=$D OTHER="x ${E:-q}" \\\n    # c\n    THIRD=\'$no\'\nENV OLD style value # not a comment\nenv LOW=1\n');
    expect(file.declarations.map(({ key, nameText, valueText, value }) => [key, nameText, valueText, value])).toEqual([
      ['ENV/HILT_API_KEY', 'HILT_API_KEY', '$D', 'expansion(D)@$D'],
      ['ENV/OTHER', 'OTHER', '"x ${E:-q}"', 'x  + expansion(E)@${E:-q} | q'],
      ['ENV/THIRD', 'THIRD', "'$no'", '$no'],
      ['ENV/OLD', 'OLD', 'style value # not a comment', 'style value # not a comment'],
      ['ENV/LOW', 'LOW', '1', '1'],
    ]);
    expect(file.comments).toEqual(['# c']);
  });

  it('takes an ARG without a default for one that comes from outside', () => {
    const { declarations } = read('dockerfile', 'Dockerfile', 'ARG VITE_HILT_API_KEY\nARG A=1 B\n');
    expect(declarations.map(({ key, nameText, value }) => [key, nameText, value])).toEqual([
      ['ARG/VITE_HILT_API_KEY', 'VITE_HILT_API_KEY', 'expansion(VITE_HILT_API_KEY)@VITE_HILT_API_KEY'],
      ['ARG/A', 'A', '1'],
      ['ARG/B', 'B', 'expansion(B)@B'],
    ]);
  });

  it('reads a mounted secret and the command behind it', () => {
    const file = read('dockerfile', 'Dockerfile', 'RUN --mount=type=cache,target=/x --mount=type=secret,id=hilt,env=HILT_KEY \\\n  curl -H "X-Hilt-Key: $HILT_KEY"\nRUN --mount=type=secret,id=other true\n');
    expect(file.declarations.map(({ nameText, value }) => [nameText, value])).toEqual([['HILT_KEY', 'secret(hilt)@HILT_KEY'], ['other', 'secret(other)@other']]);
    expect(file.commands.map(({ text }) => text)).toEqual(['curl -H "X-Hilt-Key: $HILT_KEY"', 'true']);
    expect(file.sourceOf(file.data.commands[0]!, '$HILT_KEY')).toBe('$HILT_KEY');
  });

  it('reads heredocs, exec forms and health checks as commands', () => {
    const { commands } = read('dockerfile', 'Dockerfile', 'RUN <<EOF\necho a\nENV=notone\nEOF\nRUN cat <<X > f\nbody\nX\nCOPY <<E /f\nENV A=b\nE\nCMD ["node", "a b.js"]\nENTRYPOINT ["sh", "-c", "node $X"]\nHEALTHCHECK --interval=5s CMD curl x\n');
    expect(commands.map(({ path, text }) => [path, text])).toEqual([
      ['RUN', 'echo a\nENV=notone\n'],
      ['RUN', 'cat <<X > f\nbody\nX'],
      ['CMD', "node 'a b.js'"],
      ['ENTRYPOINT', 'node $X'],
      ['HEALTHCHECK', 'curl x'],
    ]);
  });

  it('declares nothing that only a heredoc says', () => {
    expect(read('dockerfile', 'Dockerfile', 'COPY <<E /f\nENV A=b\nE\nENV B=c\n').values).toEqual({ 'ENV/B': 'c' });
  });

  it('knows the backtick as the escape of Windows images', () => {
    expect(read('dockerfile', 'Dockerfile', '# escape=`\nENV A=1 `\n    B=C:\\dir\n').values).toEqual({ 'ENV/A': '1', 'ENV/B': 'C:\\dir' });
  });

  it('tells of what is no instruction, and reads CRLF', () => {
    const file = read('dockerfile', 'Dockerfile', 'ENV A=b \\\r\n  C=d\r\n!?\r\nENV E=f\r\n');
    expect(file.values).toEqual({ 'ENV/A': 'b', 'ENV/C': 'd', 'ENV/E': 'f' });
    expect(file.notices.map(({ code }) => code)).toEqual(['parse-error']);
  });
});

describe('Makefile', () => {
  it('reads variables, those of a target, and definitions', () => {
    const file = read('makefile', 'Makefile', 'K = v $(X) # c\nexport K2 := w\\\n  z\nrun: K3 = q\ndefine D\nline\nendef\n');
    expect(file.declarations.map(({ key, nameText, valueText, value }) => [key, nameText, valueText, value])).toEqual([
      ['K', 'K', 'v $(X)', 'v  + expansion(X)@$(X)'],
      ['K2', 'K2', 'w\\\n  z', 'w z@w\\\n  z'],
      ['run/K3', 'K3', 'q', 'q'],
      ['D', 'D', 'line\n', 'line\n'],
    ]);
    expect(file.comments).toEqual(['# c']);
  });

  it('gives recipes as their shell gets them', () => {
    const file = read('makefile', 'Makefile', 'all: dep\n\t@curl -H "X-Hilt-Key: $$HILT_API_KEY" $(URL)\n\t-make x\ninline: ; echo hi\n');
    expect(file.commands.map(({ path, text }) => [path, text])).toEqual([
      ['all', 'curl -H "X-Hilt-Key: $HILT_API_KEY" ${URL}'],
      ['all', 'make x'],
      ['inline', 'echo hi'],
    ]);
    expect(file.sourceOf(file.data.commands[0]!, '$HILT_API_KEY')).toBe('$$HILT_API_KEY');
    expect(file.sourceOf(file.data.commands[0]!, '${URL}')).toBe('$(URL)');
  });
});

describe('HTTP request files', () => {
  it('reads variables and comments', () => {
    const file = read('http', 'shop.http', '# c\n@key = abc\n@other={{$dotenv HILT_API_KEY}}\n### next\nGET https://api.hilt.so/v1\nX-Hilt-Key: {{key}}\n');
    expect(file.declarations).toEqual([
      { key: 'key', nameText: 'key', valueText: 'abc', value: 'abc' },
      { key: 'other', nameText: 'other', valueText: '{{$dotenv HILT_API_KEY}}', value: 'expansion(HILT_API_KEY)@{{$dotenv HILT_API_KEY}}' },
    ]);
    expect(file.comments).toEqual(['# c', '### next']);
  });
});

describe('Terraform', () => {
  it('reads attributes below their blocks, references and secrets', () => {
    const { declarations } = read('hcl', 'main.tf', 'variable "hilt_key" {\n  default = "abc"\n}\nlocals { k = "x${var.hilt_key}y" }\nresource "aws_lambda_function" "bot" {\n  environment {\n    variables = {\n      HILT_API_KEY = var.hilt_key\n      "K2" : data.aws_secretsmanager_secret_version.h.secret_string\n    }\n  }\n}\n');
    expect(declarations.map(({ key, valueText, value }) => [key, valueText, value])).toEqual([
      ['variable/hilt_key/default', '"abc"', 'abc'],
      ['locals/k', '"x${var.hilt_key}y"', 'x + expansion(var.hilt_key)@var.hilt_key + y'],
      ['resource/aws_lambda_function/bot/environment/variables/HILT_API_KEY', 'var.hilt_key', 'expansion(var.hilt_key)@var.hilt_key'],
      ['resource/aws_lambda_function/bot/environment/variables/K2', 'data.aws_secretsmanager_secret_version.h.secret_string', 'secret(data.aws_secretsmanager_secret_version.h.secret_string)@data.aws_secretsmanager_secret_version.h.secret_string'],
    ]);
  });

  it('declares pairs by the name that they give, also inside jsonencode', () => {
    const { declarations } = read('hcl', 'main.tf', 'env {\n  name = "K3"\n  value = "v3"\n}\nx = jsonencode([{ environment = [{ name = "K4", value = local.k }] }])\n');
    expect(declarations.map(({ key, value }) => [key, value])).toEqual([
      ['env/name', 'K3'], ['env/K3', 'v3'],
      ['x/0/environment/0/name', 'K4'], ['x/0/environment/0/K4', 'expansion(local.k)@local.k'],
    ]);
  });

  it('reads heredocs, conditions, wrappers and tfvars', () => {
    const file = read('hcl', 'prod.tfvars', '# c\nuser_data = <<-EOT\n  export K="it\'s"\nEOT\ncond = var.live ? "a" : var.b\ns = sensitive(var.z)\nf = file("x")\nlast = "end"\n');
    expect(file.values).toEqual({ user_data: '  export K="it\'s"\n', cond: 'a | expansion(var.b)@var.b', s: 'expansion(var.z)@var.z', f: 'unknown', last: 'end' });
    expect(file.comments).toEqual(['# c']);
  });

  it('survives an unbalanced file', () => {
    const file = read('hcl', 'a.tf', 'a { b = "open\nc = "d"\n}}}} e = "f"\n');
    expect(file.values).toMatchObject({ 'a/c': 'd', e: 'f' });
    expect(file.notices.map(({ code }) => code)).toEqual(['parse-error']);
    expect(read('hcl', 'a.tf', '{'.repeat(50_000)).declarations).toEqual([]);
  });
});
