import type { Secret } from '../../hilt/secret.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { findSecretsInText } from '../../syntax/text/find-secrets.ts';
import type { Project } from '../project.ts';

/** The keys in a file's name, and in the names of the folders of which it is the first file: each is told once. */
export function secretsInPath(project: Project, { file, mentions }: ModuleSummary): Secret[] {
  if (!file.includes('hk_')) return [];
  const parts = file.split('/');
  return parts.flatMap((part, index) => {
    const found = findSecretsInText(part, project.keyOptions, mentions).secrets;
    const isTold = found.length > 0 && (index === parts.length - 1 || isFirstBelow(project, file, `${parts.slice(0, index + 1).join('/')}/`));
    return isTold ? found.map(({ secret }) => secret) : [];
  });
}

function isFirstBelow(project: Project, file: string, folder: string): boolean {
  for (const path of project.source?.paths() ?? []) if (path < file && path.startsWith(folder)) return false;
  return true;
}
