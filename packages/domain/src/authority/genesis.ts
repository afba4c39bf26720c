import type { ReadStatement } from '@see/statement';
import { Fields } from '../fields.ts';
import { isPersonId } from '../person-id.ts';
import { refused } from '../refusal.ts';
import type { Role } from '../roles.ts';
import type { Authority, KeyFileCredential, RecoveryKey } from './authority.ts';
import { readConfiguration } from './configuration.ts';
import { credentialIdOf, readPublicJwk } from './public-jwk.ts';

/** `prev` of the first statement. */
export const NO_PREVIOUS = '0'.repeat(96);

/**
 * The authority that an instance starts with. The first statement carries no signature: its digest is the anchor that
 * init seals into the signer's own store, and every later statement has to descend from it. It names the two first
 * administrators, the three recovery keys and the configuration. Throws RefusedError.
 */
export function genesisAuthority(read: ReadStatement, anchor: Uint8Array): Authority {
  const { statement, digest } = read;
  if (digest.toHex() !== anchor.toHex())
    throw refused('authority-rolled-back', "the chain does not start at this instance's anchor");
  if (statement.kind !== 'genesis' || statement.seq !== 0 || statement.prev !== NO_PREVIOUS) {
    throw refused('bad-genesis', 'a chain starts with a genesis statement');
  }
  const fields = new Fields(statement.subject, '$.subject');
  const configuration = readConfiguration(fields.object('configuration'));
  const credentials = fields.list('administrators', 2, 5, (item, path) => readAdministrator(new Fields(item, path)));
  const recoveryKeys = fields.list('recoveryKeys', 3, 3, (item, path): RecoveryKey => {
    const publicKey = readPublicJwk(new Fields(item, path));
    return { credentialId: credentialIdOf(publicKey), publicKey };
  });
  fields.end();
  const ids = [...credentials, ...recoveryKeys].map((key) => key.credentialId);
  const persons = new Set(credentials.map((credential) => credential.personId));
  if (new Set(ids).size !== ids.length || persons.size !== credentials.length) {
    throw refused('bad-genesis', 'administrators and recovery keys are all different');
  }
  return {
    instance: statement.instance,
    headSeq: 0,
    headDigest: digest.toHex(),
    configuration,
    recoveryKeys,
    credentials: new Map(credentials.map((credential) => [credential.credentialId, credential])),
    roles: new Map(credentials.map((credential) => [credential.personId, new Set<Role>(['administrator'])])),
    agencies: new Map(),
    profiles: new Map(),
    types: new Map(),
    serviceKeys: new Map(),
    recoveryAgents: new Map(),
  };
}

function readAdministrator(fields: Fields): KeyFileCredential {
  const personId = fields.text('personId');
  if (!isPersonId(personId)) throw refused('bad-genesis', 'an administrator has a person id');
  fields.text('name', undefined, 100);
  const publicKey = readPublicJwk(fields.object('publicKey'));
  fields.end();
  return { credentialId: credentialIdOf(publicKey), personId, publicKey, passkey: null, removed: false };
}
