import { angular } from './angular.ts';
import { astro } from './astro.ts';
import { browserExtension } from './browser-extension.ts';
import { bun } from './bun.ts';
import { cra } from './cra.ts';
import { esbuild } from './esbuild.ts';
import { expo } from './expo.ts';
import type { Framework, FrameworkId } from './framework.ts';
import { gatsby } from './gatsby.ts';
import { next } from './next.ts';
import { nuxt } from './nuxt.ts';
import { capacitor, cordova, electron, tauri } from './packaged-web.ts';
import { parcel } from './parcel.ts';
import { html, unknownClient } from './plain-client.ts';
import { qwik } from './qwik.ts';
import { reactNative } from './react-native.ts';
import { reactRouter } from './react-router.ts';
import { rolldown, rollup } from './rollup.ts';
import { rsbuild } from './rsbuild.ts';
import { rspack } from './rspack.ts';
import { bot, cloudflareWorkers, deno, lambda, nodeServer } from './server-programs.ts';
import { solidStart } from './solid-start.ts';
import { sveltekit } from './sveltekit.ts';
import { tanstackStart } from './tanstack-start.ts';
import { vite } from './vite.ts';
import { vueCli } from './vue-cli.ts';
import { webpack } from './webpack.ts';

/** Every framework that the project knows, those first that others are part of. */
export const frameworks: readonly Framework[] = [
  next, sveltekit, nuxt, reactRouter, astro, tanstackStart, solidStart, qwik, gatsby,
  expo, reactNative, angular, cra, vueCli, browserExtension, electron, tauri, capacitor, cordova,
  vite, rsbuild, rspack, webpack, parcel, bun, rolldown, rollup, esbuild, html, unknownClient,
  nodeServer, cloudflareWorkers, deno, lambda, bot,
];

const byId = new Map(frameworks.map((framework) => [framework.id, framework]));

export function frameworkById(id: FrameworkId): Framework {
  const framework = byId.get(id);
  if (framework === undefined) throw new Error(`No framework is registered as "${id}".`);
  return framework;
}
