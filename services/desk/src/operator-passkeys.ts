import { type Authority, holdsRole } from '@see/domain';

/** A passkey that may approve: the name of its credential, and the id by which its authenticator finds it. */
export interface OperatorPasskey {
  readonly credentialId: string;
  readonly passkey: string;
}

/** The registered passkeys of those who are operators now, the removed ones left out. Not whose they are. */
export function operatorPasskeys(authority: Authority): OperatorPasskey[] {
  return [...authority.credentials.values()].flatMap(({ credentialId, passkey, personId, removed }) =>
    passkey !== null && !removed && holdsRole(authority, personId, 'operator') ? [{ credentialId, passkey }] : [],
  );
}
