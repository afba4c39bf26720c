import type { KeyObject } from 'node:crypto';
import { importPublicJwk, signatureFaultInPool } from '@see/statement';
import type { SignedBy } from './authority/accept-statement.ts';
import type { Authority, Credential } from './authority/authority.ts';
import type { OrderContent } from './order-content.ts';
import type { PersonId } from './person-id.ts';
import type { Refusal } from './refusal.ts';

const keys = new WeakMap<Credential, KeyObject>();

/** The imported public key of a credential, made once. */
export function credentialKey(credential: Credential): KeyObject {
  const known = keys.get(credential);
  if (known) return known;
  const key = importPublicJwk(credential.publicKey);
  keys.set(credential, key);
  return key;
}

/**
 * The different operators who approved an order: each by a registered, not removed credential whose signature over
 * the order digest holds, none of them a party to the order (promise 4). Signatures that do not count are ignored.
 */
export async function orderApprovers(
  authority: Authority,
  content: OrderContent,
  digest: Uint8Array,
  approvals: readonly SignedBy[],
): Promise<Set<PersonId>> {
  const parties = new Set([content.applicant, content.sponsor, content.agent]);
  const approvers = new Set<PersonId>();
  for (const { credentialId, signature } of approvals) {
    const credential = authority.credentials.get(credentialId);
    if (!credential || credential.removed || approvers.has(credential.personId)) continue;
    if (parties.has(credential.personId) || !authority.roles.get(credential.personId)?.has('operator')) continue;
    if ((await signatureFaultInPool(signature, digest, credentialId, credentialKey(credential))) === undefined) {
      approvers.add(credential.personId);
    }
    if (approvers.size >= content.quorum) break;
  }
  return approvers;
}

/**
 * Why one more approval would not count, said to the person who makes it; undefined when it would. Checks the
 * credential, the role, the parties and the signature.
 */
export async function approvalFault(
  authority: Authority,
  content: OrderContent,
  digest: Uint8Array,
  approval: SignedBy,
): Promise<Refusal | undefined> {
  const credential = authority.credentials.get(approval.credentialId);
  if (!credential || credential.removed) {
    return {
      code: 'credential-unknown',
      message: 'the approval key is not registered',
      source: 'design 3',
      remedy: 'have two administrators register it: see operator register',
    };
  }
  if (!authority.roles.get(credential.personId)?.has('operator')) {
    return { code: 'role-missing', message: 'only operators approve orders', source: 'section 8.1' };
  }
  if ([content.applicant, content.sponsor, content.agent].includes(credential.personId)) {
    return { code: 'own-order', message: 'nobody approves an order to which they are a party', source: 'WF-INV1' };
  }
  const fault = await signatureFaultInPool(
    approval.signature,
    digest,
    approval.credentialId,
    credentialKey(credential),
  );
  if (fault === undefined) return undefined;
  return { code: 'bad-approval', message: `the approval's signature does not hold (${fault})`, source: 'design 3' };
}
