import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { statementDigest } from './digest.ts';
import { importPasskeyJwk } from './passkey-jwk.ts';
import { assertionOf, BOUND, SYNCED, samplePasskey, signedAssertion } from './sample-passkey.ts';
import {
  authenticatorDataOf,
  isWebauthnSignature,
  WEBAUTHN_LIMITS,
  type WebauthnSignature,
  webauthnFaultInPool,
} from './webauthn-signature.ts';

const party = { origin: 'https://desk.see.govt.nz', rpId: 'see.govt.nz' };
const digest = statementDigest('order', new TextEncoder().encode('{"a":1}'));
const key = samplePasskey('P-256');
const key384 = samplePasskey('P-384');
const other = samplePasskey('P-256');
const publicKey = importPasskeyJwk(key.publicKey);
const good = assertionOf(key, digest, party);

const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64url');
const octets = (text: string): Buffer => Buffer.from(text, 'base64url');
const clientData = (members: Readonly<Record<string, unknown>>): WebauthnSignature =>
  assertionOf(key, digest, party, { clientData: members });
const flags = (value: number, more?: Uint8Array): WebauthnSignature =>
  assertionOf(key, digest, party, { flags: value, ...(more ? { more } : {}) });
const rawClientData = (text: string | Uint8Array): WebauthnSignature =>
  signedAssertion(key, octets(good.authenticatorData), Buffer.from(text));
const goodText = octets(good.clientDataJSON).toString();
const flipped = (name: 'authenticatorData' | 'clientDataJSON' | 'signature', at: number): WebauthnSignature => {
  const bytes = octets(good[name]);
  bytes[bytes.length - at] = (bytes[bytes.length - at] ?? 0) ^ 1;
  return { ...good, [name]: b64(bytes) };
};

