import { type AuditActor, notify, storeSignature, storeStatement, withTransaction, writeAudit } from '@see/db';
import { findStatement, type StatementRow } from '@see/db/ra';
import { CHAIN_KINDS, Fields, holdsRole, readRevocationSubject } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { assertMeaning } from '@see/policy';
import {
  type CanonicalValue,
  importPublicJwk,
  type ReadStatement,
  readStatement,
  type Statement,
  signatureFaultInPool,
  writeStatement,
} from '@see/statement';
import { type Ra, seconds } from '../ra.ts';
import { asRefusal } from '../refusal.ts';
import { assertAdmissible } from './agency/assert-admissible.ts';

/** Seconds for which a proposal made here may be signed and accepted. */
const OPEN_FOR = 7 * 86_400;
const REVOCATION_KINDS = new Set(['hold-release', 'certificate-revoke']);

/** Puts a subject into a statement on the present head of the chain. */
export function nextStatement(
  ra: Ra,
  kind: string,
  subject: { readonly [key: string]: CanonicalValue },
): ReadStatement {
  const { current } = ra.authority;
  const now = seconds(ra.now());
  const statement: Statement = {
    v: 1,
    instance: ra.instance,
    kind,
    ...(CHAIN_KINDS.has(kind) ? { seq: current.headSeq + 1, prev: current.headDigest } : {}),
    subject,
    notBefore: now,
    notAfter: now + OPEN_FOR,
    nonce: Buffer.from(ra.randomBytes(16)).toString('base64url'),
  };
  return writeStatement(statement);
}

/**
 * Stores a statement for others to sign. What it would change is tried out on the authority as it stands, so that a
 * statement that the signer must refuse is refused here, before anybody signs it.
 */
export async function proposeStatement(ra: Ra, by: AuditActor, read: ReadStatement): Promise<void> {
  asRefusal('statement-refused', () => tryOut(ra, read));
  await assertAdmissible(ra, read.statement);
  await withTransaction(ra.db, async (tx) => {
    await storeStatement(tx, read);
    await writeAudit(tx, [
      {
        kind: 'statement.proposed',
        outcome: 'success',
        actor: by,
        objectType: 'statement',
        objectId: read.digest.toHex(),
        detail: { kind: read.statement.kind, seq: read.statement.seq ?? null },
      },
    ]);
  });
}

/** Reads statement bytes from a client. Throws Refusal `statement-refused`. */
export function readProposal(bytes: Uint8Array): ReadStatement {
  return asRefusal('statement-refused', () => readStatement(bytes));
}

function tryOut(ra: Ra, read: ReadStatement): void {
  const { statement } = read;
  const { current } = ra.authority;
  if (statement.instance !== ra.instance) throw new TypeError('the statement belongs to another instance');
  if (statement.notAfter < seconds(ra.now())) throw new TypeError('the statement is no longer valid');
  if (REVOCATION_KINDS.has(statement.kind)) {
    if (statement.seq !== undefined) throw new TypeError('this kind is not of the chain and has no seq');
    readRevocationSubject(read);
    return;
  }
  const kind = CHAIN_KINDS.get(statement.kind);
  if (!kind) throw new TypeError(`${statement.kind} is no kind of statement`);
  if (statement.seq !== current.headSeq + 1 || statement.prev !== current.headDigest) {
    throw new TypeError(`the chain's head is ${current.headSeq} now; make the statement again on it`);
  }
  const change = kind.change(current, new Fields(statement.subject, '$.subject'), statement, read.digest.toHex());
  assertMeaning(statement, { ...current, ...change });
}

/** Stores a signature that holds. Whether enough have signed, and who may, is the signer's to decide. */
export async function signStatement(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  digest: Uint8Array,
  signed: { readonly credentialId: string; readonly signature: unknown },
): Promise<StatementRow> {
  const statement = await statementOf(ra, digest);
  if (statement.state !== 'proposed') throw new Refusal('wrong-state', `The statement is ${statement.state} already.`);
  const personId = await assertSignature(ra, digest, signed);
  await assertReviewed(ra, statement.kind, personId);
  await withTransaction(ra.db, async (tx) => {
    await storeSignature(tx, digest, signed);
    await writeAudit(tx, [
      {
        kind: 'statement.signed',
        outcome: 'success',
        actor: { ...by, personId: personId ?? actor.personId, method: 'approval-key' },
        objectType: 'statement',
        objectId: digest.toHex(),
        detail: { kind: statement.kind, credentialId: signed.credentialId },
      },
    ]);
    await notify(tx, 'see_chain', 0);
  });
  return statementOf(ra, digest);
}

/** Refuses what an operator signs whose access nobody reviewed. What administrators sign is theirs: they are not locked. */
async function assertReviewed(ra: Ra, kind: string, personId: string | undefined): Promise<void> {
  if (personId === undefined || CHAIN_KINDS.get(kind)?.signers === 'administrator') return;
  // Whoever is no operator is refused by the signer, with the reason.
  if (!holdsRole(ra.authority.current, personId, 'operator')) return;
  const lock = await ra.reviews.lockOf({ personId, role: 'operator' }, ra.now());
  if (lock) throw lock;
}

/** The person whose key signed; undefined for a recovery key. */
async function assertSignature(
  ra: Ra,
  digest: Uint8Array,
  signed: { readonly credentialId: string; readonly signature: unknown },
): Promise<string | undefined> {
  const { current } = ra.authority;
  const credential = current.credentials.get(signed.credentialId);
  const recovery = current.recoveryKeys.find((key) => key.credentialId === signed.credentialId);
  if ((!credential || credential.removed) && !recovery) {
    throw new Refusal(
      'signature-refused',
      'The key is not registered. Two administrators register it: see operator register.',
    );
  }
  if (typeof credential?.passkey === 'string') {
    throw new Refusal('signature-refused', 'Passkeys approve orders only. Sign statements with a key file.');
  }
  const signer = credential && !credential.removed ? credential : recovery;
  const key = signer && importPublicJwk(signer.publicKey);
  const fault = key && (await signatureFaultInPool(signed.signature, digest, signed.credentialId, key));
  if (fault !== undefined) throw new Refusal('signature-refused', `The signature does not hold (${fault}).`);
  return credential?.personId;
}

/** The statement of a digest, or a refusal. */
export async function statementOf(ra: Ra, digest: Uint8Array): Promise<StatementRow> {
  const found = await findStatement(ra.db, digest);
  if (!found) throw new Refusal('not-found', 'There is no statement with this digest.');
  return found;
}
