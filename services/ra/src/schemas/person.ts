import type { Mailbox, Person } from '@see/db/ra';
import { Type } from '@see/http';
import { RECORD_STANDINGS, recordStanding } from '@see/policy';
import { AgencyId, PersonId, Time } from './fields.ts';

/** Whether a record is current, due within 30 days, or past its review. */
export const StandingSchema = Type.Enum([...RECORD_STANDINGS]);

const Text = Type.Union([Type.String(), Type.Null()]);

export const PersonSchema = Type.Object(
  {
    id: PersonId,
    agencyId: Type.Union([AgencyId, Type.Null()]),
    givenName: Text,
    surname: Type.String(),
    displayName: Type.String(),
    email: Text,
    externalId: { ...Text, description: "The agency's own number; in no certificate" },
    lastVerifiedAt: Time,
    verifiedBy: Text,
    nextReviewAt: Time,
    standing: StandingSchema,
    leftAt: Type.Union([Time, Type.Null()]),
    createdAt: Time,
  },
  { title: 'Person' },
);

const MaybeTime = Type.Union([Time, Type.Null()]);

/** A person with what is known of their mailbox. */
export const PersonDetailSchema = Type.Object(
  {
    ...PersonSchema.properties,
    mailbox: Type.Object({
      flaggedSince: Type.Union([Time, Type.Null()], {
        description: 'Mail to it comes back; no code goes there until the person shows that it is theirs',
      }),
      provedAt: MaybeTime,
      askedUntil: MaybeTime,
    }),
  },
  { title: 'PersonDetail' },
);

/** A person as the API shows them by themselves. */
export function personDetail(person: Person, mailbox: Mailbox, now: Date) {
  return {
    ...personView(person, now),
    mailbox: {
      flaggedSince: mailbox.flaggedSince?.toISOString() ?? null,
      provedAt: mailbox.provedAt?.toISOString() ?? null,
      askedUntil: mailbox.askedUntil?.toISOString() ?? null,
    },
  };
}

/** A person as the API shows them. */
export function personView(person: Person, now: Date) {
  return {
    id: person.id,
    agencyId: person.agencyId,
    givenName: person.givenName,
    surname: person.surname,
    displayName: person.displayName,
    email: person.email,
    externalId: person.externalId,
    lastVerifiedAt: person.lastVerifiedAt.toISOString(),
    verifiedBy: person.verifiedBy,
    nextReviewAt: person.nextReviewAt.toISOString(),
    standing: recordStanding(person.nextReviewAt, now),
    leftAt: person.leftAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
  };
}
