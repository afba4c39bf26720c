import type { IncomingMessage } from 'node:http';

/**
 * The first value of a header, by its name in lower case; undefined without. Reads the list that came: `headers` would make
 * an object of all of them for each request.
 */
export function rawHeader({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const found = rawHeaders[at] as string;
    if (found.length === name.length && found.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}
