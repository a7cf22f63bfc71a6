import { mkdirSync, symlinkSync } from 'node:fs';
import { ResolverFactory } from 'oxc-resolver';
import { describe, expect, it } from 'vitest';
import { createManifests } from '../../../src/project/graph/manifest.ts';
import { createResolution, type Alias, type Resolution, type ResolutionOptions } from '../../../src/project/graph/resolution.ts';
import { openWorkspace } from '../../../src/project/graph/workspace.ts';
import { createRepository } from '../../support/repository.ts';
import { memorySource } from '../../support/memory-source.ts';

function resolutionOf(files: Readonly<Record<string, string>>, options: ResolutionOptions = {}, root?: string): Resolution {
  const source = memorySource(files, root);
  const manifests = createManifests(source);
  return createResolution(source, manifests, openWorkspace(source, manifests), options);
}

/** Empty files of the given names. */
function files(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '']));
}

const json = (value: unknown): string => JSON.stringify(value);

describe('relative specifiers', () => {
  const { resolve } = resolutionOf(files('src/a.ts', 'src/b.tsx', 'src/c/index.js', 'src/d.js', 'src/d.ts', 'src/e.mts', 'src/f.vue', 'src/g.json', 'src/[id]/(x)/p.ts', 'src/only.d.ts', 'root.ts'));
  it('finds an extension', () => expect(resolve('src/a.ts', './b')).toBe('src/b.tsx'));
  it('finds an index', () => expect(resolve('src/a.ts', './c')).toBe('src/c/index.js'));
  it('finds an index behind a trailing slash', () => expect(resolve('src/a.ts', './c/')).toBe('src/c/index.js'));
  it('finds the index of its own folder', () => expect(resolve('src/c/x.js', '.')).toBe('src/c/index.js'));
  it('goes up', () => expect(resolve('src/c/x.js', '../../root')).toBe('root.ts'));
  it('takes the file that is named before its source', () => expect(resolve('src/a.ts', './d.js')).toBe('src/d.js'));
  it('takes the source of a .js that is not there', () => expect(resolve('src/a.ts', './a.js')).toBe('src/a.ts'));
  it('takes .tsx for .js and .mts for .mjs', () => expect([resolve('src/a.ts', './b.js'), resolve('src/a.ts', './e.mjs')]).toEqual(['src/b.tsx', 'src/e.mts']));
  it('finds components and JSON', () => expect([resolve('src/a.ts', './f.vue'), resolve('src/a.ts', './g.json')]).toEqual(['src/f.vue', 'src/g.json']));
  it('drops queries', () => expect([resolve('src/a.ts', './g.json?raw'), resolve('src/a.ts', './a?worker')]).toEqual(['src/g.json', 'src/a.ts']));
  it('drops the loaders of webpack', () => expect(resolve('src/a.ts', '!!raw-loader!./g.json')).toBe('src/g.json'));
  it('reads names with brackets', () => expect(resolve('src/a.ts', './[id]/(x)/p')).toBe('src/[id]/(x)/p.ts'));
  it('has nothing for what is not there', () => expect(resolve('src/a.ts', './missing')).toBeUndefined());
  it('has nothing outside the root', () => expect(resolve('src/a.ts', '../../../etc/passwd')).toBeUndefined());
  it('does not take a declaration for a module', () => expect(resolve('src/a.ts', './only')).toBeUndefined());
  it('has nothing for built-in and registry modules', () => expect([resolve('src/a.ts', 'fs'), resolve('src/a.ts', 'node:fs'), resolve('src/a.ts', 'react')]).toEqual([undefined, undefined, undefined]));
});

