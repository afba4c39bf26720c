import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const TAIL_BYTES = 16 * 1024;

/** What a process that ended last complained about in its log: the newest line of level error in a few words, or its last line that is no JSON. */
export function lastWords(logFile: string): string | undefined {
  const lines = tail(logFile)
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const line of lines.reverse()) {
    const parsed = parse(line);
    if (parsed === undefined) {
      if (/error/i.test(line)) return line.trim().slice(0, 300);
    } else if (parsed.level === 'error') {
      return [parsed.message, parsed.error?.message]
        .filter((part) => typeof part === 'string')
        .join(': ')
        .slice(0, 300);
    }
  }
  return undefined;
}

function parse(line: string): { level?: unknown; message?: unknown; error?: { message?: unknown } } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function tail(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}
