import type { Database } from '@see/db';
import { type CaRow, readCas } from '@see/db/signer';
import { type CrlIssuer, keyIdentifier } from '@see/issuance';
import { type SealedStore, SoftwareSigner } from '@see/keys';
import { type CaFacts, type IssuingCaId, spkiSha256 } from '@see/policy';
import { parseCertificate } from '@see/x509';

/** The CA keys that this signer holds, each with the certificate that goes with it. */
export interface CaRing {
  readonly cas: ReadonlyMap<string, CrlIssuer>;
  /** What orders are checked against. */
  readonly facts: ReadonlyMap<string, CaFacts>;
  /** SHA-256 of every CA's key, root's too, hex: nobody else may have one of them certified. */
  readonly caKeys: ReadonlySet<string>;
}

/**
 * Opens the keys and checks that each certificate in the database really carries the key that is sealed here. Throws
 * when one does not: then the database is another instance's, or was tampered with.
 */
export async function openCaRing(db: Database, store: SealedStore): Promise<CaRing> {
  const cas = new Map<string, CrlIssuer>();
  const facts = new Map<string, CaFacts>();
  const caKeys = new Set<string>();
  for (const row of await readCas(db)) {
    const certificate = parseCertificate(row.certificate);
    caKeys.add(spkiSha256(certificate.spki).toHex());
    if (!store.has(`ca-${row.id}`)) continue;
    const ca = openCa(row, certificate.spki, certificate.subjectDer, certificate.notAfter, store);
    cas.set(row.id, ca);
    facts.set(row.id, { id: row.id as IssuingCaId, ski: ca.ski.toHex() });
  }
  return { cas, facts, caKeys };
}

function openCa(row: CaRow, spki: Uint8Array, subjectDer: Uint8Array, notAfter: Date, store: SealedStore): CrlIssuer {
  const key = SoftwareSigner.fromPkcs8(store.read(`ca-${row.id}`));
  if (!Buffer.from(key.spki).equals(spki))
    throw new Error(`the certificate of CA ${row.id} does not carry the sealed key`);
  return { id: row.id, subjectDer, ski: keyIdentifier(spki), certificate: row.certificate, notAfter, key };
}
