import { readText } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { summarise } from '../../syntax/summarise.ts';
import type { Project } from '../project.ts';
import { astroProgram, type AstroProgram } from './astro-template.ts';
import { oncePerProject } from '../once-per-project.ts';
import { onceEach } from '../../sources/once.ts';

export interface AstroTemplate {
  /** The component as a program, under the component's own name; its positions are those of `program`. */
  readonly module: ModuleSummary;
  readonly program: AstroProgram;
}

/** An Astro component with its template as elements, read once a project. */
export function astroTemplate(project: Project, file: string): AstroTemplate | undefined {
  return templatesOf(project)(file);
}

const templatesOf = oncePerProject((project) => onceEach((file: string) => readTemplate(project, file)));

function readTemplate(project: Project, file: string): AstroTemplate | undefined {
  const text = readText(project.source, file);
  if (text === undefined) return undefined;
  const program = astroProgram(text);
  const { summary } = summarise(`${file}.tsx`, program.program.text, project.keyOptions);
  return { module: { ...summary, file }, program };
}
