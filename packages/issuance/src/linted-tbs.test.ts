import type { Finding } from '@see/lint';
import { parseCertificate } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { admitLinted, IssuanceError, LintedTbs } from './linted-tbs.ts';
import { prepareRoot } from './prepare-ca-certificate.ts';
import { NOW, sampleKey, sampleRoot, sampleSerial } from './sample-cas.ts';
import type { SigningKey } from './signing-key.ts';

const key = sampleKey();
const root = await sampleRoot();
const { tbs } = parseCertificate(root.certificate);

const finding = (severity: Finding['severity'], id = 'e_some_rule'): Finding => ({
  id,
  severity,
  message: 'is wrong',
  source: 'RFC 5280',
});

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof IssuanceError ? error.code : String(error);
  }
  return 'signed';
}

describe('octets that were linted', () => {
  it('are signed by their key, and verified', async () => {
    const signed = parseCertificate(await admitLinted(tbs, root.key.spki, []).sign(root.key));
    expect(signed.tbs.toHex()).toBe(tbs.toHex());
  });

  it.each(['P-384', 'P-256', 'RSA'] as const)('are signed by a key of kind %s', async (kind) => {
    const other = sampleKey(kind);
    const linted = admitLinted(tbs, other.spki, []);
    expect(await codeOf(() => linted.sign(other))).toBe('signed');
  });

  it('are signed once', async () => {
    const linted = admitLinted(tbs, root.key.spki, []);
    expect(await codeOf(() => linted.sign(root.key))).toBe('signed');
    expect(await codeOf(() => linted.sign(root.key))).toBe('already-used');
  });

  it('are signed once when asked twice at the same time', async () => {
    const linted = admitLinted(tbs, root.key.spki, []);
    const outcomes = await Promise.all([codeOf(() => linted.sign(root.key)), codeOf(() => linted.sign(root.key))]);
    expect(outcomes.sort()).toEqual(['already-used', 'signed']);
  });

  it('are not signed by another key, which uses nothing up', async () => {
    const linted = admitLinted(tbs, root.key.spki, []);
    expect(await codeOf(() => linted.sign(key))).toBe('other-key');
    expect(await codeOf(() => linted.sign(root.key))).toBe('signed');
  });

  it.each<[string, Partial<SigningKey>]>([
    ['signs something else', { sign: () => root.key.sign(new Uint8Array(3)) }],
    ['signs nothing', { sign: async () => new Uint8Array(0) }],
    ['is another than it says', { sign: (octets: Uint8Array) => key.sign(octets) }],
    ['says another public key', { publicKey: key.publicKey }],
  ])('leave with no signature of a key that %s', async (_name, change) => {
    const linted = admitLinted(tbs, root.key.spki, []);
    expect(await codeOf(() => linted.sign({ ...root.key, ...change }))).toBe('signature-does-not-verify');
    expect(await codeOf(() => linted.sign(root.key))).toBe('already-used');
  });

  it('are used up by a key that fails', async () => {
    const linted = admitLinted(tbs, root.key.spki, []);
    const failing = { ...root.key, sign: async () => Promise.reject(new Error('no token')) };
    expect(await codeOf(() => linted.sign(failing))).toContain('no token');
    expect(await codeOf(() => linted.sign(root.key))).toBe('already-used');
  });

  it('can not be changed afterwards, neither where they came from nor where they are shown nor by the key', async () => {
    const given = tbs.slice();
    const linted = admitLinted(given, root.key.spki, []);
    given.fill(0);
    linted.bytes.fill(0);
    const greedy: SigningKey = {
      ...root.key,
      sign: async (bytes) => {
        const signature = await root.key.sign(bytes.slice());
        bytes.fill(0);
        return signature;
      },
    };
    expect(parseCertificate(await linted.sign(greedy)).tbs.toHex()).toBe(tbs.toHex());
  });

  it('are made by preparing alone', () => {
    expect(() => new LintedTbs(Symbol('mine'), tbs, root.key.spki, [])).toThrow(TypeError);
  });
});

describe('a finding', () => {
  it.each([
    ['error', 'lint-failed'],
    ['warning', 'signed'],
    ['notice', 'signed'],
  ] as const)('of severity %s', async (severity, want) => {
    expect(await codeOf(() => admitLinted(tbs, root.key.spki, [finding(severity)]).sign(root.key))).toBe(want);
  });

  it('is kept, and an error says everything', () => {
    expect(admitLinted(tbs, root.key.spki, [finding('warning')]).findings).toHaveLength(1);
    const found = [finding('error'), finding('warning'), finding('error', 'e_other_rule')];
    try {
      admitLinted(tbs, root.key.spki, found);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'lint-failed', findings: [found[0], found[2]] });
      expect((error as Error).message).toContain('e_some_rule: is wrong; e_other_rule: is wrong');
    }
  });

  it('of the lints stops what is prepared', async () => {
    const input = {
      spki: key.spki,
      subject: [],
      serial: sampleSerial(1),
      notBefore: NOW,
      notAfter: new Date(NOW.getTime() + 1000),
    };
    expect(await codeOf(() => prepareRoot(input, key))).toBe('lint-failed');
  });
});
