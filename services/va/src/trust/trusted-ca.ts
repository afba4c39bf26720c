import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { signatureHolds } from '@see/verify';
import { type Certificate, oid, parseBasicConstraints, parseCertificate, parseKeyUsage } from '@see/x509';

/** A CA whose certificate descends from the root that the instance was made with. */
export interface TrustedCa {
  readonly id: string;
  readonly certificate: Certificate;
  readonly publicKey: KeyObject;
}

/** The root and the issuing CAs by id. */
export interface TrustedCas {
  readonly root: TrustedCa;
  readonly issuing: ReadonlyMap<string, TrustedCa>;
}

/** The CA of an id, the root included. */
export function trustedCa(cas: TrustedCas, id: string): TrustedCa | undefined {
  return id === 'root' ? cas.root : cas.issuing.get(id);
}

/** A CA certificate that is not taken. */
export class CaTrustError extends Error {
  override readonly name = 'CaTrustError';
  readonly code: 'no-root' | 'other-root' | 'bad-ca';
  readonly ca: string;

  constructor(code: CaTrustError['code'], ca: string, message: string) {
    super(message);
    this.code = code;
    this.ca = ca;
  }
}

/**
 * Takes CA certificates for what they are: the root when its SHA-256 is the instance's, an issuing CA when the root
 * signed it and it may sign certificates and CRLs. What is not taken is named in `refused`; without the right root it
 * throws CaTrustError. Times are not checked: an expired CA's answers are still needed.
 */
export async function verifyCas(
  stored: readonly { readonly id: string; readonly certificate: Uint8Array }[],
  rootFingerprint: string,
): Promise<{ cas: TrustedCas; refused: readonly CaTrustError[] }> {
  const rootRow = stored.find((row) => row.id === 'root');
  if (!rootRow) throw new CaTrustError('no-root', 'root', 'there is no root certificate');
  const fingerprint = createHash('sha256').update(rootRow.certificate).digest('hex');
  if (fingerprint !== rootFingerprint.toLowerCase().replaceAll(/[ :]/g, ''))
    throw new CaTrustError('other-root', 'root', `the root certificate ${fingerprint} is not the instance's`);
  const root = caOf(rootRow);
  const issuing = new Map<string, TrustedCa>();
  const refused: CaTrustError[] = [];
  for (const row of stored) {
    if (row.id === 'root') continue;
    try {
      issuing.set(row.id, await issuingCaOf(row, root));
    } catch (error) {
      refused.push(new CaTrustError('bad-ca', row.id, `CA ${row.id}: ${(error as Error).message}`));
    }
  }
  return { cas: { root, issuing }, refused };
}

function caOf(row: { readonly id: string; readonly certificate: Uint8Array }): TrustedCa {
  const certificate = parseCertificate(row.certificate);
  const publicKey = createPublicKey({ key: Buffer.from(certificate.spki), format: 'der', type: 'spki' });
  return { id: row.id, certificate, publicKey };
}

async function issuingCaOf(
  row: { readonly id: string; readonly certificate: Uint8Array },
  root: TrustedCa,
): Promise<TrustedCa> {
  const ca = caOf(row);
  const { certificate } = ca;
  if (!Buffer.from(certificate.issuerDer).equals(root.certificate.subjectDer))
    throw new Error('its issuer is not the root');
  const basic = certificate.extension(oid.basicConstraints);
  if (!basic || !parseBasicConstraints(basic.value).cA) throw new Error('it is no CA certificate');
  const usage = certificate.extension(oid.keyUsage);
  const usages = usage ? parseKeyUsage(usage.value) : [];
  if (!usages.includes('keyCertSign') || !usages.includes('cRLSign'))
    throw new Error('its key may not sign certificates and CRLs');
  if (!(await signatureHolds(certificate, root.publicKey))) throw new Error('the root did not sign it');
  return ca;
}
