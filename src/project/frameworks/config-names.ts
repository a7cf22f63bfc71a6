/**
 * Whether a file of this name may configure what is built; almost all names are ruled out by two characters before any pattern is tried.
 * `configs` of the frameworks tell for certain.
 */
export function mayBeConfig(name: string): boolean {
  return name.includes('.') && /config|package\.json|webpack|rspack|rollup|esbuild|build|bundle|bunfig|gatsby|app\.json|angular|project\.json|babel|parcel|tauri|manifest|wrangler|deno|serverless|sst\.|nest-cli|nitro|samconfig/.test(name);
}
