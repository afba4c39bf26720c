import {
  type CertificateRow,
  findCertificateByHash,
  findCertificateDer,
  findPerson,
  listCertificates,
  type OrderRow,
  readOrderCsrs,
} from '@see/db/ra';
import { activeProfile, type OrderContent, type OrderItem } from '@see/domain';
import { profileOf } from '@see/policy';
import {
  decodeBase64,
  formatName,
  type GeneralName,
  type Name,
  oid,
  parseCertificate,
  parseCsr,
  parseGeneralNames,
  parseName,
  parseSubjectAltName,
  sha256,
} from '@see/x509';
import type { Ra } from '../ra.ts';

/** What one source says of a field; undefined where it says nothing of it. */
export interface ComparedField {
  readonly field: 'subject' | 'addresses' | 'days' | 'key';
  /** The attribute, where the field is one of the subject: CN. */
  readonly attribute?: string;
  readonly asked?: readonly string[];
  readonly registry?: readonly string[];
  readonly previous?: readonly string[];
  readonly signed: readonly string[];
}

/** A certificate of an order, beside what was asked for, what the registry has and the certificate before it. */
export interface ComparedItem {
  readonly profile: string;
  readonly previous: string | undefined;
  readonly fields: readonly ComparedField[];
}

/**
 * Lays out, for each certificate of an order, the fields that people decide about beside what the CSR asked for, what the
 * registry says now, and the certificate of the same profile that came before. What is signed is read from the content;
 * all else is to compare with, and nothing of it is verified here.
 */
export async function compareOrder(ra: Ra, order: OrderRow, content: OrderContent): Promise<readonly ComparedItem[]> {
  const [csrs, person] = await Promise.all([
    order.kind === 'csr' ? readOrderCsrs(ra.db, order.id) : [],
    order.kind === 'person' ? findPerson(ra.db, content.applicant) : undefined,
  ]);
  const agency = ra.authority.current.agencies.get(content.agencyId);
  const registry = new Map<string, readonly string[]>([
    ...(agency
      ? ([
          ['O', agency.organizationNames],
          ['L', [agency.locality]],
          ['organizationIdentifier', [agency.organizationIdentifier]],
        ] as const)
      : []),
    ['C', [ra.authority.current.configuration.country]],
    ...(person
      ? ([
          ['CN', [person.displayName]],
          ['SN', [person.surname]],
          ['givenName', person.givenName === null ? [] : [person.givenName]],
          ['serialNumber', [person.id]],
        ] as const)
      : []),
  ]);
  const addresses = person ? (person.email === null ? [] : [person.email]) : (agency?.domains ?? []);
  return Promise.all(
    content.items.map(async (item, index) => {
      const before = await certificateBefore(ra, order, content, item);
      const der = before && (await findCertificateDer(ra.db, before.id));
      const previous = der && factsOf(der, before);
      const csr = csrs[index];
      const asked = csr && askedBy(csr);
      return {
        profile: titleOf(ra, item.profileId),
        previous: before?.sha256.toHex(),
        fields: fieldsOf(item, { asked, previous, registry, addresses }),
      };
    }),
  );
}

interface Facts {
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly names: readonly string[];
  readonly days: readonly string[] | undefined;
  readonly key: readonly string[];
}

interface Sources {
  readonly asked: Facts | undefined;
  readonly previous: Facts | undefined;
  readonly registry: ReadonlyMap<string, readonly string[]>;
  readonly addresses: readonly string[];
}

function fieldsOf(item: OrderItem, { asked, previous, registry, addresses }: Sources): readonly ComparedField[] {
  const signed = attributesOf(parseName(octets(item.subject)));
  const attributes = [...new Set([...signed.keys(), ...(previous?.attributes.keys() ?? [])])];
  const others = (read: (facts: Facts) => readonly string[] | undefined): Partial<ComparedField> => ({
    ...(asked && { asked: read(asked) ?? [] }),
    ...(previous && { previous: read(previous) ?? [] }),
  });
  return [
    ...attributes.map((attribute): ComparedField => {
      const known = registry.get(attribute);
      return {
        field: 'subject',
        attribute,
        signed: signed.get(attribute) ?? [],
        ...(known && { registry: known }),
        ...others(({ attributes: all }) => all.get(attribute)),
      };
    }),
    {
      field: 'addresses',
      signed: namesOf(parseGeneralNames(octets(item.subjectAltName))),
      registry: addresses,
      ...others(({ names }) => names),
    },
    {
      field: 'days',
      signed: [String(Math.round(item.validitySeconds / DAY))],
      ...(previous?.days && { previous: previous.days }),
    },
    { field: 'key', signed: item.spkiSha256 === null ? [] : [item.spkiSha256], ...others(({ key }) => key) },
  ];
}

const DAY = 86_400;

/** The certificate that the order replaces, else the last one of the profile for the same person or the same name. */
async function certificateBefore(
  ra: Ra,
  order: OrderRow,
  content: OrderContent,
  item: OrderItem,
): Promise<CertificateRow | undefined> {
  for (const hash of content.replaces) {
    const found = await findCertificateByHash(ra.db, Uint8Array.fromHex(hash));
    if (found?.profileId === item.profileId) return found;
  }
  const name = namesOf(parseGeneralNames(octets(item.subjectAltName)))[0];
  if (order.kind === 'csr' && name === undefined) return undefined;
  const holder = order.kind === 'person' ? { personId: content.applicant } : { name: (name ?? '').toLowerCase() };
  const filter = { agencyId: content.agencyId, profileId: item.profileId, ...holder };
  const { rows } = await listCertificates(ra.db, filter, 2, undefined);
  return rows.find(({ orderId }) => orderId !== order.id);
}

function askedBy(csr: Uint8Array): Facts {
  const { subject, subjectAltName = [], spki } = parseCsr(csr);
  return {
    attributes: attributesOf(subject),
    names: namesOf(subjectAltName),
    days: undefined,
    key: [sha256(spki).toHex()],
  };
}

function factsOf(der: Uint8Array, row: CertificateRow): Facts {
  const { subject, extensions } = parseCertificate(der);
  const names = extensions.find(({ oid: id }) => id === oid.subjectAltName);
  const seconds = (row.notAfter.getTime() - row.notBefore.getTime()) / 1000;
  return {
    attributes: attributesOf(subject),
    names: names ? namesOf(parseSubjectAltName(names.value)) : [],
    days: [String(Math.round(seconds / DAY))],
    key: [row.spkiSha256.toHex()],
  };
}

/** The values of a name by attribute, as `formatName` names them: CN, O. */
function attributesOf(name: Name): ReadonlyMap<string, readonly string[]> {
  const found = name.flat().map((one) => ({ key: formatName([[one]]).split('=')[0] ?? '', value: one.value }));
  return new Map([...Map.groupBy(found, ({ key }) => key)].map(([key, all]) => [key, all.map(({ value }) => value)]));
}

function namesOf(names: readonly GeneralName[]): readonly string[] {
  return names.map((name) => ('value' in name && typeof name.value === 'string' ? name.value : name.kind));
}

function titleOf(ra: Ra, profileId: string): string {
  const active = activeProfile(ra.authority.current, profileId);
  return active ? profileOf(active.content).title : profileId;
}

function octets(base64: string): Uint8Array {
  return decodeBase64(base64) ?? new Uint8Array(0);
}
