import { describe, expect, it } from 'vitest';
import { nativeExposures } from '../../../src/project/client/native.ts';
import { makeKey } from '../../support/keys.ts';
import { linkedProject } from '../../support/linked-project.ts';

const key = makeKey('live', 'native');

/** What apps carry, as `file: text of the place: app`, `code` told, uncertain ones with a question mark. */
function carriedIn(files: Readonly<Record<string, string>>): string[] {
  const project = linkedProject(files);
  const built = project.graph;
  if (!built) throw new Error('The project has no graph.');
  return nativeExposures(project, built, built.detection).map(({ file, at, what, exposure, confidence }) => `${file}: ${(files[file] ?? '').slice(...at).replaceAll(key, 'KEY')}: ${what}${exposure === 'code' ? ' (code)' : ''}${confidence === 'possible' ? '?' : ''}`);
}

describe('Android', () => {
  const manifest = { 'app/src/main/AndroidManifest.xml': '<manifest/>' };
  it('carries its resources', () => expect(carriedIn({ 'app/src/main/res/values/strings.xml': `<resources>\n<!-- ${key} -->\n<string name="hilt_api_key">${key}</string>\n</resources>` })).toEqual(['app/src/main/res/values/strings.xml: KEY: an Android app']));
  it('carries what the manifest says', () => expect(carriedIn({ 'app/src/main/AndroidManifest.xml': `<manifest><application><meta-data android:name="so.hilt.key" android:value="\${HILT_API_KEY}"/><meta-data android:name="hilt.other" android:value="${key}"/></application></manifest>` })).toEqual(['app/src/main/AndroidManifest.xml: "${HILT_API_KEY}": an Android app', 'app/src/main/AndroidManifest.xml: KEY: an Android app']));
  it('carries what Gradle compiles in', () => expect(carriedIn({
    'app/build.gradle': `android {\n  defaultConfig {\n    buildConfigField "String", "HILT_API_KEY", "\\"${key}\\""\n    resValue "string", "hilt_key", System.getenv("HILT_API_KEY")\n    manifestPlaceholders = [hiltKey: project.properties["HILT_KEY"]]\n  }\n}`,
  })).toEqual(['app/build.gradle: KEY: an Android app', 'app/build.gradle: System.getenv("HILT_API_KEY"): an Android app', 'app/build.gradle: project.properties["HILT_KEY"]: an Android app']));
  it('carries a property that Gradle compiles in', () => expect(carriedIn({ 'app/build.gradle.kts': 'android { defaultConfig { buildConfigField("String", "HILT_API_KEY", providers.gradleProperty("HILT_API_KEY").get()) } }', 'gradle.properties': `HILT_API_KEY=${key}` })).toContain('gradle.properties: KEY: an Android app'));
  it('carries all properties of the plugin for secrets', () => expect(carriedIn({ 'app/build.gradle': 'plugins { id "com.google.android.libraries.mapsplatform.secrets-gradle-plugin" }', 'local.properties': 'HILT_API_KEY=x' })).toEqual(['local.properties: HILT_API_KEY: an Android app']));
  it('carries literals and constants of its sources', () => expect(carriedIn({ ...manifest, 'app/src/main/java/so/Pay.kt': `const val KEY = "${key}"\n// ${key}\nval other = BuildConfig.HILT_API_KEY\nval third = System.getenv("HILT_API_KEY")` })).toEqual(['app/src/main/java/so/Pay.kt: KEY: an Android app', 'app/src/main/java/so/Pay.kt: BuildConfig.HILT_API_KEY: an Android app', 'app/src/main/java/so/Pay.kt: System.getenv("HILT_API_KEY"): an Android app (code)']));

  it('does not carry properties that stay with the build', () => expect(carriedIn({ ...manifest, 'app/build.gradle': 'android { signingConfigs { release { storePassword = "x" } } }', 'gradle.properties': `HILT_API_KEY=${key}`, 'local.properties': `HILT_API_KEY=${key}` })).toEqual([]));
  it('does not carry its tests', () => expect(carriedIn({ ...manifest, 'app/src/test/java/so/PayTest.kt': `val key = "${key}"`, 'app/src/androidTest/java/so/PayTest.kt': `val key = "${key}"` })).toEqual([]));
  it('is not a server in Kotlin', () => expect(carriedIn({ 'build.gradle.kts': 'plugins { id("io.ktor.plugin") }\napplication { mainClass.set("so.Main") }', 'src/main/kotlin/so/Main.kt': `val key = System.getenv("HILT_API_KEY")\nval other = "${key}"` })).toEqual([]));
  it('is not taken in by Dagger Hilt', () => expect(carriedIn({ ...manifest, 'app/build.gradle': 'plugins { id "com.google.dagger.hilt.android" }\nandroid { buildConfigField "String", "HILT_VIEW_MODEL_KEY", System.getenv("X") }', 'app/src/main/java/so/App.kt': 'import dagger.hilt.android.HiltAndroidApp\n@HiltAndroidApp class App\nval tag = BuildConfig.HILT_VIEW_MODEL_KEY' })).toEqual([]));
});

