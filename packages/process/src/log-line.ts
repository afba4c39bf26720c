/** How bad a line of the log is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Named facts of a log line. Never a secret: no code, password, passphrase, token or key. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one line. The message is constant, what varies goes into the fields. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** One line of JSON. Errors become name, code, message and stack with their causes; bytes become hex; bigints become text. Never throws. */
export function logLine(time: Date, service: string, level: LogLevel, message: string, fields: LogFields = {}): string {
  const line = { time: time.toISOString(), level, service, message, ...fields };
  try {
    return `${JSON.stringify(line, plain)}\n`;
  } catch (error) {
    return `${JSON.stringify({ time: line.time, level, service, message, unprintable: String(error) })}\n`;
  }
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const code = (value as { code?: unknown }).code;
    return { name, message, ...(code !== undefined && { code }), stack, ...(cause !== undefined && { cause }) };
  }
  if (value instanceof Uint8Array) return value.toHex();
  if (typeof value === 'bigint') return value.toString();
  return value;
}
