import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SealedStore, SoftwareSigner } from '@see/keys';
import { parseCertificate } from '@see/x509';
import type { Delegate } from '../../../services/va/src/ocsp/delegate.ts';
import { DelegateStore } from '../../../services/va/src/ocsp/delegate-store.ts';
import { formOf } from '../../../services/va/src/ocsp/signature-set.ts';
import { SignatureTable } from '../../../services/va/src/ocsp/signature-table.ts';
import { KeyIndex } from '../../../services/va/src/pages/key-index.ts';
import { ExaminedOctets } from '../../../services/va/src/status/examined-octets.ts';
import { readSnapshot, writeSnapshot } from '../../../services/va/src/status/status-snapshot.ts';
import { StatusTable } from '../../../services/va/src/status/status-table.ts';
import type { World } from '../world.ts';
import { randomSignature } from './random-signature.ts';

const KEYS = 5;

/**
 * Gives every certificate in va's snapshot what years of running would: octets that were examined, search keys, a signed
 * answer. The signatures of those that had none are made up: va does not verify what it kept itself.
 */
export async function fillSnapshot(world: World, ca: string, octets: Uint8Array): Promise<void> {
  const stateDir = join(world.layout.stateDir, 'va');
  const path = join(stateDir, 'status.snapshot');
  const passphrase = readFileSync(join(world.layout.evaluationDir, 'va.passphrase'), 'utf8').trim();
  const store = SealedStore.open(stateDir, Buffer.from(passphrase));
  const mac = (digest: Uint8Array) => store.mac('status-snapshot', digest);
  const snapshot = readSnapshot(path, world.instance.instance, mac);
  if (!snapshot) throw new Error('va wrote no snapshot');
  const table = new StatusTable({ onAdded: () => undefined, onChanged: () => undefined });
  table.restore(snapshot.head.table, snapshot.rows);
  const delegates = delegatesOf(store);
  const [examinedRows, ...signatureRows] = snapshot.columns;
  const signatures = new SignatureTable();
  signatures.restore(snapshot.head.signatures, signatureRows, table.size, (der) =>
    delegates.find(({ certificate }) => Buffer.from(certificate.der).equals(der)),
  );
  const examined = new ExaminedOctets(store.mac('certificate-octets', new Uint8Array(0)));
  if (examinedRows) examined.restore(examinedRows);
  const keys = new KeyIndex();
  keys.restore(snapshot.runs);
  const delegate = delegates.find((one) => one.ca.id === ca);
  if (!delegate) throw new Error(`no responder key of ${ca}`);
  const signature = randomSignature(formOf(delegate));
  const producedAt = Math.floor(Date.now() / 1000);
  for (const entry of table.entries()) {
    if (entry.genuine === true) continue;
    table.setGenuine(entry, true);
    examined.keep(entry.row, octets, { notBefore: new Date(), encrypts: false });
    signatures.put(entry.row, 1, { delegate, producedAt, signature });
    for (let key = 0; key < KEYS; key += 1) keys.add(Math.imul(entry.row * KEYS + key, 0x9e3779b1) >>> 0, entry.row);
  }
  const columns = [examined.rows, ...signatures.rows];
  const head = {
    ...snapshot.head,
    table: table.key,
    columns: columns.map(({ rowBytes }) => rowBytes),
    signatures: signatures.keys,
  };
  await writeSnapshot(path, head, { rows: table.rows, columns: () => columns, runs: () => keys.runs }, mac);
}

function delegatesOf(store: SealedStore): Delegate[] {
  return new DelegateStore(store).read().flatMap(({ ca, pkcs8, certificate }) => {
    if (!certificate) return [];
    const signer = SoftwareSigner.fromPkcs8(pkcs8);
    // What the table looks at.
    return [{ ca: { id: ca }, signer, certificate: parseCertificate(certificate) } as unknown as Delegate];
  });
}
