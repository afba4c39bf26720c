import { Readable } from 'node:stream';
import type { Actor } from '@see/http';
import type { FastifyReply } from 'fastify';
import type { Ra } from '../ra.ts';
import { importEvents } from './import-events.ts';

/** The events of an import for one reader, until they are gone. Throws Refusal `too-many-requests`. */
export function importStream(ra: Ra, actor: Actor, id: string, reply: FastifyReply): Readable {
  const release = ra.eventStreams.take(actor.personId);
  const gone = new AbortController();
  reply.raw.once('close', () => {
    gone.abort();
    release();
  });
  return Readable.from(importEvents(ra, id, gone.signal), { objectMode: false });
}
