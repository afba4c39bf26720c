import type { IncomingHttpHeaders } from 'node:http';
import type { Reply } from './reply.ts';

/** A request for a page, checked and without a body. */
export interface PageRequest {
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** What it says about its reader's language. */
  readonly headers: Pick<IncomingHttpHeaders, 'cookie' | 'accept-language'>;
}

/** Answers GET and HEAD of the addresses it knows; undefined for others. Throws Refusal. */
export type Page = (request: PageRequest) => Promise<Reply | undefined> | Reply | undefined;
