import type { Project } from '../project.ts';
import type { Lazy, Resolved } from '../resolved.ts';

/** What a logger prints of the values that it is given. */
export interface Printed {
  readonly values: readonly Lazy[];
  /** The logger changes them in a way that the code does not tell. */
  readonly confidence?: 'possible';
}

/** An object that is logged, changed; anything else as it is. */
export function mapped(project: Project, argument: Lazy, change: (value: Resolved) => Resolved): Lazy {
  const value = project.evaluator.head(argument);
  return value.kind === 'object' || value.kind === 'choice' ? { ...argument, known: change(value) } : argument;
}
