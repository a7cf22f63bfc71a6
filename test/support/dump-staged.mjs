// What a git hook calls in the tests: writes as JSON to the named file which staged files the built tool sees there.
import { writeFileSync } from 'node:fs';
import { openStaged } from '../../dist/src/sources/index-source.js';

const [output, cwd = process.cwd()] = process.argv.slice(2);
const source = openStaged({ cwd });
const files = {};
for (const file of source.files()) files[file.path] = Buffer.from(file.read() ?? []).toString();
writeFileSync(output, JSON.stringify({ root: source.root, files, notices: source.notices }));
