import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SoftwareSigner } from '@see/keys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delegate } from '../ocsp/delegate.ts';
import { SignatureTable } from '../ocsp/signature-table.ts';
import { readSnapshot, type SnapshotHead, type SnapshotParts, writeSnapshot } from './status-snapshot.ts';
import { StatusTable } from './status-table.ts';

const silent = { onAdded: () => undefined, onChanged: () => undefined };
const mac = (digest: Uint8Array) => new Uint8Array(createHmac('sha384', 'key').update(digest).digest());
const revoked = { kind: 'revoked', reason: 1, revokedAt: new Date('2026-11-22T01:00:00Z') } as const;
const MANY = 40_000;

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const delegate = {
  signer: new SoftwareSigner(privateKey),
  certificate: { der: Uint8Array.of(1, 2, 3) },
} as unknown as Delegate;
const signature = new Uint8Array(sign('sha256', Buffer.from('answer'), privateKey));

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-va-'));
  path = join(folder, 'status.snapshot');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const serialOf = (id: number): Uint8Array =>
  new Uint8Array(createHash('sha256').update(String(id)).digest().subarray(0, 16));

function filled(): { readonly table: StatusTable; readonly signatures: SignatureTable; readonly head: SnapshotHead } {
  const table = new StatusTable(silent);
  const signatures = new SignatureTable();
  for (let id = 1; id <= MANY; id += 1) {
    const entry = table.add({
      id,
      ca: id % 2 === 0 ? 'individual' : 'tls',
      serial: serialOf(id),
      profileId: 'user-auth',
      agencyId: `agency${id % 7}`,
      notAfter: new Date('2027-11-22T00:00:00Z'),
    });
    table.setGenuine(entry, true);
  }
  table.addUnrecorded('gateway', '0102030405');
  table.setStatus(table.at(20_000), revoked);
  signatures.put(20_000, 3, { delegate, producedAt: 77, signature });
  return { table, signatures, head: headOf(table, signatures) };
}

function headOf(table: StatusTable, signatures: SignatureTable): SnapshotHead {
  return {
    v: 2,
    instance: 'here',
    table: table.key,
    columns: signatures.rows.map(({ rowBytes }) => rowBytes),
    signatures: signatures.keys,
    memory: { holds: [[3, 9]], crls: [['tls', '12']] },
    uncounted: [5],
    feed: { lastEvent: 4, knownAt: 1_000 },
    validity: 1,
  };
}

const runs = [Uint32Array.of(7, 1, 8, 1), Uint32Array.of(9, 4)];

function partsOf(table: StatusTable, signatures: SignatureTable): SnapshotParts {
  return { rows: table.rows, columns: () => signatures.rows, runs: () => runs };
}

