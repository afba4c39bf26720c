import { generateKeyPairSync, sign } from 'node:crypto';
import { type RecoveryContent, recoveryDigest, writeRecoveryContent } from '@see/domain';
import * as x509 from '@see/x509';
import { describe, expect, it } from 'vitest';
import { renderRecovery } from './render-recovery.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const algorithm = x509.signatureAlgorithm('ecdsa-sha384');
const name = x509.encodeName([[{ type: x509.oid.commonName, value: 'Reader of Mail' }]]);
const tbs = x509.buildTbsCertificate({
  serialNumber: Uint8Array.of(1),
  signatureAlgorithmDer: algorithm,
  issuerDer: name,
  subjectDer: name,
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2036-01-01T00:00:00Z'),
  spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
  extensions: [x509.basicConstraints({ cA: false })],
});
const certificate = x509.assembleSigned(tbs, algorithm, new Uint8Array(sign('sha384', tbs, privateKey)));

const content: RecoveryContent = {
  v: 1,
  instance: '3f0c9a52-7f53-4c9b-9a43-000000000001',
  recoveryId: '3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10',
  nonce: 'n'.repeat(22),
  createdAt: 1_790_000_000,
  expiresAt: 1_790_000_000 + 72 * 3600,
  certificate: 'ab'.repeat(32),
  spkiSha256: 'cd'.repeat(32),
  agents: 'ef'.repeat(48),
  subject: 'PERS0N0000000061',
  requester: 'PERS0N0000000062',
  agencyId: 'treasury',
  capacity: 'legal',
  legalBasis: 'warrant 7',
  purpose: 'to read mail of May',
  messagesFrom: 1_777_593_600,
  messagesUntil: 1_780_271_999,
  recipient: certificate.toBase64(),
  recipientPerson: 'PERS0N0000000063',
  suppressNotice: null,
};

describe('what an agent reads', () => {
  it('is every field of the bytes that are signed, in words', () => {
    const { bytes, digest } = writeRecoveryContent(content);
    const rendered = renderRecovery(bytes);
    expect(rendered.digest).toEqual(digest);
    expect(rendered.digest).toEqual(recoveryDigest(bytes));
    const {
      v,
      instance,
      nonce,
      recipient,
      suppressNotice,
      createdAt,
      expiresAt,
      messagesFrom,
      messagesUntil,
      ...plain
    } = content;
    const said = Object.values(plain);
    expect(said.length).toBe(11);
    for (const value of said) expect(rendered.text).toContain(String(value));
    for (const day of ['2026-09-21 14:13:20', '2026-09-24 14:13:20', '2026-05-01 00:00:00', '2026-05-31 23:59:59'])
      expect(rendered.text).toContain(`${day} UTC`);
    expect(rendered.text).toContain('Reader of Mail');
    expect(rendered.text).toContain(Buffer.from(x509.sha256(certificate)).toString('hex'));
    expect(rendered.text).toMatch(/The holder is told +yes/);
  });

  it('shouts that the holder is not told, and shows no control characters', () => {
    const hostile = { ...content, suppressNotice: 's 179', purpose: 'fine\n\u001b[2KHolder  somebody else' };
    const { text } = renderRecovery(writeRecoveryContent(hostile).bytes);
    expect(text).toMatch(/The holder is told +NO: "s 179"/);
    expect(text).not.toContain('\u001b');
    expect(text.split('\n').length).toBe(renderRecovery(writeRecoveryContent(content).bytes).text.split('\n').length);
  });
});
