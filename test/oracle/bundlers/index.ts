import type { Bundler } from '../harness/bundler.ts';
import { esbuild } from './esbuild.ts';
import { nextAppRouter, nextPagesRouter } from './next.ts';
import { reactRouter } from './react-router.ts';
import { rolldown } from './rolldown.ts';
import { rollup } from './rollup.ts';
import { svelteKit } from './sveltekit.ts';
import { vite7, vite8 } from './vite.ts';
import { webpack } from './webpack.ts';

/** In the order of the table. */
export const bundlers: readonly Bundler[] = [esbuild, rollup, rolldown, vite7, vite8, webpack, nextAppRouter, nextPagesRouter, svelteKit, reactRouter];
