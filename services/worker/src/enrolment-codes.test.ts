import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { normaliseCode } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { EnrolmentCodes } from './enrolment-codes.ts';

const orderId = '3f2a9c1b-0d4e-4b6a-9f10-5a6b7c8d9e0f';
const nonce = 'n'.repeat(22);
const secret = new Uint8Array(32).fill(7);

describe('the code of an order', () => {
  it('follows from the secret, the order and its nonce as the protocol says', async () => {
    const { code, key, commitment } = await new EnrolmentCodes(secret).derive(orderId, nonce);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const mac = createHmac('sha256', secret).update(`see-pki/enrolment-code/v1\0${orderId}${nonce}`).digest();
    const bits = [...mac.subarray(0, 10)].map((octet) => octet.toString(2).padStart(8, '0')).join('');
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const expected = bits.match(/.{5}/g)?.map((five) => alphabet[Number.parseInt(five, 2)]);
    expect(normaliseCode(code)).toBe(expected?.join(''));
    expect(new Uint8Array(key)).toEqual(
      new Uint8Array(pbkdf2Sync(normaliseCode(code) as string, orderId, 600_000, 32, 'sha256')),
    );
    expect(commitment).toEqual(new Uint8Array(createHash('sha384').update(key).digest()));
  });

  it('is always the same, and another for another order, nonce or secret', async () => {
    const codes = new EnrolmentCodes(secret);
    const derived = await Promise.all([
      codes.derive(orderId, nonce),
      codes.derive(orderId, nonce),
      codes.derive(orderId.replace('3', '4'), nonce),
      codes.derive(orderId, `${nonce}n`),
      new EnrolmentCodes(new Uint8Array(32).fill(8)).derive(orderId, nonce),
    ]);
    const all = derived.map(({ code }) => code);
    expect(all[0]).toBe(all[1]);
    expect(new Set(all).size).toBe(4);
  });

  it('is recalled without another derivation, for its order and nonce alone', async () => {
    const derivations: string[] = [];
    const codes = new EnrolmentCodes(secret, async (password, salt, ...rest) => {
      derivations.push(String(salt));
      return pbkdf2Sync(password, salt, ...rest);
    });
    const { code, commitment } = await codes.derive(orderId, nonce);
    expect(await codes.recall(orderId, nonce)).toEqual({ code, commitment });
    expect(derivations).toEqual([orderId]);
    const other = await codes.recall(orderId, `${nonce}n`);
    expect(other.commitment).not.toEqual(commitment);
    expect(derivations).toHaveLength(2);
    expect(await new EnrolmentCodes(secret).recall(orderId, nonce)).toMatchObject({ code, commitment });
  });

  it('needs a whole secret', () => {
    expect(() => new EnrolmentCodes(new Uint8Array(16))).toThrow(RangeError);
  });
});
