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
  const approvers = new Set<PersonId>();
  for (const { credentialId, signature } of approvals) {
    const credential = eligible(authority, content, credentialId);
    if (!credential || approvers.has(credential.personId)) continue;
    if ((await signatureFaultInPool(signature, digest, credentialId, credentialKey(credential))) === undefined) {
      approvers.add(credential.personId);
    }
    if (approvers.size >= content.quorum) break;
  }
  return approvers;
}

/**
 * Those who could be approvers by who they are. The signatures are NOT verified: for whoever verified each of them as it
 * came in, and only to tell whether the order is worth handing on.
 */
export function eligibleApprovers(
  authority: Authority,
  content: OrderContent,
  credentialIds: readonly string[],
): Set<PersonId> {
  const found = credentialIds.map((id) => eligible(authority, content, id)).filter((one) => one !== undefined);
  return new Set(found.map((credential) => credential.personId));
}

/** The registered, not removed credential of an operator who is no party to the order. */
function eligible(authority: Authority, content: OrderContent, credentialId: string): Credential | undefined {
  const credential = authority.credentials.get(credentialId);
  if (!credential || credential.removed) return undefined;
  if ([content.applicant, content.sponsor, content.agent].includes(credential.personId)) return undefined;
  return authority.roles.get(credential.personId)?.has('operator') ? credential : undefined;
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
