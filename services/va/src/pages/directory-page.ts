import { createHash } from 'node:crypto';
import { concat } from '@see/asn1';
import type { AgencyScope } from '@see/domain';
import { Refusal } from '@see/http/problem';
import { oid, parseSubjectKeyIdentifier } from '@see/x509';
import type { CrlShelf } from '../crl/crl-shelf.ts';
import type { Page } from '../http/page.ts';
import type { Reply } from '../http/reply.ts';
import { type TrustedCas, trustedCa } from '../trust/trusted-ca.ts';
import { crlReply } from './crl-page.ts';
import { type DirectoryCertificate, DirectoryDamage, type DirectoryIndex } from './directory-index.ts';
import { type DirectoryRecord, HASH_ATTRIBUTES, type HashAttribute, searchKey } from './directory-record.ts';
import { isWithdrawn } from './withdrawn-agency.ts';

export interface DirectoryDeps {
  readonly index: DirectoryIndex;
  readonly shelf: CrlShelf;
  readonly trusted: () => TrustedCas | undefined;
  /** Agencies by their verified scopes; none while they are not known. */
  readonly agencies: () => Iterable<AgencyScope>;
  /** Whether every certificate is in the index. */
  readonly isComplete: () => boolean;
  readonly now: () => Date;
}

/** The most certificates in one answer. */
const MOST = 20;
const HASH = /^[A-Za-z0-9+/]{27}$/;
const CACHE = { 'cache-control': 'public, max-age=60, no-transform' };

/** `/certs/search.cgi` and `/crls/search.cgi`: look-up by one attribute (RFC 4387, DIR-7). */
export function directoryPage(deps: DirectoryDeps): Page {
  return ({ path, query }) => {
    if (path === '/certs/search.cgi') return certificates(deps, query);
    if (path === '/crls/search.cgi') return crls(deps, query);
    return undefined;
  };
}

async function certificates(deps: DirectoryDeps, query: string): Promise<Reply> {
  const { attribute, value } = readQuery(query);
  const found = await fromDirectory(search(deps, attribute, value));
  if (found.length === 0) {
    if (!deps.isComplete()) throw unavailable('The directory is still being loaded.');
    throw new Refusal('not-found', 'The directory has no such certificate.');
  }
  const octets = found.map(({ der }) => der);
  return octets.length === 1 ? single(octets[0] as Uint8Array) : several(octets);
}

function search(deps: DirectoryDeps, attribute: string, value: string): Promise<readonly DirectoryCertificate[]> {
  const now = deps.now().getTime();
  if (isHashAttribute(attribute)) return deps.index.byHash(attribute, readHash(value), now, MOST);
  // Hashes find every certificate; these find what to encrypt to, and nothing is sent to who was suspended.
  const isOffered = ({ mails }: DirectoryRecord) => !isWithdrawn(mails, deps.agencies());
  // RFC 4387 2.2: the subject's URI without its scheme, for mail the address.
  if (attribute === 'uri' || attribute === 'email')
    return deps.index.current('mail', value.replace(/^mailto:/, ''), now, MOST, isOffered);
  if (attribute === 'name') return deps.index.current('name', value, now, MOST, isOffered);
  throw new Refusal(
    'invalid-request',
    `A search names one of certHash, uri, email, iHash, iAndSHash, name, sHash and sKIDHash, not ${JSON.stringify(attribute.slice(0, 40))}.`,
  );
}

/** What the directory gives, or why it cannot be given now. Throws Refusal `unavailable`. */
export async function fromDirectory<T>(search: Promise<T>): Promise<T> {
  try {
    return await search;
  } catch (error) {
    throw unavailable(
      error instanceof DirectoryDamage
        ? 'A certificate of the directory is damaged.'
        : 'The directory cannot read its certificates at the moment.',
    );
  }
}

function single(der: Uint8Array): Reply {
  const etag = createHash('sha256').update(der).digest('hex');
  return { status: 200, headers: { 'content-type': 'application/pkix-cert', ...CACHE }, body: der, etag };
}

/** multipart/mixed, one certificate a part, no transfer coding. */
function several(ders: readonly Uint8Array[]): Reply {
  const sha256 = createHash('sha256')
    .update(concat(...ders))
    .digest('hex');
  const boundary = `see-${sha256.slice(0, 32)}`;
  const encoder = new TextEncoder();
  const parts = ders.flatMap((der) => [
    encoder.encode(`--${boundary}\r\nContent-Type: application/pkix-cert\r\n\r\n`),
    der,
    encoder.encode('\r\n'),
  ]);
  return {
    status: 200,
    headers: { 'content-type': `multipart/mixed; boundary="${boundary}"`, ...CACHE },
    body: concat(...parts, encoder.encode(`--${boundary}--\r\n`)),
    etag: sha256,
  };
}

function crls(deps: DirectoryDeps, query: string): Reply {
  const { attribute, value } = readQuery(query);
  if (attribute !== 'iHash' && attribute !== 'sKIDHash')
    throw new Refusal('invalid-request', 'A search for CRLs names iHash or sKIDHash.');
  const key = readHash(value);
  const cas = deps.trusted();
  if (!cas) throw unavailable('The CA certificates are not loaded yet.');
  for (const crl of deps.shelf.all()) {
    // The list that covers everything answers for all of them.
    if (crl.scope !== 'full') continue;
    const certificate = trustedCa(cas, crl.ca)?.certificate;
    const ski = certificate?.extension(oid.subjectKeyIdentifier);
    if (!certificate || !ski) continue;
    const own = attribute === 'iHash' ? certificate.subjectDer : parseSubjectKeyIdentifier(ski.value);
    if (searchKey(own) === key) return crlReply(crl, deps.now());
  }
  throw new Refusal('not-found', 'There is no such CRL.');
}

/** Exactly one `attribute=value`, form-urlencoded. */
function readQuery(query: string): { readonly attribute: string; readonly value: string } {
  const parameters = [...new URLSearchParams(query)];
  const [only] = parameters;
  if (!only || parameters.length !== 1 || only[1] === '')
    throw new Refusal('invalid-request', 'A search is one attribute=value.');
  return { attribute: only[0], value: only[1] };
}

/** A plus sign that was not encoded has become a space on the way. */
function readHash(value: string): string {
  const key = value.replaceAll(' ', '+');
  if (!HASH.test(key))
    throw new Refusal('invalid-request', 'A hash is SHA-1 in base64 without padding: 27 of A-Z, a-z, 0-9, + and /.');
  return key;
}

function isHashAttribute(attribute: string): attribute is HashAttribute {
  return HASH_ATTRIBUTES.some((one) => one === attribute);
}

function unavailable(detail: string): Refusal {
  return new Refusal('unavailable', detail, { headers: { 'retry-after': '5' } });
}
