import { describe, expect, it } from 'vitest';
import { noHardcodedKey } from '../../../rules/no-hardcoded-key.ts';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { instancesOf } from '../../../src/project/instances.ts';
import { linkProject } from '../../../src/project/link.ts';
import { slotsOf } from '../../../src/project/slots.ts';
import type { Resolved } from '../../../src/project/resolved.ts';
import { summarise } from '../../../src/syntax/summarise.ts';
import { makeKey, randomText } from '../../support/keys.ts';

const key = makeKey('live', 'shell');
const body = key.slice('hk_live_'.length);
const random = randomText('slot', 32);
const base64 = Buffer.from(key).toString('base64');

/** The commands of a file as `name: words`, wrappers followed; `$X` is read from the environment. */
function commands(text: string, file = 'run.sh'): string[] {
  const { summary } = summarise(file, text, defaultKeyOptions);
  const project = linkProject([summary], defaultKeyOptions);
  const show = (value: Resolved): string => {
    switch (value.kind) {
      case 'text': return value.text;
      case 'variable': return `$${value.name}`;
      case 'secret': return '<secret>';
      case 'concat': return value.parts.map(show).join('');
      case 'choice': return value.options.map(show).join('|');
      case 'array': return value.items.map((item) => show(project.evaluator.head(item))).join(' ');
      case 'object': return `{${value.entries.map((entry) => `${entry.key ? show(project.evaluator.head(entry.key)) : '...'}=${show(project.evaluator.head(entry.value))}`).join(' ')}}`;
      default: return '?';
    }
  };
  return instancesOf(project, summary).flatMap(({ use, module, frame }) => {
    if (use.kind !== 'call' || use.callee.kind !== 'global') return [];
    return [[`${use.callee.path}:`, ...use.args.map((item) => show(project.evaluator.head({ module, value: item.value, frame, at: item.at })))].join(' ')];
  });
}

function reported(text: string, file = 'run.sh'): string[] {
  const { summary } = summarise(file, text, defaultKeyOptions);
  const project = linkProject([summary], defaultKeyOptions);
  return [...noHardcodedKey.check(summary, { project, options: {} })].map(({ at }) => text.slice(at[0], at[1]));
}

describe('commands of a shell script', () => {
  it('are calls with their words', () => expect(commands('curl -sS "a b" \'c\'')).toEqual(['shell:curl: -sS a b c']));
  it('go on over lines', () => expect(commands('curl \\\n  -H "A: b" \\\n  url')).toEqual(['shell:curl: -H A: b url']));
  it('are known without their folder and what runs them', () => expect(commands('sudo -n /usr/bin/curl url')).toEqual(['shell:curl: url']));
  it('read the environment', () => expect(commands('curl -H "X-Hilt-Key: $HILT_API_KEY" "${BASE}/v1"')).toEqual(['shell:curl: -H X-Hilt-Key: $HILT_API_KEY $BASE/v1']));
  it('take defaults', () => expect(commands('curl "${URL:-https://api.hilt.so}/v1"')).toEqual(['shell:curl: $URL/v1|https://api.hilt.so/v1']));
  it('take variables of the script', () => expect(commands('B=https://api.hilt.so\ncurl "$B/v1"')).toEqual(['shell:curl: https://api.hilt.so/v1']));
  it('read the environment before the script sets a name', () => expect(commands('K="${K:-x}"\ncurl "$K"')).toEqual(['shell:curl: $K|x']));
  it('take nothing from single quotes', () => expect(summarise('run.sh', "curl '$K'", defaultKeyOptions).summary.reads).toEqual([]));
  it('take arrays', () => expect(commands('A=(-H "X: y")\ncurl "${A[@]}" url')).toEqual(['shell:curl: -H X: y url']));
  it('take heredocs', () => expect(commands('curl -d @- url <<JSON\n{"a": "$K"}\nJSON\n')).toEqual(['shell:curl: -d @- url {stdin={"a": "$K"}\n}']));
  it('take quoted heredocs as they are', () => expect(commands("cat <<'E'\n$K\nE\n")).toEqual(['shell:cat: {stdin=$K\n}']));
  it('take what is piped', () => expect(commands('echo "$K" | curl -H @- url')).toEqual(['shell:echo: $K', 'shell:curl: -H @- url {stdin=$K}']));
  it('know where they write', () => expect(commands('hilt keys create > k.json 2> /dev/null')).toEqual(['shell:hilt: keys create {stdout=k.json}']));
  it('know their own environment', () => expect(commands('HILT_API_KEY=$A node bot.js')).toEqual(['shell:node: bot.js {environment={HILT_API_KEY=$A}}']));
  it('are followed into functions', () => expect(commands('get() {\n  curl -H "X-Hilt-Key: $1" "$2"\n}\nget "$K" url')).toContain('shell:curl: -H X-Hilt-Key: $K url'));
  it('are followed into branches and subshells', () => expect(commands('if true; then (cd x && curl a); fi')).toEqual(['shell:true:', 'shell:cd: x', 'shell:curl: a']));
  it('are followed into bash -c', () => expect(commands("bash -c 'curl -b jar url'")).toEqual(['shell:curl: -b jar url']));
  it('are followed in loops', () => expect(commands('for p in a b; do curl "$p"; done')).toEqual(['shell:curl: a|b']));
  it('are none in comments', () => expect(commands('# curl url\ntrue # curl x')).toEqual(['shell:true:']));
});

