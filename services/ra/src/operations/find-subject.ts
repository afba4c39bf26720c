import { findPerson, type Person, readMailbox } from '@see/db/ra';
import type { SubjectPerson } from '@see/policy';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';

/** The person that the certificates are to stand for. Throws Refusal when their record does not allow an order. */
export async function findSubject(
  ra: Ra,
  wish: { readonly applicantId: string; readonly agencyId: string },
  getsCode: boolean,
): Promise<Person & { readonly email: string }> {
  const person = await findPerson(ra.db, wish.applicantId);
  if (!person || person.agencyId !== wish.agencyId) {
    throw refusedFor('order-refused', [
      {
        code: 'person-unknown',
        message: `agency ${wish.agencyId} has no person ${wish.applicantId}`,
        path: 'applicantId',
        source: 'RP-5',
        remedy: 'enter the person first: see person create',
      },
    ]);
  }
  if (person.leftAt !== null) {
    throw refusedFor('order-refused', [
      {
        code: 'person-left',
        message: 'this person has left',
        path: 'applicantId',
        source: 'WF-C',
        remedy: 'have an operator declare where they are now: see person event PERSON --kind mover',
      },
    ]);
  }
  if (person.email === null) {
    throw refusedFor('order-refused', [
      { code: 'mail-missing', message: 'the person has no mail address', path: 'applicantId', source: 'PRF-U' },
    ]);
  }
  const flaggedSince = getsCode ? (await readMailbox(ra.db, person.id)).flaggedSince : null;
  if (flaggedSince !== null) {
    throw refusedFor('order-refused', [
      {
        code: 'address-flagged',
        message: `mail to ${person.email} comes back since ${flaggedSince.toISOString().slice(0, 10)}: no code would arrive`,
        path: 'applicantId',
        source: 'GOV-21',
        remedy: 'correct the address, or have the person show that it is theirs: see person check-mailbox PERSON',
      },
    ]);
  }
  if (person.nextReviewAt <= ra.now()) {
    throw refusedFor('order-refused', [
      {
        code: 'person-stale',
        message: 'the record of the person is past its review date',
        path: 'applicantId',
        source: 'GOV-20',
        remedy: 'have the agency confirm the record: see person review PERSON',
      },
    ]);
  }
  return { ...person, email: person.email };
}

/** A person as policy puts them into a certificate. */
export function subjectOf({
  id,
  givenName,
  surname,
  displayName,
  email,
}: Person & { readonly email: string }): SubjectPerson {
  return { id, givenName, surname, displayName, email };
}
