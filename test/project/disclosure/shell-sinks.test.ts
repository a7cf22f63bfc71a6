import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const found = (files: Readonly<Record<string, string>>): string[] => foundIn('no-key-disclosure', files);
const inScript = (text: string): string[] => found({ 'deploy.sh': text });

describe('what a script prints', () => {
  it('is in its log', () => expect(inScript('echo "$HILT_API_KEY"\necho "key: ${HILT_API_KEY}"\nprintf \'%s\\n\' "$HILT_API_KEY"\nprintf "key $HILT_API_KEY" >&2')).toEqual(['1: $HILT_API_KEY', '2: ${HILT_API_KEY}', '3: $HILT_API_KEY', '4: $HILT_API_KEY']));
  it('may say that the key is there', () => expect(inScript('echo "HILT_API_KEY is ${HILT_API_KEY:+set}"\necho "${#HILT_API_KEY}"\n[ -n "$HILT_API_KEY" ] || exit 1')).toEqual([]));
  it('may hold its start', () => expect(inScript('echo "${HILT_API_KEY:0:8}…" "${HILT_API_KEY: -4}" "${HILT_API_KEY%%_*}"')).toEqual([]));
  it('may not hold most of it', () => expect(inScript('echo "${HILT_API_KEY:0:30}"\necho "${HILT_API_KEY:4}"\necho "${HILT_API_KEY#hk_}"')).toHaveLength(3));
  it('may hold it masked', () => expect(inScript('echo "${HILT_API_KEY//?/*}"')).toEqual([]));
  it('goes through variables', () => expect(inScript('K=$HILT_API_KEY\nMSG="key: $K"\necho "$MSG"')).toEqual(['3: echo "$MSG"']));
  it('comes from a heredoc', () => expect(inScript('cat <<E\nkey is $HILT_API_KEY\nE\n')).toEqual(['2: $HILT_API_KEY']));
  it('is as it is written in a quoted heredoc', () => expect(inScript("cat <<'E'\nkey is $HILT_API_KEY\nE\n")).toEqual([]));
  it('comes from a here-string', () => expect(inScript('cat <<< "$HILT_API_KEY"')).toEqual(['1: "$HILT_API_KEY"'.replaceAll('"', '')]));
  it('comes from a group', () => expect(inScript('{ echo start; echo "$HILT_API_KEY"; }\n{ echo "$HILT_API_KEY"; } | tee log\n{ echo "$HILT_API_KEY"; } | sha256sum')).toEqual(['1: $HILT_API_KEY', '2: $HILT_API_KEY']));
  it('is told at the call of a function that prints what it is given', () => expect(inScript('log() {\n  printf \'%s\\n\' "$*"\n}\ndie() { echo "$1" >&2; exit 1; }\nlog "key $HILT_API_KEY"\ndie "bad $HILT_API_KEY"\nlog "HILT_API_KEY is missing"')).toEqual(['5: $HILT_API_KEY', '6: die "bad $HILT_API_KEY"']));
  it('is told in the function that prints the key itself', () => expect(inScript('show() { echo "$HILT_API_KEY"; }\nshow\nshow')).toEqual(['1: $HILT_API_KEY']));
  it('is a value where `$(…)` takes it', () => expect(inScript('key() { echo "$HILT_API_KEY"; }\ncurl -H "X-Hilt-Key: $(key)" https://api.hilt.so/v1/products\nX=$(echo "$HILT_API_KEY" | tr -d "\\n")')).toEqual([]));
  it('takes arguments after `shift`', () => expect(inScript('say() { local level=$1; shift; echo "$level $1"; }\nsay "$HILT_API_KEY" ok\nsay info "$HILT_API_KEY"')).toHaveLength(2));
});

describe('a pipe', () => {
  it('into what prints it is a log', () => expect(inScript('echo "$HILT_API_KEY" | tee -a x.log\necho "$HILT_API_KEY" | cat\necho "$HILT_API_KEY" | base64\necho "$HILT_API_KEY" | rev\necho "$HILT_API_KEY" | cut -c1-40\necho "$HILT_API_KEY" | grep hk_')).toHaveLength(6));
  it('into a digest, a count or a test is none', () => expect(inScript('echo "$HILT_API_KEY" | sha256sum\necho -n "$HILT_API_KEY" | wc -c\necho "$HILT_API_KEY" | cut -c1-8\necho "$HILT_API_KEY" | head -c 8\necho "$HILT_API_KEY" | openssl dgst -sha256\necho "$HILT_API_KEY" | grep -q hk_live_\necho "$HILT_API_KEY" | sed \'s/./*/g\'')).toEqual([]));
  it('into a store of secrets is none', () => expect(inScript('echo "$HILT_API_KEY" | gh secret set HILT_API_KEY\necho "$HILT_API_KEY" | docker login -u x --password-stdin\necho "$HILT_API_KEY" | vault kv put secret/hilt key=-\necho "$HILT_API_KEY" | wrangler secret put HILT_API_KEY')).toEqual([]));
  it('into a request to Hilt is none', () => expect(inScript('echo "X-Hilt-Key: $HILT_API_KEY" | curl -H @- https://api.hilt.so/v1/products')).toEqual([]));
  it('into a request to another host is a leak', () => expect(inScript('echo "$HILT_API_KEY" | curl -d @- https://hooks.slack.com/x\necho "{\\"text\\":\\"$HILT_API_KEY\\"}" | http POST https://hooks.slack.com/x')).toHaveLength(2));
});

