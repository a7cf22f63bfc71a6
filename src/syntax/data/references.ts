import type { Span } from '../span.ts';
import type { Value, VariableAccess } from '../value.ts';
import { sliceMapped, sourceSpan, type MappedText } from './mapped-text.ts';

/** How a format writes that a value comes from elsewhere. `${X}`, `${{ … }}` and `{{ … }}` are read in all of them. */
export interface ReferenceSyntax {
  /** `$X` without braces: any name, only `UPPER_SNAKE` ones (where a dollar sign may be a regular expression's), or none. */
  readonly bare: 'any' | 'upper' | 'none';
  /** `$(X)`: a variable (Make, Kubernetes, Xcode, Azure), a command whose output nobody knows (shells), or plain text. */
  readonly parentheses: 'variable' | 'command' | 'none';
  /** Compose and Make write a dollar sign as `$$`. */
  readonly doubledDollar: boolean;
}

export const shellReferences: ReferenceSyntax = { bare: 'any', parentheses: 'command', doubledDollar: false };
export const manifestReferences: ReferenceSyntax = { bare: 'any', parentheses: 'variable', doubledDollar: true };
export const documentReferences: ReferenceSyntax = { bare: 'upper', parentheses: 'variable', doubledDollar: false };
export const bracedReferences: ReferenceSyntax = { bare: 'none', parentheses: 'none', doubledDollar: false };
export const xcodeReferences: ReferenceSyntax = { bare: 'none', parentheses: 'variable', doubledDollar: false };

/**
 * The value of a text that may refer to variables and secret stores: a `text`, a `variable`, or a `concat` of both.
 * A part that is computed in a way nobody can tell from the file is `unknown`. `at` is where an empty text stands.
 */
