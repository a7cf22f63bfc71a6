import { mentionsOf } from '../hilt/context.ts';
import { isSdkDependency } from '../hilt/sdk.ts';
import { readText } from '../sources/file-text.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { folderOf, joinPath } from './graph/posix-path.ts';
import type { Project } from './project.ts';
import { oncePerProject } from './once-per-project.ts';
import { onceEach } from '../sources/once.ts';

const dependencyFields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const pythonManifests = ['pyproject.toml', 'requirements.txt'];
const foldersOf = oncePerProject((project) => onceEach((folder: string) => isIn(project, folder)));

/** Whether the package that a file belongs to (the nearest manifest above it) depends on Hilt's SDK, and on no namesake's. */
export function usesHiltPay(project: Project, { file }: ModuleSummary): boolean {
  return foldersOf(project)(folderOf(file));
}

function isIn(project: Project, folder: string): boolean {
  const manifest = textOf(project, folder, 'package.json');
  if (manifest !== undefined) return dependsOnSdk(manifest);
  for (const name of pythonManifests) {
    const text = textOf(project, folder, name);
    if (text !== undefined) return /(?<![\w.-])hilt[-_]sdk(?![\w.-]*[A-Za-z])/i.test(text) && !mentionsOf(text).other;
  }
  return folder !== '' && isIn(project, folderOf(folder));
}

function textOf(project: Project, folder: string, name: string): string | undefined {
  const path = joinPath(folder, name);
  return path === undefined ? undefined : readText(project.source, path);
}

function dependsOnSdk(text: string): boolean {
  const manifest = parsed(text);
  const dependencies = dependencyFields.flatMap((field) => {
    const entries = manifest[field];
    return typeof entries === 'object' && entries !== null ? Object.entries(entries) : [];
  });
  return dependencies.some(([name, version]) => isSdkDependency(name, String(version))) && !mentionsOf(text).other;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // A broken manifest names no dependency.
    return {};
  }
}
