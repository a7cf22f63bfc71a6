import type { Project } from '../project.ts';
import type { Place } from '../resolved.ts';

/** Whether code runs only in a browser or an app: what a bundle ships is no backend. */
export function isClientCode(_project: Project, { module }: Place): boolean {
  return module.directives.includes('use client') || module.language === 'html';
}
