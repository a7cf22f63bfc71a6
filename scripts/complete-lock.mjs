/**
 * Puts the optional packages of other platforms into a lock file that was written where the registry does not carry them;
 * without them `npm ci` calls the lock file out of step with package.json.
 *
 *     node scripts/complete-lock.mjs package-lock.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

const systems = ['darwin', 'linux', 'win32', 'freebsd', 'android', 'openharmony', 'sunos', 'aix', 'netbsd', 'openbsd'];
const processors = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

for (const path of process.argv.slice(2)) {
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const count = complete(lock.packages);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${path}: ${count} packages of other platforms added.`);
}

/** Adds to `packages` in place; returns how many. A package that names no platform is npm's own business. */
function complete(packages) {
  let count = 0;
  for (const [where, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const version = range.replace(/^[\^~]/, '');
      const platform = platformOf(name);
      if (!platform || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) continue;
      const found = findPackage(packages, where, name);
      if (found && packages[found].version === version) continue;
      packages[found ? `${where}/node_modules/${name}` : `node_modules/${name}`] = { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...platform };
      count += 1;
    }
  }
  return count;
}

/** `@rollup/rollup-linux-x64-musl` is for linux, x64, musl. */
function platformOf(name) {
  if (name === 'fsevents') return { os: ['darwin'] };
  const words = name.split(/[-/]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  if (words.some((word) => /^arm(?:v7|hf|eabi)/.test(word)) && cpu.length === 0) cpu.push('arm');
  if (os.length === 0 && cpu.length === 0) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.some((word) => word.startsWith('gnu')) ? ['glibc'] : [];
  return { ...(os.length > 0 ? { os } : {}), ...(cpu.length > 0 ? { cpu } : {}), ...(libc.length > 0 ? { libc } : {}) };
}

/** Where Node would find `name` from the package at `where`. */
function findPackage(packages, where, name) {
  for (let at = where; ; ) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[path]) return path;
    if (at === '') return undefined;
    at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')));
  }
}
