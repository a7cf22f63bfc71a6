import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Exposure } from './exposure.ts';
import { carried, declaredKey, isSecretName, secretsIn, type App, type Apps } from './native-app.ts';

/** iOS and its relatives: Swift sources, property lists, and build settings that a property list takes in. */
export function appleExposures(apps: Apps): Exposure[] {
  const lists = apps.paths.filter((path) => path.endsWith('.plist') && !isTest(path));
  return apps.modules.flatMap((module) => exposuresOf(apps, lists, module));
}

function exposuresOf(apps: Apps, lists: readonly string[], module: ModuleSummary): Exposure[] {
  const { file } = module;
  if (isTest(file)) return [];
  if (file.endsWith('.plist')) return isPacked(file) ? module.declarations.flatMap((declaration) => declaredKey(apps, appleApp(file), module, declaration)) : [];
  if (/\.xcconfig$/.test(file)) return settingsOf(apps, lists, module);
  return /\.(?:swift|m|mm)$/.test(file) ? sourceOf(apps, module) : [];
}

function appleApp(because: string): App {
  return { what: 'an iOS app', because };
}

function isTest(file: string): boolean {
  return /(?:^|\/)\w*Tests\/|Tests?\.(?:swift|mm?)$/.test(file);
}

/** What Xcode reads on the machine that builds is not packed. */
function isPacked(file: string): boolean {
  return !/(?:^|\/)(?:ExportOptions\w*|exportOptions\w*|\w*Workspace\w*|xcschememanagement|IDE\w+)\.plist$|\.xcodeproj\/|\.xcworkspace\//.test(file);
}

/** A setting is in the app once a property list asks for it (https://developer.apple.com/documentation/xcode/adding-a-build-configuration-file-to-your-project). */
function settingsOf(apps: Apps, lists: readonly string[], module: ModuleSummary): Exposure[] {
  return module.declarations.flatMap(({ name, at, valueAt }) => {
    const list = lists.find((path) => apps.text(path).includes(`$(${name})`) || apps.text(path).includes(`\${${name}}`));
    if (list === undefined) return [];
    const secrets = secretsIn(appleApp(list), module, (span) => valueAt[0] <= span[0] && span[1] <= valueAt[1]);
    if (secrets.length > 0) return secrets;
    return isSecretName(apps, name) ? [carried(appleApp(list), module.file, at, { name })] : [];
  });
}

function sourceOf(apps: Apps, module: ModuleSummary): Exposure[] {
  const app = appOfSource(apps, module.file);
  if (!app) return [];
  const reads = module.reads.filter(({ name }) => isSecretName(apps, name)).map((read) => carried(app, module.file, read.at, { name: read.name }, read.module === 'Info.plist' ? 'value' : 'code'));
  return [...secretsIn(app, module), ...reads];
}

function appOfSource(apps: Apps, file: string): App | undefined {
  const manifest = apps.nearest(file, /^Package\.swift$/);
  const project = apps.paths.find((path) => /\.xcodeproj\/project\.pbxproj$/.test(path)) ?? apps.paths.find((path) => /(?:^|\/)(?:Info\.plist|Podfile)$/.test(path));
  if (manifest) {
    const text = apps.text(manifest.file);
    // Vapor and its relatives, and command line tools, run where their owner is.
    if (/vapor|hummingbird|swift-nio|swift-aws-lambda|executableTarget/i.test(text)) return undefined;
    return { ...appleApp(project ?? manifest.file), ...(project === undefined ? { confidence: 'possible' } : {}) };
  }
  if (project !== undefined) return appleApp(project);
  const isApp = /\bimport\s+(?:SwiftUI|UIKit|AppKit|WatchKit)\b/.test(apps.text(file));
  return { ...appleApp(file), ...(isApp ? {} : { confidence: 'possible' }) };
}