describe('iOS', () => {
  const project = { 'App.xcodeproj/project.pbxproj': '// !$*UTF8*$!' };
  it('carries property lists', () => expect(carriedIn({ 'App/Info.plist': `<plist><dict><key>HiltKey</key><string>${key}</string><key>HILT_API_KEY</key><string>$(HILT_API_KEY)</string></dict></plist>` })).toEqual(['App/Info.plist: KEY: an iOS app', 'App/Info.plist: $(HILT_API_KEY): an iOS app']));
  it('carries a build setting that a property list takes in', () => expect(carriedIn({ 'App/Info.plist': '<plist><dict><key>K</key><string>$(HILT_API_KEY)</string></dict></plist>', 'Config/Release.xcconfig': `HILT_API_KEY = ${key}\nHILT_OTHER_KEY = ${key}` })).toEqual(['App/Info.plist: $(HILT_API_KEY): an iOS app', 'Config/Release.xcconfig: KEY: an iOS app']));
  it('carries its sources', () => expect(carriedIn({ ...project, 'App/Pay.swift': `import SwiftUI\n// ${key}\nlet key = "${key}"\nlet other = Bundle.main.object(forInfoDictionaryKey: "HILT_API_KEY") as? String` })).toEqual(['App/Pay.swift: KEY: an iOS app', 'App/Pay.swift: Bundle.main.object(forInfoDictionaryKey: "HILT_API_KEY"): an iOS app']));
  it('may be where a Swift file stands alone', () => expect(carriedIn({ 'Pay.swift': `let key = "${key}"` })).toEqual(['Pay.swift: KEY: an iOS app?']));

  it('does not carry a setting that no property list takes in', () => expect(carriedIn({ ...project, 'Config/Release.xcconfig': `HILT_API_KEY = ${key}` })).toEqual([]));
  it('does not carry its tests', () => expect(carriedIn({ ...project, 'AppTests/PayTests.swift': `let key = "${key}"` })).toEqual([]));
  it('is not a server in Swift', () => expect(carriedIn({ 'Package.swift': '.package(url: "https://github.com/vapor/vapor.git", from: "4.0.0")', 'Sources/App/main.swift': `let key = ProcessInfo.processInfo.environment["HILT_API_KEY"]\nlet other = "${key}"` })).toEqual([]));
});

