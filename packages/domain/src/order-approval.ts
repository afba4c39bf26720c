import type { SignedBy } from './authority/accept-statement.ts';
import type { Authority, Credential } from './authority/authority.ts';
import { credentialSignatureFault, type KeyKeeping, keyKeeping } from './credential-signature.ts';
import type { OrderContent } from './order-content.ts';
import type { PersonId } from './person-id.ts';
import type { Refusal } from './refusal.ts';

/** From this quorum on an order is a dual one: one of its approvals is by a key that cannot be copied (design 3). */
export const DUAL_QUORUM = 2;

/** Different persons whose approvals count, with the best keeping of a key that each of them approved by. */
export type Approvers = ReadonlyMap<PersonId, KeyKeeping>;

/**
 * The different operators who approved an order: each by a registered, not removed credential whose signature over
 * the order digest holds, none of them a party to the order (promise 4). Signatures that do not count are ignored. Not
 * all of them are verified: it ends when those found suffice (see `approversFault`).
 */
export async function orderApprovers(
  authority: Authority,
  content: OrderContent,
  digest: Uint8Array,
  approvals: readonly SignedBy[],
): Promise<Approvers> {
  const approvers = new Map<PersonId, KeyKeeping>();
  for (const { credentialId, signature } of approvals) {
    const credential = eligible(authority, content, credentialId);
    if (!credential || approvers.get(credential.personId) === 'device-bound') continue;
    if ((await credentialSignatureFault(authority, credential, digest, signature)) !== undefined) continue;
    note(approvers, credential, signature);
    if (approversFault(content, approvers) === undefined) break;
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
  approvals: readonly SignedBy[],
): Approvers {
  const approvers = new Map<PersonId, KeyKeeping>();
  for (const { credentialId, signature } of approvals) {
    const credential = eligible(authority, content, credentialId);
    if (credential) note(approvers, credential, signature);
  }
  return approvers;
}

function note(approvers: Map<PersonId, KeyKeeping>, credential: Credential, signature: unknown): void {
  const { personId } = credential;
  if (approvers.get(personId) !== 'device-bound') approvers.set(personId, keyKeeping(credential, signature));
}

/**
 * Why these approvers do not suffice; undefined when they do. Codes: `not-enough-approvals`, and
 * `no-device-bound-approval` when a dual order has only approvals by passkeys that may be copied.
 */
export function approversFault(content: OrderContent, approvers: Approvers): Refusal | undefined {
  if (approvers.size < content.quorum) {
    return {
      code: 'not-enough-approvals',
      message: `${approvers.size} of ${content.quorum} approvals count`,
      source: 'design 3',
      remedy: 'have other operators approve it: see order approve',
    };
  }
  if (content.quorum < DUAL_QUORUM || [...approvers.values()].includes('device-bound')) return undefined;
  return {
    code: 'no-device-bound-approval',
    message: 'all approvals are by passkeys that are copied between devices, and one of this order must not be',
    source: 'design 3',
    remedy: 'have an operator approve it with a key file (see order approve) or a passkey that stays on its device',
  };
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
 * credential, the role, the parties and the signature. Codes: `credential-unknown`, `role-missing`, `own-order`,
 * `bad-approval`.
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
  const fault = await credentialSignatureFault(authority, credential, digest, approval.signature);
  if (fault === undefined) return undefined;
  return { code: 'bad-approval', message: `the approval's signature does not hold (${fault})`, source: 'design 3' };
}
