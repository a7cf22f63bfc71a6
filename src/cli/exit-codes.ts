/** The exit codes of every command, as `--help` prints them. */
export const exitCodes = { clean: 0, findings: 1, failure: 2 } as const;
