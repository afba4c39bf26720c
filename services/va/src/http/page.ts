import type { Reply } from './reply.ts';

/** A request for a page, checked and without a body. */
export interface PageRequest {
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
}

/** Answers GET and HEAD of the addresses it knows; undefined for others. Throws Refusal. */
export type Page = (request: PageRequest) => Promise<Reply | undefined> | Reply | undefined;
