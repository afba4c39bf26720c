import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDer, DerError } from '@see/asn1';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as x509 from './index.ts';

const corpus = join(import.meta.dirname, '../../../../shared/vectors/malformed-der/boringssl-fuzz');
const present = existsSync(corpus);
if (!present) console.warn(`SKIPPED: the malformed DER seeds are not at ${corpus}`);

const readers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  checkDer,
  certificate: (bytes) => readAllExtensions(x509.parseCertificate(bytes).extensions),
  lenientCertificate: (bytes) => readAllExtensions(x509.parseCertificate(bytes, 'lenient').extensions),
  tbsCertificate: x509.parseTbsCertificate,
  crl: (bytes) => [...x509.parseCrl(bytes).entries],
  tbsCertList: (bytes) => [...x509.parseTbsCertList(bytes).entries],
  csr: x509.parseCsr,
  spki: x509.parseSpki,
  name: x509.parseName,
  generalNames: x509.parseGeneralNames,
  extensions: (bytes) => readAllExtensions(x509.parseExtensions(bytes)),
  signatureAlgorithm: x509.parseSignatureAlgorithm,
  pem: (bytes) => x509.decodePem(bytes, 'CERTIFICATE'),
};

const extensionReaders: readonly ((value: Uint8Array) => unknown)[] = [
  x509.parseAuthorityInfoAccess,
  x509.parseAuthorityKeyIdentifier,
  x509.parseBasicConstraints,
  x509.parseCertificatePolicies,
  x509.parseCrlDistributionPoints,
  x509.parseCrlNumber,
  x509.parseCrlReason,
  x509.parseDeltaCrlIndicator,
  x509.parseExpiredCertsOnCrl,
  x509.parseExtKeyUsage,
  x509.parseFreshestCrl,
  x509.parseInvalidityDate,
  x509.parseIssuingDistributionPoint,
  x509.parseKeyUsage,
  x509.parseNameConstraints,
  x509.parseNoRevAvail,
  x509.parseOcspNoCheck,
  x509.parseSmimeCapabilities,
  x509.parseSubjectAltName,
  x509.parseSubjectKeyIdentifier,
];

function readAllExtensions(extensions: readonly x509.Extension[]): void {
  for (const { value } of extensions) for (const reader of extensionReaders) outcome(() => reader(value));
}

// 'accepted' or the code of a refusal; anything that is not a refusal is thrown on and fails the test.
function outcome(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError || error instanceof x509.X509Error || error instanceof x509.PemError)
      return error.code;
    throw error;
  }
}

function tryAll(bytes: Uint8Array): void {
  for (const [name, reader] of Object.entries(readers)) {
    const before = performance.now();
    outcome(() => reader(bytes));
    expect(performance.now() - before, `time of ${name}`).toBeLessThan(1000);
  }
  for (const reader of extensionReaders) outcome(() => reader(bytes));
}

describe.skipIf(!present)('malformed seeds', () => {
  it('are read or refused, in bounded time, by every reader', { timeout: 60_000 }, () => {
    let count = 0;
    for (const folder of readdirSync(corpus)) {
      for (const file of readdirSync(join(corpus, folder))) {
        tryAll(new Uint8Array(readFileSync(join(corpus, folder, file))));
        count++;
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  it('hold sound certificates too, and those are read', () => {
    const folder = join(corpus, 'cert_corpus');
    const outcomes = readdirSync(folder).map((file) =>
      outcome(() => x509.parseCertificate(new Uint8Array(readFileSync(join(folder, file))), 'lenient')),
    );
    expect(outcomes.filter((each) => each === 'accepted').length).toBeGreaterThan(20);
  });
});

describe('mutations of a sound certificate', () => {
  const bytes = x509.assembleSigned(
    x509.buildTbsCertificate({
      serialNumber: Uint8Array.of(1, 2, 3),
      signatureAlgorithmDer: x509.signatureAlgorithm('ecdsa-sha384'),
      issuerDer: x509.encodeName([[{ type: x509.oid.commonName, value: 'Issuer' }]]),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      subjectDer: x509.encodeName([[{ type: x509.oid.commonName, value: 'Subject' }]]),
      spki: x509.fromHex(`302a300506032b6570032100${'11'.repeat(32)}`) as Uint8Array,
      extensions: [
        x509.basicConstraints({ cA: true, pathLen: 0 }),
        x509.keyUsage(['keyCertSign']),
        x509.subjectAltName([{ kind: 'dNSName', value: 'treasury.govt.nz' }]),
        x509.nameConstraints({ permitted: [{ kind: 'dNSName', value: 'govt.nz' }], excluded: [] }),
        x509.crlDistributionPoints(['http://va.example/crl/root.crl']),
      ],
    }),
    x509.signatureAlgorithm('ecdsa-sha384'),
    new Uint8Array(70),
  );

  it('are accepted whole', () => {
    expect(outcome(() => readers['certificate']?.(bytes))).toBe('accepted');
  });

  it('never crash a reader', () => {
    const edit = fc.record({ at: fc.nat({ max: bytes.length - 1 }), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const mutated = bytes.slice();
        for (const { at, to } of edits) mutated[at] = to;
        outcome(() => readers['certificate']?.(mutated));
        outcome(() => readers['lenientCertificate']?.(mutated));
      }),
      { numRuns: 3000 },
    );
  });

  it('cut anywhere are refused', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(outcome(() => x509.parseCertificate(bytes.subarray(0, length)))).not.toBe('accepted');
    }
  });
});
