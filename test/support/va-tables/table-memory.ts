import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { SoftwareSigner } from '@see/keys';
import type { Delegate } from '../../../services/va/src/ocsp/delegate.ts';
import { formOf } from '../../../services/va/src/ocsp/signature-set.ts';
import { SignatureTable } from '../../../services/va/src/ocsp/signature-table.ts';
import { KeyIndex } from '../../../services/va/src/pages/key-index.ts';
import { ExaminedOctets } from '../../../services/va/src/status/examined-octets.ts';
import { StatusTable } from '../../../services/va/src/status/status-table.ts';
import { randomSignature } from './random-signature.ts';

/** Search keys of a usual certificate: four hashes and an address (RFC 4387). */
const KEYS = 5;

// Fills the tables of va with made-up certificates and says what they take, in a process of its own: `--expose-gc`.
const { count, curve } = JSON.parse(process.argv[2] ?? '{}') as { count: number; curve: string };
const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
const delegate = {
  signer: new SoftwareSigner(privateKey),
  certificate: { der: Uint8Array.of(1) },
} as unknown as Delegate;
const facts = { ca: 'individual', profileId: 'user-auth', agencyId: 'treasury', notAfter: new Date('2027-11-22') };
const signature = randomSignature(formOf(delegate));

collect();
const before = process.memoryUsage().rss;
const table = new StatusTable({ onAdded: () => undefined, onChanged: () => undefined });
table.reserve(count);
const signatures = new SignatureTable();
const examined = new ExaminedOctets(randomBytes(48));
const keys = new KeyIndex();
for (let row = 0; row < count; row += 1) {
  const entry = table.add({ ...facts, id: row + 1, serial: randomBytes(16) });
  table.setGenuine(entry, true);
  signatures.put(row, 1, { delegate, producedAt: 1_800_000_000, signature });
  examined.keep(row, signature, { notBefore: new Date(), encrypts: false });
  for (let key = 0; key < KEYS; key += 1) keys.add(Math.imul(row * KEYS + key, 0x9e3779b1) >>> 0, row);
}
collect();
process.send?.({
  status: table.bytes,
  signatures: signatures.bytes,
  directory: examined.bytes + keys.bytes,
  rss: process.memoryUsage().rss - before,
});

function collect(): void {
  for (let round = 0; round < 3; round += 1) global.gc?.();
}
