import { generateKeyPair, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { crlPlanOf, type OrderDraft, type OrderItem, type Refusal } from '@see/domain';
import { IssuanceError, type IssuingCa, itemInput, prepareCertificate, serialNumber } from '@see/issuance';
import { type Profile, profileOf, type VerifiedCsr } from '@see/policy';
import { parseCertificate } from '@see/x509';
import type { KnownCa } from '../ca-registry.ts';
import type { Ra } from '../ra.ts';

/** What trying takes of ra. */
export type Trying = Pick<Ra, 'authority' | 'cas' | 'now'>;

/**
 * Builds, re-reads and lints every certificate of an order as the signer will, with a sample key where the person brings
 * theirs later, and says what would refuse it then: better now than when a code is used. Codes are those of issuance, and
 * the path names the item. Nothing is signed: ra has no key to do it with.
 */
export async function tryCertificates(
  trying: Trying,
  draft: OrderDraft,
  csrs: readonly (VerifiedCsr | null)[],
): Promise<Refusal[]> {
  const found: Refusal[] = [];
  for (const [index, item] of draft.items.entries()) {
    const ca = trying.cas.all().find(({ id }) => id === item.ca);
    const active = trying.authority.current.profiles.get(item.profileDigest);
    // An order without these was refused before.
    if (!ca || !active) continue;
    const profile = profileOf(active.content);
    try {
      tryItem(trying, ca, profile, item, csrs[index]?.csr.spki ?? (await sampleSpki(profile.codeKey)));
    } catch (error) {
      if (!(error instanceof IssuanceError)) throw error;
      const path = `items[${index}]`;
      found.push({ code: error.code, message: error.message, path, source: 'design 2' });
    }
  }
  return found;
}

function tryItem(trying: Trying, ca: KnownCa, profile: Profile, item: OrderItem, spki: Uint8Array): void {
  const { current } = trying.authority;
  const now = trying.now();
  prepareCertificate({
    ca: issuing(ca),
    profile,
    vaUrl: current.configuration.vaUrl,
    crls: crlPlanOf(current.configuration.status, ca.id),
    serial: serialNumber(new Uint8Array(16)),
    ...itemInput(item),
    type: current.types.get(item.typeId) ?? null,
    spki,
    notBefore: new Date(Math.floor(now.getTime() / 1000) * 1000),
  });
}

const cas = new WeakMap<KnownCa, IssuingCa>();

/** The CA as issuance sees it, with a key that can sign nothing. */
function issuing(ca: KnownCa): IssuingCa {
  const known = cas.get(ca);
  if (known) return known;
  const { subjectDer, spki } = parseCertificate(ca.certificate);
  const { publicKey } = new X509Certificate(ca.certificate);
  const algorithm = ALGORITHMS[publicKey.asymmetricKeyDetails?.namedCurve ?? 'rsa'] ?? 'rsa-sha384';
  const made: IssuingCa = {
    id: ca.id,
    subjectDer,
    ski: Uint8Array.fromHex(ca.ski),
    certificate: ca.certificate,
    notAfter: ca.notAfter,
    key: { algorithm, spki, publicKey, sign: () => Promise.reject(new Error('ra has no issuing key')) },
  };
  cas.set(ca, made);
  return made;
}

const ALGORITHMS: Readonly<Record<string, IssuingCa['key']['algorithm']>> = {
  prime256v1: 'ecdsa-sha256',
  secp384r1: 'ecdsa-sha384',
};

const newKeyPair = promisify(generateKeyPair);
const samples = new Map<string, Promise<Uint8Array>>();

/** A public key of the kind that a person's browser makes, made once. */
function sampleSpki(kind: Profile['codeKey']): Promise<Uint8Array> {
  const known = samples.get(kind) ?? newSpki(kind);
  samples.set(kind, known);
  return known;
}

async function newSpki(kind: Profile['codeKey']): Promise<Uint8Array> {
  const { publicKey } =
    kind === 'RSA-3072'
      ? await newKeyPair('rsa', { modulusLength: 3072 })
      : await newKeyPair('ec', { namedCurve: 'secp384r1' });
  return new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
}
