import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Exposure } from './exposure.ts';
import { carried, declaredKey, isSecretName, secretsIn, type App, type Apps } from './native-app.ts';
import { variablesIn } from '../../syntax/variables-in.ts';

const compiledIn = new Set(['buildConfigField', 'resValue', 'manifestPlaceholders']);
const gradleFile = /\.gradle(?:\.kts)?$/;

/**
 * Android: sources, resources, the manifest, and what Gradle compiles in (developer.android.com/build/gradle-tips;
 * "keys are still recoverable by decompiling an APK", README of google/secrets-gradle-plugin).
 */
export function androidExposures(apps: Apps): Exposure[] {
  const compiled = compiledProperties(apps);
  return apps.modules.flatMap((module) => exposuresOf(apps, compiled, module));
}

function exposuresOf(apps: Apps, compiled: Compiled, module: ModuleSummary): Exposure[] {
  const { file } = module;
  if (/(?:^|\/)res\/(?:values|xml|raw)[^/]*\/[^/]+$/.test(file)) return secretsIn(androidApp(file), module);
  if (/(?:^|\/)AndroidManifest\.xml$/.test(file)) return module.declarations.flatMap((declaration) => declaredKey(apps, androidApp(file), module, declaration));
  if (/(?:^|\/)src\/(?:main|release|prod\w*)\/assets\//.test(file) || /(?:^|\/)google-services\.json$/.test(file)) return secretsIn(androidApp(file), module);
  if (gradleFile.test(file)) return fieldsOf(apps, module);
  if (/\.properties$/.test(file)) return propertiesOf(apps, compiled, module);
  return /\.(?:kt|java)$/.test(file) ? sourceOf(apps, module) : [];
}

function androidApp(because: string): App {
  return { what: 'an Android app', because };
}

/** `buildConfigField`, `resValue` and `manifestPlaceholders`. */
function fieldsOf(apps: Apps, module: ModuleSummary): Exposure[] {
  return module.declarations.filter(({ path }) => path.some((name) => compiledIn.has(name))).flatMap((declaration) => declaredKey(apps, androidApp(module.file), module, declaration));
}

// --- properties -----------------------------------------------------------------------------------------------------------------

interface Compiled {
  /** Properties that a Gradle file compiles in, by name. */
  readonly names: ReadonlyMap<string, string>;
  /** The Gradle file that applies the plugin which compiles in all properties of its files. */
  readonly plugin: string | undefined;
}

function compiledProperties(apps: Apps): Compiled {
  const names = new Map<string, string>();
  for (const module of apps.modules) {
    if (!gradleFile.test(module.file)) continue;
    for (const declaration of module.declarations) {
      if (!declaration.path.some((name) => compiledIn.has(name))) continue;
      for (const variable of variablesIn(declaration.value)) names.set(variable.name, module.file);
      // `def key = properties["hilt.key"]`, then `buildConfigField(…, key)`
      for (const name of bindingsIn(declaration.value)) {
        const bound = module.declarations.find((each) => each.name === name);
        if (bound) for (const variable of variablesIn(bound.value)) names.set(variable.name, module.file);
        else names.set(name, module.file);
      }
    }
  }
  const isPlugin = (file: string): boolean => gradleFile.test(file) && apps.text(file).includes('secrets-gradle-plugin');
  const plugin = apps.modules.some((module) => module.file.endsWith('.properties')) ? apps.paths.find(isPlugin) : undefined;
  return { names, plugin };
}

function bindingsIn(value: ModuleSummary['declarations'][number]['value']): string[] {
  if (value.kind === 'binding') return [value.name];
  if (value.kind === 'concat') return value.parts.flatMap(bindingsIn);
  return value.kind === 'choice' ? value.options.flatMap(bindingsIn) : [];
}

/** `gradle.properties` and `local.properties` stay on the machine that builds, unless Gradle compiles them in. */
function propertiesOf(apps: Apps, { names, plugin }: Compiled, module: ModuleSummary): Exposure[] {
  const isRead = /(?:^|\/)(?:local|secrets)(?:\.defaults)?\.properties$/.test(module.file) ? plugin : undefined;
  return module.declarations.flatMap(({ name, at, valueAt }) => {
    const gradle = names.get(name) ?? isRead;
    if (gradle === undefined) return [];
    const app = androidApp(gradle);
    const secrets = secretsIn(app, module, (span) => valueAt[0] <= span[0] && span[1] <= valueAt[1]);
    if (secrets.length > 0) return secrets;
    return isSecretName(apps, name) ? [carried(app, module.file, at, { name })] : [];
  });
}

// --- sources --------------------------------------------------------------------------------------------------------------------

function sourceOf(apps: Apps, module: ModuleSummary): Exposure[] {
  const app = appOfSource(apps, module.file);
  if (!app) return [];
  const reads = module.reads.filter(({ name }) => isSecretName(apps, name)).map((read) => carried(app, module.file, read.at, { name: read.name }, read.module === 'BuildConfig' || read.module === 'R.string' ? 'value' : 'code'));
  return [...secretsIn(app, module), ...reads];
}

/** Whether a Kotlin or Java file belongs to an app: by its Gradle module. A server's does not; tests are not shipped. */
function appOfSource(apps: Apps, file: string): App | undefined {
  if (/(?:^|\/)src\/\w*[tT]est\w*\//.test(file) || /(?:^|\/)buildSrc\//.test(file)) return undefined;
  const manifest = apps.nearest(file, /^AndroidManifest\.xml$/) ?? manifestOfModule(apps, file);
  if (manifest) return androidApp(manifest.file);
  const gradle = apps.nearest(file, /^build\.gradle(?:\.kts)?$/);
  if (!gradle) return undefined;
  const text = apps.text(gradle.file);
  if (/com\.android\.(?:application|library)|libs\.plugins\.android|androidTarget|android\s*\{/.test(text)) return androidApp(gradle.file);
  if (/io\.ktor\.plugin|ktor-server|springframework|org\.springframework\.boot|io\.micronaut|io\.quarkus|application\s*\{/.test(text)) return undefined;
  // A plain library of a repository that has an app.
  const hasApp = apps.paths.some((path) => path.endsWith('/AndroidManifest.xml'));
  return hasApp ? { ...androidApp(gradle.file), confidence: 'possible' } : undefined;
}

/** `src/main/AndroidManifest.xml` of the module that the file's `src/` belongs to. */
function manifestOfModule({ paths }: Apps, file: string): { readonly file: string } | undefined {
  const source = file.lastIndexOf('/src/') < 0 ? (file.startsWith('src/') ? 0 : -1) : file.lastIndexOf('/src/') + 1;
  if (source < 0) return undefined;
  const root = `${file.slice(0, source)}src/`;
  const found = paths.find((path) => path.startsWith(root) && path.endsWith('/AndroidManifest.xml'));
  return found === undefined ? undefined : { file: found };
}