describe('tsconfig', () => {
  it('maps paths', () => {
    const { resolve } = resolutionOf({ 'tsconfig.json': `{ // comment\n "compilerOptions": { "paths": { "@/*": ["./src/*"], "hilt": ["./src/lib/hilt.ts"] }, }, }`, ...files('src/lib/hilt.ts', 'src/a.ts') });
    expect([resolve('src/a.ts', '@/lib/hilt'), resolve('src/a.ts', 'hilt')]).toEqual(['src/lib/hilt.ts', 'src/lib/hilt.ts']);
  });
  it('maps by the file that Nx shares, also where an application does not extend it', () => {
    const base = { 'tsconfig.base.json': json({ compilerOptions: { paths: { '@shop/hilt': ['libs/hilt/index.ts'] } } }), ...files('libs/hilt/index.ts', 'apps/web/main.ts') };
    expect(resolutionOf(base).resolve('apps/web/main.ts', '@shop/hilt')).toBe('libs/hilt/index.ts');
    expect(resolutionOf({ ...base, 'nx.json': '{}', 'apps/web/tsconfig.json': json({ files: [] }) }).resolve('apps/web/main.ts', '@shop/hilt')).toBe('libs/hilt/index.ts');
    expect(resolutionOf({ ...base, 'apps/web/tsconfig.json': json({ files: [] }) }).resolve('apps/web/main.ts', '@shop/hilt')).toBeUndefined();
  });
  it('maps relative to baseUrl', () => {
    const { resolve } = resolutionOf({ 'app/tsconfig.json': json({ compilerOptions: { baseUrl: './src', paths: { '~/*': ['*'] } } }), ...files('app/src/lib/hilt.ts', 'app/src/a.ts') });
    expect([resolve('app/src/a.ts', '~/lib/hilt'), resolve('app/src/a.ts', 'lib/hilt')]).toEqual(['app/src/lib/hilt.ts', 'app/src/lib/hilt.ts']);
  });
  it('tries the targets in order', () => {
    const { resolve } = resolutionOf({ 'tsconfig.json': json({ compilerOptions: { paths: { '#/*': ['./gen/*', './src/*'] } } }), ...files('src/a.ts') });
    expect(resolve('src/b.ts', '#/a')).toBe('src/a.ts');
  });
  it('takes the longest prefix', () => {
    const { resolve } = resolutionOf({ 'tsconfig.json': json({ compilerOptions: { paths: { '@/*': ['./a/*'], '@/lib/*': ['./b/*'] } } }), ...files('a/lib/x.ts', 'b/x.ts') });
    expect(resolve('a/y.ts', '@/lib/x')).toBe('b/x.ts');
  });
  it('follows extends, and paths stay relative to the config that has them', () => {
    const { resolve } = resolutionOf({ 'configs/base.json': json({ compilerOptions: { paths: { 'lib/*': ['../shared/*'] } } }), 'apps/web/tsconfig.json': json({ extends: '../../configs/base' }), ...files('shared/x.ts', 'apps/web/a.ts') });
    expect(resolve('apps/web/a.ts', 'lib/x')).toBe('shared/x.ts');
  });
  it('follows a list of extends, the last wins', () => {
    const { resolve } = resolutionOf({ 'a.json': json({ compilerOptions: { paths: { 'x': ['./one.ts'] } } }), 'b.json': json({ compilerOptions: { paths: { 'x': ['./two.ts'] } } }), 'tsconfig.json': json({ extends: ['./a.json', './b.json'] }), ...files('one.ts', 'two.ts') });
    expect(resolve('m.ts', 'x')).toBe('two.ts');
  });
  it('follows extends of a workspace package', () => {
    const { resolve } = resolutionOf({ 'package.json': json({ workspaces: ['packages/*'] }), 'packages/config/package.json': json({ name: '@acme/tsconfig' }), 'packages/config/base.json': json({ compilerOptions: { paths: { '@/*': ['${configDir}/src/*'] } } }), 'packages/app/package.json': json({ name: 'app' }), 'packages/app/tsconfig.json': json({ extends: '@acme/tsconfig/base.json', compilerOptions: { paths: { '@/*': ['./src/*'] } } }), ...files('packages/app/src/x.ts') });
    expect(resolve('packages/app/src/a.ts', '@/x')).toBe('packages/app/src/x.ts');
  });
  it('reads the references of a solution', () => {
    const { resolve } = resolutionOf({ 'tsconfig.json': json({ files: [], references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.node.json' }] }), 'tsconfig.app.json': json({ compilerOptions: { paths: { '@/*': ['./src/*'] } } }), ...files('src/x.ts') });
    expect(resolve('src/a.ts', '@/x')).toBe('src/x.ts');
  });
  it('reads jsconfig', () => {
    const { resolve } = resolutionOf({ 'jsconfig.json': json({ compilerOptions: { baseUrl: 'src' } }), ...files('src/x.js') });
    expect(resolve('src/deep/a.js', 'x')).toBe('src/x.js');
  });
  it('survives circular extends', () => {
    const { resolve } = resolutionOf({ 'tsconfig.json': json({ extends: './other.json' }), 'other.json': json({ extends: './tsconfig.json', compilerOptions: { baseUrl: '.' } }), ...files('x.ts') });
    expect(resolve('a.ts', 'x')).toBe('x.ts');
  });
  it('reads a damaged file as far as it goes and tells it', () => {
    const source = memorySource({ 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" }, !!', 'src/x.ts': '' });
    const manifests = createManifests(source);
    const { resolve } = createResolution(source, manifests, openWorkspace(source, manifests));
    expect(resolve('src/a.ts', 'x')).toBe('src/x.ts');
    expect(manifests.notices).toEqual([{ code: 'manifest-unreadable', level: 'info', file: 'tsconfig.json', message: 'tsconfig.json is not valid JSON; it was read as far as it goes.' }]);
  });
});

describe('workspaces without installation', () => {
  const root = { 'package.json': json({ name: 'root', workspaces: ['packages/*', 'apps/*'] }), 'apps/web/package.json': json({ name: 'web' }) };
  const inWeb = (manifest: object, names: string[], specifier: string, options: ResolutionOptions = {}): string | undefined =>
    resolutionOf({ ...root, 'packages/ui/package.json': json({ name: '@acme/ui', ...manifest }), ...files(...names) }, options).resolve('apps/web/src/a.ts', specifier);

  it('takes the main field', () => expect(inWeb({ main: './lib/main.js' }, ['packages/ui/lib/main.js'], '@acme/ui')).toBe('packages/ui/lib/main.js'));
  it('takes the browser field for a client', () => expect(inWeb({ main: './server.js', browser: './client.js' }, ['packages/ui/server.js', 'packages/ui/client.js'], '@acme/ui')).toBe('packages/ui/client.js'));
  it('takes main for a server', () => expect(inWeb({ main: './server.js', browser: './client.js' }, ['packages/ui/server.js', 'packages/ui/client.js'], '@acme/ui', { side: 'server' })).toBe('packages/ui/server.js'));
  it('takes the source of a main that is not built', () => expect(inWeb({ main: 'dist/index.js', types: 'dist/index.d.ts' }, ['packages/ui/src/index.ts'], '@acme/ui')).toBe('packages/ui/src/index.ts'));
  it('takes the source of nested output', () => expect(inWeb({ main: 'dist/cjs/index.js' }, ['packages/ui/src/index.ts'], '@acme/ui')).toBe('packages/ui/src/index.ts'));
  it('takes the index without any field', () => expect(inWeb({}, ['packages/ui/index.ts'], '@acme/ui')).toBe('packages/ui/index.ts'));
  it('takes exports by condition', () => expect(inWeb({ exports: { '.': { node: './node.js', browser: './browser.js' } } }, ['packages/ui/node.js', 'packages/ui/browser.js'], '@acme/ui')).toBe('packages/ui/browser.js'));
  it('takes exports for a server', () => expect(inWeb({ exports: { '.': { browser: './browser.js', default: './node.js' } } }, ['packages/ui/node.js', 'packages/ui/browser.js'], '@acme/ui', { side: 'server' })).toBe('packages/ui/node.js'));
  it('takes a pattern of exports', () => expect(inWeb({ exports: { './*': './src/*.ts' } }, ['packages/ui/src/forms/button.ts'], '@acme/ui/forms/button')).toBe('packages/ui/src/forms/button.ts'));
  it('takes the most specific pattern', () => expect(inWeb({ exports: { './*': './a/*.ts', './forms/*': './b/*.ts' } }, ['packages/ui/a/forms/x.ts', 'packages/ui/b/x.ts'], '@acme/ui/forms/x')).toBe('packages/ui/b/x.ts'));
  it('honours a closed path', () => expect(inWeb({ exports: { './*': './src/*.ts', './internal/*': null } }, ['packages/ui/src/internal/x.ts'], '@acme/ui/internal/x')).toBeUndefined());
  it('takes the source of an export that is not built', () => expect(inWeb({ exports: { './button': { types: './dist/button.d.ts', import: './dist/button.mjs' } } }, ['packages/ui/src/button.tsx'], '@acme/ui/button')).toBe('packages/ui/src/button.tsx'));
  it('takes another condition where the built file is missing', () => expect(inWeb({ exports: { '.': { import: './dist/x.js', '@acme/source': './source/x.ts' } } }, ['packages/ui/source/x.ts'], '@acme/ui')).toBe('packages/ui/source/x.ts'));
  it('takes a path below a package without exports', () => expect(inWeb({}, ['packages/ui/lib/x.ts'], '@acme/ui/lib/x')).toBe('packages/ui/lib/x.ts'));
  it('does not take a package that is no member', () => {
    const { resolve } = resolutionOf({ ...root, 'fixtures/react/package.json': json({ name: 'react' }), 'fixtures/react/index.js': '' });
    expect(resolve('apps/web/a.ts', 'react')).toBeUndefined();
  });
  it('takes a member by link and by file', () => {
    const { resolve } = resolutionOf({ 'a/package.json': json({ dependencies: { x: 'link:../b', y: 'file:../c' } }), 'b/package.json': '{}', 'b/index.ts': '', 'c/package.json': '{}', 'c/index.ts': '' });
    expect([resolve('a/m.ts', 'x'), resolve('a/m.ts', 'y')]).toEqual(['b/index.ts', 'c/index.ts']);
  });
  it('takes a member under another name', () => {
    const { resolve } = resolutionOf({ 'package.json': json({ workspaces: ['*'] }), 'a/package.json': json({ name: 'a', dependencies: { ui: 'workspace:@acme/ui@*' } }), 'ui/package.json': json({ name: '@acme/ui' }), 'ui/index.ts': '' });
    expect(resolve('a/m.ts', 'ui')).toBe('ui/index.ts');
  });
  it('reads pnpm-workspace.yaml', () => {
    const { resolve } = resolutionOf({ 'package.json': '{}', 'pnpm-workspace.yaml': "packages:\n  - 'libs/**'\n  - '!**/test/**'\n", 'libs/deep/x/package.json': json({ name: 'x' }), 'libs/deep/x/index.ts': '', 'libs/test/y/package.json': json({ name: 'y' }), 'libs/test/y/index.ts': '' });
    expect([resolve('libs/m.ts', 'x'), resolve('libs/m.ts', 'y')]).toEqual(['libs/deep/x/index.ts', undefined]);
  });
  it('takes its own name', () => expect(resolutionOf({ 'package.json': json({ name: 'me', exports: { './x': './src/x.ts' } }), 'src/x.ts': '' }).resolve('src/a.ts', 'me/x')).toBe('src/x.ts'));
  it('reads imports of the package', () => {
    const { resolve } = resolutionOf({ 'package.json': json({ imports: { '#lib/*': './src/lib/*.ts', '#env': { browser: './src/env.client.ts', default: './src/env.server.ts' } } }), ...files('src/lib/x.ts', 'src/env.client.ts', 'src/env.server.ts') });
    expect([resolve('src/a.ts', '#lib/x'), resolve('src/a.ts', '#env')]).toEqual(['src/lib/x.ts', 'src/env.client.ts']);
  });
  it('replaces files by the browser map', () => {
    const { resolve } = resolutionOf({ 'package.json': json({ browser: { './src/node.js': './src/web.js', './src/secret.js': false, fs: false } }), ...files('src/node.js', 'src/web.js', 'src/secret.js') });
    expect([resolve('src/a.js', './node'), resolve('src/a.js', './secret')]).toEqual(['src/web.js', undefined]);
  });
  it('does not replace them for a server', () => {
    const { resolve } = resolutionOf({ 'package.json': json({ browser: { './src/node.js': './src/web.js' } }), ...files('src/node.js', 'src/web.js') }, { side: 'server' });
    expect(resolve('src/a.js', './node')).toBe('src/node.js');
  });
  it('follows an installed link into the repository, and none out of it', () => {
    const repository = createRepository({ git: false });
    try {
      repository.write('app/package.json', '{}');
      repository.write('shared/package.json', '{}');
      repository.write('shared/index.ts', '');
      mkdirSync(repository.path('app/node_modules'), { recursive: true });
      symlinkSync('../../shared', repository.path('app/node_modules/linked'));
      symlinkSync('/usr', repository.path('app/node_modules/away'));
      symlinkSync('circle', repository.path('app/node_modules/circle'));
      const { resolve } = resolutionOf({ 'app/package.json': '{}', 'shared/package.json': '{}', 'shared/index.ts': '' }, {}, repository.root);
      expect([resolve('app/a.ts', 'linked'), resolve('app/a.ts', 'away'), resolve('app/a.ts', 'circle')]).toEqual(['shared/index.ts', undefined, undefined]);
    } finally {
      repository.cleanup();
    }
  });
});

describe('symlinked folders', () => {
  it('are members of a workspace', () => {
    const repository = createRepository({ git: false });
    try {
      repository.write('real/lib/index.ts', '');
      repository.link('packages/lib', '../real/lib');
      repository.link('packages/away', '/usr');
      const { resolve } = resolutionOf({ 'package.json': json({ workspaces: ['packages/*'] }), 'real/lib/package.json': json({ name: '@x/lib' }), ...files('real/lib/index.ts', 'packages/lib', 'packages/away', 'src/a.ts') }, {}, repository.root);
      expect([resolve('src/a.ts', '@x/lib'), resolve('src/a.ts', '@x/away')]).toEqual(['real/lib/index.ts', undefined]);
    } finally {
      repository.cleanup();
    }
  });
  it('go on where the link leads, inside the repository', () => {
    const repository = createRepository({ git: false });
    try {
      repository.write('shared/hilt.ts', '');
      repository.link('app/lib', '../shared');
      repository.link('app/away', '/usr');
      repository.link('app/circle', 'circle');
      const { resolve } = resolutionOf(files('shared/hilt.ts', 'app/lib', 'app/away', 'app/circle', 'app/a.ts'), {}, repository.root);
      expect([resolve('app/a.ts', './lib/hilt'), resolve('app/a.ts', './away/bin/env'), resolve('app/a.ts', './circle/x')]).toEqual(['shared/hilt.ts', undefined, undefined]);
    } finally {
      repository.cleanup();
    }
  });
});

describe('aliases', () => {
  const aliases: Alias[] = [{ folder: 'web', find: '$lib', to: 'web/src/lib' }, { folder: 'web', find: 'hilt$', to: 'web/x', exact: true }];
  const names = files('web/src/lib/a.ts', 'web/src/lib/index.ts', 'web/src/b.ts', 'other/a.ts', 'web/public/sw.js', 'web/main.ts');
  const { resolve } = resolutionOf({ 'web/package.json': '{}', ...names }, { aliases });
  it('maps a prefix', () => expect(resolve('web/src/b.ts', '$lib/a')).toBe('web/src/lib/a.ts'));
  it('maps the name itself', () => expect(resolve('web/src/b.ts', '$lib')).toBe('web/src/lib/index.ts'));
  it('does not map a name that only begins so', () => expect(resolve('web/src/b.ts', '$library/a')).toBeUndefined());
  it('does not map outside its folder', () => expect(resolve('other/a.ts', '$lib/a')).toBeUndefined());
  it('tries the customary @/ and ~/', () => expect([resolve('web/src/b.ts', '@/lib/a'), resolve('web/src/b.ts', '~/b')]).toEqual(['web/src/lib/a.ts', 'web/src/b.ts']));
  it('resolves from the served root', () => expect([resolve('web/index.html', '/main.ts'), resolve('web/index.html', '/sw.js')]).toEqual(['web/main.ts', 'web/public/sw.js']));
});

describe('platforms', () => {
  const names = files('a.ts', 'hilt.ts', 'hilt.native.ts', 'hilt.web.ts', 'pay.ios.ts', 'pay.android.ts', 'pay.ts');
  it('gives Metro the native file where there is one', () => expect(resolutionOf({ 'package.json': json({ dependencies: { 'react-native': '0.81' } }), ...names }).resolveAll('a.ts', './hilt')).toEqual(['hilt.native.ts']));
  it('gives both platforms', () => expect(resolutionOf({ 'package.json': json({ dependencies: { 'react-native': '0.81' } }), ...names }).resolveAll('a.ts', './pay')).toEqual(['pay.ios.ts', 'pay.android.ts']));
  it('gives Expo all', () => expect(resolutionOf({ 'package.json': json({ dependencies: { expo: '54' } }), ...names }).resolveAll('a.ts', './hilt')).toEqual(['hilt.native.ts', 'hilt.web.ts', 'hilt.ts']));
  it('gives a web app in the same repository the plain file', () => expect(resolutionOf({ 'm/package.json': json({ dependencies: { expo: '54' } }), 'package.json': json({ dependencies: { vite: '8' } }), ...files('a.ts', 'pay.ios.ts', 'pay.ts') }).resolveAll('a.ts', './pay')).toEqual(['pay.ts']));
  it('knows no platforms where nothing is native', () => expect(resolutionOf({ 'package.json': '{}', ...names }).resolveAll('a.ts', './hilt')).toEqual(['hilt.ts']));
});

describe('globs', () => {
  const { resolveGlob } = resolutionOf(files('src/main.ts', 'src/pages/a.vue', 'src/pages/b.vue', 'src/pages/b.test.ts', 'src/pages/deep/c.vue', 'src/locale/en.json', 'src/locale/en.md'));
  it('takes the files of a pattern', () => expect(resolveGlob('src/main.ts', './pages/*.vue')).toEqual(['src/pages/a.vue', 'src/pages/b.vue']));
  it('goes deep', () => expect(resolveGlob('src/main.ts', './pages/**/*.vue')).toHaveLength(3));
  it('leaves out what is excepted', () => expect(resolveGlob('src/main.ts', './pages/*', ['./pages/*.test.ts'])).toEqual(['src/pages/a.vue', 'src/pages/b.vue']));
  it('starts at the package', () => expect(resolveGlob('src/main.ts', '/src/pages/a.*')).toEqual(['src/pages/a.vue']));
  it('takes what stands for an expression', () => expect(resolveGlob('src/main.ts', './locale/{*,**/*}.json')).toEqual(['src/locale/en.json']));
  it('takes nothing for a pattern without a folder', () => expect(resolveGlob('src/main.ts', '{*,**/*}')).toEqual([]));
});

describe('agreement with oxc-resolver', () => {
  it('resolves as oxc-resolver does on disk', () => {
    const repository = createRepository({ git: false });
    const tree: Record<string, string> = {
      'package.json': json({ name: 'root', workspaces: ['packages/*'] }),
      'tsconfig.json': json({ compilerOptions: { baseUrl: '.', paths: { '@/*': ['./src/*'], '~lib': ['./src/lib/index.ts'] } } }),
      'src/a.ts': '', 'src/b/index.tsx': '', 'src/c.json': '', 'src/lib/index.ts': '', 'src/d.mjs': '', 'src/e.js': '', 'src/e/index.ts': '',
      'packages/ui/package.json': json({ name: '@acme/ui', exports: { '.': { browser: './web.js', default: './node.js' }, './forms/*': './forms/*.js', './closed': null }, imports: { '#x': './web.js' } }),
      'packages/ui/web.js': '', 'packages/ui/node.js': '', 'packages/ui/forms/a.js': '', 'packages/ui/closed.js': '',
      'packages/old/package.json': json({ name: 'old', main: './lib', browser: { './lib/index.js': './lib/web.js' } }),
      'packages/old/lib/index.js': '', 'packages/old/lib/web.js': '', 'packages/old/extra.js': '',
    };
    try {
      for (const [path, text] of Object.entries(tree)) repository.write(path, text);
      mkdirSync(repository.path('node_modules/@acme'), { recursive: true });
      symlinkSync('../../packages/ui', repository.path('node_modules/@acme/ui'));
      symlinkSync('../packages/old', repository.path('node_modules/old'));
      const ours = resolutionOf(tree, {}, repository.root);
      const oxc = new ResolverFactory({
        tsconfig: 'auto', extensions: ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.json'], extensionAlias: { '.js': ['.js', '.ts', '.tsx'] },
        conditionNames: ['browser', 'import', 'default'], mainFields: ['browser', 'module', 'main'], aliasFields: [['browser']],
      });
      const requests: [string, string][] = [
        ['src/a.ts', './b'], ['src/a.ts', './c.json'], ['src/a.ts', '@/b'], ['src/a.ts', '~lib'], ['src/a.ts', 'src/lib'], ['src/a.ts', './d.mjs'], ['src/a.ts', './e'], ['src/a.ts', './e/'],
        ['src/b/index.tsx', '..'], ['src/b/index.tsx', '../a.js'], ['src/a.ts', './missing'], ['src/a.ts', '@acme/ui'], ['src/a.ts', '@acme/ui/forms/a'], ['src/a.ts', '@acme/ui/closed'],
        ['src/a.ts', '@acme/ui/node.js'], ['packages/ui/web.js', '#x'], ['packages/ui/web.js', '@acme/ui'], ['src/a.ts', 'old'], ['src/a.ts', 'old/extra'],
      ];
      const answers = requests.map(([from, specifier]) => {
        const path = oxc.resolveFileSync(repository.path(from), specifier).path;
        return [from, specifier, path?.slice(repository.root.length + 1)];
      });
      expect(requests.map(([from, specifier]) => [from, specifier, ours.resolve(from, specifier)])).toEqual(answers);
    } finally {
      repository.cleanup();
    }
  });
});
