import type { Declaration } from '../../syntax/module-summary.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import { isTestName } from './file-roles.ts';
import type { Unit } from './integration.ts';
import { feedsOf, type ManifestKind, type ManifestReading } from './manifest-kind.ts';
import { groupsBelow, textAt, type ManifestFile } from './manifest-file.ts';
import { fileOf } from './start-command.ts';
import { baseName } from '../../sources/base-name.ts';

/** Functions of a Serverless Framework file (https://www.serverless.com/framework/docs/providers/aws/guide/functions). */
export const serverless: ManifestKind = {
  matches: (path) => /^serverless(?:[.-][\w-]+)?\.(?:ya?ml|json)$/.test(baseName(path)),
  units: (manifest, reading) => {
    const { declarations, file } = manifest;
    const common = declarations.filter((each) => each.path.join('.') === 'provider.environment');
    return [...groupsBelow(declarations, ['functions'])].flatMap(([name, own]) => {
      const environment = own.filter((each) => each.path.length === 3 && each.path[2] === 'environment');
      const handler = textAt(own, ['functions', name, 'handler']);
      return functionUnit({ name, own, handler, folder: folderOf(file), environment: [...environment, ...inherited(common, environment)] }, manifest, reading);
    });
  },
};

/** Functions and containers of AWS SAM and CloudFormation (https://docs.aws.amazon.com/serverless-application-model/). */
export const cloudFormation: ManifestKind = {
  matches: (path) => /^(?:template|sam|samtemplate|cloudformation|stack|cfn)(?:[.-][\w-]+)?\.(?:ya?ml|json)$/.test(baseName(path)) || /(?:^|\/)(?:cloudformation|cfn|sam)\/[^/]+\.(?:ya?ml|json)$/.test(path),
  units: (manifest, reading) => {
    const { declarations, file } = manifest;
    const common = declarations.filter((each) => each.path.join('.') === 'Globals.Function.Environment.Variables');
    return [...groupsBelow(declarations, ['Resources'])].flatMap(([id, own]) => {
      const type = textAt(own, ['Resources', id, 'Type']) ?? '';
      if (/TaskDefinition$/.test(type)) return taskUnits(id, own, manifest, reading);
      if (!/::(?:Serverless::Function|Lambda::Function)$/.test(type)) return [];
      const path = ['Resources', id, 'Properties'];
      const environment = own.filter((each) => each.path.slice(2).join('.') === 'Properties.Environment.Variables');
      const folder = joinPath(folderOf(file), textAt(own, [...path, 'CodeUri']) ?? '') ?? folderOf(file);
      const name = textAt(own, [...path, 'FunctionName']) ?? id.replace(/Function$/, '');
      return functionUnit({ name, own, handler: textAt(own, [...path, 'Handler']), folder, environment: [...environment, ...inherited(common, environment)] }, manifest, reading);
    });
  },
};

function inherited(common: readonly Declaration[], own: readonly Declaration[]): Declaration[] {
  return common.filter((each) => !own.some((other) => other.name === each.name));
}

/** A function as a manifest declares it. */
interface DeclaredFunction {
  readonly name: string;
  readonly own: readonly Declaration[];
  readonly handler: string | undefined;
  /** Where the handler's path begins. */
  readonly folder: string;
  readonly environment: readonly Declaration[];
}

function functionUnit({ name, own, handler, folder, environment }: DeclaredFunction, manifest: ManifestFile, reading: ManifestReading): Unit[] {
  if (isTestName(name)) return [];
  const program = handler === undefined ? undefined : handlerFile(handler, folder, reading);
  return [{
    kind: 'function', name,
    place: { file: manifest.file, at: own[0]?.at ?? [0, 0] },
    programs: program === undefined ? [] : [program],
    feeds: feedsOf(environment, manifest, reading),
    envFiles: [],
  }];
}

/** `src/bot.handler` is the export `handler` of `src/bot.ts`. */
function handlerFile(handler: string, folder: string, { commands: { paths } }: ManifestReading): string | undefined {
  const path = handler.replace(/\.[A-Za-z_$][\w$]*$/, '');
  return ['.js', '.py', '.rb'].map((ending) => fileOf(`./${path}${ending}`, folder, paths)).find((found) => found !== undefined);
}

function taskUnits(id: string, own: readonly Declaration[], manifest: ManifestFile, reading: ManifestReading): Unit[] {
  const path = ['Resources', id, 'Properties', 'ContainerDefinitions'];
  const containers = groupsBelow(own, path);
  return [...containers].map(([index, declarations]) => {
    const container = textAt(declarations, [...path, index, 'Name']);
    return {
      kind: 'container', name: containers.size > 1 && container !== undefined ? container : id.replace(/Task(?:Definition)?$/, '') || id,
      aliases: container === undefined ? [] : [container],
      place: { file: manifest.file, at: declarations[0]?.at ?? [0, 0] },
      programs: [], feeds: feedsOf(declarations, manifest, reading), envFiles: [],
    };
  });
}
