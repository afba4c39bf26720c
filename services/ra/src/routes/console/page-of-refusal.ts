import { Refusal } from '@see/http';
import type { FastifyRequest } from 'fastify';
import { recognise } from '../../recognise.ts';

const pages = new WeakMap<FastifyRequest, string>();

/**
 * Says a refusal on the page that the reader came from: `draw` gets it in plain words, with what to do. Always throws
 * what it was given, so that status, audit and log are those of every refusal.
 */
export async function refuseOnPage(
  request: FastifyRequest,
  error: unknown,
  draw: (text: string) => Promise<string>,
): Promise<never> {
  const refusal = refusalOf(error);
  if (refusal) {
    const remedies = refusal.violations.flatMap(({ remedy }) => (remedy === undefined ? [] : [sentence(remedy)]));
    pages.set(request, await draw([refusal.detail, ...remedies].join(' ')));
  }
  throw error;
}

/** An error as a refusal, with what it says of single fields; undefined for a fault of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof Refusal ? error : recognise(error);
}

/** The page that was drawn for the refusal of a request. */
export function pageOfRefusal(request: FastifyRequest): string | undefined {
  return pages.get(request);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
