import type { AgencyApplication } from '@see/db/ra';
import { Type } from '@see/http';
import { AgencyId, Day, Time, Uuid } from './fields.ts';

const words = (max: number) => Type.String({ minLength: 1, maxLength: max });

export const LetterSchema = Type.Object(
  { reference: words(200), signedBy: words(200), signedOn: Day },
  { additionalProperties: false, title: 'ApplicationLetter' },
);

export const RegisterSchema = Type.Object(
  { name: words(200), entry: words(200), extractOf: Day },
  { additionalProperties: false, title: 'RegisterExtract' },
);

export const ApplicationSchema = Type.Object(
  {
    id: Uuid,
    agencyId: AgencyId,
    name: Type.String(),
    organizationIdentifier: Type.String(),
    letter: LetterSchema,
    state: Type.Enum(['proposed', 'verified', 'declined']),
    register: Type.Union([RegisterSchema, Type.Null()]),
    reason: Type.Union([Type.String(), Type.Null()]),
    proposedBy: Type.String(),
    decidedBy: Type.Union([Type.String(), Type.Null()]),
    createdAt: Time,
    updatedAt: Time,
  },
  { title: 'AgencyApplication' },
);

export function applicationView(application: AgencyApplication) {
  const { createdAt, updatedAt, ...rest } = application;
  return { ...rest, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
