import type { SignInPasskey } from '@see/db/ra';
import { Type } from '@see/http';
import { PersonId, Time, Uuid } from './fields.ts';

export const SignInPasskeySchema = Type.Object(
  {
    id: Uuid,
    personId: PersonId,
    label: Type.String(),
    algorithm: Type.String({ description: 'ES384 or ES256' }),
    synced: Type.Boolean({ description: 'Whether its authenticator says that it is copied between devices' }),
    createdAt: Time,
    lastUsedAt: Type.Union([Time, Type.Null()]),
  },
  { title: 'SignInPasskey' },
);

/** What passkeys are named and renamed with; spaces around it do not count. */
export const PasskeyLabel = Type.String({ minLength: 1, maxLength: 100, description: 'Where it is kept: blue key' });

/** The name of a COSE algorithm that sign-in passkeys may have. */
export function algorithmName(algorithm: number): string {
  return algorithm === -35 ? 'ES384' : 'ES256';
}

/** A passkey as the API shows it: nothing of its key. */
export function signInPasskeyView(passkey: SignInPasskey) {
  return {
    id: passkey.id,
    personId: passkey.personId,
    label: passkey.label,
    algorithm: algorithmName(passkey.algorithm),
    synced: passkey.synced,
    createdAt: passkey.createdAt.toISOString(),
    lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
  };
}
