import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/engine/errors.ts';
import { makeKey } from '../support/keys.ts';

function refusal(...argv: string[]): string {
  try {
    parseArguments(argv);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error('was accepted');
}

describe('operands', () => {
  it('are paths without a command', () => expect(parseArguments(['src', '.env'])).toMatchObject({ command: 'scan', operands: ['src', '.env'] }));
  it('follow a command', () => expect(parseArguments(['scan', 'src'])).toMatchObject({ command: 'scan', operands: ['src'] }));
  it('may have the name of a command', () => expect(parseArguments(['scan', 'hook'])).toMatchObject({ command: 'scan', operands: ['hook'] }));
  it('are paths behind --', () => expect(parseArguments(['--', 'hook', '--staged'])).toMatchObject({ command: 'scan', operands: ['hook', '--staged'], staged: false }));
  it('may hold brackets', () => expect(parseArguments(['app/[id]/(auth)/page.tsx']).operands).toEqual(['app/[id]/(auth)/page.tsx']));
  it('of another command', () => expect(parseArguments(['explain', 'no-client-key'])).toMatchObject({ command: 'explain', operands: ['no-client-key'] }));
});

describe('reports', () => {
  it('are one stylish report by default', () => expect(parseArguments([]).reports).toEqual([{ format: 'stylish' }]));
  it('come in pairs', () => {
    expect(parseArguments(['--format', 'json', '--output', 'a.json', '-f', 'stylish']).reports).toEqual([{ format: 'json', output: 'a.json' }, { format: 'stylish' }]);
    expect(parseArguments(['-o', 'a.json', '-f', 'json']).reports).toEqual([{ format: 'json', output: 'a.json' }]);
    expect(parseArguments(['-f', 'json', '-o', 'a', '-f', 'stylish', '-o', 'b']).reports).toEqual([{ format: 'json', output: 'a' }, { format: 'stylish', output: 'b' }]);
  });
  it('without a format are stylish', () => expect(parseArguments(['--output=a.txt']).reports).toEqual([{ format: 'stylish', output: 'a.txt' }]));
  it('with - go to stdout', () => expect(parseArguments(['-f', 'json', '-o', '-']).reports).toEqual([{ format: 'json' }]));
  it('cannot both go into one file', () => expect(refusal('-o', 'a.json', '-f', 'json', '-o', './a.json')).toMatch(/^Two reports would be written into one file\./));
  it('cannot both go to stdout', () => expect(refusal('-f', 'json', '-f', 'stylish')).toMatch(/^Two reports would both go to stdout\./));
});

describe('options', () => {
  it('set rules', () => expect([...parseArguments(['--rule', 'a=warn', '--rule=hilt/b=off']).rules]).toEqual([['a', 'warn'], ['b', 'off']]));
  it('switch off and on, the last one counts', () => {
    expect(parseArguments([]).color).toBeUndefined();
    expect(parseArguments(['--no-color']).color).toBe(false);
    expect(parseArguments(['--no-color', '--color']).color).toBe(true);
    expect(parseArguments(['--no-project'])).toMatchObject({ project: false });
  });
  it('win as help and version', () => {
    expect(parseArguments(['scan', 'x', '--help']).command).toBe('help');
    expect(parseArguments(['-v']).command).toBe('version');
  });
});

describe('what is refused', () => {
  it.each([
    [['--stagd'], 'Unknown option --stagd. Did you mean --staged?'],
    [['--max-warning', '3'], 'Unknown option --max-warning. Did you mean --max-warnings?'],
    [['--frobnicate'], 'Unknown option --frobnicate. Run "hilt-guard --help" for the options.'],
    [['-x'], 'Unknown option -x. Run "hilt-guard --help" for the options.'],
    [['--staged=yes'], 'The option --staged takes no value. Run "hilt-guard --help" for the options.'],
    [['--format'], 'The option --format needs a value. Run "hilt-guard --help" for the options.'],
    [['--format', '--staged'], 'The option --format needs a value. Run "hilt-guard --help" for the options.'],
    [['--config='], 'The option --config needs a value. Run "hilt-guard --help" for the options.'],
    [['--rule', 'no-client-key'], 'The option --rule needs a rule and a level: --rule no-hardcoded-key=warn (off, warn or error).'],
    [['--rule', 'a=loud'], 'The option --rule needs a rule and a level: --rule no-hardcoded-key=warn (off, warn or error).'],
    [['--rule', 'no-client-key=wran'], 'The option --rule needs a rule and a level: --rule no-hardcoded-key=warn (off, warn or error). Did you mean "warn"?'],
    [['--max-warnings', 'many'], 'The option --max-warnings needs a whole number: --max-warnings 0'],
    [['--max-warnings', '-1'], 'The option --max-warnings needs a value. Run "hilt-guard --help" for the options.'],
    [['scna'], 'There is no command and no file "scna". Did you mean "hilt-guard scan"?'],
    [['help'], 'There is no command and no file "help". Did you mean "hilt-guard --help"?'],
  ])('%j', (argv, message) => expect(refusal(...argv)).toBe(message));

  it.each([
    [['scan', '--prune'], 'The option --prune does nothing for "scan".'],
    [['baseline', '--staged'], 'The option --staged does nothing for "baseline".'],
    [['baseline', '--format', 'json'], 'The option --format does nothing for "baseline".'],
    [['hook', 'pre-commit', '--stdin'], 'The option --stdin does nothing for "hook".'],
    [['keys', '--max-warnings', '3'], 'The option --max-warnings does nothing for "keys".'],
    [['explain', 'no-client-key', '--quiet'], 'The option --quiet does nothing for "explain".'],
  ])('%j, which would be passed over', (argv, message) => expect(refusal(...argv)).toContain(message));

  it.each([
    [['--since', 'main'], '--since is not in this version yet. Today '],
    [['--range', 'a..b'], '--range is not in this version yet. Today '],
    [['keys', '--history'], '--history is not in this version yet. Today '],
    [['--all'], '--all belongs to --history, which is not in this version yet. Today '],
    [['--yes'], '--yes belongs to "init", which is not in this version yet. Today: '],
    [['--dry-run'], '--dry-run belongs to "init", which is not in this version yet. Today: '],
  ])('%j, with what to use today', (argv, message) => expect(refusal(...argv)).toContain(message));

  it('is never quoted where it could be a key', () => {
    const key = makeKey('live', 'arguments');
    for (const argv of [[`--${key}`], [`-${key}`], ['--rule', `${key}=loud`], ['--max-warnings', key], [`--staged=${key}`]]) {
      expect(refusal(...argv)).not.toContain(key.slice(8, 14));
    }
  });
});
