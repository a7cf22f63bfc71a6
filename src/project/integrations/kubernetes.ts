import type { KeyOptions } from '../../hilt/key-options.ts';
import { isKeyName } from '../../hilt/names.ts';
import type { Declaration } from '../../syntax/module-summary.ts';
import { imageName } from './compose.ts';
import { isGenericName, isTestName, nameWords, withoutEnvironment } from './file-roles.ts';
import type { Feed, KeyOrigin, Unit } from './integration.ts';
import { originsOf } from './key-origins.ts';
import { feedsOf, isKeyOrigin, type ManifestKind, type ManifestReading, type ObjectEntry } from './manifest-kind.ts';
import { plainText, startsWith, textAt, type ManifestFile } from './manifest-file.ts';
import { startedBy } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** Containers of Kubernetes manifests and Helm templates (https://kubernetes.io/docs/concepts/workloads/). */
export const kubernetes: ManifestKind = {
  matches: (path) => /\.ya?ml$/.test(path) && (/(?:^|\/)(?:k8s|kubernetes|kube|manifests|deploy|deployment|deployments|overlays|base|clusters|helm|charts?|templates|gitops|argocd|flux|infra|ops|knative)\//.test(path) || /(?:^|[.-])(?:deployment|cronjob|statefulset|daemonset|job|pod|k8s|kubernetes|knative)\.ya?ml$/.test(path)),
  units: (manifest, reading) => documentsOf(manifest).flatMap((document) => unitsOfDocument(document, manifest, reading)),
};

const workloads = /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Pod|Service|Rollout|ScaledJob|DeploymentConfig|Configuration)$/;

/** The documents of a stream; what is declared at the top of each says what it is. */
function documentsOf({ text, declarations }: ManifestFile): Declaration[][] {
  const starts = [0, ...[...text.matchAll(/^---/gm)].map((match) => match.index)];
  return starts.map((start, index) => declarations.filter(({ at }) => at[0] >= start && at[0] < (starts[index + 1] ?? Infinity))).filter((each) => each.length > 0);
}

function unitsOfDocument(declarations: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading): Unit[] {
  if (!workloads.test(textAt(declarations, ['kind']) ?? '')) return [];
  const workload = nameOf(declarations.find((each) => each.name === 'name' && each.path.length === 1 && each.path[0] === 'metadata')) ?? baseName(manifest.file).replace(/\.ya?ml$/, '');
  const containers = new Map<string, Declaration[]>();
  for (const each of declarations) {
    const at = each.path.findIndex((part) => part === 'containers' || part === 'initContainers');
    if (at < 0 || each.path[at + 1] === undefined) continue;
    const key = each.path.slice(0, at + 2).join('/');
    containers.set(key, [...(containers.get(key) ?? []), each]);
  }
  return [...containers.values()].flatMap((own) => containerUnit(own, workload, containers.size, manifest, reading) ?? []);
}

function containerUnit(declarations: readonly Declaration[], workload: string, siblings: number, manifest: ManifestFile, reading: ManifestReading): Unit | undefined {
  const [first] = declarations;
  const path = first?.path.slice(0, first.path.findIndex((part) => part === 'containers' || part === 'initContainers') + 2) ?? [];
  const own = nameOf(declarations.find((each) => each.name === 'name' && each.path.length === path.length));
  const name = siblings === 1 || own === undefined ? workload : isGenericName(own) ? `${workload}-${own}` : own;
  if (isTestName(name)) return undefined;
  const image = imageName(textAt(declarations, [...path, 'image']));
  const lines = manifest.commands.filter((each) => startsWith(each.path, path) && each.at[0] >= (first?.at[0] ?? 0)).map((each) => each.text);
  const variable = (other: string): readonly KeyOrigin[] | undefined => valuesOrigin(other, manifest, reading);
  const environment = declarations.filter((each) => each.path[path.length] === 'env');
  return {
    kind: 'container', name,
    aliases: [...(siblings === 1 ? [own] : []), image].filter((alias) => alias !== undefined && !isGenericName(withoutEnvironment(alias))) as string[],
    place: { file: manifest.file, at: first?.at ?? [0, 0] },
    programs: lines.slice(0, 1).flatMap((line) => startedBy(line, '', reading.commands).programs),
    feeds: [...feedsOf(environment, manifest, reading, { variable, store: 'kubernetes' }).map((feed) => ({ ...feed, origins: feed.origins.flatMap((origin) => followObject(origin, reading)) })), ...wholeObjects(path, declarations, manifest, reading)],
    envFiles: [],
  };
}

/** The text of a name without its templates: `bot` of `{{ include "shop.fullname" . }}-bot`. */
function nameOf(declaration: Declaration | undefined): string | undefined {
  if (!declaration) return undefined;
  const { value } = declaration;
  const text = value.kind === 'concat' ? value.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') : plainText(declaration);
  const name = text === undefined ? '' : nameWords(text).join('-');
  return name === '' ? undefined : name;
}

/** `envFrom`: every key of a Secret or a ConfigMap. */
function wholeObjects(path: readonly string[], declarations: readonly Declaration[], { file }: ManifestFile, reading: ManifestReading): Feed[] {
  return declarations.filter((each) => each.name === 'name' && each.path[path.length] === 'envFrom').flatMap((each): Feed[] => {
    const object = nameOf(each);
    if (object === undefined) return [];
    const place = { file, at: each.valueAt };
    const entries = reading.objects().get(object) ?? [];
    const keys = entries.filter(({ key }) => isKeyName(key, reading.keyOptions));
    if (keys.length > 0) return keys.map(({ key, origins }) => ({ name: key, origins: origins.length > 0 ? origins : [{ kind: 'reference', store: 'kubernetes', name: `${object}/${key}` }], place }));
    return entries.length === 0 && nameWords(object).includes('hilt') ? [{ name: object, origins: [{ kind: 'reference', store: 'kubernetes', name: `${object}/*` }], place }] : [];
  });
}

/** A key of an object that the repository fills from elsewhere is what it is filled with. */
function followObject(origin: KeyOrigin, { objects }: ManifestReading): readonly KeyOrigin[] {
  if (origin.kind !== 'reference' || origin.store !== 'kubernetes') return [origin];
  const slash = origin.name.indexOf('/');
  const entry = objects().get(origin.name.slice(0, slash))?.find(({ key }) => key === origin.name.slice(slash + 1));
  return entry && entry.origins.length > 0 ? entry.origins : [origin];
}

/**
 * What a manifest says of Secrets and ConfigMaps, by the object's name: plain ones, sealed ones, and those that the External
 * Secrets operator fills from a store (https://external-secrets.io/latest/api/externalsecret/).
 */
export function objectsIn(manifest: ManifestFile, keyOptions: KeyOptions): { readonly object: string; readonly entry: ObjectEntry }[] {
  const { file } = manifest;
  return documentsOf(manifest).flatMap((declarations) => {
    const kind = textAt(declarations, ['kind']) ?? '';
    const own = nameOf(declarations.find((each) => each.name === 'name' && each.path.length === 1 && each.path[0] === 'metadata'));
    if (kind === 'ExternalSecret' && own !== undefined) return externalEntries(declarations, textAt(declarations, ['spec', 'target', 'name']) ?? own);
    if (!/^(?:Secret|ConfigMap|SealedSecret)$/.test(kind) || own === undefined) return [];
    const data = declarations.filter(({ path }) => /^(?:data|stringData)$/.test(path[0] ?? '') || path.join('.') === 'spec.encryptedData');
    return data.map(({ name, value }) => {
      const origins = originsOf(value, { file, keyOptions, isKey: isKeyName(name, keyOptions) }).filter((origin) => origin.kind === 'literal');
      return { object: own, entry: { key: name, origins } };
    });
  });
}

function externalEntries(declarations: readonly Declaration[], object: string): { object: string; entry: ObjectEntry }[] {
  const store = textAt(declarations, ['spec', 'secretStoreRef', 'name']) ?? 'external';
  return declarations.filter((each) => each.name === 'secretKey' && each.path[1] === 'data').flatMap((each) => {
    const key = plainText(each);
    const remote = textAt(declarations, [...each.path, 'remoteRef', 'key']);
    const property = textAt(declarations, [...each.path, 'remoteRef', 'property']);
    if (key === undefined || remote === undefined) return [];
    return [{ object, entry: { key, origins: [{ kind: 'reference', store, name: property === undefined ? remote : `${remote}#${property}` }] } }];
  });
}

/** `.Values.hilt.apiKey` of a template is what the chart's `values.yaml` says. */
function valuesOrigin(name: string, { file }: ManifestFile, reading: ManifestReading): readonly KeyOrigin[] | undefined {
  const path = /^\.Values\.([\w.-]+)$/.exec(name)?.[1]?.split('.');
  const chart = /^(.*?)\/?templates\//.exec(file)?.[1];
  if (!path || chart === undefined) return undefined;
  const values = reading.manifest(chart === '' ? 'values.yaml' : `${chart}/values.yaml`);
  const declared = values?.declarations.find((each) => each.name === path.at(-1) && each.path.join('.') === path.slice(0, -1).join('.'));
  const found = values && declared ? feedsOf([declared], values, reading) : [];
  const known = found.flatMap((feed) => feed.origins).filter((origin) => origin.kind !== 'variable');
  return known.length > 0 ? known : [{ kind: 'variable', scope: chart, name }];
}

/** `values.yaml` of a chart: the part of each workload, by the key that names it. */
export const helmValues: ManifestKind = {
  matches: (path) => /^values(?:[.-][\w.-]+)?\.ya?ml$/.test(baseName(path)),
  units: (manifest, reading) => {
    const feeds = feedsOf(manifest.declarations, manifest, reading, { store: 'kubernetes' });
    const groups = new Map<string, Feed[]>();
    for (const feed of feeds) {
      const declaration = manifest.declarations.find(({ at }) => at === feed.place.at);
      const path = (declaration?.path ?? []).filter((part) => !/^\d+$/.test(part));
      const name = workloadOf(path);
      if (name !== undefined && (feed.origins.some((origin) => isKeyOrigin(origin, reading.keyOptions)) || isKeyName(feed.name, reading.keyOptions))) groups.set(name, [...(groups.get(name) ?? []), feed]);
    }
    return [...groups].map(([name, own]): Unit => ({ kind: 'chart', name, place: own[0]?.place ?? { file: manifest.file, at: [0, 0] }, programs: [], feeds: own, envFiles: [] }));
  },
};

const groupKeys = new Set(['services', 'apps', 'applications', 'workloads', 'deployments', 'components', 'jobs', 'workers', 'bots', 'cronjobs', 'cronJobs']);
const settingKeys = new Set(['global', 'env', 'envs', 'environment', 'secrets', 'secret', 'config', 'hilt', 'common', 'shared', 'extraEnv', 'extraEnvVars', 'envVars', 'image', 'app', 'defaults']);

/** The key of a chart's values that names a workload; settings of the chart as a whole name none. */
function workloadOf(path: readonly string[]): string | undefined {
  const [first, second] = path;
  const name = groupKeys.has(first ?? '') ? second : first;
  return name === undefined || settingKeys.has(name) ? undefined : name;
}