describe('an assertion over a digest', () => {
  it.each([
    ['by ES256', key, {}],
    ['by ES384', key384, {}],
    ['by a key that is copied', key, { flags: SYNCED }],
    ['without crossOrigin', key, { clientData: { crossOrigin: undefined } }],
    ['with members of the future', key, { clientData: { other_keys_can_be_added_here: 'do not compare' } }],
    ['with extensions', key, { flags: BOUND | 0x80, more: Uint8Array.of(0xa0) }],
    ['with a counter of zero', key, { signCount: 0 }],
  ])('holds %s', async (_name, by, change) => {
    const assertion = assertionOf(by, digest, party, change);
    expect(await webauthnFaultInPool(assertion, digest, party, importPasskeyJwk(by.publicKey))).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['a registration', clientData({ type: 'webauthn.create' }), 'wrong-type'],
    ['a payment', clientData({ type: 'payment.get' }), 'wrong-type'],
    ['no type', clientData({ type: undefined }), 'wrong-type'],
    ['a random challenge', clientData({ challenge: b64(new Uint8Array(48)) }), 'wrong-challenge'],
    ['the challenge with padding', clientData({ challenge: `${b64(digest)}=` }), 'wrong-challenge'],
    ['the challenge in base64', clientData({ challenge: `${b64(digest.subarray(1))}` }), 'wrong-challenge'],
    ['a challenge that is a list', clientData({ challenge: [b64(digest)] }), 'wrong-challenge'],
    ['no challenge', clientData({ challenge: undefined }), 'wrong-challenge'],
    ["the portal's origin", clientData({ origin: 'https://portal.see.govt.nz' }), 'wrong-origin'],
    ['another port', clientData({ origin: `${party.origin}:8443` }), 'wrong-origin'],
    ['another scheme', clientData({ origin: 'http://desk.see.govt.nz' }), 'wrong-origin'],
    ['an origin with a slash', clientData({ origin: `${party.origin}/` }), 'wrong-origin'],
    ['an origin in capitals', clientData({ origin: party.origin.toUpperCase() }), 'wrong-origin'],
    ['an origin that starts alike', clientData({ origin: `${party.origin}.example` }), 'wrong-origin'],
    ['a frame of another origin', clientData({ crossOrigin: true }), 'cross-origin'],
    ['crossOrigin as text', clientData({ crossOrigin: 'false' }), 'cross-origin'],
    ['crossOrigin null', clientData({ crossOrigin: null }), 'cross-origin'],
    ['a topOrigin', clientData({ topOrigin: party.origin }), 'cross-origin'],
    [
      'an origin that is given twice',
      rawClientData(`${goodText.slice(0, -1)},"origin":"https://x.nz"}`),
      'wrong-origin',
    ],
    ['client data that are a list', rawClientData(`[${goodText}]`), 'bad-client-data'],
    ['client data that are null', rawClientData('null'), 'bad-client-data'],
    ['client data that are no JSON', rawClientData(goodText.slice(1)), 'bad-client-data'],
    ['client data with more behind', rawClientData(`${goodText}{}`), 'bad-client-data'],
    ['client data with a byte order mark', rawClientData(`\ufeff${goodText}`), 'bad-client-data'],
    ['client data that are not UTF-8', rawClientData(Uint8Array.of(0xff, ...Buffer.from(goodText))), 'bad-client-data'],
    ['another RP ID', assertionOf(key, digest, party, { rpId: 'desk.see.govt.nz' }), 'wrong-rp-id'],
    ['no user', flags(0x04), 'user-not-present'],
    ['no flag at all', flags(0x00), 'user-not-present'],
    ['a user who was not verified', flags(0x01), 'user-not-verified'],
    ['attested credential data', flags(BOUND | 0x40, new Uint8Array(20)), 'attested-credential-data'],
    ['a copy of a key that has none', flags(0x15), 'bad-backup-state'],
    ['extensions that are announced only', flags(BOUND | 0x80), 'bad-authenticator-data'],
    ['extensions that are not announced', flags(BOUND, Uint8Array.of(0xa0)), 'bad-authenticator-data'],
    [
      '36 octets of authenticator data',
      signedAssertion(key, new Uint8Array(36), octets(good.clientDataJSON)),
      'bad-authenticator-data',
    ],
    ['another key', assertionOf(key, digest, party, { privateKey: other.privateKey }), 'bad-signature'],
    ['the name of this key for another one', assertionOf(other, digest, party), 'bad-signature'],
    ['a counter that was changed', flipped('authenticatorData', 1), 'bad-signature'],
    ['a bit of s', flipped('signature', 1), 'bad-signature'],
    [
      'other client data than were signed',
      { ...good, clientDataJSON: b64(goodText.replace('{', '{ ')) },
      'bad-signature',
    ],
    ['a signature of 64 octets (IEEE P1363)', { ...good, signature: b64(p1363()) }, 'bad-signature'],
    [
      'r = s = 0 (CVE-2022-21449)',
      { ...good, signature: b64(Uint8Array.fromHex('3006020100020100')) },
      'bad-signature',
    ],
    [
      'a signature with octets behind',
      { ...good, signature: b64(Buffer.concat([octets(good.signature), Buffer.alloc(1)])) },
      'bad-signature',
    ],
    ['no signature', { ...good, signature: '' }, 'malformed'],
    ['a signature with padding', { ...good, signature: `${good.signature}=` }, 'malformed'],
    ['base64 of the other alphabet', { ...good, signature: `${good.signature.slice(0, -2)}+/` }, 'malformed'],
    ['bits that mean nothing', { ...good, authenticatorData: `${good.authenticatorData.slice(0, -1)}B` }, 'malformed'],
    ['an endless signature', { ...good, signature: 'A'.repeat(WEBAUTHN_LIMITS.signature + 4) }, 'malformed'],
    ['endless client data', { ...good, clientDataJSON: 'A'.repeat(WEBAUTHN_LIMITS.clientDataJSON + 4) }, 'malformed'],
    [
      'endless authenticator data',
      { ...good, authenticatorData: 'A'.repeat(WEBAUTHN_LIMITS.authenticatorData + 4) },
      'malformed',
    ],
    ['a member that is a number', { ...good, signature: 1 }, 'malformed'],
    ['a member too many', { ...good, userHandle: '' }, 'malformed'],
    [
      'a member too few',
      { form: 'webauthn', signature: good.signature, clientDataJSON: good.clientDataJSON },
      'malformed',
    ],
    ['another form', { ...good, form: 'jws' }, 'malformed'],
    ['nothing', undefined, 'malformed'],
    ['null', null, 'malformed'],
    ['text', JSON.stringify(good), 'malformed'],
  ])('does not hold with %s', async (_name, assertion, want) => {
    expect(await webauthnFaultInPool(assertion, digest, party, publicKey)).toBe(want);
  });

  it('does not hold for another digest, nor for a part of this one', async () => {
    const another = statementDigest('batch', new TextEncoder().encode('{"a":1}'));
    expect(await webauthnFaultInPool(good, another, party, publicKey)).toBe('wrong-challenge');
    expect(await webauthnFaultInPool(good, digest.subarray(0, 47), party, publicKey)).toBe('wrong-challenge');
  });

  it('is only by a key on P-256 or P-384', async () => {
    const { publicKey: ed25519 } = generateKeyPairSync('ed25519');
    const { publicKey: p521 } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
    for (const wrong of [ed25519, p521]) {
      expect(await webauthnFaultInPool(good, digest, party, wrong)).toBe('wrong-algorithm');
    }
    const { x, y } = key.publicKey;
    expect(() => importPasskeyJwk({ kty: 'EC', crv: 'P-521' as 'P-384', x, y })).toThrow('not a P-256');
    expect(() => importPasskeyJwk({ kty: 'EC', crv: 'P-256', x: y, y: x })).toThrow();
  });

  it('says whether the key is copied, and its counter', () => {
    expect(isWebauthnSignature(good)).toBe(true);
    const synced = assertionOf(key, digest, party, { flags: SYNCED, signCount: 0x01020304 });
    expect(authenticatorDataOf(synced)).toMatchObject({ backupEligible: true, backedUp: true, signCount: 0x01020304 });
    expect(authenticatorDataOf(good)).toMatchObject({ backupEligible: false, backedUp: false, signCount: 1 });
    expect(authenticatorDataOf({ form: 'webauthn' })).toBeUndefined();
  });
});

function p1363(): Uint8Array {
  return sign('sha256', Buffer.from('x'), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
}
