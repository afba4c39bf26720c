import { randomBytes } from 'node:crypto';
import { type Database, recordAcceptance, storeSignature, storeStatement, withTransaction, writeAudit } from '@see/db';
import { type Authority, acceptStatement, genesisAuthority, NO_PREVIOUS } from '@see/domain';
import { type CanonicalValue, type ReadStatement, type Statement, signDigest, writeStatement } from '@see/statement';
import type { ApprovalKey } from '../keys/approval-key.ts';

type Subject = { readonly [key: string]: CanonicalValue };

/** Seconds for which a statement waits for its signatures. */
export const STATEMENT_VALID_SECONDS = 14 * 86_400;

/** The next statement of a chain. `now` in seconds. */
export function nextStatement(authority: Authority, kind: string, subject: Subject, now: number): ReadStatement {
  return nextStatementOn(authority.instance, authority.headSeq, authority.headDigest, kind, subject, now);
}

/** The statement that follows a head known by its number and digest. */
export function nextStatementOn(
  instance: string,
  headSeq: number,
  headDigest: string,
  kind: string,
  subject: Subject,
  now: number,
): ReadStatement {
  return writeStatement({
    v: 1,
    instance,
    kind,
    seq: headSeq + 1,
    prev: headDigest,
    subject,
    notBefore: now,
    notAfter: now + STATEMENT_VALID_SECONDS,
    nonce: randomBytes(16).toString('base64url'),
  });
}

/** Writes an instance's first statements, with the keys at hand. Only init does this: afterwards the signer alone accepts. */
export class ChainBuilder {
  readonly #db: Database;
  readonly #now: number;
  #authority: Authority;

  private constructor(db: Database, now: number, authority: Authority) {
    this.#db = db;
    this.#now = now;
    this.#authority = authority;
  }

  /** Starts the chain with the genesis statement, which becomes the anchor. */
  static async start(
    db: Database,
    instance: string,
    subject: Subject,
    now: number,
  ): Promise<{ builder: ChainBuilder; anchor: Uint8Array }> {
    const genesis: Statement = {
      v: 1,
      instance,
      kind: 'genesis',
      seq: 0,
      prev: NO_PREVIOUS,
      subject,
      notBefore: now,
      notAfter: now,
      nonce: randomBytes(16).toString('base64url'),
    };
    const read = writeStatement(genesis);
    const authority = genesisAuthority(read, read.digest);
    await withTransaction(db, async (tx) => {
      await storeStatement(tx, read);
      await recordAcceptance(tx, undefined, authority, read.digest, new Date(now * 1000));
    });
    return { builder: new ChainBuilder(db, now, authority), anchor: read.digest };
  }

  get authority(): Authority {
    return this.#authority;
  }

  /** Signs and accepts the next statement. Throws RefusedError when the signatures do not suffice. */
  async add(kind: string, subject: Subject, signers: readonly ApprovalKey[]): Promise<void> {
    const read = nextStatement(this.#authority, kind, subject, this.#now);
    const signatures = signers.map((key) => ({
      credentialId: key.credentialId,
      signature: signDigest(read.digest, key.credentialId, key.privateKey),
    }));
    const before = this.#authority;
    const after = acceptStatement(before, read, signatures, this.#now);
    await withTransaction(this.#db, async (tx) => {
      await storeStatement(tx, read);
      for (const signed of signatures) await storeSignature(tx, read.digest, signed);
      await recordAcceptance(tx, before, after, read.digest, new Date(this.#now * 1000));
      await writeAudit(tx, [
        {
          kind: 'statement.accepted',
          outcome: 'success',
          actor: { process: 'init' },
          objectType: 'statement',
          objectId: after.headDigest,
          detail: { kind, seq: after.headSeq },
        },
      ]);
    });
    this.#authority = after;
  }

  /** Stores the next statement unsigned, for others to sign. Only one can wait at a time: the next one needs its head. */
  async propose(kind: string, subject: Subject): Promise<ReadStatement> {
    const read = nextStatement(this.#authority, kind, subject, this.#now);
    await storeStatement(this.#db, read);
    return read;
  }
}
