import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  assembleSigned,
  basicConstraints,
  buildTbsCertificate,
  buildTbsCertList,
  crlNumber,
  type Extension,
  encodeName,
  extKeyUsage,
  keyUsage,
  oid,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { checkClientPath } from './check-path.ts';
import { type StoredHierarchy, trustedClientCas } from './client-ca.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const DAY = 86_400_000;
const ALGORITHM = signatureAlgorithm('ecdsa-sha384');

interface Pair {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

function pair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  return { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
}

function name(text: string): Uint8Array {
  return encodeName([[{ type: oid.commonName, value: text }]]);
}

interface Made {
  readonly subject: string;
  readonly issuer: string;
  readonly key: Pair;
  readonly by: Pair;
  readonly extensions?: readonly Extension[];
  readonly from?: number;
  readonly days?: number;
  readonly serial?: number;
}

function certificate({ subject, issuer, key, by, extensions = [], from = -1, days = 365, serial = 7 }: Made) {
  const notBefore = new Date(NOW.getTime() + from * DAY);
  const tbs = buildTbsCertificate({
    serialNumber: new Uint8Array([serial]),
    signatureAlgorithmDer: ALGORITHM,
    issuerDer: name(issuer),
    notBefore,
    notAfter: new Date(notBefore.getTime() + days * DAY),
    subjectDer: name(subject),
    spki: key.spki,
    extensions,
  });
  return assembleSigned(tbs, ALGORITHM, sign('sha384', tbs, by.privateKey));
}

const CA_EXTENSIONS = [basicConstraints({ cA: true, pathLen: 0 }), keyUsage(['keyCertSign', 'cRLSign'])];
const CLIENT = [keyUsage(['digitalSignature']), extKeyUsage([oid.clientAuth])];
const rootKey = pair();
const caKey = pair();
const other = pair();
const client = pair();
const root = certificate({
  subject: 'Root',
  issuer: 'Root',
  key: rootKey,
  by: rootKey,
  extensions: CA_EXTENSIONS,
  days: 7300,
});
const fingerprint = createHash('sha256').update(root).digest('hex');

function operations(change: Partial<Made> = {}): Uint8Array {
  const made = {
    subject: 'Operations',
    issuer: 'Root',
    key: caKey,
    by: rootKey,
    extensions: CA_EXTENSIONS,
    days: 3650,
  };
  return certificate({ ...made, ...change });
}

function crl(serials: readonly number[], by: Pair = rootKey): Uint8Array {
  const tbs = buildTbsCertList({
    signatureAlgorithmDer: ALGORITHM,
    issuerDer: name('Root'),
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + DAY),
    entries: serials.map((serial) => ({ serialNumber: new Uint8Array([serial]), revocationDate: NOW })),
    extensions: [crlNumber(1n)],
  });
  return assembleSigned(tbs, ALGORITHM, sign('sha384', tbs, by.privateKey));
}

function stored(ca: Uint8Array = operations(), rootCrl: Uint8Array | undefined = crl([])): StoredHierarchy {
  const cas = [
    { id: 'root', certificate: root },
    { id: 'operations', certificate: ca },
  ];
  return { cas, rootCrl };
}

describe('trustedClientCas', () => {
  it('takes a CA that the root signed', () => {
    expect(trustedClientCas(stored(), fingerprint, NOW).map(({ id }) => id)).toEqual(['operations']);
  });

  it.each([
    ['another root', stored(), '00'.repeat(32), NOW],
    ['no CRL', { ...stored(), rootCrl: undefined }, fingerprint, NOW],
    ['a CRL by another key', stored(undefined, crl([], other)), fingerprint, NOW],
    ['a CA on the CRL', stored(undefined, crl([7])), fingerprint, NOW],
    ['a CA that another key signed', stored(operations({ by: other })), fingerprint, NOW],
    ['a CA of another issuer', stored(operations({ issuer: 'Root 2' })), fingerprint, NOW],
    ['a CA that has expired', stored(operations({ from: -20, days: 10 })), fingerprint, NOW],
    ['a CA that is not valid yet', stored(operations({ from: 1 })), fingerprint, NOW],
    ['a certificate that is no CA', stored(operations({ extensions: CLIENT })), fingerprint, NOW],
    [
      'a CA that may sign CRLs only',
      stored(operations({ extensions: [basicConstraints({ cA: true }), keyUsage(['cRLSign'])] })),
      fingerprint,
      NOW,
    ],
  ] as const)('takes none with %s', (_name, hierarchy, sealed, now) => {
    expect(trustedClientCas(hierarchy, sealed, now)).toEqual([]);
  });
});

describe('checkClientPath', () => {
  const cas = trustedClientCas(stored(), fingerprint, NOW);
  const leaf = (change: Partial<Made> = {}): Uint8Array =>
    certificate({ subject: 'Mere', issuer: 'Operations', key: client, by: caKey, extensions: CLIENT, ...change });

  it('takes a client certificate of the CA', () => {
    expect(checkClientPath(leaf(), cas, NOW)).toMatchObject({ ca: { id: 'operations' } });
  });

  it.each([
    ['octets that are none', new Uint8Array([0x30, 0x00]), 'malformed'],
    ['more octets behind it', new Uint8Array([...leaf(), 0]), 'malformed'],
    ['another issuer', leaf({ issuer: 'Root', by: rootKey }), 'other-issuer'],
    ['a self-signed one with the name of the CA', leaf({ subject: 'Operations', by: client }), 'not-signed'],
    ['one by another key', leaf({ by: other }), 'not-signed'],
    ['one not valid yet', leaf({ from: 1 }), 'not-yet-valid'],
    ['one that has expired', leaf({ from: -10, days: 9 }), 'expired'],
    [
      'one for mail',
      leaf({ extensions: [keyUsage(['digitalSignature']), extKeyUsage([oid.emailProtection])] }),
      'wrong-purpose',
    ],
    ['one without purposes', leaf({ extensions: [keyUsage(['digitalSignature'])] }), 'wrong-purpose'],
    [
      'one whose key does not sign',
      leaf({ extensions: [keyUsage(['keyAgreement']), extKeyUsage([oid.clientAuth])] }),
      'wrong-purpose',
    ],
    ['one without key usage', leaf({ extensions: [extKeyUsage([oid.clientAuth])] }), 'wrong-purpose'],
    ['a CA', leaf({ extensions: [...CLIENT, basicConstraints({ cA: true })] }), 'wrong-purpose'],
    [
      'an unknown critical extension',
      leaf({ extensions: [...CLIENT, { oid: '1.2.3.4', critical: true, value: new Uint8Array([5, 0]) }] }),
      'wrong-purpose',
    ],
  ])('refuses %s', (_name, der, want) => {
    expect(checkClientPath(der, cas, NOW)).toBe(want);
  });

  it('takes both ends of the validity', () => {
    const der = leaf({ from: 0, days: 1 });
    expect(checkClientPath(der, cas, NOW)).toMatchObject({ ca: {} });
    expect(checkClientPath(der, cas, new Date(NOW.getTime() + DAY))).toMatchObject({ ca: {} });
    expect(checkClientPath(der, cas, new Date(NOW.getTime() + DAY + 1))).toBe('expired');
  });
});
