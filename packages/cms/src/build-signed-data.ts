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

/** What a signature is over (RFC 5652 5.4): contentType, messageDigest and signingTime, as a SET in DER. */
export function signedAttributes(contentDigest: Uint8Array, signingTime: Date): Uint8Array {
  return derSetOf([
    attribute(cmsOid.contentType, derOid(cmsOid.data)),
    attribute(cmsOid.signingTime, derTime(new Date(Math.floor(signingTime.getTime() / 1000) * 1000))),
    attribute(cmsOid.messageDigest, derOctetString(contentDigest)),
  ]);
}

/**
 * CMS SignedData (RFC 5652 5) with the content inside, one signer, and contentType, messageDigest and signingTime signed: what
 * `readSignedData` reads. Nothing is checked; whether key and certificate belong together is the caller's business.
 */
export function buildSignedData(content: Uint8Array, signer: SignedDataSigner, signingTime: Date): Uint8Array {
  const signed = signedAttributes(signer.digest(content), signingTime);
  return assembleSignedData(content, signer, signed, signer.sign(signed));
}

/** The same out of a signature over `signedAttributes`, for signers that take their time, like WebCrypto. */
export function assembleSignedData(
  content: Uint8Array,
  signer: Pick<SignedDataSigner, 'certificate' | 'algorithm'>,
  signed: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  const certificate = parseCertificate(signer.certificate);
  const info = derSequence(
    derInteger(1),
    encodeIdentifier({ kind: 'certificate', issuerDer: certificate.issuerDer, serial: certificate.serialNumber }),
    encodeDigest('sha384'),
    derImplicit(0, signed),
    signatureAlgorithm(signer.algorithm),
    derOctetString(signature),
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
