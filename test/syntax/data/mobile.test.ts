import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

describe('XML', () => {
  it('declares Android string resources by their name', () => {
    const file = read('xml', 'res/values/strings.xml', '<?xml version="1.0"?>\n<resources>\n  <!-- c -->\n  <string name="hilt_api_key" translatable="false">\n    abc\n  </string>\n  <string name="e">a&amp;b</string>\n</resources>\n');
    expect(file.declarations).toContainEqual({ key: 'resources/string/hilt_api_key', nameText: 'hilt_api_key', valueText: 'abc', value: 'abc' });
    expect(file.declarations).toContainEqual({ key: 'resources/string/e', nameText: 'e', valueText: 'a&amp;b', value: 'a&b@a&amp;b' });
    expect(file.comments).toEqual(['<!-- c -->']);
    expect(file.notices).toEqual([]);
  });

  it('declares the meta-data of a manifest by its name, in either order', () => {
    const { declarations } = read('xml', 'AndroidManifest.xml', '<manifest><application><meta-data android:name="so.hilt.KEY" android:value="${hiltKey}"/><meta-data android:value=\'lit\' android:name="K2" /></application></manifest>');
    expect(declarations).toContainEqual({ key: 'manifest/application/meta-data/so.hilt.KEY', nameText: 'so.hilt.KEY', valueText: '"${hiltKey}"', value: 'expansion(hiltKey)@${hiltKey}' });
    expect(declarations).toContainEqual({ key: 'manifest/application/meta-data/K2', nameText: 'K2', valueText: "'lit'", value: 'lit' });
  });

  it('declares the values of a plist by their keys', () => {
    const { declarations } = read('xml', 'Info.plist', '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://x">\n<plist version="1.0"><dict>\n<key>HiltKey</key><string>$(HILT_API_KEY)</string>\n<key>N</key><dict><key>A</key><string>1</string><key>B</key><true/></dict>\n<key>L</key><array><string>x</string><dict><key>C</key><string>y</string></dict></array>\n<key>E</key><string></string>\n</dict></plist>\n');
    expect(declarations.slice(1)).toEqual([
      { key: 'HiltKey', nameText: 'HiltKey', valueText: '$(HILT_API_KEY)', value: 'expansion(HILT_API_KEY)@$(HILT_API_KEY)' },
      { key: 'N/A', nameText: 'A', valueText: '1', value: '1' },
      { key: 'N/B', nameText: 'B', valueText: '<true/>', value: 'constant true' },
      { key: 'L/0', nameText: 'x', valueText: 'x', value: 'x' },
      { key: 'L/1/C', nameText: 'C', valueText: 'y', value: 'y' },
      { key: 'E', nameText: 'E', valueText: '', value: '' },
    ]);
  });

  it('reads project files and settings of .NET', () => {
    const { values } = read('xml', 'shop.csproj', '<Project><PropertyGroup><HiltApiKey>$(HILT)</HiltApiKey></PropertyGroup><appSettings><add key="HILT_KEY" value="w"/></appSettings></Project>');
    expect(values).toMatchObject({ 'Project/PropertyGroup/HiltApiKey': 'expansion(HILT)@$(HILT)', 'Project/appSettings/add/HILT_KEY': 'w' });
  });

  it('reads CDATA, and tells of elements that are never closed', () => {
    const file = read('xml', 'a.xml', '<a><b><![CDATA[x<y]]></b><c>z</c><d>');
    expect(file.values).toMatchObject({ 'a/c': 'z' });
    expect(file.notices.map(({ code, level }) => [code, level])).toEqual([['parse-error', 'info']]);
  });

  it('survives deep nesting', () => {
    expect(read('xml', 'a.xml', '<a>'.repeat(50_000)).notices).toHaveLength(1);
  });
});

