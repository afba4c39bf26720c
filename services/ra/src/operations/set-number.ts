import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { changePerson, findPerson, lockPerson, type Person } from '@see/db/ra';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';

/**
 * Sets or removes (null) the agency's own number of a person. `authorise` is asked about the person as they are while nobody else
 * changes them. Throws what it throws, and Refusal `not-found`.
 */
export async function setNumber(
  ra: Pick<Ra, 'db'>,
  by: AuditActor,
  id: string,
  externalId: string | null,
  authorise: (person: Person) => void,
): Promise<Person> {
  return withTransaction(ra.db, async (tx) => {
    await lockPerson(tx, id);
    const find = async (): Promise<Person> => {
      const person = await findPerson(tx, id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      authorise(person);
      return person;
    };
    const before = await find();
    await changePerson(tx, before.id, { externalId });
    await writeAudit(tx, [
      {
        kind: 'person.number',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: before.id,
        detail: { agencyId: before.agencyId, before: before.externalId, after: externalId },
      },
    ]);
    return find();
  });
}
