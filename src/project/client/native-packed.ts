import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import type { Exposure } from './exposure.ts';
import { carried, isSecretName, secretsIn, type App, type Apps } from './native-app.ts';
import { baseName } from '../../sources/base-name.ts';

/** Settings and sources that shells around web code pack into the app: Tauri, Capacitor, Cordova, Expo, extensions, react-native-config. */
export function packedExposures(apps: Apps): Exposure[] {
  return apps.modules.flatMap((module) => [...settingsOf(apps, module), ...rustOf(apps, module), ...nativeConfigOf(apps, module)]);
}

function settingsOf(apps: Apps, module: ModuleSummary): Exposure[] {
  const app = appOfSettings(apps, module);
  return app ? secretsIn(app, module, (at) => !isHook(module, at)) : [];
}

function appOfSettings(apps: Apps, { file, declarations, language }: ModuleSummary): App | undefined {
  const name = baseName(file);
  if (name === 'capacitor.config.json') return { what: 'a Capacitor app', because: file };
  if (/^tauri(?:\.\w+)?\.conf\.json5?$|^Tauri\.toml$/.test(name)) return { what: 'a Tauri app', because: file };
  if (name === 'config.xml' && /<widget\b/.test(apps.text(file))) return { what: 'a Cordova app', because: file };
  if (name === 'app.json' && apps.detection.at(file).some(({ framework }) => framework.id === 'expo' || framework.id === 'react-native')) return { what: 'the app', because: file };
  const isExtension = /^manifest(?:\.\w+)?\.json$/.test(name) && language === 'json' && declarations.some((declaration) => declaration.name === 'manifest_version' && declaration.path.length === 0);
  return isExtension ? { what: 'a browser extension', because: file } : undefined;
}

/** Hooks of Expo run when it is published; `extra` is found where it is injected. */
function isHook({ declarations }: ModuleSummary, at: Span): boolean {
  const around = declarations.find(({ valueAt }) => valueAt[0] <= at[0] && at[1] <= valueAt[1]);
  return around !== undefined && (around.path.includes('hooks') || around.path.includes('extra'));
}

const compiled = /\b(?:option_)?env!\s*\(\s*"([A-Za-z_]\w*)"/g;
const included = /\binclude_(?:str|bytes)!\s*\(\s*"([^"\n]+)"/g;

/** The Rust half of a Tauri app: literals, `env!` and `include_str!` are compiled into the program (doc.rust-lang.org/std/macro.env.html). */
function rustOf(apps: Apps, module: ModuleSummary): Exposure[] {
  if (!module.file.endsWith('.rs')) return [];
  const config = apps.nearest(module.file, /^(?:tauri(?:\.\w+)?\.conf\.json5?|Tauri\.toml)$/);
  if (!config) return [];
  const app: App = { what: 'a Tauri app', because: config.file };
  const text = apps.text(module.file);
  const isComment = (index: number): boolean => /^\s*\/\/|\s\/\/\s/.test(text.slice(text.lastIndexOf('\n', index) + 1, index));
  const reads = [...text.matchAll(compiled)].flatMap((match) => {
    const name = match[1] ?? '';
    const at: Span = [match.index, match.index + match[0].length];
    return isSecretName(apps, name) && !isComment(match.index) ? [carried(app, module.file, at, { name })] : [];
  });
  const files = [...text.matchAll(included)].flatMap((match) => {
    const path = joinPath(folderOf(module.file), match[1] ?? '');
    const packed = apps.modules.find(({ file }) => file === path);
    return packed ? secretsIn({ ...app, because: module.file }, packed) : [];
  });
  return [...secretsIn(app, module, (at) => !isComment(at[0])), ...reads, ...files];
}

/** react-native-config makes every name of the env file a constant of the app ("not for secrets", its README). */
function nativeConfigOf(apps: Apps, module: ModuleSummary): Exposure[] {
  if (module.language !== 'dotenv' || /\.(?:example|sample|template|dist)$/.test(module.file)) return [];
  const owner = apps.built.workspace.packageOf(module.file);
  if (!owner || !('react-native-config' in owner.dependencies)) return [];
  const app: App = { what: 'the app', because: owner.folder === '' ? 'package.json' : `${owner.folder}/package.json` };
  const secrets = secretsIn(app, module);
  const named = module.declarations.filter(({ name, valueAt }) => isSecretName(apps, name) && !secrets.some(({ at }) => valueAt[0] <= at[0] && at[1] <= valueAt[1]));
  return [...secrets, ...named.map(({ name, at }) => carried(app, module.file, at, { name }))];
}
