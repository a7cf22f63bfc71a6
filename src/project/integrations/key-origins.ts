import { isPlaceholderBody } from '../../hilt/placeholder.ts';
import { looksRandom, secretOf } from '../../hilt/key-grammar.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import type { Secret } from '../../hilt/secret.ts';
import { mentionsOf } from '../../hilt/context.ts';
import { findSecretsInText } from '../../syntax/text/find-secrets.ts';
import type { Value } from '../../syntax/value.ts';
import { folderOf } from '../graph/posix-path.ts';
import type { KeyOrigin } from './integration.ts';

export interface OriginContext {
  /** POSIX path of the manifest that the value stands in. */
  readonly file: string;
  readonly keyOptions: KeyOptions;
  /** What a name means in this manifest: the environment of its folder, unless the manifest sets it itself. */
  readonly variable?: (name: string) => readonly KeyOrigin[];
  /** Whether what is declared is a key by its name: then a random text counts as one without Hilt's prefix. */
  readonly isKey?: boolean;
  /** The store that a reference means, where the reference does not say. */
  readonly store?: string;
}

/** Where a declared value comes from. Empty where the value is no key and refers to nothing. */
export function originsOf(value: Value, context: OriginContext): KeyOrigin[] {
  switch (value.kind) {
    case 'text': {
      const secret = keyIn(value.text, context.keyOptions, context.isKey ?? false);
      return secret ? [{ kind: 'literal', secret }] : [];
    }
    case 'secret':
      return value.secret.kind === 'key' ? [{ kind: 'literal', secret: value.secret }] : [];
    case 'variable':
      return value.access === 'secret' ? [referenceOf(value.name, context.store)] : [...nameOrigins(value.name, context)];
    case 'choice':
      return value.options.flatMap((option) => originsOf(option, context));
    case 'concat':
      return value.parts.flatMap((part) => originsOf(part, context));
    default:
      return [];
  }
}

function nameOrigins(name: string, context: OriginContext): readonly KeyOrigin[] {
  return context.variable?.(name) ?? [{ kind: 'variable', scope: folderOf(context.file), name }];
}

/** The key in a text, in any encoding. */
function keyIn(text: string, keyOptions: KeyOptions, isKey: boolean): Secret | undefined {
  const found = findSecretsInText(text, keyOptions, mentionsOf(text)).secrets.find(({ secret }) => secret.kind === 'key');
  if (found) return found.secret;
  return isKey && looksRandom(text) && !isPlaceholderBody(text) ? secretOf(text, 'key') : undefined;
}

/**
 * One name for one entry of a store, however it is written: versions and query strings do not make another secret.
 * The forms are those that `src/syntax/data/references.ts` reads, with the documentation named there.
 */
export function referenceOf(written: string, store: string | undefined): Extract<KeyOrigin, { kind: 'reference' }> {
  const name = written.trim().replace(/^\{\{|\}\}$/g, '').trim();
  const reference = (of: string, entry: string): Extract<KeyOrigin, { kind: 'reference' }> => ({ kind: 'reference', store: of, name: entry });
  const secrets = /^secrets\.([\w.-]+)$/i.exec(name)?.[1];
  // GitHub compares the names of secrets without case.
  if (secrets !== undefined) return reference(store ?? 'github', secrets.toUpperCase());
  if (/^op:\/\//.test(name)) return reference('1password', name.replace(/\?.*$/, ''));
  const google = /^(?:\w+:\/\/)?(projects\/[^/]+\/secrets\/[^/]+)(?:\/versions\/.*)?$/.exec(name)?.[1];
  if (google !== undefined) return reference('google', google);
  const aws = /(?:secretsmanager|ssm|ssm-secure)(?::[\w-]*:\d*)?:(?:secret:|parameter\/?|\/)?(.+)$/.exec(name)?.[1];
  if (aws !== undefined) return reference('aws', awsEntry(aws));
  const azure = /vault\.azure\.net\/secrets\/([\w-]+)/i.exec(name)?.[1] ?? /KeyVault\(.*?SecretName=([\w-]+)/i.exec(name)?.[1];
  if (azure !== undefined) return reference('azure', azure.toLowerCase());
  const other = /^(?:ref\+)?([a-z0-9-]+):(?:\/\/)?(.+)$/i.exec(name);
  if (other?.[1] !== undefined && other[2] !== undefined) return reference(other[1].toLowerCase(), other[2].replace(/\?.*$/, ''));
  return reference(store ?? 'secret', name);
}

/** Secrets Manager adds six random characters to the name in an ARN; `:key::` behind it picks a field. */
function awsEntry(entry: string): string {
  const [id = '', field = ''] = entry.replace(/\/+$/, '').split(':');
  const name = id.replace(/^\//, '').replace(/-[A-Za-z0-9]{6}$/, '');
  return field === '' || /^(?:SecretString|AWSCURRENT|\d+)$/.test(field) ? name : `${name}:${field}`;
}
