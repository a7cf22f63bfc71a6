import type { VariableValue } from '../value.ts';

/** Where a native source takes a configured value from; the read's `module`. */
export type NativeStore = 'environment' | 'gradle' | 'BuildConfig' | 'R.string' | 'Info.plist' | 'dart-define' | 'dotenv' | 'Platform.environment';

interface ReadForm { readonly store: NativeStore; readonly pattern: RegExp }

const quoted = String.raw`\(?\s*\[?\s*(?:(?:forInfoDictionaryKey|named|name):\s*)?["']([A-Za-z_][\w.-]*)["']`;

const forms: readonly ReadForm[] = [
  // Android Gradle plugin: a `buildConfigField` is a constant of the generated class, a `resValue` one of `R.string`.
  { store: 'BuildConfig', pattern: /\bBuildConfig\.([A-Za-z_]\w*)/g },
  { store: 'R.string', pattern: /\bR\.string\.([A-Za-z_]\w*)/g },
  // java.lang.System, Foundation's ProcessInfo, Gradle's ProviderFactory
  { store: 'environment', pattern: new RegExp(String.raw`\b(?:System\.getenv(?:\(\))?(?:\.get)?|ProcessInfo\.processInfo\.environment|environmentVariable)\??!?` + quoted + String.raw`\s*\)?\]?`, 'g') },
  { store: 'environment', pattern: /\bSystem\.env\.([A-Za-z_]\w*)/g },
  { store: 'gradle', pattern: new RegExp(String.raw`\b(?:gradleProperty|findProperty|getProperty|[\w.]{0,40}[pP]ropert(?:y|ies)(?:\.getProperty|\.get)?|[\w.]{0,40}[pP]rops(?:\.getProperty)?)` + quoted + String.raw`\s*\)?\]?`, 'g') },
  { store: 'gradle', pattern: /\b(?:project|rootProject)\.(?:ext\.)?([A-Z][A-Z0-9_]+)\b/g },
  // Foundation's Bundle
  { store: 'Info.plist', pattern: new RegExp(String.raw`\b(?:Bundle\.main\.)?(?:object|infoDictionary)\??!?` + quoted + String.raw`\s*\)?\]?`, 'g') },
  // dart:core `fromEnvironment` holds what `--dart-define` set when the app was built
  { store: 'dart-define', pattern: new RegExp(String.raw`\b(?:String|bool|int)\.(?:fromEnvironment|hasEnvironment)` + quoted, 'g') },
  { store: 'Platform.environment', pattern: new RegExp(String.raw`\bPlatform\.environment` + quoted + String.raw`\s*\]`, 'g') },
  { store: 'dotenv', pattern: new RegExp(String.raw`\b(?:dotenv|DotEnv\(\))\.(?:env|get|maybeGet)` + quoted + String.raw`\s*\)?\]?`, 'g') },
];

/** The reads of configured values in a piece of native code, `offset` being where it begins in its file. In position order. */
export function findReads(code: string, offset: number): VariableValue[] {
  const found = new Map<number, VariableValue>();
  for (const { store, pattern } of forms) {
    for (const hit of code.matchAll(pattern)) {
      const [all, name = ''] = hit;
      const start = offset + hit.index;
      if (found.has(start)) continue;
      const form = /["']/.test(all) ? (all.includes('[') ? 'bracket' : 'call') : 'dot';
      found.set(start, { kind: 'variable', name, access: 'helper', form, module: store, at: [start, start + all.length] });
    }
  }
  return [...found.values()].sort((one, other) => one.at[0] - other.at[0]);
}
