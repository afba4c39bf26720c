import type { SignInIdentity } from '@see/db/ra';
import { Type } from '@see/http';
import { PersonId, Time, Uuid } from './fields.ts';

/** What the provider calls an account for good: `sub` of OpenID Connect Core 1.0, 2. */
export const AccountSubject = Type.String({ minLength: 1, maxLength: 255, description: 'The sub of the account' });

export const SignInAccountSchema = Type.Object(
  {
    id: Uuid,
    personId: PersonId,
    issuer: Type.String(),
    subject: AccountSubject,
    createdBy: PersonId,
    createdAt: Time,
    lastUsedAt: Type.Union([Time, Type.Null()]),
  },
  { title: 'SignInAccount' },
);

/** An account as the API shows it. */
export function signInAccountView({ id, personId, issuer, subject, createdBy, createdAt, lastUsedAt }: SignInIdentity) {
  return {
    id,
    personId,
    issuer,
    subject,
    createdBy,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
