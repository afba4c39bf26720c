import { USER_SCHEMA } from './read-change.ts';

/** A person as far as SCIM shows them. */
export interface ScimPerson {
  readonly id: string;
  readonly externalId: string | null;
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly createdAt: Date;
}

/** The resource of a person (RFC 7643 4.1). `base` is the address of this SCIM service. */
export function userResource(person: ScimPerson, base: string) {
  const { id, externalId, email } = person;
  return {
    schemas: [USER_SCHEMA],
    id,
    ...(externalId === null ? {} : { externalId }),
    // RFC 7643 4.1.1: required and unique. Somebody without an address has their id.
    userName: email ?? id,
    name: {
      formatted: person.displayName,
      familyName: person.surname,
      ...(person.givenName === null ? {} : { givenName: person.givenName }),
    },
    displayName: person.displayName,
    ...(email === null ? {} : { emails: [{ value: email, type: 'work', primary: true }] }),
    active: person.active,
    meta: { resourceType: 'User', created: person.createdAt.toISOString(), location: `${base}/Users/${id}` },
  };
}
