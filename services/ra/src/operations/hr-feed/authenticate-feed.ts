import { findHrFeedByKey, findHrFeedByToken, type HrFeed } from '@see/db/ra';
import { bearerToken, Refusal, tokenDigest } from '@see/http';
import { bodySignatureHolds, importPublicJwk, readSignedBodyHeader } from '@see/statement';
import type { FastifyRequest } from 'fastify';
import { type Ra, seconds } from '../../ra.ts';

/** How far the clock of an HR system may be from ours, in seconds. */
const CLOCK_TOLERANCE = 300;

/** The header that carries the signature over a body. */
export const SIGNATURE_HEADER = 'x-jws-signature';

const feeds = new WeakMap<FastifyRequest, HrFeed>();

/** The feed that a request was accepted from. */
export function feedOf(request: FastifyRequest): HrFeed | undefined {
  return feeds.get(request);
}

/** The same, where a request without one does not get so far. */
export function feedFrom(request: FastifyRequest): HrFeed {
  const feed = feedOf(request);
  if (!feed) throw refusedFeed();
  return feed;
}

/**
 * The webhook feed that signed a body, and the id that it gave it: a key in force, a signature that holds, a time within five
 * minutes of ours. Throws Refusal `feed-refused`, which does not say whether there is such a feed; only once the signature holds
 * is a wrong clock named.
 */
export async function feedOfSignature(
  ra: Ra,
  request: FastifyRequest,
  body: Uint8Array,
): Promise<{ readonly feed: HrFeed; readonly eventId: string }> {
  const text = request.headers[SIGNATURE_HEADER];
  if (typeof text !== 'string')
    throw new Refusal('feed-refused', `Send a detached JWS over the body in ${SIGNATURE_HEADER} (docs/hr-feeds.md).`);
  const header = readSignedBodyHeader(text);
  if (typeof header === 'string')
    throw refusedFeed(
      header === 'wrong-algorithm'
        ? 'It is signed by ES384 and nothing else.'
        : 'Its header is not of the form in docs/hr-feeds.md.',
    );
  const feed = await findHrFeedByKey(ra.db, header.keyId);
  if (!feed?.publicKey || !inForce(feed, ra.now())) throw refusedFeed();
  if (!bodySignatureHolds(header, body, importPublicJwk(feed.publicKey))) throw refusedFeed();
  feeds.set(request, feed);
  if (Math.abs(header.issuedAt - seconds(ra.now())) > CLOCK_TOLERANCE)
    throw new Refusal(
      'feed-refused',
      'It was signed more than five minutes ago or ahead. Set the clock, and sign again.',
    );
  return { feed, eventId: header.id };
}

/** The SCIM feed whose token a request bears. Throws Refusal `token-required`, `token-refused` or `feed-refused`. */
export async function feedOfToken(ra: Ra, request: FastifyRequest): Promise<HrFeed> {
  const feed = await findHrFeedByToken(ra.db, tokenDigest(bearerToken(request)));
  if (!feed || !inForce(feed, ra.now())) throw refusedFeed();
  feeds.set(request, feed);
  return feed;
}

/** Whether a feed is neither revoked nor over. */
export function inForce(feed: HrFeed, now: Date): boolean {
  return feed.revokedAt === null && feed.expiresAt > now;
}

function refusedFeed(
  more = 'Its key or token is unknown, was revoked or has expired, or the signature does not hold.',
): Refusal {
  return new Refusal('feed-refused', `This is not from a feed in force. ${more}`);
}
