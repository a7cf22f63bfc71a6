import type { Probe } from '../harness/probe.ts';
import { barrels } from './barrels.ts';
import { branches } from './branches.ts';
import { carriers } from './carriers.ts';
import { classes } from './classes.ts';
import { commonJs } from './commonjs.ts';
import { composed } from './composed.ts';
import { constants } from './constants.ts';
import { deadCode } from './dead-code.ts';
import { everyday } from './everyday.ts';
import { functions } from './functions.ts';
import { literals } from './literals.ts';
import { liveness } from './liveness.ts';
import { madeValues } from './made-values.ts';
import { modules } from './modules.ts';
import { objects } from './objects.ts';
import { packages } from './packages.ts';
import { typescript } from './typescript.ts';

const shapes: readonly Probe[] = [
  ...literals, ...composed, ...barrels, ...objects, ...classes, ...functions, ...liveness, ...branches, ...deadCode,
  ...modules, ...commonJs, ...packages, ...carriers, ...typescript,
  ...everyday, ...constants, ...madeValues,
];

/** The shapes that need no framework, less those that this bundler cannot build. */
export function plainProbes(bundler: string): Probe[] {
  return shapes.filter((probe) => !probe.except?.[bundler]);
}

/** The shapes for which a source map makes a difference. */
export function mappedProbes(bundler: string): Probe[] {
  return plainProbes(bundler).filter((probe) => probe.maps);
}
