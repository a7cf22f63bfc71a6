import type { Resolved } from '../resolved.ts';

/**
 * Commands of a workflow in what a step prints: these hide a value, or hand it on without showing it.
 * Source: docs.github.com, "Workflow commands for GitHub Actions"; learn.microsoft.com, "Logging commands" of Azure Pipelines.
 */
const quiet = /^\s*(?:::(?:add-mask|set-output|save-state)\b|##vso\[task\.setvariable [^\]]*issecret=true)/;

/** Whether what is printed is such a command. */
export function isQuiet(printed: Resolved): boolean {
  const first = printed.kind === 'concat' ? printed.parts[0] : printed;
  return first?.kind === 'text' && quiet.test(first.text);
}
