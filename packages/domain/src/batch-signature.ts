import { HashTree, inclusionFault, inclusionProof, leafHash } from '@see/merkle';
import { CanonicalError } from '@see/statement';
import { type BatchContent, batchDigest, batchMemberFault, readBatchContent } from './batch-content.ts';
import type { OrderContent } from './order-content.ts';
import { RefusedError } from './refusal.ts';

/** The approval of one order by a signature over a batch: the batch, the order's place in its tree, and the signature. */
export interface BatchSignature {
  readonly form: 'batch';
  /** The batch's canonical bytes, base64url. */
  readonly batch: string;
  readonly index: number;
  /** The inclusion proof of the order's digest (RFC 9162 2.1.3), base64url. */
  readonly proof: readonly string[];
  /** By a credential, over the batch's digest: the same forms as over an order's. */
  readonly signature: unknown;
}

/** Why the order is not covered by the batch that is said to cover it. */
export type BatchFault = 'malformed-batch' | 'not-of-batch' | 'not-in-batch';

const MEMBERS = ['form', 'batch', 'index', 'proof', 'signature'];
/** 2 to the 13th is the first power of two beyond the largest batch. */
const MOST_HASHES = 13;
const MOST_BATCH_CHARACTERS = 4_096;

/** Whether a stored JSON value has the shape of an approval by batch; nothing is verified. */
export function isBatchSignature(value: unknown): value is BatchSignature {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Readonly<Record<string, unknown>>;
  return (
    one['form'] === 'batch' &&
    Object.keys(one).length === MEMBERS.length &&
    MEMBERS.every((member) => Object.hasOwn(one, member)) &&
    typeof one['batch'] === 'string' &&
    typeof one['index'] === 'number' &&
    Array.isArray(one['proof']) &&
    one['proof'].every((hash) => typeof hash === 'string')
  );
}

/** What a credential signed: the signature inside of an approval by batch, and any other as it is. */
export function credentialSignature(signature: unknown): unknown {
  return isBatchSignature(signature) ? signature.signature : signature;
}

/**
 * The digest that a credential has to have signed for this order to be approved: the order's own, or that of the batch
 * when the order may be in it (`batchMemberFault`) and its digest is in its tree. A fault otherwise. That the tree has as
 * many leaves as the batch says is for whoever signs to check, with all of them at hand.
 */
export function digestToSign(order: OrderContent, digest: Uint8Array, signature: unknown): Uint8Array | BatchFault {
  if (!isBatchSignature(signature)) return digest;
  const read = readBatch(signature);
  if (!read) return 'malformed-batch';
  if (batchMemberFault(read.content, order) !== undefined) return 'not-of-batch';
  const fault = inclusionFault({
    index: signature.index,
    size: read.content.count,
    leafHash: leafHash(digest),
    root: Uint8Array.fromHex(read.content.root),
    proof: read.proof,
  });
  return fault === undefined ? batchDigest(read.bytes) : 'not-in-batch';
}

function readBatch(
  signature: BatchSignature,
): { content: BatchContent; bytes: Uint8Array; proof: Uint8Array[] } | undefined {
  if (signature.batch.length > MOST_BATCH_CHARACTERS || signature.proof.length > MOST_HASHES) return undefined;
  try {
    const bytes = octetsOf(signature.batch);
    return { content: readBatchContent(bytes), bytes, proof: signature.proof.map(octetsOf) };
  } catch (error) {
    if (error instanceof RefusedError || error instanceof CanonicalError || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}

/** Throws SyntaxError unless it is base64url in its one spelling. */
function octetsOf(text: string): Uint8Array {
  const octets = Uint8Array.fromBase64(text, { alphabet: 'base64url' });
  if (textOf(octets) !== text) throw new SyntaxError('not in its one spelling');
  return octets;
}

function textOf(octets: Uint8Array): string {
  return octets.toBase64({ alphabet: 'base64url', omitPadding: true });
}

/** The tree of a batch over its orders' digests, which can make each order's part of an approval. */
export class BatchTree {
  readonly #tree = new HashTree();

  constructor(digests: readonly Uint8Array[]) {
    for (const digest of digests) this.#tree.append(leafHash(digest));
  }

  /** The root, hex. */
  get root(): string {
    return this.#tree.root().toHex();
  }

  /** The approval of the order at an index by a signature over the batch of these bytes. */
  signatureFor(index: number, batch: Uint8Array, signature: unknown): BatchSignature {
    const proof = inclusionProof(index, this.#tree.size, this.#tree.node).map(textOf);
    return { form: 'batch', batch: textOf(batch), index, proof, signature };
  }
}
