import { createHash, X509Certificate } from 'node:crypto';
import { type CertificateRow, findCertificateDer, listCertificates, listRevocations } from '@see/db/ra';
import { Refusal } from '@see/http';
import { type RenewableCertificate, signedContentHolds } from '@see/policy';
import { type Certificate, oid, parseCertificate, parseKeyUsage } from '@see/x509';
import type { Ra } from '../../ra.ts';
import { statusView } from '../certificate-view.ts';
import type { SignedRequest } from './read-signed-request.ts';

/** A certificate of ours: its row, its verified octets, and what renewal asks about it. */
export interface HeldCertificate {
  readonly row: CertificateRow;
  readonly certificate: Certificate;
  readonly facts: RenewableCertificate & { readonly id: number };
}

/**
 * The certificate whose key signed a request. There is one answer for a certificate that we do not know, octets that our CA
 * did not sign, and a signature that does not hold: nobody learns what exists without a key to it. Its status is not judged.
 */
export async function findSigner(ra: Ra, { signed }: SignedRequest): Promise<HeldCertificate> {
  const named = signed.signer;
  if (named.kind !== 'certificate')
    throw new Refusal(
      'signature-refused',
      'The signer is named by a key identifier. Name it by issuer and serial number: sign without -keyid.',
    );
  for (const serial of [named.serial, new Uint8Array([0, ...named.serial])]) {
    const { rows } = await listCertificates(ra.db, { serial }, 5, undefined);
    for (const row of rows) {
      const held = await heldCertificate(ra, row);
      if (!held || !Buffer.from(held.certificate.issuerDer).equals(named.issuerDer)) continue;
      if (await signedContentHolds(signed, held.certificate.spki)) return held;
    }
  }
  throw new Refusal('signature-refused', 'The signature is not one of a key that we certified under this name.');
}

/** A row with its octets, when those are what the row says and the CA of the row signed them; else undefined. */
export async function heldCertificate(ra: Ra, row: CertificateRow): Promise<HeldCertificate | undefined> {
  const der = await findCertificateDer(ra.db, row.id);
  const [issuer] = ra.cas.chain(row.ca);
  if (!der || !issuer || !createHash('sha256').update(der).digest().equals(row.sha256)) return undefined;
  const leaf = new X509Certificate(der);
  const ca = new X509Certificate(issuer);
  if (!leaf.checkIssued(ca) || !leaf.verify(ca.publicKey)) return undefined;
  const certificate = parseCertificate(der);
  const events = (await listRevocations(ra.db, [row.id])).get(row.id) ?? [];
  const usage = certificate.extension(oid.keyUsage);
  const { id, profileId, agencyId, personId, names } = row;
  return {
    row,
    certificate,
    facts: {
      ...{ id, profileId, agencyId, personId, names },
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      status: statusView({ ...row, notAfter: certificate.notAfter }, events, ra.now()).kind,
      signs: usage !== undefined && parseKeyUsage(usage.value).includes('digitalSignature'),
    },
  };
}
