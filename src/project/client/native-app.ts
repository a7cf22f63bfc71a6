import { isKeyLikeName, secretNameKind } from '../../hilt/names.ts';
import { textOfFile } from '../../sources/file-text.ts';
import { onceEach } from '../../sources/once.ts';
import type { Declaration, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { variablesIn } from '../../syntax/variables-in.ts';
import type { Detection } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import type { Exposure } from './exposure.ts';
import { groupBy } from '../../syntax/group-by.ts';

/** What the readers of the several platforms ask of a repository. */
export interface Apps {
  readonly project: Project;
  readonly built: BuiltGraph;
  readonly detection: Detection;
  /** Every path, sorted. */
  readonly paths: readonly string[];
  /** Modules in which something of Hilt stands, in path order. */
  readonly modules: readonly ModuleSummary[];
  text(file: string): string;
  /** The deepest folder above the file in which a path of that name stands, with the path. */
  nearest(file: string, name: RegExp): { readonly folder: string; readonly file: string } | undefined;
}

export function createApps(project: Project, built: BuiltGraph, detection: Detection): Apps {
  const paths = [...(project.source?.paths() ?? [])].sort();
  const byFolder = groupBy(paths, (path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
  return {
    project,
    built,
    detection,
    paths,
    modules: [...project.modules.values()].filter(({ mentions, secrets }) => mentions.hilt || mentions.key || secrets.length > 0).sort((a, b) => (a.file < b.file ? -1 : 1)),
    text: onceEach((file) => textOfFile(project.source, file)),
    nearest: (file, name) => {
      for (let folder = file; folder !== ''; ) {
        folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0));
        const found = byFolder.get(folder)?.find((path) => name.test(path.slice(folder === '' ? 0 : folder.length + 1)));
        if (found !== undefined) return { folder, file: found };
      }
      return undefined;
    },
  };
}

/** What an app is, for messages and traces. */
export interface App {
  /** "an Android app" */
  readonly what: string;
  /** The file that shows it. */
  readonly because?: string;
  readonly confidence?: 'certain' | 'possible';
}

/** An exposure of something that the app carries. */
export function carried({ what, because, confidence = 'certain' }: App, file: string, at: Span, subject: Pick<Exposure, 'secret' | 'name'>, exposure: 'value' | 'code' = 'value'): Exposure {
  return {
    file, at, exposure, confidence, reason: 'native', ...subject, what, client: 'the app',
    trace: because === undefined || because === file ? [] : [{ file: because, at: [0, 0], message: what }],
  };
}

/** Secrets in what is compiled or packed: not in comments. */
export function secretsIn(app: App, module: ModuleSummary, within?: (at: Span) => boolean): Exposure[] {
  const isComment = (at: Span): boolean => module.comments.some((comment) => comment.at[0] <= at[0] && at[1] <= comment.at[1]);
  return module.secrets.filter(({ at }) => !isComment(at) && within?.(at) !== false).map(({ at, secret }) => carried(app, module.file, at, { secret }));
}

export function isSecretName({ project }: Apps, name: string): boolean {
  return isKeyLikeName(name, project.keyOptions) || secretNameKind(name) !== undefined;
}

/** A declared value that is a key: by the variable that it reads, or by its own name where it reads one. Secrets are told apart. */
export function declaredKey(apps: Apps, app: App, module: ModuleSummary, { name, value, valueAt }: Declaration): Exposure[] {
  const inside = secretsIn(app, module, (at) => valueAt[0] <= at[0] && at[1] <= valueAt[1]);
  if (inside.length > 0) return inside;
  const variables = variablesIn(value);
  const variable = variables.find((each) => isSecretName(apps, each.name));
  if (variable) return [carried(app, module.file, valueAt, { name: variable.name })];
  const isComputed = variables.length > 0 || value.kind === 'binding' || value.kind === 'unknown';
  return isComputed && isSecretName(apps, name) ? [carried(app, module.file, valueAt, { name })] : [];
}
