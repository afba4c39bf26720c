import { Type } from '@see/http';
import { RECORD_STANDINGS } from '@see/policy';
import type { CatalogueEntry } from '../operations/catalogue/read-catalogue.ts';
import { AgencyId, Day, Hex32, Time, Uuid } from './fields.ts';

const Nullable = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()]);

/** An entry of the service catalogue, as the API shows it. */
export const ServiceSchema = Type.Object(
  {
    id: Uuid,
    agencyId: AgencyId,
    kind: Type.Enum(['service', 'site']),
    name: Type.String(),
    url: Type.String(),
    highRisk: Type.Boolean(),
    reviewedOn: Nullable(Day),
    nextReviewAt: Time,
    standing: Type.Enum([...RECORD_STANDINGS]),
    openFindings: Type.Integer(),
    findingDueOn: Nullable(Day),
    certificate: Nullable(Hex32),
    notAfter: Nullable(Time),
    daysLeft: Type.Union([Type.Integer(), Type.Null()]),
    observation: Type.Union([
      Type.Object({
        seenAt: Time,
        sha256: Nullable(Hex32),
        issuer: Nullable(Type.String()),
        notAfter: Nullable(Time),
        fault: Nullable(Type.String()),
      }),
      Type.Null(),
    ]),
  },
  { title: 'Service' },
);

export function serviceView(entry: CatalogueEntry) {
  const { id, agencyId, kind, name, url, highRisk, reviewedOn, standing, openFindings, findingDueOn, daysLeft } = entry;
  const { observation } = entry;
  return {
    ...{ id, agencyId, kind, name, url, highRisk, reviewedOn, standing, openFindings, findingDueOn, daysLeft },
    nextReviewAt: entry.nextReviewAt.toISOString(),
    certificate: entry.certificate?.sha256.toHex() ?? null,
    notAfter: entry.notAfter?.toISOString() ?? null,
    observation: observation && {
      seenAt: observation.seenAt.toISOString(),
      sha256: observation.sha256?.toHex() ?? null,
      issuer: observation.issuer,
      notAfter: observation.notAfter?.toISOString() ?? null,
      fault: observation.fault,
    },
  };
}

export const Note = Type.String({ minLength: 3, maxLength: 500 });

export const NewFinding = Type.Object(
  { text: Note, owner: Type.String({ minLength: 2, maxLength: 120 }), dueOn: Day },
  { additionalProperties: false, title: 'FindingWish' },
);