describe('status snapshot', () => {
  it('brings back every row and signature as they were', async () => {
    const { table, signatures, head } = filled();
    await writeSnapshot(path, head, partsOf(table, signatures), mac);
    const read = readSnapshot(path, 'here', mac);
    expect(read?.head).toEqual(head);
    expect(read?.runs).toEqual(runs);
    const again = new StatusTable(silent);
    const signedAgain = new SignatureTable();
    if (!read) throw new Error('nothing was read');
    again.restore(head.table, read.rows);
    signedAgain.restore(head.signatures, read.columns, table.size, (der) =>
      Buffer.from(der).equals(delegate.certificate.der) ? delegate : undefined,
    );
    expect([again.size, again.highestId, again.unexamined]).toEqual([MANY + 1, MANY, MANY]);
    for (let id = 1; id <= MANY; id += 97) {
      const ca = id % 2 === 0 ? 'individual' : 'tls';
      const found = again.find(ca, serialOf(id).toHex());
      expect([found?.id, found?.agencyId, found?.genuine]).toEqual([id, `agency${id % 7}`, true]);
    }
    expect(again.find('gateway', '0102030405')?.id).toBeUndefined();
    expect(again.at(20_000).status).toEqual(revoked);
    expect(signedAgain.find(20_000, 3)).toEqual({ delegate, producedAt: 77, signature });
    expect([signedAgain.size, signedAgain.find(20_001, 3)]).toEqual([1, undefined]);
  });

  it('goes on with its rows: one that came later is found beside them', async () => {
    const { table, signatures, head } = filled();
    await writeSnapshot(path, head, partsOf(table, signatures), mac);
    const read = readSnapshot(path, 'here', mac);
    const again = new StatusTable(silent);
    if (read) again.restore(read.head.table, read.rows);
    const later = { id: MANY + 1, ca: 'tls', profileId: 'x', agencyId: null, notAfter: new Date() };
    again.add({ ...later, serial: serialOf(MANY + 1) });
    expect(again.find('tls', serialOf(MANY + 1).toHex())?.profileId).toBe('x');
  });

  it('is there or it is not', () => {
    expect(readSnapshot(path, 'here', mac)).toBeUndefined();
  });

  it('is not taken when one octet of it differs, when it is cut off, of another instance, or by another va', async () => {
    const { table, signatures, head } = filled();
    await writeSnapshot(path, head, partsOf(table, signatures), mac);
    const whole = readFileSync(path);
    const other = (digest: Uint8Array) => mac(digest).reverse();
    expect(() => readSnapshot(path, 'there', mac)).toThrow(expect.objectContaining({ code: 'other-instance' }));
    expect(() => readSnapshot(path, 'here', other)).toThrow(expect.objectContaining({ code: 'damaged' }));
    for (const at of [0, 17, 40, whole.length >> 1, whole.length - 60, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ 1;
      writeFileSync(path, changed);
      expect(() => readSnapshot(path, 'here', mac)).toThrow(expect.objectContaining({ code: 'damaged' }));
    }
    writeFileSync(path, whole);
    truncateSync(path, whole.length - 1000);
    expect(() => readSnapshot(path, 'here', mac)).toThrow(expect.objectContaining({ code: 'damaged' }));
    writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]));
    expect(() => readSnapshot(path, 'here', mac)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('that fails leaves the old one', async () => {
    const { table, signatures, head } = filled();
    await writeSnapshot(path, head, partsOf(table, signatures), mac);
    const fails = writeSnapshot(path, head, partsOf(table, signatures), () => {
      throw new Error('no MAC');
    });
    await expect(fails).rejects.toThrow('no MAC');
    expect(readdirSync(folder)).toEqual(['status.snapshot']);
    expect(readSnapshot(path, 'here', mac)?.head.table.size).toBe(MANY + 1);
  });

  it('is not written when all signatures are dropped meanwhile', async () => {
    const { table, signatures, head } = filled();
    const writing = writeSnapshot(path, head, partsOf(table, signatures), mac);
    signatures.clear();
    await expect(writing).rejects.toThrow('dropped meanwhile');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has no signature by a delegate that is not known any more, whose number another may get', async () => {
    const { table, signatures, head } = filled();
    await writeSnapshot(path, head, partsOf(table, signatures), mac);
    const read = readSnapshot(path, 'here', mac);
    if (!read) throw new Error('nothing was read');
    const again = new SignatureTable();
    const unknown = head.signatures.map((key) => ({ ...key, delegates: [] }));
    again.restore(unknown, read.columns, table.size, () => delegate);
    again.put(7, 1, { delegate, producedAt: 99, signature });
    expect([again.size, again.producedAt(20_000), again.find(20_000, 3)]).toEqual([1, 0, undefined]);
  });

  it('writes a row that changes meanwhile together with its signature', async () => {
    const { table, signatures, head } = filled();
    signatures.put(39_999, 1, { delegate, producedAt: 50, signature });
    const writing = writeSnapshot(path, headOf(table, signatures), partsOf(table, signatures), mac);
    table.setStatus(table.at(39_999), revoked);
    signatures.drop(39_999);
    await writing;
    const read = readSnapshot(path, 'here', mac);
    const again = new StatusTable(silent);
    const signedAgain = new SignatureTable();
    if (!read) throw new Error('nothing was read');
    again.restore(read.head.table, read.rows);
    signedAgain.restore(head.signatures, read.columns, table.size, () => delegate);
    expect([again.at(39_999).status.kind, signedAgain.producedAt(39_999)]).toEqual(['revoked', 0]);
  });
});
