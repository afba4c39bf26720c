import type { Statement } from '@see/statement';
import { Fields } from '../fields.ts';
import { isPersonId, type PersonId } from '../person-id.ts';
import { refused } from '../refusal.ts';
import { ROLES, type Role, rolesExclude } from '../roles.ts';
import { changeAgency, changeAgencyStatus, changeMembership } from './agency-change.ts';
import { type Authority, type Credential, SERVICE_KEYS, type ServiceKey } from './authority.ts';
import { readCertificateType } from './certificate-type.ts';
import { readConfiguration } from './configuration.ts';
import { changeProfile } from './profile-change.ts';
import { credentialIdOf, readPasskeyJwk, readPublicJwk } from './public-jwk.ts';
import { changeRecoveryAgents } from './recovery-agents.ts';
import { assertKeepsShards } from './status-plan.ts';

/** Who has to sign a kind of statement: two different persons who hold the role, or the recovery quorum where allowed. */
export interface ChainKind {
  readonly signers: 'administrator' | 'operator';
  readonly recoveryMaySign: boolean;
  /** The part of the authority that the statement changes; throws RefusedError when it may not. */
  readonly change: (authority: Authority, fields: Fields, statement: Statement, digest: string) => Partial<Authority>;
}

/** Every kind of statement of the authority chain. A kind that is not here does not exist. */
export const CHAIN_KINDS: ReadonlyMap<string, ChainKind> = new Map<string, ChainKind>([
  ['credential-register', { signers: 'administrator', recoveryMaySign: true, change: registerCredential }],
  ['credential-remove', { signers: 'administrator', recoveryMaySign: true, change: removeCredential }],
  ['role-grant', { signers: 'administrator', recoveryMaySign: true, change: grantRole }],
  ['role-remove', { signers: 'administrator', recoveryMaySign: true, change: removeRole }],
  ['configuration-activate', { signers: 'administrator', recoveryMaySign: false, change: activateConfiguration }],
  ['types-activate', { signers: 'administrator', recoveryMaySign: false, change: activateTypes }],
  ['profile-activate', { signers: 'administrator', recoveryMaySign: false, change: changeProfile }],
  ['service-key-register', { signers: 'administrator', recoveryMaySign: false, change: registerServiceKey }],
  ['service-key-remove', { signers: 'administrator', recoveryMaySign: false, change: removeServiceKey }],
  ['recovery-agents-activate', { signers: 'administrator', recoveryMaySign: false, change: changeRecoveryAgents }],
  ['agency-scope', { signers: 'operator', recoveryMaySign: false, change: changeAgency }],
  ['agency-activate', { signers: 'operator', recoveryMaySign: false, change: changeMembership('activate') }],
  ['agency-phase', { signers: 'operator', recoveryMaySign: false, change: changeMembership('set-phase') }],
  ['agency-suspend', { signers: 'operator', recoveryMaySign: false, change: changeAgencyStatus('suspend') }],
  ['agency-resume', { signers: 'operator', recoveryMaySign: false, change: changeAgencyStatus('resume') }],
  ['agency-remove', { signers: 'operator', recoveryMaySign: false, change: changeAgencyStatus('remove') }],
]);

/** WebAuthn L3 4: a credential id has 16 to 1,023 octets. */
const PASSKEY_ID = /^[A-Za-z0-9_-]{22,1364}$/;

function person(fields: Fields): PersonId {
  const id = fields.text('personId');
  if (!isPersonId(id)) throw refused('bad-subject', 'personId is no person id');
  return id;
}

function registerCredential(authority: Authority, fields: Fields): Partial<Authority> {
  const personId = person(fields);
  const credential = readCredential(personId, fields);
  const { credentialId } = credential;
  if (authority.credentials.has(credentialId)) {
    throw refused(
      'credential-known',
      `credential ${credentialId} was registered before; a removed credential stays removed`,
    );
  }
  if (authority.recoveryKeys.some((key) => key.credentialId === credentialId)) {
    throw refused('credential-known', 'a recovery key is not a credential');
  }
  if (
    credential.passkey !== null &&
    [...authority.credentials.values()].some((one) => one.passkey === credential.passkey)
  ) {
    throw refused('credential-known', 'a passkey with this id was registered before, with another public key');
  }
  return { credentials: new Map(authority.credentials).set(credentialId, credential) };
}

