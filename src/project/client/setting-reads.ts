import type { VariableValue } from '../../syntax/value.ts';
import { calleeName, type Resolved } from '../resolved.ts';

/** The manifests in which Expo keeps `extra` (https://docs.expo.dev/versions/latest/sdk/constants). */
const expoExtra = /^(?:default\.)?(?:expoConfig|manifest|manifest2\.extra\.expoClient)\.extra\.(.+)$/;

/** A read of a setting that the configuration of the app hands to client code: `Constants.expoConfig.extra.key`, `useRuntimeConfig().public.key`. */
export function settingRead(value: Resolved): VariableValue | undefined {
  if (value.kind === 'outside') {
    const name = value.specifier === 'expo-constants' ? expoExtra.exec(value.name)?.[1] : undefined;
    return name === undefined || !value.place ? undefined : { kind: 'variable', name, access: 'expo-extra', form: 'dot', at: value.place.at };
  }
  if (value.kind !== 'member' || !value.place) return undefined;
  const names: string[] = [];
  let object: Resolved = value;
  while (object.kind === 'member' && object.property.kind === 'text') {
    names.unshift(object.property.text);
    object = object.object;
  }
  if (object.kind !== 'call' || calleeName(object.callee) !== 'useRuntimeConfig') return undefined;
  return { kind: 'variable', name: names.join('.'), access: 'runtime-config', form: 'dot', at: value.place.at };
}
