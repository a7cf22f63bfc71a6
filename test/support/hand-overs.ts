import { handedOver } from '../../src/project/client/handovers.ts';
import { makeKey } from './keys.ts';
import { linkedProject } from './linked-project.ts';

export const dependencies = (...names: string[]): string => JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
export const key = makeKey('live', 'handovers');

/** Hand-overs of literal files as `file: text of the place: what`, uncertain ones with a question mark. */
export function handOversOf(files: Readonly<Record<string, string>>): string[] {
  const project = linkedProject(files);
  const built = project.graph;
  if (!built) throw new Error('The project has no graph.');
  return handedOver(project, built, built.detection).map(({ file, at, what, confidence }) => `${file}: ${(files[file] ?? '').slice(...at).replace(key, 'KEY')}: ${what}${confidence === 'possible' ? '?' : ''}`);
}
