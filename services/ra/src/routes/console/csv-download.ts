import { Readable } from 'node:stream';
import { writeCsv } from '@see/person-import';
import type { FastifyReply } from 'fastify';
import { asAttachment } from '../../attachment.ts';

/** Rows of a file at most; what is more is narrowed by the filters of the list. */
export const MOST_ROWS = 10_000;
const PAGE = 200;

interface Rows<Key> {
  readonly rows: readonly (readonly string[])[];
  readonly next: Key | undefined;
}

/**
 * Sends a list as a CSV file, page by page as it is read, with at most `MOST_ROWS` rows. Cells that a spreadsheet would
 * run get an apostrophe in front.
 */
export function sendCsv<Key>(
  reply: FastifyReply,
  name: string,
  head: readonly string[],
  read: (size: number, after: Key | undefined) => Promise<Rows<Key>>,
): FastifyReply {
  async function* pages(): AsyncGenerator<Buffer> {
    yield Buffer.from(writeCsv([head]));
    let after: Key | undefined;
    for (let sent = 0; sent < MOST_ROWS; sent += PAGE) {
      const { rows, next } = await read(Math.min(PAGE, MOST_ROWS - sent), after);
      // The mark of the encoding stands at the start of the file only.
      if (rows.length > 0) yield Buffer.from(writeCsv(rows).slice(1));
      if (next === undefined) return;
      after = next;
    }
  }
  return asAttachment(reply.type('text/csv; charset=utf-8'), `${name}.csv`).send(Readable.from(pages()));
}