describe('Gradle', () => {
  it('declares what a build puts into the app', () => {
    const file = read('groovy', 'app/build.gradle', 'android { defaultConfig {\n  buildConfigField "String", "HILT_API_KEY", "\\"abc\\""\n  buildConfigField("String", "K2", "\\"${project.findProperty("HILT_KEY")}\\"")\n  buildConfigField \'String\', \'K3\', \'"\' + localProperties.getProperty(\'hilt.key\') + \'"\'\n  resValue \'string\', \'hilt_key\', \'v\'\n  manifestPlaceholders = [hiltKey: "v1", other: HILT_PROP]\n  manifestPlaceholders["k4"] = \'v4\'\n} }\n');
    expect(file.declarations.map(({ key, nameText, valueText, value }) => [key, nameText, valueText, value])).toEqual([
      ['buildConfigField/HILT_API_KEY', 'HILT_API_KEY', '"\\"abc\\""', 'abc@\\"abc\\"'],
      ['buildConfigField/K2', 'K2', '"\\"${project.findProperty("HILT_KEY")}\\""', 'helper(HILT_KEY)@project.findProperty("HILT_KEY")'],
      ['buildConfigField/K3', 'K3', "'\"' + localProperties.getProperty('hilt.key') + '\"'", "helper(hilt.key)@localProperties.getProperty('hilt.key')"],
      ['resValue/hilt_key', 'hilt_key', "'v'", 'v'],
      ['manifestPlaceholders/hiltKey', 'hiltKey', '"v1"', 'v1'],
      ['manifestPlaceholders/other', 'other', 'HILT_PROP', 'binding(HILT_PROP)'],
      ['manifestPlaceholders/k4', 'k4', "'v4'", 'v4'],
    ]);
    expect(file.reads.map(({ name, module }) => [name, module])).toEqual([['HILT_KEY', 'gradle'], ['hilt.key', 'gradle']]);
  });

  it('reads variables with a fallback, and leaves comments comments', () => {
    const file = read('groovy', 'build.gradle', 'ext.k = "v"\ndef apiKey = System.getenv("HILT_API_KEY") ?: "dflt"\n// def old = "x"\n/* y = "z" */\n');
    expect(file.values).toEqual({ 'ext/k': 'v', apiKey: 'helper(HILT_API_KEY)@System.getenv("HILT_API_KEY") | dflt' });
    expect(file.comments).toEqual(['// def old = "x"', '/* y = "z" */']);
  });

  it('reads the Kotlin dialect', () => {
    expect(read('kotlin', 'build.gradle.kts', 'buildConfigField("String", "K", "\\"v\\"")\nmanifestPlaceholders += mapOf("k" to "w")\nval k: String by project\n').values).toEqual({ 'buildConfigField/K': 'v@\\"v\\"', 'mapOf/k': 'w' });
  });
});

describe('Kotlin and Java', () => {
  it('declares constants, and knows interpolations', () => {
    const { values } = read('kotlin', 'Keys.kt', 'object Keys {\n  const val HILT_API_KEY: String = "abc"\n  private val k2 = "x$HILT_API_KEY${BuildConfig.K}y"\n  val raw = """multi\n  $line"""\n}\n');
    expect(values).toEqual({ HILT_API_KEY: 'abc', k2: 'x + binding(HILT_API_KEY) + helper(K)@BuildConfig.K + y', raw: 'multi\n   + binding(line)' });
  });

  it('declares what a header is set to', () => {
    const file = read('kotlin', 'Api.kt', 'val r = Request.Builder().header("X-Hilt-Key", BuildConfig.HILT_API_KEY).build()\nval m = mapOf("X-Hilt-Key" to apiKey)\n');
    expect(file.values).toEqual({ 'header/X-Hilt-Key': 'helper(HILT_API_KEY)@BuildConfig.HILT_API_KEY', 'mapOf/X-Hilt-Key': 'binding(apiKey)' });
    expect(file.reads).toEqual([{ name: 'HILT_API_KEY', module: 'BuildConfig', text: 'BuildConfig.HILT_API_KEY' }]);
  });

  it('reads string resources, and nothing in comments and strings', () => {
    const file = read('kotlin', 'Main.kt', 'getString(R.string.hilt_api_key)\n// BuildConfig.A\nval s = "BuildConfig.B"\n/* outer /* BuildConfig.C */ */\n');
    expect(file.reads).toEqual([{ name: 'hilt_api_key', module: 'R.string', text: 'R.string.hilt_api_key' }]);
  });

  it('finds nothing in a Dagger Hilt application', () => {
    const file = read('kotlin', 'App.kt', 'import dagger.hilt.android.HiltAndroidApp\n@HiltAndroidApp\nclass App : Application() {\n  fun f(a: Int, b: String?): Boolean { return a == 1 && b != null }\n}\n');
    expect(file.declarations).toEqual([]);
    expect(file.reads).toEqual([]);
  });

  it('reads Java constants', () => {
    expect(read('text', 'Keys.java', 'public static final String HILT_API_KEY = "abc" + "def";\nString x = System.getenv("HILT");\n').values).toEqual({ HILT_API_KEY: 'abc + def', x: 'helper(HILT)@System.getenv("HILT")' });
  });
});

