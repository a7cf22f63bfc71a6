/** The command line cannot be understood: the user has to change how the tool is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The configuration or the baseline cannot be used: the user has to change a file. The message never holds a value of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
