/** A setting cannot be used. The message names the variable, never its value when that could be a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code = 'configuration-invalid';
}
