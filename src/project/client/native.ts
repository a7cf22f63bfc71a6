import type { Detection } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import type { Exposure } from './exposure.ts';
import { androidExposures } from './native-android.ts';
import { createApps } from './native-app.ts';
import { appleExposures } from './native-apple.ts';
import { flutterExposures } from './native-flutter.ts';
import { packedExposures } from './native-packed.ts';

/**
 * Keys that a phone or desktop app carries: in its sources, its resources and the settings that its build compiles in. Whoever has
 * the app can read them. What is only read from the environment at run time is code that wants a key, without one.
 */
export function nativeExposures(project: Project, built: BuiltGraph, detection: Detection): Exposure[] {
  const apps = createApps(project, built, detection);
  const found = new Map<string, Exposure>();
  for (const exposure of [...androidExposures(apps), ...appleExposures(apps), ...flutterExposures(apps), ...packedExposures(apps)]) {
    const identity = [exposure.file, ...exposure.at, exposure.secret?.digest ?? exposure.name].join('\n');
    if (!found.has(identity)) found.set(identity, exposure);
  }
  return [...found.values()];
}
