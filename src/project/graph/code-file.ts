/** Files whose imports are followed. Declaration files hold types alone and are no modules for any bundler. */
export function isCodeFile(path: string): boolean {
  return codeFile.test(path) && !declarationFile.test(path);
}

const codeFile = /\.(?:[mc]?[jt]s|[jt]sx|vue|svelte|astro|html?|xhtml|mdx)$/i;
const declarationFile = /\.d\.[mc]?ts$|\.d\.[^./]+\.ts$/i;
