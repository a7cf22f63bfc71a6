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
  const object = objectBehind(value);
  if (object.kind !== 'call' || calleeName(object.callee) !== 'useRuntimeConfig') return undefined;
  return { kind: 'variable', name: namesTo(value).join('.'), access: 'runtime-config', form: 'dot', at: value.place.at };
}

function objectBehind(value: Resolved): Resolved {
  let object = value;
  while (object.kind === 'member' && object.property.kind === 'text') object = object.object;
  return object;
}

function namesTo(value: Resolved): string[] {
  return value.kind === 'member' && value.property.kind === 'text' ? [...namesTo(value.object), value.property.text] : [];
}
