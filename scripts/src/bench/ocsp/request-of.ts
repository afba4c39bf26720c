import { createHash } from 'node:crypto';
import { buildOcspRequest, encodeCertId } from '@see/ocsp';
import { parseSpki } from '@see/x509';
import type { World } from '../../../../test/support/world.ts';

/** The request of a client for one serial number of a CA, by SHA-1 as most ask. */
export function requestOf(world: World, caId: string, serialNumber: Uint8Array, nonce?: Uint8Array): Uint8Array {
  const ca = world.signer.cas.get(caId);
  if (!ca) throw new Error(`no CA ${caId}`);
  const hash = (octets: Uint8Array) => new Uint8Array(createHash('sha1').update(octets).digest());
  const certId = encodeCertId({
    hashAlgorithm: 'sha1',
    issuerNameHash: hash(ca.subjectDer),
    issuerKeyHash: hash(parseSpki(ca.key.spki).publicKeyBits),
    serialNumber,
  });
  return buildOcspRequest([certId], nonce);
}
