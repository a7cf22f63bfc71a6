import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/sources/language.ts';

describe('languageOf', () => {
  it.each([
    ['src/a.js', 'js'], ['a.mjs', 'js'], ['a.cjs', 'js'], ['a.jsx', 'jsx'],
    ['a.ts', 'ts'], ['a.mts', 'ts'], ['a.cts', 'ts'], ['app/[id]/(auth)/page.tsx', 'tsx'], ['store.svelte.ts', 'ts'],
    ['types/hilt.d.ts', 'dts'], ['a.d.mts', 'dts'], ['theme.d.css.ts', 'dts'], ['dts.ts', 'ts'],
    ['App.vue', 'vue'], ['App.svelte', 'svelte'], ['index.astro', 'astro'],
    ['index.html', 'html'], ['a.htm', 'html'], ['a.xhtml', 'html'], ['a.ejs', 'html'], ['a.hbs', 'html'], ['a.njk', 'html'],
    ['package.json', 'json'], ['tsconfig.jsonc', 'json'], ['a.json5', 'json'], ['site.webmanifest', 'json'], ['a.ipynb', 'json'],
    ['.babelrc', 'json'], ['main.js.map', 'json'], ['composer.lock', 'json'],
    ['.github/workflows/ci.yml', 'yaml'], ['compose.yaml', 'yaml'], ['pubspec.lock', 'yaml'],
    ['fly.toml', 'toml'], ['Cargo.lock', 'toml'], ['Pipfile', 'toml'],
    ['.env', 'dotenv'], ['.env.local', 'dotenv'], ['.env.production.local', 'dotenv'], ['.env-example', 'dotenv'], ['.env_test', 'dotenv'],
    ['prod.env', 'dotenv'], ['apps/bot/.ENV', 'dotenv'], ['.dev.vars', 'dotenv'], ['env.example', 'dotenv'],
    ['.npmrc', 'properties'], ['php.ini', 'properties'], ['gradle.properties', 'properties'], ['Debug.xcconfig', 'properties'], ['nginx.conf', 'properties'],
    ['Info.plist', 'xml'], ['strings.xml', 'xml'], ['Main.storyboard', 'xml'],
    ['Dockerfile', 'dockerfile'], ['Dockerfile.prod', 'dockerfile'], ['Dockerfile.py', 'dockerfile'], ['api.Dockerfile', 'dockerfile'], ['Containerfile', 'dockerfile'],
    ['run.sh', 'shell'], ['a.bash', 'shell'], ['a.zsh', 'shell'], ['.envrc', 'shell'], ['.zshrc', 'shell'],
    ['.husky/pre-commit', 'shell'], ['.githooks/pre-push', 'shell'],
    ['Makefile', 'makefile'], ['GNUmakefile', 'makefile'], ['rules.mk', 'makefile'],
    ['hilt.http', 'http'], ['hilt.rest', 'http'], ['main.tf', 'hcl'], ['prod.tfvars', 'hcl'],
    ['bot.py', 'python'], ['bot.pyi', 'python'], ['Main.kt', 'kotlin'], ['build.gradle.kts', 'kotlin'],
    ['App.swift', 'swift'], ['main.dart', 'dart'], ['build.gradle', 'groovy'], ['Jenkinsfile', 'groovy'],
    ['README.md', 'markdown'], ['page.mdx', 'markdown'], ['.cursor/rules/hilt.mdc', 'markdown'],
    ['main.go', 'text'], ['index.php', 'text'], ['notes.txt', 'text'], ['LICENSE', 'text'], ['logo.png', 'text'],
  ] as const)('%s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language);
  });

  it('gives a copy or a template the language of its original', () => {
    expect(languageOf('config.json.example')).toBe('json');
    expect(languageOf('deploy.yml.j2')).toBe('yaml');
    expect(languageOf('server.ts.bak')).toBe('ts');
    expect(languageOf('.env.example')).toBe('dotenv');
  });

  it('does not take a program for a file of variables or of a container', () => {
    expect(languageOf('.env.ts')).toBe('ts');
    expect(languageOf('dockerfile-parser.ts')).toBe('ts');
    expect(languageOf('docs/Dockerfile.md')).toBe('markdown');
    expect(languageOf('environment.ts')).toBe('ts');
    expect(languageOf('.environment')).toBe('text');
    expect(languageOf('hooks/update')).toBe('shell');
    expect(languageOf('src/update')).toBe('text');
  });

  it('reads the shebang of a file without an extension', () => {
    expect(languageOf('bin/bot', '#!/usr/bin/env node\n')).toBe('js');
    expect(languageOf('bin/bot', '#!/usr/bin/env -S NODE_ENV=production tsx --no-warnings\n')).toBe('ts');
    expect(languageOf('bin/bot', '#!/usr/bin/python3.11\n')).toBe('python');
    expect(languageOf('bin/bot', '#!/bin/bash -eu\r\n')).toBe('shell');
    expect(languageOf('bin/bot', '#!/usr/bin/perl\n')).toBe('text');
    expect(languageOf('bin/bot', 'node is not named by a shebang')).toBe('text');
    expect(languageOf('bin/bot.py', '#!/usr/bin/env node\n')).toBe('python');
  });

  it('lets the text decide between languages that share an extension', () => {
    expect(languageOf('web.config', '<?xml version="1.0"?><configuration/>')).toBe('xml');
    expect(languageOf('pip.config', '[global]\n')).toBe('properties');
    expect(languageOf('de.ts', '<?xml version="1.0"?>\n<!DOCTYPE TS>')).toBe('xml');
    expect(languageOf('de.ts', 'const key = <string>value;')).toBe('ts');
    expect(languageOf('.eslintrc', 'extends: next\n')).toBe('yaml');
    expect(languageOf('.eslintrc', '// next\n{ "extends": "next" }')).toBe('json');
    expect(languageOf('feed', '<?xml version="1.0"?>')).toBe('xml');
  });
});
