import { isKeyLikeName, isKeyName } from '../../hilt/names.ts';
import type { Declaration } from '../../syntax/module-summary.ts';
import { folderOf } from '../graph/posix-path.ts';
import type { Feed, Unit } from './integration.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import { groupsBelow, plainText, startsWith, textAt, type ManifestFile } from './manifest-file.ts';

/** Resources and modules of Terraform and OpenTofu that are given a key (https://developer.hashicorp.com/terraform/language). */
export const terraform: ManifestKind = {
  matches: (path) => /\.tf$/.test(path),
  units: (manifest, reading) => [...resources(manifest, reading), ...modules(manifest, reading)],
};

/** What holds a key and runs nothing. */
const stores = /^(?:aws_secretsmanager|aws_ssm|google_secret_manager|azurerm_key_vault|vault_|onepassword_|doppler_|github_actions_secret|github_.*secret|gitlab_.*variable|kubernetes_secret|kubernetes_config_map|random_|local_|null_)/;

function resources(manifest: ManifestFile, reading: ManifestReading): Unit[] {
  return [...groupsBelow(manifest.declarations, ['resource'])].filter(([type]) => !stores.test(type)).flatMap(([type, ofType]) => (
    [...groupsBelow(ofType, ['resource', type])].flatMap(([label, own]) => {
      const path = ['resource', type, label];
      const variable = (name: string): Feed['origins'] | undefined => [{ kind: 'variable', scope: folderOf(manifest.file), name }];
      const feeds = [...feedsOf(own, manifest, reading, { variable, store: `terraform ${folderOf(manifest.file)}` }), ...secretBlocks(own, manifest, reading)];
      if (feeds.length === 0) return [];
      const name = textAt(own, [...path, 'function_name']) ?? textAt(own, [...path, 'family']) ?? textAt(own, [...path, 'name']) ?? label;
      return [unit(/^[\w.-]+$/.test(name) ? name : label, [label], own, feeds, manifest)];
    })
  ));
}

function unit(name: string, aliases: readonly string[], own: readonly Declaration[], feeds: readonly Feed[], { file }: ManifestFile): Unit {
  return { kind: 'resource', name, aliases, place: { file, at: own[0]?.at ?? [0, 0] }, programs: [], feeds, envFiles: [] };
}

/** `env { name = "HILT_API_KEY" value_source { secret_key_ref { secret = … } } }`: blocks of one name have one path, so order tells. */
function secretBlocks(own: readonly Declaration[], { file }: ManifestFile, { keyOptions }: ManifestReading): Feed[] {
  return own.flatMap((each, index): Feed[] => {
    const name = each.name === 'name' && /^env/.test(each.path.at(-1) ?? '') ? plainText(each) : undefined;
    if (name === undefined || !isKeyName(name, keyOptions)) return [];
    const rest = own.slice(index + 1);
    const end = rest.findIndex((other) => other.name === 'name' && other.path.length === each.path.length);
    const block = (end < 0 ? rest : rest.slice(0, end)).filter((other) => startsWith(other.path, each.path) && other.path.length > each.path.length);
    const secret = block.find((other) => /^(?:secret|name|secret_name)$/.test(other.name));
    const key = block.find((other) => other.name === 'key');
    if (!secret) return [];
    const text = secret.value.kind === 'variable' ? secret.value.name : plainText(secret);
    if (text === undefined) return [];
    const entry = key && plainText(key);
    return [{ name, origins: [{ kind: 'reference', store: `terraform ${folderOf(file)}`, name: entry === undefined ? text : `${text}/${entry}` }], place: { file, at: each.valueAt } }];
  });
}

/** `module "bot" { hilt_api_key = var.hilt_api_key }`. */
function modules(manifest: ManifestFile, reading: ManifestReading): Unit[] {
  return [...groupsBelow(manifest.declarations, ['module'])].flatMap(([label, own]) => {
    const variable = (name: string): Feed['origins'] | undefined => [{ kind: 'variable', scope: folderOf(manifest.file), name }];
    const keys = own.filter((each) => isKeyLikeName(each.name, reading.keyOptions) || isKeyName(each.name, reading.keyOptions));
    const feeds = keys.flatMap((each) => feedsOf([{ ...each, name: each.name.toUpperCase() }], manifest, reading, { variable, store: `terraform ${folderOf(manifest.file)}` })).map((feed, index) => ({ ...feed, name: keys[index]?.name ?? feed.name }));
    return feeds.length === 0 ? [] : [unit(label, [], own, feeds, manifest)];
  });
}
