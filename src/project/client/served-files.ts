import picomatch from 'picomatch';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import { isBelow, relativeTo } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import type { Exposure } from './exposure.ts';

/** Whether a path lies in a folder whose files a framework serves or packs as they are. */
export function servedBy({ framework, facts, folder }: DetectedFramework): ((file: string) => boolean) | undefined {
  const globs = [...framework.carriers, ...facts.carriers.map((carrier) => relativeCarrier(carrier, folder))];
  if (globs.length === 0) return undefined;
  const matches = picomatch(globs, { dot: true });
  return (file) => isBelow(file, folder) && matches(relativeTo(folder, file));
}

function relativeCarrier(carrier: string, folder: string): string {
  const path = isBelow(carrier, folder) ? relativeTo(folder, carrier) : carrier;
  return /[*.][^/]*$/.test(path) ? path : `${path}/**`;
}

/** What a server runs rather than serves. */
const program = /\.(?:php|phtml|py|rb|cgi|pl|jsp|aspx?|erb|ejs|cfm)$|(?:^|\/)\.htaccess$/i;

/** Keys in files that are no code, and that a client can download as they are: `public/config.json`. Scripts and pages are entries. */
export function servedExposures(project: Project, detection: Detection, known: readonly Exposure[]): Exposure[] {
  const served = detection.frameworks.flatMap((detected) => {
    const isServed = servedBy(detected);
    return isServed ? [{ detected, isServed }] : [];
  });
  if (served.length === 0) return [];
  const told = new Set(known.map(({ file }) => file));
  return [...project.modules.values()].flatMap((module): Exposure[] => {
    const { file, secrets } = module;
    if (secrets.length === 0 || told.has(file) || program.test(file)) return [];
    const by = served.find(({ isServed }) => isServed(file));
    if (!by) return [];
    const what = `the files that ${by.detected.framework.title} gives out as they are`;
    return secrets.map(({ at, secret }) => ({
      file, at, exposure: 'value', confidence: isLoose(by.detected) ? 'possible' : 'certain', reason: 'carrier', secret, what, trace: [{ file, at, message: `file that ${by.detected.framework.title} serves as it is` }],
    }));
  });
}

/** Metro packs of its assets what code asks for. */
function isLoose({ framework }: DetectedFramework): boolean {
  return framework.id === 'react-native' || framework.id === 'expo';
}
