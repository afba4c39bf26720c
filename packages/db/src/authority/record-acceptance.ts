import type { Authority } from '@see/domain';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import { projectRecoveryAgents } from './project-recovery-agents.ts';

/**
 * Writes that a statement became the head of the chain, and brings the projections (credentials, roles, agencies,
 * profiles, service keys, recovery agents) to the authority that follows from it. The caller verified the statement.
 */
export async function recordAcceptance(
  tx: Tx,
  before: Authority | undefined,
  after: Authority,
  digest: Uint8Array,
  acceptedAt: Date,
): Promise<void> {
  await tx
    .insertInto('authority_chain')
    .values({ seq: after.headSeq, statement_digest: digest, accepted_at: acceptedAt })
    .execute();
  await projectCredentials(tx, before, after, digest, acceptedAt);
  await projectRoles(tx, before, after, digest, acceptedAt);
  await projectAgencies(tx, before, after, acceptedAt);
  await projectProfiles(tx, before, after);
  await projectServiceKeys(tx, before, after, digest, acceptedAt);
  await projectRecoveryAgents(tx, before, after);
}

async function projectCredentials(
  tx: Tx,
  before: Authority | undefined,
  after: Authority,
  digest: Uint8Array,
  at: Date,
): Promise<void> {
  for (const credential of after.credentials.values()) {
    const known = before?.credentials.get(credential.credentialId);
    if (!known) {
      await tx
        .insertInto('credentials')
        .values({
          credential_id: credential.credentialId,
          person_id: credential.personId,
          public_key: JSON.stringify(credential.publicKey),
          statement_digest: digest,
          removed_at: null,
        })
        .execute();
    } else if (credential.removed && !known.removed) {
      await tx
        .updateTable('credentials')
        .set({ removed_at: at })
        .where('credential_id', '=', credential.credentialId)
        .execute();
    }
  }
}

async function projectRoles(
  tx: Tx,
  before: Authority | undefined,
  after: Authority,
  digest: Uint8Array,
  at: Date,
): Promise<void> {
  const persons = new Set([...after.roles.keys(), ...(before?.roles.keys() ?? [])]);
  for (const personId of persons) {
    const had = before?.roles.get(personId) ?? new Set();
    const has = after.roles.get(personId) ?? new Set();
    for (const role of has) {
      if (!had.has(role)) {
        await tx
          .insertInto('role_grants')
          .values({ person_id: personId, role, statement_digest: digest, removed_at: null })
          .execute();
      }
    }
    for (const role of had) {
      if (!has.has(role)) {
        await tx
          .updateTable('role_grants')
          .set({ removed_at: at })
          .where('person_id', '=', personId)
          .where('role', '=', role)
          .where('removed_at', 'is', null)
          .execute();
      }
    }
  }
}

async function projectAgencies(tx: Tx, before: Authority | undefined, after: Authority, at: Date): Promise<void> {
  for (const scope of after.agencies.values()) {
    if (before?.agencies.get(scope.agencyId)?.digest === scope.digest) continue;
    const row = {
      id: scope.agencyId,
      name: scope.name,
      status: scope.status,
      organization_names: [...scope.organizationNames],
      domains: [...scope.domains],
      scope: JSON.stringify(scope),
      scope_digest: Uint8Array.fromHex(scope.digest),
      last_verified_at: new Date(scope.lastVerifiedAt * 1000),
      next_review_at: new Date(scope.nextReviewAt * 1000),
      updated_at: at,
    };
    const { id: _, ...changes } = row;
    await tx
      .insertInto('agencies')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
      .execute();
  }
}

async function projectProfiles(tx: Tx, before: Authority | undefined, after: Authority): Promise<void> {
  for (const [key, profile] of after.profiles) {
    if (before?.profiles.get(key)?.active && !profile.active) {
      await tx
        .updateTable('profiles')
        .set({ active: false })
        .where('id', '=', profile.id)
        .where('version', '=', profile.version)
        .execute();
    }
  }
  for (const [key, profile] of after.profiles) {
    const known = before?.profiles.get(key);
    if (!known) {
      await tx
        .insertInto('profiles')
        .values({
          id: profile.id,
          version: profile.version,
          digest: Uint8Array.fromHex(profile.digest),
          content: JSON.stringify(profile.content),
          active: profile.active,
        })
        .execute();
    } else if (profile.active && !known.active) {
      await tx
        .updateTable('profiles')
        .set({ active: true })
        .where('id', '=', profile.id)
        .where('version', '=', profile.version)
        .execute();
    }
  }
}

async function projectServiceKeys(
  tx: Tx,
  before: Authority | undefined,
  after: Authority,
  digest: Uint8Array,
  at: Date,
): Promise<void> {
  for (const key of after.serviceKeys.values()) {
    const known = before?.serviceKeys.get(key.keyId);
    if (!known) {
      await tx
        .insertInto('service_keys')
        .values({
          key_id: key.keyId,
          service: key.service,
          public_key: JSON.stringify(key.publicKey),
          statement_digest: digest,
          removed_at: null,
        })
        .execute();
    } else if (key.removed && !known.removed) {
      await tx.updateTable('service_keys').set({ removed_at: at }).where('key_id', '=', key.keyId).execute();
    }
  }
}

/** Notes why a candidate was refused, once. */
export async function recordStatementRefusal(
  tx: Tx,
  digest: Uint8Array,
  code: string,
  detail: string,
  at: Date,
): Promise<void> {
  await sql`
    insert into statement_refusals (statement_digest, code, detail, refused_at)
    values (${digest}, ${code}, ${detail}, ${at}) on conflict do nothing`.execute(tx);
}