describe('the log of the system', () => {
  it('is not for a key', () => expect(inScript('logger -t deploy "key $HILT_API_KEY"\nwall "$HILT_API_KEY"\necho "$HILT_API_KEY" | logger')).toHaveLength(3));
  it('may say that it is set', () => expect(inScript('logger -t deploy "HILT_API_KEY is set"')).toEqual([]));
});

describe('a list of all variables', () => {
  it('holds the key', () => expect(inScript('# hilt\nenv\nprintenv\nenv | sort\nset\nexport -p\nenv | grep HILT\nprintenv HILT_API_KEY\ndeclare -p HILT_API_KEY')).toHaveLength(8));
  it('is none with a command, without values, or of another name', () => expect(inScript('# hilt\nenv A=b node bot.js\nenv | cut -d= -f1\nenv | grep -v KEY\nenv | grep PATH\nprintenv PATH\nset -euo pipefail\nexport HILT_API_KEY\nprintenv > /dev/null')).toEqual([]));
  const step = (env: string): string[] => found({ '.github/workflows/a.yml': `jobs:\n  a:\n    steps:\n      - run: printenv\n${env}` });
  it('holds it in a step that is given one', () => expect(step('        env:\n          HILT_API_KEY: ${{ secrets.HILT_API_KEY }}\n')).toEqual(['4: printenv']));
  it('holds none in a step beside it', () => expect(step('      - run: node bot.js\n        env:\n          HILT_API_KEY: ${{ secrets.HILT_API_KEY }}\n')).toEqual([]));
});

describe('a file', () => {
  it('that is served is public', () => expect(inScript('echo "k=$HILT_API_KEY" > public/env.js\ncat > static/config.json <<E\n{"key": "$HILT_API_KEY"}\nE\nsed -i "s|__KEY__|$HILT_API_KEY|" public/env.js\necho "$HILT_API_KEY" | tee dist/key.txt > /dev/null')).toEqual(['1: $HILT_API_KEY', '3: $HILT_API_KEY', '5: $HILT_API_KEY', '6: $HILT_API_KEY']));
  it('of the repository is committed next', () => expect(found({ 'deploy.sh': 'echo "HILT_API_KEY=$HILT_API_KEY" >> .env.shared', '.env.shared': 'A=b\n' })).toEqual(['1: $HILT_API_KEY']));
  it('that is not in the repository is a place for a key', () => expect(inScript('echo "HILT_API_KEY=$HILT_API_KEY" >> .env\necho "$HILT_API_KEY" > /run/secrets/hilt\necho "$HILT_API_KEY" > /dev/null')).toEqual([]));
  it('may be the terminal', () => expect(inScript('echo "$HILT_API_KEY" > /dev/stderr')).toHaveLength(1));
});

describe('a workflow', () => {
  const run = (line: string): string[] => found({ '.github/workflows/a.yml': `jobs:\n  a:\n    steps:\n      - run: |\n          ${line}\n` });
  it('prints into its log', () => expect(run('echo "${{ secrets.HILT_API_KEY }}"')).toEqual(['5: ${{ secrets.HILT_API_KEY }}']));
  it('prints into its summary', () => expect(run('echo "key $HILT_API_KEY" >> "$GITHUB_STEP_SUMMARY"')).toHaveLength(1));
  it('hands it on', () => expect(run('echo "HILT_API_KEY=$HILT_API_KEY" >> "$GITHUB_ENV"')).toEqual([]));
  it('hides it', () => expect(run('echo "::add-mask::$HILT_API_KEY"')).toEqual([]));
  it('shows it in an annotation', () => expect(run('echo "::notice::$HILT_API_KEY"')).toHaveLength(1));
});

describe('commands of other files', () => {
  it('are looked at too', () => expect([
    ...found({ Makefile: 'show:\n\t@echo $(HILT_API_KEY)\n\t@echo $$HILT_API_KEY | sha256sum\n' }),
    ...found({ Dockerfile: 'FROM x\nARG HILT_API_KEY\nRUN echo "$HILT_API_KEY"\n' }),
    ...found({ 'package.json': '{ "scripts": { "show": "echo $HILT_API_KEY" } }' }),
  ]).toEqual(['2: $(HILT_API_KEY)', '3: $HILT_API_KEY', '1: $HILT_API_KEY']));
});

describe('what a finding says', () => {
  it('names the command or the file', () => {
    const said = findingsOf('no-key-disclosure', { 'a.sh': 'echo "$HILT_API_KEY"\necho "$HILT_API_KEY" > public/k\necho "$HILT_API_KEY" > a.txt\n# hilt\nenv', 'a.txt': '' });
    expect(said.map(({ messageId, report }) => `${messageId} ${report.data?.['subject']} ${report.data?.['sink']}`)).toEqual([
      'log `HILT_API_KEY` echo', 'file `HILT_API_KEY` public/k', 'trackedFile `HILT_API_KEY` a.txt', 'log The environment, with every secret in it, env',
    ]);
  });
});
