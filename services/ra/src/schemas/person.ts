import type { Person } from '@see/db/ra';
import { Type } from '@see/http';
import { AgencyId, PersonId, Time } from './fields.ts';

const Text = Type.Union([Type.String(), Type.Null()]);

export const PersonSchema = Type.Object(
  {
    id: PersonId,
    agencyId: Type.Union([AgencyId, Type.Null()]),
    givenName: Text,
    surname: Type.String(),
    displayName: Type.String(),
    email: Text,
    lastVerifiedAt: Time,
    nextReviewAt: Time,
    leftAt: Type.Union([Time, Type.Null()]),
    createdAt: Time,
  },
  { title: 'Person' },
);

/** A person as the API shows them. */
export function personView(person: Person) {
  return {
    id: person.id,
    agencyId: person.agencyId,
    givenName: person.givenName,
    surname: person.surname,
    displayName: person.displayName,
    email: person.email,
    lastVerifiedAt: person.lastVerifiedAt.toISOString(),
    nextReviewAt: person.nextReviewAt.toISOString(),
    leftAt: person.leftAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
  };
}