/** A statement without `passkey` registers a key file: so it was before there were passkeys. */
function readCredential(personId: PersonId, fields: Fields): Credential {
  const passkey = fields.has('passkey') ? fields.text('passkey', PASSKEY_ID, 1364) : null;
  const key = fields.object('publicKey');
  fields.text('label', undefined, 100);
  fields.end();
  if (passkey === null) {
    const publicKey = readPublicJwk(key);
    return { credentialId: credentialIdOf(publicKey), personId, publicKey, passkey, removed: false };
  }
  const publicKey = readPasskeyJwk(key);
  return { credentialId: credentialIdOf(publicKey), personId, publicKey, passkey, removed: false };
}

function removeCredential(authority: Authority, fields: Fields): Partial<Authority> {
  const credentialId = fields.text('credentialId');
  fields.end();
  const credential = authority.credentials.get(credentialId);
  if (!credential || credential.removed)
    throw refused('credential-unknown', `no credential ${credentialId} is registered`);
  return { credentials: new Map(authority.credentials).set(credentialId, { ...credential, removed: true }) };
}

function grantRole(authority: Authority, fields: Fields): Partial<Authority> {
  const personId = person(fields);
  const role: Role = fields.oneOf('role', ROLES);
  fields.end();
  const held = new Set(authority.roles.get(personId));
  for (const other of held) {
    if (rolesExclude(role, other))
      throw refused('roles-exclude', `${role} and ${other} exclude each other`, { source: 'GOV-30' });
  }
  return { roles: new Map(authority.roles).set(personId, held.add(role)) };
}

function removeRole(authority: Authority, fields: Fields): Partial<Authority> {
  const personId = person(fields);
  const role: Role = fields.oneOf('role', ROLES);
  fields.end();
  const held = new Set(authority.roles.get(personId));
  if (!held.delete(role)) throw refused('role-not-held', `person ${personId} does not hold ${role}`);
  return { roles: new Map(authority.roles).set(personId, held) };
}

function activateConfiguration(authority: Authority, fields: Fields): Partial<Authority> {
  const configuration = readConfiguration(fields);
  if (configuration.preset !== authority.configuration.preset) {
    throw refused('preset-fixed', 'the preset is fixed at init');
  }
  assertKeepsShards(authority.configuration.status, configuration.status);
  return { configuration };
}

function activateTypes(authority: Authority, fields: Fields): Partial<Authority> {
  const types = fields.list('types', 1, 100, (item, path) => readCertificateType(new Fields(item, path)));
  fields.end();
  const byId = new Map(types.map((type) => [type.id, type]));
  const arcs = new Set(types.map((type) => type.arc));
  if (byId.size !== types.length || arcs.size !== types.length)
    throw refused('bad-subject', 'type ids and arcs are unique');
  for (const known of authority.types.values()) {
    const next = byId.get(known.id);
    if (!next || next.arc !== known.arc)
      throw refused('type-fixed', `type ${known.id} keeps its arc and is never removed`);
  }
  return { types: byId };
}

function registerServiceKey(authority: Authority, fields: Fields): Partial<Authority> {
  const service = fields.oneOf('service', SERVICE_KEYS);
  const publicKey = readPublicJwk(fields.object('publicKey'));
  fields.end();
  const keyId = credentialIdOf(publicKey);
  if (authority.serviceKeys.has(keyId))
    throw refused('service-key-known', `service key ${keyId} was registered before`);
  const key: ServiceKey = { keyId, service, publicKey, removed: false };
  return { serviceKeys: new Map(authority.serviceKeys).set(keyId, key) };
}

function removeServiceKey(authority: Authority, fields: Fields): Partial<Authority> {
  const keyId = fields.text('keyId');
  fields.end();
  const key = authority.serviceKeys.get(keyId);
  if (!key || key.removed) throw refused('service-key-unknown', `no service key ${keyId} is registered`);
  return { serviceKeys: new Map(authority.serviceKeys).set(keyId, { ...key, removed: true }) };
}