describe('Flutter', () => {
  const pubspec = { 'pubspec.yaml': 'name: app\ndependencies:\n  flutter:\n    sdk: flutter\nflutter:\n  assets:\n    - .env.production\n    - assets/\n' };
  it('carries its sources, and what is compiled in', () => expect(carriedIn({ ...pubspec, 'lib/pay.dart': `const key = "${key}";\n// ${key}\nconst other = String.fromEnvironment('HILT_API_KEY');\nfinal third = dotenv.env['HILT_API_KEY'];` })).toEqual(['lib/pay.dart: KEY: a Flutter app', "lib/pay.dart: String.fromEnvironment('HILT_API_KEY': a Flutter app", "lib/pay.dart: dotenv.env['HILT_API_KEY']: a Flutter app"]));
  it('carries its assets', () => expect(carriedIn({ ...pubspec, '.env.production': 'HILT_API_KEY=x\nHILT_WEBHOOK_SECRET=', 'assets/config.json': `{ "k": "${key}" }`, 'other/config.json': `{ "k": "${key}" }` })).toEqual(['.env.production: HILT_API_KEY: a Flutter app', 'assets/config.json: KEY: a Flutter app']));
  it('carries what its build is given', () => expect(carriedIn({ ...pubspec, 'Makefile': 'build:\n\tflutter build apk --dart-define=HILT_API_KEY=$(KEY) --dart-define=HILT_API_URL=x\n', '.vscode/launch.json': '{ "configurations": [{ "args": ["--dart-define", "HILT_API_KEY=x"] }] }', 'ci.sh': '# flutter build --dart-define=HILT_API_KEY=x\nflutter build --dart-define-from-file=keys.json', 'keys.json': `{ "HILT_API_KEY": "${key}" }` })).toEqual(['.vscode/launch.json: HILT_API_KEY: a Flutter app', 'Makefile: HILT_API_KEY: a Flutter app', 'keys.json: KEY: a Flutter app']));

  it('does not carry tests and tools', () => expect(carriedIn({ ...pubspec, 'test/pay_test.dart': `const key = "${key}";`, 'tool/seed.dart': `const key = "${key}";` })).toEqual([]));
  it('is not a server in Dart', () => expect(carriedIn({ 'pubspec.yaml': 'name: server\ndependencies:\n  shelf: ^1.0.0\n', 'lib/server.dart': `const key = "${key}";` })).toEqual([]));
});

describe('shells around web code', () => {
  it('carry their settings', () => expect(carriedIn({
    'package.json': '{ "dependencies": { "expo": "54" } }',
    'capacitor.config.json': `{ "plugins": { "Pay": { "key": "${key}" } } }`,
    'src-tauri/tauri.conf.json': `{ "plugins": { "pay": "${key}" } }`,
    'cordova/config.xml': `<widget><preference name="k" value="${key}"/></widget>`,
    'extension/manifest.json': `{ "manifest_version": 3, "key": "${key}" }`,
    'app.json': `{ "expo": { "ios": { "infoPlist": { "k": "${key}" } }, "hooks": { "postPublish": [{ "config": { "k": "${key}" } }] } } }`,
  })).toEqual(['app.json: KEY: the app', 'capacitor.config.json: KEY: a Capacitor app', 'cordova/config.xml: KEY: a Cordova app', 'extension/manifest.json: KEY: a browser extension', 'src-tauri/tauri.conf.json: KEY: a Tauri app']));
  it('compile in what Rust says', () => expect(carriedIn({ 'src-tauri/tauri.conf.json': '{}', 'src-tauri/src/main.rs': `const A: &str = env!("HILT_API_KEY");\n// env!("HILT_API_KEY")\nconst B: &str = "${key}";\nconst C: &str = include_str!("../key.txt");`, 'src-tauri/key.txt': key })).toEqual(['src-tauri/src/main.rs: KEY: a Tauri app', 'src-tauri/src/main.rs: env!("HILT_API_KEY": a Tauri app', 'src-tauri/key.txt: KEY: a Tauri app']));
  it('compile in the env file of react-native-config', () => expect(carriedIn({ 'package.json': '{ "dependencies": { "react-native-config": "1" } }', '.env.production': 'HILT_API_KEY=x', '.env.example': 'HILT_API_KEY=' })).toEqual(['.env.production: HILT_API_KEY: the app']));

  it('do not compile in a server in Rust', () => expect(carriedIn({ 'src/main.rs': `const A: &str = env!("HILT_API_KEY");\nconst B: &str = "${key}";` })).toEqual([]));
  it('are not a manifest of something else', () => expect(carriedIn({ 'manifest.json': `{ "name": "build", "key": "${key}" }`, 'app.json': `{ "name": "heroku", "env": { "HILT_API_KEY": "${key}" } }` })).toEqual([]));
});
