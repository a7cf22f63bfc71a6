import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Heavy applications: a pinned `package.json` and a lock file each. */
export const appsFolder = join(root, 'test/oracle/apps');
/** Where applications of the light bundlers are composed; not below `node_modules`, which bundlers treat in another way. */
export const workFolder = join(root, 'test/oracle/.work');
/** Truth by content, so that comparing again needs no build. */
export const cacheFolder = join(root, 'node_modules/.cache/oracle');
/** Our tool, built. */
export const cli = join(root, 'dist/src/cli/bin.js');
