import type { Project } from '../project.ts';
import type { Lazy } from '../resolved.ts';

/** The text that a name or an argument is; empty where it is none, or not known. */
export function textOf(project: Project, lazy: Lazy | undefined): string {
  return (lazy && project.evaluator.text(lazy)) ?? '';
}
