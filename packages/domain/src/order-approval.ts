import type { SignedBy } from './authority/accept-statement.ts';
import type { Authority, Credential } from './authority/authority.ts';
import { type BatchFault, credentialSignature, digestToSign } from './batch-signature.ts';
import { type CredentialFault, credentialSignatureFault, type KeyKeeping, keyKeeping } from './credential-signature.ts';
import { isDual, type OrderContent } from './order-content.ts';
import type { PersonId } from './person-id.ts';
import type { Refusal } from './refusal.ts';

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
    if ((await approvalSignatureFault(authority, credential, { content, digest }, signature)) !== undefined) continue;
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
  if (approvers.get(personId) !== 'device-bound')
    approvers.set(personId, keyKeeping(credential, credentialSignature(signature)));
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
  if (!isDual(content) || [...approvers.values()].includes('device-bound')) return undefined;
  return {
    code: 'no-device-bound-approval',
    message: 'all approvals are by passkeys that are copied between devices, and one of this order must not be',
    source: 'design 3',
    remedy: 'have an operator approve it with a key file (see order approve) or a passkey that stays on its device',
  };
}

/** The registered, not removed credential of an operator who is no party to the order. */
function eligible(authority: Authority, content: OrderContent, credentialId: string): Credential | undefined {
  const credential = operatorCredential(authority, credentialId);
  return 'code' in credential || partyFault(content, credential.personId) ? undefined : credential;
}

/**
 * Why a credential's signature does not approve an order; undefined when it does: over the order's digest, or over a batch
 * that the order may be in and is in. Whether the credential may approve is not checked here.
 */
export async function approvalSignatureFault(
  authority: Authority,
  credential: Credential,
  order: { readonly content: OrderContent; readonly digest: Uint8Array },
  signature: unknown,
): Promise<CredentialFault | BatchFault | undefined> {
  const signed = digestToSign(order.content, order.digest, signature);
  if (typeof signed === 'string') return signed;
  return credentialSignatureFault(authority, credential, signed, credentialSignature(signature));
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
  const credential = operatorCredential(authority, approval.credentialId);
  if ('code' in credential) return credential;
  const own = partyFault(content, credential.personId);
  if (own) return own;
  const fault = await approvalSignatureFault(authority, credential, { content, digest }, approval.signature);
  if (fault === undefined) return undefined;
  return { code: 'bad-approval', message: `the approval's signature does not hold (${fault})`, source: 'design 3' };
}

/** The registered credential of an operator, or why it is none: `credential-unknown`, `role-missing`. */
export function operatorCredential(authority: Authority, credentialId: string): Credential | Refusal {
  const credential = authority.credentials.get(credentialId);
  if (!credential || credential.removed) {
    return {
      code: 'credential-unknown',
      message: 'the approval key is not registered',
      source: 'design 3',
      remedy: 'have two administrators register it: see operator register',
    };
  }
  if (authority.roles.get(credential.personId)?.has('operator')) return credential;
  return { code: 'role-missing', message: 'only operators approve orders', source: 'section 8.1' };
}

/** `own-order` when the person is a party to the order (promise 4). */
export function partyFault(content: OrderContent, personId: PersonId): Refusal | undefined {
  if (![content.applicant, content.sponsor, content.agent].includes(personId)) return undefined;
  return { code: 'own-order', message: 'nobody approves an order to which they are a party', source: 'WF-INV1' };
}
