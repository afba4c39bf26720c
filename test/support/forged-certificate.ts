import { sign } from 'node:crypto';
import { assembleSigned, buildTbsCertificate, parseCertificate, signatureAlgorithm } from '@see/x509';
import type { TestKey } from './world.ts';

/** A certificate that says what another says, for another key and signed by that key; by default with the same serial number. */
export function forge(der: Uint8Array, key: TestKey, serialNumber?: Uint8Array): Uint8Array {
  const { issuerDer, notBefore, notAfter, subjectDer, extensions, ...rest } = parseCertificate(der);
  const tbs = buildTbsCertificate({
    serialNumber: serialNumber ?? rest.serialNumber,
    signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
    issuerDer,
    notBefore,
    notAfter,
    subjectDer,
    spki: key.spki,
    extensions,
  });
  return assembleSigned(tbs, signatureAlgorithm('ecdsa-sha384'), sign('sha384', tbs, key.privateKey));
}
