import { findPerson, listEvidence, type Person, readMailbox, readPersonTraces } from '@see/db/ra';
import { Refusal } from '@see/http';
import type { Client } from '../../client-certificate/identify-client.ts';
import type { Ra } from '../../ra.ts';

/** Most lines of one kind that the page shows; the file has all. */
const SHOWN = 50;

interface Row {
  readonly [column: string]: unknown;
}

/** The person of a client, who is in the registry as long as their certificates are. */
export async function personOfClient(ra: Ra, { personId }: Client): Promise<Person> {
  const person = await findPerson(ra.db, personId);
  if (!person) throw new Refusal('not-found', 'You are not in the registry any more.');
  return person;
}

/** What is held about a client's person, the newest of each kind, as their page shows it. */
export async function ownRecord(ra: Ra, person: Person) {
  const [evidence, mailbox, traces] = await Promise.all([
    listEvidence(ra.db, person.id),
    readMailbox(ra.db, person.id),
    readPersonTraces(ra.db, person.id, person.email),
  ]);
  const newest = (rows: readonly object[]): readonly Row[] => (rows as readonly Row[]).toReversed().slice(0, SHOWN);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const time = (value: unknown): Date => (value instanceof Date ? value : new Date(text(value)));
  const agencyId = person.agencyId ?? '';
  return {
    id: person.id,
    name: person.displayName,
    email: person.email ?? undefined,
    agency: ra.authority.current.agencies.get(agencyId)?.name,
    number: person.externalId ?? undefined,
    since: person.createdAt,
    verifiedAt: person.lastVerifiedAt,
    nextReviewAt: person.nextReviewAt,
    mailbox: { flaggedSince: mailbox.flaggedSince ?? undefined, provedAt: mailbox.provedAt ?? undefined },
    evidence: evidence.slice(0, SHOWN).map(({ kind, issuer, sightedOn, withdrawnAt }) => ({
      ...{ kind, issuer: issuer ?? '', seenOn: sightedOn },
      withdrawn: withdrawnAt !== null,
    })),
    orders: newest(traces.orders).map((row) => ({
      reference: text(row['id']).slice(0, 8).toUpperCase(),
      at: time(row['created_at']),
      state: text(row['state']),
    })),
    mails: newest(traces.mails).map((row) => ({
      kind: text(row['template']),
      at: time(row['created_at']),
      state: text(row['state']),
    })),
    signIns: newest(traces.sessions).map((row) => ({
      at: time(row['created_at']),
      method: text(row['method']),
      address: text(row['address']),
    })),
    acts: newest(traces.acts).map((row) => ({
      at: time(row['at']),
      kind: text(row['kind']),
      refused: row['outcome'] !== 'success',
      address: text(row['address']),
    })),
  };
}
