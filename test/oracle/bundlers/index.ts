import type { Bundler } from '../harness/bundler.ts';
import { astro } from './astro.ts';
import { bun } from './bun.ts';
import { esbuild } from './esbuild.ts';
import { expo } from './expo.ts';
import { metro } from './metro.ts';
import { nextAppRouter, nextPagesRouter } from './next.ts';
import { nuxt } from './nuxt.ts';
import { parcel } from './parcel.ts';
import { reactRouter } from './react-router.ts';
import { rolldown } from './rolldown.ts';
import { rollup } from './rollup.ts';
import { rsbuild } from './rsbuild.ts';
import { rspack } from './rspack.ts';
import { svelteKit } from './sveltekit.ts';
import { tanStackStart } from './tanstack-start.ts';
import { vite7, vite8 } from './vite.ts';
import { webpack } from './webpack.ts';

/** In the order of the table. */
export const bundlers: readonly Bundler[] = [esbuild, rollup, rolldown, vite7, vite8, webpack, rspack, rsbuild, parcel, bun, metro, nextAppRouter, nextPagesRouter, svelteKit, reactRouter, astro, tanStackStart, nuxt, expo];
