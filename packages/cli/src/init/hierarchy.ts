import { randomBytes } from 'node:crypto';
import {
  type CaId,
  type CaNames,
  type CrlIssuer,
  caSubject,
  keyIdentifier,
  prepareIssuingCa,
  prepareRoot,
  serialNumber,
  signCrl,
} from '@see/issuance';
import { generatePkcs8, SoftwareSigner } from '@see/keys';
import { encodeName, parseCertificate } from '@see/x509';

const YEAR = 365.25 * 86_400_000;
const ROOT_YEARS = 20;
const ISSUING_YEARS = 10;

/** A CA of a new hierarchy with its private key. */
export interface NewCa {
  readonly id: CaId | 'root';
  readonly pkcs8: Uint8Array;
  readonly ca: CrlIssuer;
}

export interface Hierarchy {
  readonly root: NewCa;
  readonly issuing: readonly NewCa[];
  readonly rootCrl: {
    readonly der: Uint8Array;
    readonly number: bigint;
    readonly thisUpdate: Date;
    readonly nextUpdate: Date;
  };
}

export interface HierarchyInput {
  readonly organization: string;
  readonly vaUrl: string;
  readonly names: CaNames;
  readonly now: Date;
}

const TITLES: Readonly<Record<CaId, string>> = {
  gateway: 'Gateway CA',
  individual: 'Individual CA',
  tls: 'TLS CA',
  operations: 'Operations CA',
};

/** Makes the root (P-384, 20 years), the four issuing CAs (P-384, 10 years) and the first root CRL (valid for a year). */
export async function makeHierarchy(input: HierarchyInput): Promise<Hierarchy> {
  const notBefore = new Date(Math.floor(input.now.getTime() / 1000) * 1000);
  const root = await makeRoot(input, notBefore);
  const issuing: NewCa[] = [];
  for (const id of ['gateway', 'individual', 'tls', 'operations'] as const)
    issuing.push(await makeIssuing(input, id, root.ca, notBefore));
  // REV-2: the root's list is issued at least once a year.
  const nextUpdate = new Date(notBefore.getTime() + 365 * 86_400_000);
  const crl = { number: 1n, thisUpdate: notBefore, nextUpdate };
  const form = { kind: 'full', freshest: undefined } as const;
  const der = await signCrl({ ca: root.ca, form, ...crl, entries: [] });
  return { root, issuing, rootCrl: { ...crl, der } };
}

async function makeRoot(input: HierarchyInput, notBefore: Date): Promise<NewCa> {
  const pkcs8 = await generatePkcs8('P-384');
  const key = SoftwareSigner.fromPkcs8(pkcs8);
  const subject = caSubject(input.names.country, input.organization, `${input.organization} Root CA`);
  const notAfter = endOf(notBefore, ROOT_YEARS);
  const tbs = prepareRoot({ spki: key.spki, subject, serial: serialNumber(randomBytes(16)), notBefore, notAfter }, key);
  return newCa('root', pkcs8, key, await tbs.sign(key), encodeName(subject), notAfter);
}

async function makeIssuing(input: HierarchyInput, id: CaId, root: CrlIssuer, notBefore: Date): Promise<NewCa> {
  const pkcs8 = await generatePkcs8('P-384');
  const key = SoftwareSigner.fromPkcs8(pkcs8);
  const subject = caSubject(input.names.country, input.organization, `${input.organization} ${TITLES[id]}`);
  const notAfter = endOf(notBefore, ISSUING_YEARS);
  const serial = serialNumber(randomBytes(16));
  const tbs = prepareIssuingCa(
    { spki: key.spki, subject, serial, notBefore, notAfter },
    id,
    root,
    input.vaUrl,
    input.names,
  );
  return newCa(id, pkcs8, key, await tbs.sign(root.key), encodeName(subject), notAfter);
}

function newCa(
  id: NewCa['id'],
  pkcs8: Uint8Array,
  key: SoftwareSigner,
  certificate: Uint8Array,
  subjectDer: Uint8Array,
  notAfter: Date,
): NewCa {
  parseCertificate(certificate);
  return { id, pkcs8, ca: { id, subjectDer, ski: keyIdentifier(key.spki), certificate, notAfter, key } };
}

/** The last second of a number of years, in whole seconds. */
function endOf(from: Date, years: number): Date {
  return new Date(Math.floor((from.getTime() + years * YEAR) / 1000) * 1000 - 1000);
}
