import { importPublicJwk, type ReadStatement, type StatementSignature, signatureFault } from '@see/statement';
import { Fields } from '../fields.ts';
import { type RefusedError, refused } from '../refusal.ts';
import type { Authority } from './authority.ts';
import { CHAIN_KINDS, type ChainKind } from './change.ts';

/** One signature of a statement with the credential in whose name it was made. */
export interface SignedBy {
  readonly credentialId: string;
  readonly signature: StatementSignature | unknown;
}

/** Signatures that a statement of the chain needs, from as many different persons. */
export const CHAIN_QUORUM = 2;

/**
 * Takes the next statement of the chain. Guarantees, for the authority returned: the statement belongs to this
 * instance, follows the head, and carries good signatures of two different persons who hold the role at the head (or
 * of two recovery keys where the kind allows it). Signatures that do not count are ignored, whatever they are.
 *
 * `at` (seconds) is the time of acceptance and must lie within notBefore..notAfter; undefined when an accepted chain is
 * read again. Throws RefusedError; the authority passed in is never changed. What a profile's content means is not
 * checked here.
 */
export function acceptStatement(
  authority: Authority,
  read: ReadStatement,
  signatures: readonly SignedBy[],
  at: number | undefined,
): Authority {
  const { statement, digest } = read;
  const kind = CHAIN_KINDS.get(statement.kind);
  if (!kind) throw refused('unknown-kind', `${statement.kind} is no kind of the authority chain`);
  if (statement.instance !== authority.instance)
    throw refused('other-instance', 'the statement belongs to another instance');
  if (statement.seq !== authority.headSeq + 1 || statement.prev !== authority.headDigest) {
    throw refused('not-next', `the chain's head is ${authority.headSeq}; the statement continues another head`, {
      remedy: 'make the statement again on the present head and have it signed',
    });
  }
  if (at !== undefined && (at < statement.notBefore || at > statement.notAfter)) {
    throw refused('out-of-time', 'the statement is not valid now');
  }
  checkSigners(authority, kind, digest, signatures);
  const headDigest = digest.toHex();
  const change = kind.change(authority, new Fields(statement.subject, '$.subject'), statement, headDigest);
  return { ...authority, ...change, headSeq: statement.seq, headDigest };
}

function checkSigners(
  authority: Authority,
  kind: ChainKind,
  digest: Uint8Array,
  signatures: readonly SignedBy[],
): void {
  const persons = signersWithRole(authority, digest, signatures, kind.signers);
  if (persons.size >= CHAIN_QUORUM) return;
  if (kind.recoveryMaySign && recoverySigners(authority, digest, signatures).size >= CHAIN_QUORUM) return;
  throw notEnough(persons.size, kind);
}

function notEnough(count: number, kind: ChainKind): RefusedError {
  return refused(
    'not-enough-signatures',
    `${count} of ${CHAIN_QUORUM} signatures by persons with role ${kind.signers}`,
    {
      remedy: `have another ${kind.signers} sign it: see statement sign <digest> --key FILE`,
    },
  );
}

/**
 * The different persons among the signers who hold a role. A credential counts when it is registered, not removed,
 * and its signature over the digest holds. Key files only: a statement changes who may do what or which certificates
 * are good, and the desk, where passkeys sign, shows orders and nothing else.
 */
export function signersWithRole(
  authority: Authority,
  digest: Uint8Array,
  signatures: readonly SignedBy[],
  role: 'administrator' | 'operator',
): Set<string> {
  const persons = new Set<string>();
  for (const { credentialId, signature } of signatures) {
    const credential = authority.credentials.get(credentialId);
    if (!credential || credential.removed || credential.passkey !== null || persons.has(credential.personId)) continue;
    if (!authority.roles.get(credential.personId)?.has(role)) continue;
    const key = importPublicJwk(credential.publicKey);
    if (signatureFault(signature, digest, credentialId, key) === undefined) persons.add(credential.personId);
  }
  return persons;
}

function recoverySigners(authority: Authority, digest: Uint8Array, signatures: readonly SignedBy[]): Set<string> {
  const keys = new Set<string>();
  for (const { credentialId, signature } of signatures) {
    const recovery = authority.recoveryKeys.find((candidate) => candidate.credentialId === credentialId);
    if (!recovery) continue;
    const key = importPublicJwk(recovery.publicKey);
    if (signatureFault(signature, digest, credentialId, key) === undefined) keys.add(credentialId);
  }
  return keys;
}
