import { folderOf } from '../graph/posix-path.ts';
import type { Unit } from './integration.ts';
import { type ManifestKind } from './manifest-kind.ts';
import { plainText } from './manifest-file.ts';
import { pythonFile } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** Commands of a Python package (https://packaging.python.org/en/latest/specifications/entry-points/), also as Poetry and Hatch have them. */
export const pyproject: ManifestKind = {
  matches: (path) => baseName(path) === 'pyproject.toml',
  units: (manifest, reading) => {
    const folder = folderOf(manifest.file);
    return manifest.declarations.flatMap((declaration): Unit[] => {
      if (!/^(?:project|tool poetry) (?:gui-)?scripts$/.test(declaration.path.join(' '))) return [];
      const module = plainText(declaration)?.split(':')[0];
      const program = module === undefined ? undefined : pythonFile(module, folder, reading.commands.paths);
      return program === undefined ? [] : [{ kind: 'command', name: declaration.name, place: { file: manifest.file, at: declaration.at }, folder, programs: [program], feeds: [], envFiles: [] }];
    });
  },
};
