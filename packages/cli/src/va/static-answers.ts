import { createHash } from 'node:crypto';
import { buildOcspRequest, type CertIdHash, encodeCertId, parseOcspResponse } from '@see/ocsp';
import { type Certificate, parseSpki } from '@see/x509';

/** Hashes that clients ask with; each gives every certificate an address of its own. */
export const HASHES: readonly CertIdHash[] = ['sha1', 'sha256'];

/**
 * What follows `/ocsp/` in the address of an OCSP GET for a certificate (RFC 9919 section 5), not percent-encoded. Clients
 * that ask for one certificate without a nonce and without other extensions all make the same.
 */
export function ocspText(issuer: Certificate, serialNumber: Uint8Array, hashAlgorithm: CertIdHash): string {
  return Buffer.from(requestFor(issuer, serialNumber, hashAlgorithm)).toString('base64');
}

/**
 * The file in which a web server looks for it: two slashes in a row are one, as in file systems and most servers, and an
 * address that ends with a slash is a folder with an index.
 */
export function ocspFile(text: string): string {
  return `ocsp/${text}`.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '/index.der');
}

function requestFor(issuer: Certificate, serialNumber: Uint8Array, hashAlgorithm: CertIdHash): Uint8Array {
  const hash = (octets: Uint8Array) => new Uint8Array(createHash(hashAlgorithm).update(octets).digest());
  const { publicKeyBits } = parseSpki(issuer.spki);
  const certId = encodeCertId({
    hashAlgorithm,
    serialNumber,
    issuerNameHash: hash(issuer.subjectDer),
    issuerKeyHash: hash(publicKeyBits),
  });
  return buildOcspRequest([certId]);
}

/** Until when an answer about one certificate holds; undefined for one that is none, or has no end. */
export function answerUntil(der: Uint8Array): Date | undefined {
  return parseOcspResponse(der).basic?.responses[0]?.nextUpdate;
}
