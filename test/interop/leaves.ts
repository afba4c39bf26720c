/** Extended key usages that the demo's certificates are for. */
export type Use = 'mail' | 'client' | 'server';

/** A certificate in the folder, `<name>.pem` with `<name>.key`. */
export interface Leaf {
  readonly name: string;
  readonly profile: string;
  readonly ca: CaId;
  readonly use: Use;
  readonly state: 'good' | 'revoked' | 'held';
}

export type CaId = 'gateway' | 'individual' | 'tls' | 'operations';
export const caIds: readonly CaId[] = ['gateway', 'individual', 'tls', 'operations'];

const leaf = (name: string, ca: CaId, use: Use, more: Partial<Leaf> = {}): Leaf => ({
  name,
  profile: name,
  ca,
  use,
  state: 'good',
  ...more,
});

/** What `see demo` leaves. */
export const demoLeaves: readonly Leaf[] = [
  leaf('gateway-sign', 'gateway', 'mail'),
  leaf('gateway-encrypt', 'gateway', 'mail'),
  leaf('user-auth', 'individual', 'client'),
  leaf('user-sign', 'individual', 'mail'),
  leaf('user-encrypt', 'individual', 'mail'),
  leaf('tls-server', 'tls', 'server'),
  leaf('revoked', 'individual', 'client', { profile: 'user-auth', state: 'revoked' }),
];

/** What is issued besides: the other kind of key where a profile takes both, an operator, one on hold. */
export const moreLeaves: readonly Leaf[] = [
  leaf('gateway-sign-rsa', 'gateway', 'mail', { profile: 'gateway-sign' }),
  leaf('gateway-encrypt-ec', 'gateway', 'mail', { profile: 'gateway-encrypt' }),
  leaf('user-sign-rsa', 'individual', 'mail', { profile: 'user-sign' }),
  leaf('user-encrypt-ec', 'individual', 'mail', { profile: 'user-encrypt' }),
  leaf('held', 'individual', 'client', { profile: 'user-auth', state: 'held' }),
  leaf('operator', 'operations', 'client'),
];

export const leaves: readonly Leaf[] = [...demoLeaves, ...moreLeaves];
export const goodLeaves = leaves.filter(({ state }) => state === 'good');
