import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { joinPath } from '../graph/posix-path.ts';
import type { Exposure } from './exposure.ts';
import { carried, isSecretName, secretsIn, type App, type Apps } from './native-app.ts';

/** Flutter: Dart sources, assets, and what `--dart-define` compiles in (https://dart.dev/libraries/core/environment-declarations). */
export function flutterExposures(apps: Apps): Exposure[] {
  const packages = apps.paths.filter((path) => /(?:^|\/)pubspec\.yaml$/.test(path) && /^\s*flutter\s*:/m.test(apps.text(path)));
  const define = packages[0] ?? apps.paths.find((path) => path.endsWith('.dart'));
  return [
    ...packages.flatMap((pubspec) => assetsOf(apps, pubspec)),
    ...apps.modules.flatMap((module) => (module.file.endsWith('.dart') ? sourceOf(apps, packages, module) : define === undefined ? [] : definesIn(apps, define, module))),
  ];
}

function flutterApp(because: string): App {
  return { what: 'a Flutter app', because };
}

function sourceOf(apps: Apps, packages: readonly string[], module: ModuleSummary): Exposure[] {
  const pubspec = apps.nearest(module.file, /^pubspec\.yaml$/);
  const path = module.file.slice(pubspec === undefined || pubspec.folder === '' ? 0 : pubspec.folder.length + 1);
  // Tools and tests run where they are started. A package without Flutter is a server, a tool or a library.
  if (/^(?:test|integration_test|test_driver|tool|bin|hook|build)\//.test(path)) return [];
  if (pubspec && !packages.includes(pubspec.file)) return [];
  const app: App = pubspec ? flutterApp(pubspec.file) : { ...flutterApp(module.file), ...(/package:flutter\//.test(apps.text(module.file)) ? {} : { confidence: 'possible' }) };
  const reads = module.reads.filter(({ name }) => isSecretName(apps, name)).map((read) => carried(app, module.file, read.at, { name: read.name }, read.module === 'dart-define' || read.module === 'dotenv' ? 'value' : 'code'));
  return [...secretsIn(app, module), ...reads];
}

/** `flutter: assets: - .env`: "do not store secrets, assets are bundled" (README of flutter_dotenv). */
function assetsOf({ project, ...apps }: Apps, pubspec: string): Exposure[] {
  const folder = pubspec.slice(0, Math.max(pubspec.lastIndexOf('/'), 0));
  const assets = (project.module(pubspec)?.declarations ?? []).filter(({ path }) => path[0] === 'flutter' && path[1] === 'assets');
  return assets.flatMap(({ value }) => {
    const asset = value.kind === 'text' ? joinPath(folder, value.text) : undefined;
    if (asset === undefined || value.kind !== 'text') return [];
    const isFolder = value.text.endsWith('/');
    const packed = apps.modules.filter(({ file }) => file === asset || (isFolder && file.startsWith(`${asset}/`) && !file.slice(asset.length + 1).includes('/')));
    return packed.flatMap((module) => packedFile({ project, ...apps }, pubspec, module));
  });
}

/** A file that the app carries as it is. */
function packedFile(apps: Apps, pubspec: string, module: ModuleSummary): Exposure[] {
  const app = flutterApp(pubspec);
  const secrets = secretsIn({ ...app }, module);
  const named = module.declarations.filter(({ name, value, valueAt }) => {
    const isEmpty = value.kind === 'text' && value.text.trim() === '';
    return isSecretName(apps, name) && !isEmpty && !secrets.some(({ at }) => valueAt[0] <= at[0] && at[1] <= valueAt[1]);
  });
  return [...secrets, ...named.map(({ name, at }) => carried(app, module.file, at, { name }))];
}

const dartDefine = /--dart-define(?:[= ]|["']\s*,\s*["'])["']?([A-Za-z_]\w*)=/g;
const dartDefineFile = /--dart-define-from-file(?:[= ]|["']\s*,\s*["'])["']?([\w./-]+)/g;

/** Commands of scripts, workflows, Makefiles and `launch.json` that build with a key, one by one or from a file. */
function definesIn(apps: Apps, because: string, module: ModuleSummary): Exposure[] {
  if (!/^(?:shell|yaml|makefile|json|dockerfile|groovy|text|toml|properties)$/.test(module.language) || /\.(?:md|txt|rst)$/.test(module.file)) return [];
  const text = apps.text(module.file);
  if (!text.includes('--dart-define')) return [];
  const isComment = (index: number): boolean => /^\s*(?:#|\/\/)/.test(text.slice(text.lastIndexOf('\n', index) + 1, index));
  const named = [...text.matchAll(dartDefine)].flatMap((match) => {
    const name = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(name);
    const at: Span = [start, start + name.length];
    return isSecretName(apps, name) && !isComment(match.index) ? [carried(flutterApp(because), module.file, at, { name })] : [];
  });
  const files = [...text.matchAll(dartDefineFile)].flatMap((match) => {
    const packed = apps.modules.filter(({ file }) => file === match[1] || file.endsWith(`/${(match[1] ?? '').replace(/^\.\//, '')}`));
    return isComment(match.index) ? [] : packed.flatMap((each) => packedFile(apps, module.file, each));
  });
  return [...named, ...files];
}