describe('Swift', () => {
  it('reads constants, the Info.plist and the environment', () => {
    const file = read('swift', 'Keys.swift', 'static let k: String = "v"\nlet apiKey = Bundle.main.object(forInfoDictionaryKey: "HILT_API_KEY") as? String ?? "none"\nlet p = (Bundle.main.infoDictionary?["K2"] as? String)!\nlet e = ProcessInfo.processInfo.environment["E"]\nlet raw = #"a"b"#\n');
    expect(file.values).toEqual({
      k: 'v',
      apiKey: 'helper(HILT_API_KEY)@Bundle.main.object(forInfoDictionaryKey: "HILT_API_KEY") | none',
      p: 'helper(K2)@Bundle.main.infoDictionary?["K2"]',
      e: 'helper(E)@ProcessInfo.processInfo.environment["E"]',
      raw: 'a"b',
    });
    expect(file.reads.map(({ name, module }) => [name, module])).toEqual([['HILT_API_KEY', 'Info.plist'], ['K2', 'Info.plist'], ['E', 'environment']]);
  });

  it('declares what a header is set to', () => {
    const { values } = read('swift', 'Api.swift', 'req.setValue(apiKey, forHTTPHeaderField: "X-Hilt-Key")\nreq.addValue("Bearer \\(token)", forHTTPHeaderField: "Authorization")\nlet h = ["X-Hilt-Key": apiKey, "B": "c"]\n');
    expect(values).toEqual({ 'setValue/X-Hilt-Key': 'binding(apiKey)', 'addValue/Authorization': 'Bearer  + binding(token)', 'h/X-Hilt-Key': 'binding(apiKey)', 'h/B': 'c' });
  });
});

describe('Dart', () => {
  it('reads constants, build-time defines and dotenv', () => {
    const file = read('dart', 'keys.dart', "static const String k = 'v';\nconst hiltKey = String.fromEnvironment('HILT_API_KEY');\nfinal e = dotenv.env['HILT_API_KEY'] ?? '';\nvar s = '''tri\nple''';\nclient(apiKey: 'named', r: r'raw\\n');\nfinal h = {'X-Hilt-Key': hiltKey, 'Y': '$hiltKey and ${dotenv.env['Z']}'};\n");
    expect(file.values).toEqual({
      k: 'v',
      hiltKey: "helper(HILT_API_KEY)@String.fromEnvironment('HILT_API_KEY'",
      e: "helper(HILT_API_KEY)@dotenv.env['HILT_API_KEY'] | ",
      s: 'tri\nple',
      'client/apiKey': 'named',
      'client/r': 'raw\\n',
      'h/X-Hilt-Key': 'binding(hiltKey)',
      'h/Y': "binding(hiltKey) +  and  + helper(Z)@dotenv.env['Z']",
    });
    expect(file.reads.map(({ name, module }) => [name, module])).toEqual([['HILT_API_KEY', 'dart-define'], ['HILT_API_KEY', 'dotenv'], ['Z', 'dotenv']]);
  });
});

describe('broken native sources', () => {
  it('goes on behind a string that is never closed', () => {
    const file = read('swift', 'a.swift', 'let a = "open\nlet b = "c"\n');
    expect(file.values).toMatchObject({ b: 'c' });
    expect(file.notices.map(({ code, level }) => [code, level])).toEqual([['parse-error', 'info']]);
  });

  it('survives endless parentheses and interpolations', () => {
    expect(read('kotlin', 'a.kt', `x = ${'('.repeat(100_000)}\nval b = "c"\n`).values).toEqual({ b: 'c' });
    expect(read('kotlin', 'a.kt', `x = "${'${'.repeat(100_000)}"\nval b = "c"\n`).values['b']).toBe('c');
  });
});
