import { createHash } from 'node:crypto';
import { type ClientCertificateRow, findClientCertificate } from '@see/db/ra';
import { certificateStatus } from '@see/domain';
import { clientCertificate, Refusal } from '@see/http';
import type { FastifyRequest } from 'fastify';
import type { Ra } from '../ra.ts';
import { type CheckedClient, checkClientPath, type PathFault } from './check-path.ts';
import type { ClientCa } from './client-ca.ts';

/** Whom the certificate of a connection names: by the persistent person id of the registry, never by a name in it. */
export interface Client {
  readonly certificateId: number;
  /** SHA-256 of the DER, hex. */
  readonly sha256: string;
  /** Hex. */
  readonly serial: string;
  readonly ca: string;
  readonly profileId: string;
  readonly personId: string;
  readonly displayName: string;
  readonly notAfter: Date;
}

/** What identifying takes of ra. */
export type Identifying = Pick<Ra, 'db' | 'clientCas' | 'now'>;

/** What a connection's certificate was found to be under a list of CAs. The time is asked about at each request again. */
interface Seen {
  readonly cas: readonly ClientCa[];
  readonly verdict: CheckedClient | PathFault;
}

const seen = new WeakMap<object, Seen>();

/**
 * Whom the client of a request at the `mtls` door names itself as: its certificate is one of ours for clients, in its
 * validity, and neither revoked nor on hold at this moment by the registry, which is asked at each request. Throws
 * Refusal `certificate-required` or `certificate-refused`, which says why: whoever shows a certificate has its key, so
 * nobody else learns it. NOT checked: whether the holder may do anything (see `authenticateCertificate`).
 */
export async function identifyClient(ra: Identifying, request: FastifyRequest): Promise<Client> {
  const der = clientCertificate(request);
  if (!der) {
    throw new Refusal(
      'certificate-required',
      'This port wants a client certificate, and your program or browser sent none. Choose your operator certificate, issued by the Operations CA of this instance.',
      { headers: CHALLENGE },
    );
  }
  const cas = await ra.clientCas.trusted();
  const now = ra.now();
  const known = seen.get(request.raw.socket);
  const verdict = known?.cas === cas ? known.verdict : checkClientPath(der, cas, now);
  if (typeof verdict === 'string') throw refused(WORDS[verdict], verdict);
  seen.set(request.raw.socket, { cas, verdict });
  if (now < verdict.certificate.notBefore) throw refused(WORDS['not-yet-valid'], 'not-yet-valid');
  if (now > verdict.certificate.notAfter) throw refused(WORDS.expired, 'expired');
  const sha256 = createHash('sha256').update(der).digest();
  return clientOf(await findClientCertificate(ra.db, new Uint8Array(sha256)), verdict.ca.id);
}

function clientOf(row: ClientCertificateRow | undefined, ca: string): Client {
  if (!row || row.ca !== ca) throw refused('It is not in the registry of this instance', 'unknown');
  // A release counts when ra recorded it: ra verified its statement, and va and the signer do so again.
  const status = certificateStatus(row.events, () => true);
  if (status.kind === 'revoked') throw refused('It is revoked. Ask for a new one', 'revoked', status.revokedAt);
  if (status.kind === 'held')
    throw refused('It is on hold. An operator releases it: see cert release CERTIFICATE', 'held', status.revokedAt);
  if (row.personId === null || row.displayName === null)
    throw refused('It is not for a person, so it signs nobody in', 'no-person');
  return {
    certificateId: row.id,
    sha256: row.sha256.toHex(),
    serial: row.serial.toHex(),
    ca: row.ca,
    profileId: row.profileId,
    personId: row.personId,
    displayName: row.displayName,
    notAfter: row.notAfter,
  };
}

const WORDS: Readonly<Record<PathFault, string>> = {
  malformed: 'It cannot be read (RFC 5280)',
  'other-issuer': 'It was not issued by the Operations CA of this instance. Choose your operator certificate',
  'not-signed': 'It names our CA as its issuer, and our CA did not sign it',
  'not-yet-valid': 'It is not valid yet. Check the clocks',
  expired: 'It has expired. Ask for a new one',
  'wrong-purpose': 'It is not for client authentication. Choose your operator certificate',
};

function refused(why: string, reason: string, since?: Date): Refusal {
  return new Refusal('certificate-refused', `Your client certificate is not accepted. ${why}.`, {
    headers: CHALLENGE,
    extensions: { reason, ...(since ? { since: since.toISOString() } : {}) },
  });
}

/** RFC 9110 15.5.2 wants a challenge; there is no registered scheme for certificates. */
const CHALLENGE = { 'www-authenticate': 'Certificate realm="see-pki"' };
