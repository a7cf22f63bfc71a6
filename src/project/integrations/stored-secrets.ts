import type { Span } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Resolved } from '../resolved.ts';
import { calledName } from '../disclosure/callbacks.ts';
import { referenceOf } from './key-origins.ts';

/** An entry of a store of secrets that a program asks for by its name. */
export interface StoredSecret { readonly store: string; readonly name: string; readonly at: Span; readonly file: string }

const maxDepth = 8;

/** What options of a store's client name the entry. Sources: AWS SDK (Secrets Manager, SSM), Google's `accessSecretVersion`, Infisical. */
const entryOptions: Readonly<Record<string, string>> = { SecretId: 'aws', Name: 'aws', secretName: 'infisical', secretPath: 'infisical', secretId: 'secret', name: 'google' };
/** Functions that take the name itself: Azure's `getSecret`, Vault's `read`, 1Password's `secrets.resolve`, helpers of the program. */
const askingFunction = /^(?:get|read|fetch|load|access|resolve|retrieve|lookup)\w*$/i;

/** The entry that a value which fills a key's place comes from: `(await client.send(new GetSecretValueCommand({ SecretId: "prod/hilt" }))).SecretString`. */
export function storedSecretIn(project: Project, filling: Lazy): StoredSecret | undefined {
  return askedOf(filling) ?? find(project, project.evaluator.head(filling), 0);
}

/** `await getSecret("prod/hilt")` of the program's own, whose body does not show the name. */
function askedOf({ module, frame, value }: Lazy): StoredSecret | undefined {
  const written = value.kind === 'binding' ? (module.bindings[value.name] ?? value) : value;
  const argument = written.kind === 'call' && /secret|vault/i.test(calledName(written.callee)) ? written.args[0] : undefined;
  return argument?.value.kind === 'text' ? entryOf({ module, frame, value: argument.value, at: argument.at }, argument.value.text, 'secret') : undefined;
}

function find(project: Project, value: Resolved, depth: number): StoredSecret | undefined {
  if (depth > maxDepth) return undefined;
  switch (value.kind) {
    case 'member':
      return find(project, value.object, depth + 1);
    case 'choice':
      return first(value.options, (option) => find(project, option, depth + 1));
    case 'call':
      return inCall(project, value, depth);
    default:
      return undefined;
  }
}

function inCall(project: Project, { callee, args }: Extract<Resolved, { kind: 'call' }>, depth: number): StoredSecret | undefined {
  const named = first(args.slice(0, 3), (argument) => inOptions(project, argument));
  if (named) return named;
  const name = args[0] && project.evaluator.head(args[0]);
  const asks = askingFunction.test(calleeName(callee)) && isOfSecrets(callee);
  if (asks && args[0] && name?.kind === 'text') return entryOf(args[0], name.text, 'secret');
  return first(args.slice(0, 2), (argument) => find(project, project.evaluator.head(argument), depth + 1)) ?? (callee.kind === 'member' ? find(project, callee.object, depth + 1) : undefined);
}

/** `getSecret`, `vault.read`, `client.secrets.resolve`; not `cache.get`. */
function isOfSecrets(callee: Resolved): boolean {
  if (/secret|vault|parameter/i.test(calleeName(callee))) return true;
  if (callee.kind === 'member') return isOfSecrets(callee.object);
  if (callee.kind === 'outside') return /secret|vault|1password/i.test(callee.specifier);
  if (callee.kind === 'parameter') return /secret|vault/i.test(callee.name ?? '');
  return callee.kind === 'call' && isOfSecrets(callee.callee);
}

function inOptions(project: Project, argument: Lazy): StoredSecret | undefined {
  const options = project.evaluator.head(argument);
  if (options.kind !== 'object') return undefined;
  return first(project.evaluator.entries(options).entries, ({ key, value }) => {
    const name = key && project.evaluator.head(key);
    const store = name?.kind === 'text' ? entryOptions[name.text] : undefined;
    const entry = store === undefined ? undefined : project.evaluator.head(value);
    // `name` is a name of many things; Google's begins with its project.
    if (store === undefined || entry?.kind !== 'text' || (store === 'google' && !entry.text.startsWith('projects/'))) return undefined;
    return entryOf(value, entry.text, store);
  });
}

function entryOf(lazy: Lazy, name: string, store: string): StoredSecret | undefined {
  // As manifests write it, so that both mean one entry.
  const entry = referenceOf(store === 'aws' && !name.startsWith('arn:') ? `secretsmanager:${name}` : name, store);
  return lazy.at ? { store: entry.store, name: entry.name, at: lazy.at, file: lazy.module.file } : undefined;
}

function first<T, R>(items: readonly T[], found: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const answer = found(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
