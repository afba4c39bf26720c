import type { ListedSession } from '@see/db/ra';
import { ROLES } from '@see/domain';
import { Type } from '@see/http';
import { LONGEST } from '../sign-in/session-times.ts';
import { AgencyId, PersonId, Time, Uuid } from './fields.ts';

export const SessionSchema = Type.Object(
  {
    id: Uuid,
    personId: PersonId,
    displayName: Type.String(),
    role: Type.Enum([...ROLES]),
    agencyId: Type.Union([AgencyId, Type.Null()]),
    method: Type.Enum(['token', 'passkey', 'certificate', 'oidc']),
    means: Type.String({
      description:
        'The name of the token or passkey that it was made with, the serial number of the certificate, or the account at the provider',
    }),
    address: Type.Union([Type.String(), Type.Null()], { description: 'Where it was made from' }),
    startedAt: Time,
    lastUsedAt: Time,
    endsAt: Type.String({ description: 'When it ends at the latest; ten minutes without use end it too' }),
  },
  { title: 'Session' },
);

/** A session as the API shows it. */
export function sessionView(session: ListedSession) {
  const { id, personId, displayName, role, agencyId, method, meansName, address, startedAt, lastUsedAt } = session;
  return {
    id,
    personId,
    displayName,
    role,
    agencyId,
    method,
    means: meansName,
    address,
    startedAt: startedAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    endsAt: new Date(startedAt.getTime() + LONGEST).toISOString(),
  };
}