export function valueOfText(mapped: MappedText, syntax: ReferenceSyntax, at: Span): Value {
  const whole = valueOfLiteral(mapped, at);
  if (whole.kind !== 'text' || !/\$|\{\{/.test(whole.text)) return whole;
  const parts = readParts(mapped, syntax, 0);
  const [only] = parts;
  if (only === undefined || whole.at === undefined) return whole;
  return parts.length === 1 ? only : { kind: 'concat', parts, at: whole.at };
}

/** The value of a text in which nothing is expanded (single quotes); a whole reference into a store of secrets stays one. */
export function valueOfLiteral(mapped: MappedText, at: Span): Value {
  const { text } = mapped;
  const whole = mapped.pieces.length === 0 ? at : sourceSpan(mapped, 0, text.length);
  if (isSealed(text)) return { kind: 'unknown', at: whole };
  const stored = secretReference(text);
  return stored === undefined ? { kind: 'text', text, at: whole } : variable(stored, 'secret', whole);
}

/** A read of `name` that stands at `at`. */
export function variable(name: string, access: VariableAccess, at: Span): Value {
  return { kind: 'variable', name, access, form: 'dot', at };
}

// How each store writes a reference in place of a value; the documentation that says so is named beside it.
const storeReferences: readonly RegExp[] = [
  /^op:\/\/[^\s/]+\/[^\s/]+(?:\/[^\s]+)*$/, // 1Password CLI, "Secret reference syntax"
  /^vault:(?:\/\/)?[\w./-]+(?:[#@][\w.@/-]+)*$/, // Bank-Vaults webhook; GitLab `secrets:vault`
  /^arn:aws[\w-]*:(?:secretsmanager|ssm):[\w-]*:\d*:[\w/+=.@:*-]+$/, // ECS `valueFrom`
  /^projects\/[\w.:-]+\/secrets\/[\w-]+(?:\/versions\/[\w-]+)?$/, // Google Secret Manager
  /^(?:sm|gcp-?secret(?:manager)?|gsm|awssm|aws-?sm|awsssm|aws-?ssm|azurekeyvault|azkv|keyvault|secretmanager):\/\/\S+$/i,
  /^ref\+[a-z0-9]+:\/\/\S+$/, // vals, helmfile
  /^secretref:[\w.-]+$/i, // Azure Container Apps
  /^@Microsoft\.KeyVault\([^)]+\)$/i, // Azure App Service
  /^https:\/\/[\w-]+\.vault\.azure\.net\/secrets\/[\w-]+(?:\/[\w-]*)?$/i,
  /^(?:doppler|infisical|bws|akeyless|keychain|secretspec):\/\/\S+$/i,
  /^\{\{resolve:(?:secretsmanager|ssm-secure|ssm):[^{}]+\}\}$/, // CloudFormation dynamic references
];

/** The reference, where the whole text is one into a store of secrets. */
export function secretReference(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 500 || !/[:@/]/.test(trimmed)) return undefined;
  return storeReferences.some((pattern) => pattern.test(trimmed)) ? trimmed : undefined;
}

/** Ciphertext that is meant to be committed: SOPS, dotenvx, Ansible Vault. */
function isSealed(text: string): boolean {
  return /^(?:ENC\[[A-Z0-9_]+,|encrypted:[\w+/=]{20}|\$ANSIBLE_VAULT;)/.test(text);
}

const maximumDepth = 8;

/** A reference beyond this many characters is none; together with `maximumFailures` it keeps hostile text from costing its square. */
const longestReference = 4_000;
const maximumFailures = 1_000;

function readParts(mapped: MappedText, syntax: ReferenceSyntax, depth: number): Value[] {
  const { text } = mapped;
  const parts: Value[] = [];
  let plainFrom = 0;
  let at = 0;
  let failures = 0;
  const plainUntil = (end: number): void => {
    if (end > plainFrom) parts.push(plainText(mapped, plainFrom, end));
  };
  while (failures < maximumFailures) {
    at = nextMarker(text, at);
    if (at === -1) break;
    const found = readReference(mapped, at, syntax, depth);
    if (found === undefined) {
      if (/[{(]/.test(text[at + 1] ?? '')) failures += 1;
      at += text.startsWith('$$', at) ? 2 : 1;
      continue;
    }
    plainUntil(at);
    parts.push(found.value);
    at = found.end;
    plainFrom = at;
  }
  plainUntil(text.length);
  return parts;
}

function plainText(mapped: MappedText, start: number, end: number): Value {
  return { kind: 'text', text: mapped.text.slice(start, end), at: sourceSpan(mapped, start, end) };
}

const marker = /\$|\{\{/g;

function nextMarker(text: string, from: number): number {
  marker.lastIndex = from;
  return marker.exec(text)?.index ?? -1;
}

interface Reference { readonly value: Value; readonly end: number }

function readReference(mapped: MappedText, at: number, syntax: ReferenceSyntax, depth: number): Reference | undefined {
  const { text } = mapped;
  if (text.startsWith('${{', at)) return readBetween(mapped, at, 3, '}}', (inner, span) => actionsValue(inner, span));
  if (text.startsWith('{{', at)) return readBetween(mapped, at, 2, '}}', (inner, span) => templateValue(inner, span));
  if (syntax.doubledDollar && text.startsWith('$$', at)) return undefined;
  if (text.startsWith('${', at)) return readBraced(mapped, at, syntax, depth);
  if (text.startsWith('$(', at)) return readParenthesised(mapped, at, syntax);
  return readBare(mapped, at, syntax);
}

function readBetween(
  mapped: MappedText,
  at: number,
  skip: number,
  closing: string,
  valueOf: (inner: string, span: Span) => Value,
): Reference | undefined {
  const close = mapped.text.slice(at, at + longestReference).indexOf(closing, skip) + at;
  if (close < at) return undefined;
  const end = close + closing.length;
  return { value: valueOf(mapped.text.slice(at + skip, close).trim(), sourceSpan(mapped, at, end)), end };
}

/** `${X}`, `${X:-default}`, `${env:X}`; the default may hold references of its own. */
function readBraced(mapped: MappedText, at: number, syntax: ReferenceSyntax, depth: number): Reference | undefined {
  const end = closingBrace(mapped.text, at + 2);
  if (end === undefined) return undefined;
  const span = sourceSpan(mapped, at, end);
  const inner = mapped.text.slice(at + 2, end - 1);
  const provided = providerValue(inner.trim(), span);
  if (provided !== undefined) return { value: provided, end };
  const head = /^\s*!?([A-Za-z_][\w.-]*?)\s*(:?[-?+=]|[:,]|$)/.exec(inner);
  if (head === null) return { value: { kind: 'unknown', at: span }, end };
  const [all, name = '', operator = ''] = head;
  const read = variable(name, 'expansion', span);
  const isDefault = /^:?[-=]$|^[:,]$/.test(operator);
  if (!isDefault || depth >= maximumDepth) return { value: read, end };
  const from = at + 2 + all.length;
  const fallback = readParts(sliceMapped(mapped, from, end - 1), syntax, depth + 1);
  const [only] = fallback;
  if (only === undefined) return { value: read, end };
  const other: Value = fallback.length === 1 ? only : { kind: 'concat', parts: fallback };
  return { value: { kind: 'choice', options: [read, other], at: span }, end };
}

function closingBrace(text: string, from: number): number | undefined {
  let open = 1;
  for (let at = from; at < text.length && at - from < longestReference; at += 1) {
    if (text[at] === '{') open += 1;
    if (text[at] === '}') open -= 1;
    if (open === 0) return at + 1;
  }
  return undefined;
}

/** `${provider:reference}` of the Serverless Framework, VS Code, Terraform templates and the like. */
function providerValue(inner: string, span: Span): Value | undefined {
  const environment = /^(?:env[:.]|process\.env\.|localEnv:|containerEnv:)\s*([A-Za-z_]\w*)/.exec(inner);
  if (environment?.[1] !== undefined) return variable(environment[1], 'expansion', span);
  if (/^secrets\.[\w.-]+$/.test(inner)) return variable(inner, 'secret', span);
  if (/^(?:ssm|secretsmanager|vault|aws:reference\/secretsmanager|doppler|keyvault)[:./(]/.test(inner)) return variable(inner, 'secret', span);
  if (/^data\.(?:aws_secretsmanager_|aws_ssm_|google_secret_manager_|azurerm_key_vault_secret|vault_|onepassword_|doppler_)/.test(inner)) return variable(inner, 'secret', span);
  if (/^(?:self|opt|param|cf|s3|sls|file|strToBool|input|config|command|var|local|data|module|each|prompt|workspaceFolder)\s*[:.(]/.test(inner)) return variable(inner, 'expansion', span);
  return undefined;
}

function readParenthesised(mapped: MappedText, at: number, syntax: ReferenceSyntax): Reference | undefined {
  if (syntax.parentheses === 'none') return undefined;
  const close = mapped.text.slice(at, at + longestReference).indexOf(')') + at;
  if (close < at) return undefined;
  const end = close + 1;
  const span = sourceSpan(mapped, at, end);
  const inner = mapped.text.slice(at + 2, close).trim();
  // Xcode's `https:/$()/host`: nothing, so that `//` is no comment.
  if (inner === '') return { value: { kind: 'text', text: '', at: span }, end };
  const name = /^([A-Za-z_][\w.-]*)(?::[\w-]+)?$/.exec(inner)?.[1];
  if (syntax.parentheses === 'command' || name === undefined) return { value: commandValue(inner, span), end };
  return { value: variable(name, 'expansion', span), end };
}

/** `$(op read op://vault/item/field)`: the command line of a store names the secret; any other command is unknown. */
function commandValue(command: string, span: Span): Value {
  const stored = /\bop:\/\/[^\s"')]+/.exec(command)?.[0];
  if (stored !== undefined) return variable(stored, 'secret', span);
  const named = /(?:--secret-id[= ]|--secret[= ]|--name[= ]|secrets get )["']?([\w./:-]+)/.exec(command)?.[1];
  const isStore = /\b(?:aws\s+(?:secretsmanager|ssm)|gcloud\s+secrets|doppler\s+secrets|infisical\s+secrets|az\s+keyvault)\b/.test(command);
  if (isStore && named !== undefined) return variable(named, 'secret', span);
  return { kind: 'unknown', at: span };
}

function readBare(mapped: MappedText, at: number, syntax: ReferenceSyntax): Reference | undefined {
  if (syntax.bare === 'none') return undefined;
  const pattern = syntax.bare === 'any' ? /[A-Za-z_]\w*/y : /[A-Z_][A-Z0-9_]*(?!\w)/y;
  pattern.lastIndex = at + 1;
  const name = pattern.exec(mapped.text)?.[0];
  if (name === undefined) return undefined;
  const end = at + 1 + name.length;
  return { value: variable(name, 'expansion', sourceSpan(mapped, at, end)), end };
}

const actionsReference = /\b(secrets|env|vars|inputs|matrix|needs|steps|jobs)((?:\.[\w*-]+|\[\s*'[^']*'\s*\])+)(?![\w*-])(?!\s*(?:[=!<>]=|[<>]))/g;

/** `${{ … }}` of GitHub, Gitea and Forgejo workflows, Doppler and Railway: every name that the result may come from. */
function actionsValue(expression: string, span: Span): Value {
  const options: Value[] = [];
  for (const [, scope = '', rest = ''] of expression.matchAll(actionsReference)) {
    const name = rest.replace(/\[\s*'([^']*)'\s*\]/g, '.$1').slice(1);
    if (scope === 'secrets') options.push(variable(`secrets.${name}`, 'secret', span));
    else options.push(variable(scope === 'env' ? name : `${scope}.${name}`, 'expansion', span));
  }
  if (options.length === 0 && /\btoJSON\(\s*secrets\s*\)/i.test(expression)) return variable('secrets.*', 'secret', span);
  return oneOf(options, span);
}

/** `{{ … }}`: Helm, Ansible, Postman, Go templates, HTTP clients, CloudFormation's `resolve`. */
function templateValue(expression: string, span: Span): Value {
  if (/^resolve:(?:secretsmanager|ssm)/.test(expression)) return variable(`{{${expression}}}`, 'secret', span);
  const inner = expression.replace(/^-\s*|\s*-$/g, '');
  const ofClient = /^\$(?:dotenv|processEnv)\s+%?([A-Za-z_]\w*)/.exec(inner)?.[1];
  if (ofClient !== undefined) return variable(ofClient, 'expansion', span);
  const looked = /\b(?:lookup\(\s*['"]env['"]\s*,\s*['"]|(?:env|getenv|requiredEnv|env_var)[\s(]+['"])([A-Za-z_]\w*)['"]/.exec(inner)?.[1];
  if (looked !== undefined) return variable(looked, 'expansion', span);
  const stored = /(?:\bop:\/\/|\bref\+)[^\s"'`}]+/.exec(inner)?.[0];
  if (stored !== undefined) return variable(stored, 'secret', span);
  const secret = /^\.?secrets?\.[\w.-]+/i.exec(inner)?.[0];
  if (secret !== undefined) return variable(secret, 'secret', span);
  const path = /(?:^|[\s(])(\.[A-Za-z_][\w.-]*|\$\.[\w.-]+)/.exec(inner)?.[1] ?? /^[A-Za-z_][\w.-]*(?=\s*(?:\||$))/.exec(inner)?.[0];
  return path === undefined ? { kind: 'unknown', at: span } : variable(path, 'expansion', span);
}

function oneOf(options: readonly Value[], span: Span): Value {
  const [first] = options;
  if (first === undefined) return { kind: 'unknown', at: span };
  return options.length === 1 ? first : { kind: 'choice', options, at: span };
}
