import { baseName } from '../../sources/base-name.ts';

/** Configuration of tools, which build and do not run. */
export function isBuildConfig(path: string): boolean {
  const name = baseName(path);
  if (/^ecosystem\.config\./.test(name)) return true;
  return /(?:^|\.)(?:config|conf|rc|setup|workspace)\.[mc]?[jt]sx?$/.test(name) || /^\.[\w-]+rc(?:\.[mc]?js)?$/.test(name) || /^(?:gulpfile|gruntfile|webpack|rollup|karma)\b.*\.[mc]?[jt]s$/i.test(name) || /\.d\.[mc]?ts$/.test(name);
}