describe('commands in other files', () => {
  it('are read in workflows, with their secrets', () => {
    expect(commands('jobs:\n  a:\n    steps:\n      - run: |\n          curl -H "X-Hilt-Key: ${{ secrets.HILT_KEY }}" url\n', '.github/workflows/a.yml')).toEqual(['shell:curl: -H X-Hilt-Key: $secrets.HILT_KEY url']);
  });
  it('are read in Dockerfiles', () => expect(commands('FROM x\nRUN curl \\\n  -b jar url\n', 'Dockerfile')).toEqual(['shell:curl: -b jar url']));
  it('are read in package scripts', () => expect(commands('{ "scripts": { "a": "curl -H \\"X-Hilt-Key: $K\\" url" } }', 'package.json')).toEqual(['shell:curl: -H X-Hilt-Key: $K url']));
  it('are read in recipes', () => expect(commands('a:\n\t@curl -H "A: $(K)" $$B\n', 'Makefile')).toEqual(['shell:curl: -H A: $K $B']));
  it('stand where the file has them', () => {
    const text = '{ "scripts": { "a": "curl -H \\"X-Hilt-Key: $K\\" url" } }';
    const [read] = summarise('package.json', text, defaultKeyOptions).summary.reads;
    expect(read && text.slice(read.at[0], read.at[1])).toBe('$K');
  });
  it('do not see what another one sets', () => expect(commands('{ "scripts": { "a": "K=1", "b": "curl $K" } }', 'package.json')).toEqual(['shell:curl: $K']));
});

describe('requests of a .http file', () => {
  it('are calls of method, URL, headers and body', () => {
    expect(commands('@base = https://api.hilt.so\n### list\nPOST {{base}}/v1/products HTTP/1.1\nX-Hilt-Key: {{$dotenv HILT_API_KEY}}\n\n{"a": 1}\n', 'a.http'))
      .toEqual(['http:request: POST https://api.hilt.so/v1/products {X-Hilt-Key=$HILT_API_KEY} {"a": 1}']);
  });
  it('are told apart', () => expect(commands('GET https://a\n\n###\n# note\nGET https://b\nA: {{t}}\n', 'a.http')).toEqual(['http:request: GET https://a {}', 'http:request: GET https://b {A=$t}']));
  it('are none in prose', () => expect(commands('# just a note\n', 'a.http')).toEqual([]));
});

describe('a key in a shell script', () => {
  it('is found at its own text', () => expect(reported(`curl -H "X-Hilt-Key: ${key}" url`)).toEqual([key]));
  it('is found in a heredoc', () => expect(reported(`cat <<E\nKEY=${key}\nE\n`)).toEqual([key]));
  it('is found where variables are joined', () => expect(reported(`B=${body}\nK="hk_live_$B"`)).toEqual(['hk_live_$B']));
  it('is found where a variable grows', () => expect(reported(`K=hk_live_\nK+=${body}`)).toHaveLength(1));
  it('is found in printf', () => expect(reported(`B=${body}\nK=$(printf '%s%s' hk_live_ "$B")`)).toEqual([`$(printf '%s%s' hk_live_ "$B")`]));
  it('is found in base64', () => expect(reported(`A=${base64.slice(0, 6)}\nK=$(echo "\${A}${base64.slice(6)}" | base64 -d)`)).toHaveLength(1));
  it('is found as a random literal of the header', () => expect(reported(`curl -H "X-Hilt-Key: ${random}" url`)).toEqual([random]));
  it('is found as a random literal of the name', () => expect(reported(`# https://api.hilt.so\nexport HILT_API_KEY=${random}`)).toEqual([random]));
  it('may be read', () => expect(reported('K="hk_live_$HILT_BODY"\ncurl -H "X-Hilt-Key: $K" url')).toEqual([]));
  it('may be another header', () => expect(reported(`curl -H "X-Request-Id: ${random}" https://api.hilt.so`)).toEqual([]));
  it('may be a secret of a workflow', () => expect(reported('steps:\n  - run: curl -H "X-Hilt-Key: ${{ secrets.HILT_API_KEY }}" url\n', 'a.yml')).toEqual([]));
  it('may be a placeholder', () => expect(reported('curl -H "X-Hilt-Key: hk_live_your_key_goes_here" url')).toEqual([]));
  it('fills the slot of the header', () => {
    const { summary } = summarise('run.sh', 'curl -H "X-Hilt-Key: $K" url', defaultKeyOptions);
    const project = linkProject([summary], defaultKeyOptions);
    expect(slotsOf(project, summary).map((slot) => project.evaluator.head(slot.value))).toMatchObject([{ kind: 'variable', name: 'K' }]);
  });
});

describe('shell that is none', () => {
  it('is read as far as it goes', () => {
    const { summary, notices } = summarise('run.sh', 'curl "$K" url\nif true; then\n  echo "open\n', defaultKeyOptions);
    expect(summary.parse).toBe('recovered');
    expect(notices).toMatchObject([{ code: 'parse-error', level: 'info' }]);
    expect(summary.reads.map(({ name }) => name)).toContain('K');
  });
  it('may be nested deeply', () => expect(summarise('run.sh', '$('.repeat(5000), defaultKeyOptions).summary.language).toBe('shell'));
  it('may be beyond the bounds', () => expect(summarise('run.sh', `x="${'a'.repeat(1_100_000)}"`, defaultKeyOptions).summary.parse).toBe('text'));
  it('keeps a variable that is built up over and over from doubling', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `[ -n "$A${i}" ] && X="$X $A${i} $X"`).join('\n');
    expect(JSON.stringify(summarise('run.sh', `X=\n${lines}\ncurl "$X"`, defaultKeyOptions).summary).length).toBeLessThan(100_000);
  });
});
