import * as v from 'valibot';

const globs = v.array(v.pipe(v.string(), v.nonEmpty()));
const level = v.picklist(['off', 'warn', 'error']);

/** The shape of `hilt-guard.config.json`; `schema.json` says the same to editors, and a test compares the two. */
export const configSchema = v.strictObject({
  $schema: v.optional(v.string()),
  rules: v.optional(v.record(v.string(), v.union([level, v.strictTuple([level]), v.strictTuple([level, v.record(v.string(), v.unknown())])]))),
  ignore: v.optional(globs),
  client: v.optional(globs),
  server: v.optional(globs),
  integrations: v.optional(v.record(v.string(), v.union([v.string(), globs]))),
  key: v.optional(v.strictObject({
    names: v.optional(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z_$][\w$.-]*$/)))),
    minBodyLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(256))),
  })),
  hosts: v.optional(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9.-]+(?::\d+)?$/)))),
  baseline: v.optional(v.pipe(v.string(), v.nonEmpty())),
});

export type RawConfig = v.InferOutput<typeof configSchema>;

/** What is wrong at one place of the configuration. `expected` never holds the user's value. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly kind: 'unknown-key' | 'wrong-value' | 'reserved-key' | 'repeated-key';
  /** What may stand there, in words. */
  readonly expected: string;
  /** Names that are known at this place, for an unknown key. */
  readonly known: readonly string[];
}

/** Checks a parsed configuration and tells the first thing that is wrong with it. */
export function checkConfig(input: unknown): { config: RawConfig } | { problem: ConfigProblem } {
  // To valibot a list is an object too.
  if (Array.isArray(input)) return { problem: { path: [], kind: 'wrong-value', expected: getExpected([]), known: [] } };
  const reserved = findReserved(input);
  if (reserved) return { problem: { path: reserved, kind: 'reserved-key', expected: '', known: [] } };
  const result = v.safeParse(configSchema, input, { abortEarly: true });
  return result.success ? { config: result.output } : { problem: toProblem(result.issues[0]) };
}

/** A key that names something of every object: valibot leaves it out of records without a word. */
function findReserved(input: unknown): readonly string[] | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  for (const record of ['rules', 'integrations']) {
    const value: unknown = Object.entries(input).find(([name]) => name === record)?.[1];
    const name = typeof value === 'object' && value !== null ? Object.keys(value).find((key) => /^(?:__proto__|prototype|constructor)$/.test(key)) : undefined;
    if (name !== undefined) return [record, name];
  }
  return undefined;
}

function toProblem(issue: v.BaseIssue<unknown>): ConfigProblem {
  const path = (issue.path ?? []).flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? [key] : []));
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  return {
    path,
    kind: isUnknown ? 'unknown-key' : 'wrong-value',
    expected: getExpected(path),
    known: isUnknown ? getKnownNames(path) : [],
  };
}

function getKnownNames(path: readonly (string | number)[]): string[] {
  return Object.keys(path[0] === 'key' && path.length > 1 ? configSchema.entries.key.wrapped.entries : configSchema.entries);
}

const expectations: Readonly<Record<string, string>> = {
  '': 'an object',
  $schema: 'a string',
  rules: 'an object of rule ids, each "off", "warn", "error" or [severity, options]',
  ignore: 'a list of patterns',
  client: 'a list of globs',
  server: 'a list of globs',
  integrations: 'an object of names, each a glob or a list of globs',
  key: 'an object with "names" and "minBodyLength"',
  'key.names': 'a list of variable names',
  'key.minBodyLength': 'a whole number from 8 to 256',
  hosts: 'a list of host names, without scheme and path',
  baseline: 'a path',
};

/** Of one entry of what a key holds. */
const entryExpectations: Readonly<Record<string, string>> = {
  rules: '"off", "warn", "error" or [severity, options]',
  ignore: 'a pattern',
  client: 'a glob',
  server: 'a glob',
  integrations: 'a glob or a list of globs',
  'key.names': 'the name of a variable',
  hosts: 'a host name, without scheme and path',
};

function getExpected(path: readonly (string | number)[]): string {
  const [first = '', second, third] = path;
  const inKey = `${first}.${second}`;
  if (first === 'key' && second !== undefined) return (third === undefined ? expectations[inKey] : entryExpectations[inKey]) ?? 'another value';
  return (second === undefined ? expectations[String(first)] : entryExpectations[String(first)]) ?? 'another value';
}
