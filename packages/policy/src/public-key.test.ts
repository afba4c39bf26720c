import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ProfileId } from './profile.ts';
import { checkPublicKey, keyFamily, keyViolations, spkiSha256 } from './public-key.ts';
import { sampleProfile } from './sample-authority.ts';

const spkiOf = (pair: { publicKey: { export(options: { format: 'der'; type: 'spki' }): Buffer } }): Uint8Array =>
  new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }));
const ec = (namedCurve: string): Uint8Array => spkiOf(generateKeyPairSync('ec', { namedCurve }));
const rsa = (modulusLength: number): Uint8Array => spkiOf(generateKeyPairSync('rsa', { modulusLength }));

const p384 = ec('secp384r1');
const hex = (text: string): Uint8Array => Uint8Array.fromHex(text);
const changed = (at: number, to: number): Uint8Array => p384.with(at, to);

function outcome(spki: Uint8Array): string[] {
  const looked = checkPublicKey(spki);
  if ('checked' in looked) return [];
  for (const violation of looked.violations) expect(violation.remedy, violation.code).toBeTruthy();
  return looked.violations.map(({ code }) => code);
}

describe('checkPublicKey', () => {
  it.each<[string, Uint8Array]>([
    ['P-384', p384],
    ['P-256', ec('prime256v1')],
    ['P-521', ec('secp521r1')],
    ['Ed25519', spkiOf(generateKeyPairSync('ed25519'))],
    ['RSA of 3072 bits', rsa(3072)],
  ])('takes %s', (_name, spki) => {
    const looked = checkPublicKey(spki);
    if (!('checked' in looked)) throw new Error(JSON.stringify(looked));
    expect(looked.checked.spki).toBe(spki);
    expect(looked.checked.sha256.toHex()).toBe(spkiSha256(spki).toHex());
    expect(looked.checked.keyObject.type).toBe('public');
    expect(keyFamily(looked.checked.key)).toBe(_name.startsWith('RSA') ? 'rsa' : 'ec');
  });

  it.each<[string, Uint8Array, string]>([
    ['RSA of 2048 bits', rsa(2048), 'rsa-too-short'],
    ['secp256k1', ec('secp256k1'), 'curve-not-allowed'],
    ['brainpoolP384r1', ec('brainpoolP384r1'), 'curve-not-allowed'],
    ['Ed448', spkiOf(generateKeyPairSync('ed448')), 'algorithm-not-allowed'],
    ['X25519', spkiOf(generateKeyPairSync('x25519')), 'algorithm-not-allowed'],
    ['DSA', spkiOf(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })), 'algorithm-not-allowed'],
    ['RSA for PSS alone', spkiOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 })), 'algorithm-not-allowed'],
    ['ML-DSA', spkiOf(generateKeyPairSync('ml-dsa-65')), 'algorithm-not-allowed'],
    ['a point beside the curve', changed(p384.length - 1, (p384.at(-1) ?? 0) ^ 1), 'point-not-on-curve'],
    ['a point of zeros', Uint8Array.from([...p384.subarray(0, -96), ...new Uint8Array(96)]), 'point-not-on-curve'],
    [
      'a coordinate beyond the field',
      Uint8Array.from([...p384.subarray(0, -96), ...new Uint8Array(96).fill(0xff)]),
      'point-not-on-curve',
    ],
    ['a compressed point', changed(p384.length - 97, 2), 'bad-public-key'],
    ['a hybrid point', changed(p384.length - 97, 6), 'bad-public-key'],
    ['the point at infinity', hex('3016301006072a8648ce3d020106052b8104002203020000'), 'bad-public-key'],
    [
      'a point cut short',
      Uint8Array.from([0x30, 0x74, ...p384.subarray(2, 21), 0x60, ...p384.subarray(22, -1)]),
      'bad-public-key',
    ],
    ['more behind it', Uint8Array.from([...p384, 0]), 'bad-public-key'],
    ['less', p384.subarray(0, -1), 'bad-public-key'],
    ['nothing', new Uint8Array(0), 'bad-public-key'],
    ['no key', hex('3000'), 'bad-public-key'],
  ])('refuses %s', (_name, spki, code) => {
    expect(outcome(spki)).toEqual([code]);
  });

  it('refuses the explicit parameters of a named curve', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'secp384r1', paramEncoding: 'explicit' });
    const spki = spkiOf(pair);
    expect(spki.length).toBeGreaterThan(200);
    expect(outcome(spki)).toEqual(['bad-public-key']);
  });

  it('tells everything that is wrong with an RSA key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 });
    expect(outcome(spkiOf({ publicKey }))).toEqual(['rsa-too-short', 'rsa-exponent-small']);
  });

  it('never throws', () => {
    for (let at = 0; at < p384.length; at += 1) {
      for (const value of [0, 0x7f, 0x80, 0xff]) outcome(changed(at, value));
    }
  });
});

describe('keyViolations', () => {
  const keyOf = (spki: Uint8Array) => {
    const looked = checkPublicKey(spki);
    if (!('checked' in looked)) throw new Error('refused');
    return looked.checked.key;
  };

  it.each<[string, Uint8Array, ProfileId, object, string[]]>([
    ['P-384', p384, 'user-auth', {}, []],
    ['P-256', ec('prime256v1'), 'user-auth', {}, ['curve-not-allowed']],
    ['P-256 under an exception', ec('prime256v1'), 'user-auth', { curves: ['P-256'], exception: 'EXC-2' }, []],
    ['P-384 where only P-256 is', p384, 'user-auth', { curves: ['P-256'], exception: 'EXC-2' }, ['curve-not-allowed']],
    ['Ed25519', spkiOf(generateKeyPairSync('ed25519')), 'user-auth', {}, ['curve-not-allowed']],
    [
      'Ed25519 under an exception',
      spkiOf(generateKeyPairSync('ed25519')),
      'user-auth',
      { curves: ['Ed25519'], exception: 'EXC-3' },
      [],
    ],
    ['RSA of 3072 bits', rsa(3072), 'user-auth', {}, []],
    [
      'RSA of 3072 bits where 4096 are asked for',
      rsa(3072),
      'user-auth',
      { rsaBits: { min: 4096, max: 4096 } },
      ['rsa-too-short'],
    ],
    ['RSA over the greatest size', rsa(3328), 'user-auth', { rsaBits: { min: 3072, max: 3072 } }, ['rsa-too-long']],
    ['RSA where none is taken', rsa(3072), 'ocsp-responder', { rsaBits: null }, ['algorithm-not-allowed']],
  ])('%s', (_name, spki, id, change, want) => {
    expect(keyViolations(keyOf(spki), sampleProfile(id, change)).map(({ code }) => code)).toEqual(want);
  });

  it('say what is taken instead', () => {
    const [violation] = keyViolations(keyOf(ec('prime256v1')), sampleProfile('user-auth'));
    expect(violation?.message).toContain('it takes P-384, RSA-3072 to 4096');
  });
});
