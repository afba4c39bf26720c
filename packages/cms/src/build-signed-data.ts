import {
  derExplicit,
  derImplicit,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSet,
  derSetOf,
  derTime,
} from '@see/asn1';
import { parseCertificate, type SignatureAlgorithmName, signatureAlgorithm } from '@see/x509';
import { cmsOid } from './oids.ts';
import { encodeIdentifier } from './recipient-identifier.ts';
import { encodeDigest } from './signed-digest.ts';

/** Who signs, with what. Always with SHA-384. */
export interface SignedDataSigner {
  /** DER; goes along. */
  readonly certificate: Uint8Array;
  readonly algorithm: Extract<SignatureAlgorithmName, 'ecdsa-sha384' | 'rsa-sha384'>;
  /** SHA-384 of octets. */
  readonly digest: (octets: Uint8Array) => Uint8Array;
  /** A signature with SHA-384: ECDSA as DER, RSA as PKCS#1 v1.5. */
  readonly sign: (octets: Uint8Array) => Uint8Array;
}

/**
 * CMS SignedData (RFC 5652 5) with the content inside, one signer, and contentType, messageDigest and signingTime signed: what
 * `readSignedData` reads. Nothing is checked; whether key and certificate belong together is the caller's business.
 */
export function buildSignedData(content: Uint8Array, signer: SignedDataSigner, signingTime: Date): Uint8Array {
  const certificate = parseCertificate(signer.certificate);
  const attributes = [
    attribute(cmsOid.contentType, derOid(cmsOid.data)),
    attribute(cmsOid.signingTime, derTime(new Date(Math.floor(signingTime.getTime() / 1000) * 1000))),
    attribute(cmsOid.messageDigest, derOctetString(signer.digest(content))),
  ];
  const signed = derSetOf(attributes);
  const info = derSequence(
    derInteger(1),
    encodeIdentifier({ kind: 'certificate', issuerDer: certificate.issuerDer, serial: certificate.serialNumber }),
    encodeDigest('sha384'),
    derImplicit(0, signed),
    signatureAlgorithm(signer.algorithm),
    derOctetString(signer.sign(signed)),
  );
  const body = derSequence(
    derInteger(1),
    derSet(encodeDigest('sha384')),
    derSequence(derOid(cmsOid.data), derExplicit(0, derOctetString(content))),
    derImplicit(0, derSet(signer.certificate)),
    derSet(info),
  );
  return derSequence(derOid(cmsOid.signedData), derExplicit(0, body));
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(type), derSet(value));
}
