import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { SoftwareSigner } from '@see/keys';
import { describe, expect, it } from 'vitest';
import type { Delegate } from './delegate.ts';
import { ecdsaDer, ecdsaOctets } from './ecdsa-octets.ts';
import { SignatureTable } from './signature-table.ts';

const CURVES = [
  ['prime256v1', 'sha256', 32],
  ['secp384r1', 'sha384', 48],
] as const;

function delegateOf(curve: string): Delegate {
  return delegateWith(generateKeyPairSync('ec', { namedCurve: curve }).privateKey);
}

/** What the table looks at. */
function delegateWith(privateKey: KeyObject): Delegate {
  return { signer: new SoftwareSigner(privateKey), certificate: { der: Uint8Array.of(1) } } as unknown as Delegate;
}

describe.each(CURVES)('ECDSA signatures of %s', (curve, hash, size) => {
  it('come back as the same DER, whatever their leading zeros', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
    const lengths = new Set<number>();
    for (let round = 0; round < 300; round += 1) {
      const text = createHash('sha256').update(String(round)).digest();
      const der = new Uint8Array(sign(hash, text, privateKey));
      const again = ecdsaDer(ecdsaOctets(der, size));
      expect(again).toEqual(der);
      expect(verify(hash, text, publicKey, again)).toBe(true);
      lengths.add(der.length);
    }
    expect(lengths.size).toBeGreaterThan(2);
  });
});

describe('signature table', () => {
  const delegate = delegateOf('prime256v1');
  const rsaDelegate = delegateWith(generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey);
  const signatureOf = (text: string, curve = 'prime256v1'): Uint8Array => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
    return new Uint8Array(sign('sha256', Buffer.from(text), privateKey));
  };

  it('keeps one signature a row, in the form that it was asked in', () => {
    const table = new SignatureTable();
    const [first, second] = [signatureOf('one'), signatureOf('two')];
    table.put(5, 1, { delegate, producedAt: 100, signature: first });
    table.put(40_000, 3, { delegate, producedAt: 200, signature: second });
    expect(table.find(5, 1)).toEqual({ delegate, producedAt: 100, signature: first });
    expect(table.find(5, 3)).toBeUndefined();
    expect(table.find(40_000, 3)?.signature).toEqual(second);
    expect([table.find(6, 1), table.find(1_000_000, 1)]).toEqual([undefined, undefined]);
    expect(table.size).toBe(2);
  });

  it('forgets a row, and everything', () => {
    const table = new SignatureTable();
    table.put(5, 1, { delegate, producedAt: 100, signature: signatureOf('one') });
    table.put(6, 1, { delegate, producedAt: 100, signature: signatureOf('two') });
    table.drop(5);
    table.drop(5);
    table.drop(77_777);
    expect([table.find(5, 1), table.producedAt(5), table.size]).toEqual([undefined, 0, 1]);
    table.clear();
    expect([table.find(6, 1), table.size, table.bytes]).toEqual([undefined, 0, 0]);
  });

  it('has room for every kind of responder key, and gives room back when the last of a kind is gone', () => {
    const table = new SignatureTable();
    const kinds = [delegate, delegateOf('secp384r1'), rsaDelegate];
    const signatures = [signatureOf('one'), signatureOf('two', 'secp384r1'), new Uint8Array(384).fill(9)];
    for (const [row, one] of kinds.entries())
      table.put(row, 1, { delegate: one, producedAt: 100, signature: signatures[row] as Uint8Array });
    expect(table.keys.map(({ algorithm, octets }) => [algorithm, octets])).toEqual([
      ['ecdsa-sha256', 64],
      ['ecdsa-sha384', 96],
      ['rsa-sha384', 384],
    ]);
    for (const row of [0, 1, 2]) expect(table.find(row, 1)?.signature).toEqual(signatures[row]);

    table.put(0, 1, { delegate: rsaDelegate, producedAt: 200, signature: new Uint8Array(384).fill(8) });
    expect([table.size, table.producedAt(0), table.find(0, 1)?.delegate]).toEqual([3, 200, rsaDelegate]);
    table.put(1, 1, { delegate: rsaDelegate, producedAt: 200, signature: new Uint8Array(384).fill(7) });
    expect(table.keys.map(({ octets }) => octets)).toEqual([384]);
    expect(() => table.put(3, 1, { delegate: rsaDelegate, producedAt: 1, signature: new Uint8Array(256) })).toThrow(
      RangeError,
    );
  });

  it('never takes the signature of one delegate for that of another, however many there were', () => {
    const table = new SignatureTable();
    const delegates = Array.from({ length: 300 }, () => ({ signer: delegate.signer }) as Delegate);
    for (const [row, one] of delegates.entries())
      table.put(row, 1, { delegate: one, producedAt: 100, signature: signatureOf('x') });
    for (const [row, one] of delegates.entries()) expect([one, undefined]).toContain(table.find(row, 1)?.delegate);
    expect(table.find(299, 1)?.delegate).toBe(delegates[299]);
  });
});
