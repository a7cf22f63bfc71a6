// Loaded before a measured program (`node --require`): writes the peak of its resident memory, in MB, where BENCH_PEAK_FILE says.
// Linux tells the peak of this very program; elsewhere the number also counts what the starting process had before.
const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  writeFileSync(process.env.BENCH_PEAK_FILE, String(peak()));
});

function peak() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
