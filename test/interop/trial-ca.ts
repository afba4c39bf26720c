import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdentifier } from '@see/issuance';
import {
  assembleSigned,
  authorityKeyIdentifier,
  basicConstraints,
  buildTbsCertificate,
  type Extension,
  encodeName,
  encodePem,
  extKeyUsage,
  type GeneralName,
  type GeneralSubtree,
  keyUsage,
  type Name,
  nameConstraints,
  oid,
  signatureAlgorithm,
  subjectAltName,
  subjectKeyIdentifier,
} from '@see/x509';

const DAY = 86_400_000;
const ALGORITHM = signatureAlgorithm('ecdsa-sha384');

interface Constraints {
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
}

interface Party {
  readonly name: Uint8Array;
  readonly key: KeyObject;
  readonly spki: Uint8Array;
}

/** A root and an issuing CA with the given name constraints, outside any instance: to try constraints on clients with certificates that our policy would refuse. */
export class TrialCa {
  readonly #root: Party;
  readonly #ca: Party;
  readonly rootPem: string;
  readonly caPem: string;

  constructor(constraints: Constraints, extendedKeyUsage: readonly string[]) {
    this.#root = party(trialName('Trial Root'));
    this.#ca = party(trialName('Trial Issuing CA'));
    const ca = (pathLen?: number) => [
      basicConstraints({ cA: true, ...(pathLen !== undefined && { pathLen }) }),
      keyUsage(['keyCertSign', 'cRLSign']),
    ];
    this.rootPem = certificate(this.#root, this.#root, ca());
    this.caPem = certificate(this.#root, this.#ca, [
      ...ca(0),
      extKeyUsage(extendedKeyUsage),
      nameConstraints({ permitted: [...constraints.permitted], excluded: [...constraints.excluded] }),
    ]);
  }

  /** Writes `<name>.path.pem` (leaf, CA, root) and its parts `<name>.pem`; the leaf may sign, for the given purpose. */
  leaf(folder: string, name: string, subject: Name, names: readonly GeneralName[], purpose: string): void {
    const extensions = [
      keyUsage(['digitalSignature']),
      extKeyUsage([purpose]),
      ...(names.length > 0 ? [subjectAltName(names)] : []),
    ];
    const pem = certificate(this.#ca, party(subject), extensions);
    writeFileSync(join(folder, `${name}.pem`), pem);
    writeFileSync(join(folder, `${name}.path.pem`), pem + this.caPem + this.rootPem);
  }
}

function wholeSecond(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}

function trialName(commonName: string): Name {
  return [
    [{ type: oid.countryName, value: 'NZ' }],
    [{ type: oid.organizationName, value: 'SEE Trial' }],
    [{ type: oid.commonName, value: commonName }],
  ];
}

function party(name: Name): Party {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  return {
    name: encodeName(name),
    key: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
  };
}

function certificate(issuer: Party, subject: Party, extensions: readonly Extension[]): string {
  const serialNumber = new Uint8Array(randomBytes(16));
  serialNumber[0] = 0x40;
  const tbs = buildTbsCertificate({
    serialNumber,
    signatureAlgorithmDer: ALGORITHM,
    issuerDer: issuer.name,
    notBefore: wholeSecond(Date.now() - DAY),
    notAfter: wholeSecond(Date.now() + DAY),
    subjectDer: subject.name,
    spki: subject.spki,
    extensions: [
      authorityKeyIdentifier(keyIdentifier(issuer.spki)),
      subjectKeyIdentifier(keyIdentifier(subject.spki)),
      ...extensions,
    ],
  });
  return encodePem('CERTIFICATE', assembleSigned(tbs, ALGORITHM, new Uint8Array(sign('sha384', tbs, issuer.key))));
}
