import { isRecord } from './manifest.ts';
import type { Package } from './workspace.ts';

/**
 * Which of a module's platform files a package's bundlers take (https://reactnative.dev/docs/platform-specific-code): Metro prefers the
 * platform's own and falls back on the plain one; a bundler for the web knows no platforms, but React Native Web sets up `.web`.
 * A library that is neither serves both.
 */
export function shippedFiles(owner: Package | undefined, files: readonly string[]): readonly string[] {
  if (files.length < 2) return files;
  const dependencies = owner?.dependencies ?? {};
  const native = ['react-native', 'expo', '@nativescript/core'].some((name) => name in dependencies);
  const web = ['react-native-web', 'expo', 'next', 'vite', 'react-scripts', 'webpack'].some((name) => name in dependencies);
  const has = (platform: string): boolean => files.some((file) => file.includes(`${platform}.`));
  if (native && !web) {
    const covered = has('.native') || (has('.ios') && has('.android'));
    return files.filter((file) => !file.includes('.web.') && (!covered || /\.(?:native|ios|android)\./.test(file)));
  }
  if (web && !native) return files.filter((file) => !/\.(?:native|ios|android)\./.test(file));
  return files;
}

/** What the `browser` map of a package puts in the place of a file or package (https://github.com/defunctzombie/package-browser-field-spec). */
export function browserReplacement(owner: Package | undefined, request: string): string | false | undefined {
  const map = owner?.manifest['browser'];
  if (!isRecord(map)) return undefined;
  const bare = request.replace(/\.[mc]?[jt]sx?$/, '');
  for (const key of [request, bare, `${bare}.js`, bare.replace(/\/index$/, '')]) {
    const value = map[key];
    if (value === false) return false;
    if (typeof value === 'string') return value;
  }
  return undefined;
}
