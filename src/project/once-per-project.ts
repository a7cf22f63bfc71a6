import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Project } from './project.ts';

/** A question about the project as a whole, worked out when it is first asked and kept as long as the project. */
export function oncePerProject<Answer>(make: (project: Project) => Answer): (project: Project) => Answer {
  const kept = new WeakMap<Project, { readonly answer: Answer }>();
  return (project) => {
    const known = kept.get(project);
    if (known) return known.answer;
    const answer = project.evaluator.overProject(() => make(project));
    kept.set(project, { answer });
    return answer;
  };
}

/** How a question about a module is asked. */
interface ModuleQuestion<Answer> {
  /** Steps of the evaluator that it has for itself; default: those of whoever asks. */
  readonly steps?: number;
  /** Against circles, for modules ask about each other: makes what is answered while the answer is worked out. */
  readonly meanwhile?: () => Answer;
}

/** A question about one module of a project, worked out when it is first asked and kept as long as the project. */
export function oncePerModule<Answer>(make: (project: Project, module: ModuleSummary) => Answer, { steps, meanwhile }: ModuleQuestion<Answer> = {}): (project: Project, module: ModuleSummary) => Answer {
  const kept = new WeakMap<Project, Map<ModuleSummary, { readonly answer: Answer }>>();
  return (project, module) => {
    const answers = kept.get(project) ?? new Map<ModuleSummary, { readonly answer: Answer }>();
    kept.set(project, answers);
    const known = answers.get(module);
    if (known) return known.answer;
    if (meanwhile) answers.set(module, { answer: meanwhile() });
    const answer = steps === undefined ? make(project, module) : project.evaluator.withOwnBudget(module.file, steps, () => make(project, module));
    answers.set(module, { answer });
    return answer;
  };
}
