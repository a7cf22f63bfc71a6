import { textOfFile } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { choiceOf, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { joinTexts } from '../folded-texts.ts';
import { oncePerProject } from '../once-per-project.ts';

type Addresses = ReadonlyMap<string, ReadonlySet<string>>;

/** Environments that stand beside a collection: Postman's exports, JetBrains' `http-client.env.json`, Bruno's `environments/*.bru`. */
const environmentFile = /(?:^|\/)(?:[^/]*postman[^/]*\.json|[^/]*environment[^/]*\.json|http-client(?:\.private)?\.env\.json|environments\/[^/]+\.bru)$/i;
const maxEnvironments = 40;
/** Only addresses are taken: what else an environment holds may be a secret, and is known by its name. */
const pairs = [
  // `{ "key": "baseUrl", "value": "https://…" }`
  /"key"\s*:\s*"([^"\\]+)"\s*,\s*"value"\s*:\s*"(https?:\/\/[^"\\\s]+)"/g,
  /"value"\s*:\s*"(?<value>https?:\/\/[^"\\\s]+)"\s*,\s*"key"\s*:\s*"(?<name>[^"\\]+)"/g,
  // `"baseUrl": "https://…"`
  /"([^"\\]+)"\s*:\s*"(https?:\/\/[^"\\\s]+)"/g,
  // `baseUrl: https://…`
  /^[ \t]*([\w.-]+)[ \t]*:[ \t]*(https?:\/\/\S+)[ \t]*$/gm,
];


const addressesOf = oncePerProject((project): Addresses => {
  const found = new Map<string, Set<string>>();
  const files = [...(project.source?.paths() ?? [])].filter((path) => environmentFile.test(path)).slice(0, maxEnvironments);
  for (const file of files) {
    const text = textOfFile(project.source, file);
    for (const pattern of pairs) {
      for (const match of text.matchAll(pattern)) {
        const name = match.groups?.['name'] ?? match[1] ?? '';
        const address = match.groups?.['value'] ?? match[2] ?? '';
        found.set(name, (found.get(name) ?? new Set()).add(address));
      }
    }
  }
  return found;
});

/** An address whose variables the environments beside it know. */
export function withAddresses(project: Project, address: Lazy): Lazy {
  const value = project.evaluator.head(address);
  const filled = fill(project, value, { module: address.module, at: address.at ?? [0, 0] });
  return filled === value ? address : { ...address, known: filled };
}

function fill(project: Project, value: Resolved, place: Place): Resolved {
  if (value.kind === 'variable') {
    const addresses = addressesOf(project).get(value.name);
    return addresses ? choiceOf([...addresses].slice(0, 8).map((text) => ({ kind: 'text', text, place }))) : value;
  }
  if (value.kind !== 'concat') return value;
  const parts = value.parts.map((part) => fill(project, part, place));
  return parts.some((part, index) => part !== value.parts[index]) ? joinTexts([{ kind: 'text', text: '' }, ...parts], place) : value;
}

/** What the files of a collection's folders give to each request below them, the collection's own first. */
export interface Inherited { readonly headers: readonly Lazy[]; readonly query: readonly Lazy[]; readonly auth: Lazy | undefined }

const maxFolders = 12;

/** `collection.bru` and the `folder.bru` of each folder around a request of Bruno. */
export function inheritedBy(project: Project, { file }: ModuleSummary): Inherited {
  const found: Lazy[][] = [];
  let folder = file;
  for (let level = 0; level < maxFolders && folder !== ''; level += 1) {
    folder = folder.slice(0, folder.lastIndexOf('/') + 1).replace(/\/$/, '');
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const name of ['folder.bru', 'collection.bru']) if (prefix + name !== file) found.unshift(defaultsIn(project, prefix + name));
  }
  const given = found.filter((args) => args.length > 0);
  const part = (index: number): Lazy[] => given.flatMap((args) => args[index] ?? []);
  return { headers: part(0), query: part(1), auth: part(2).findLast((auth) => project.evaluator.entries(project.evaluator.head(auth)).entries.length > 0) };
}

function defaultsIn(project: Project, file: string): Lazy[] {
  const module = project.source?.paths().has(file) ? project.module(file) : undefined;
  const use = module?.uses.find((each) => each.kind === 'call' && each.callee.kind === 'global' && each.callee.path === 'http:defaults');
  return module && use?.kind === 'call' ? use.args.map((item): Lazy => ({ module, value: item.value, frame: undefined, at: item.at })) : [];
}
