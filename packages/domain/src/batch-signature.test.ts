import { signDigest, statementDigest } from '@see/statement';
import { assertionOf, samplePasskey } from '@see/statement/sample-passkey';
import { describe, expect, it } from 'vitest';
import { accept, NOW, operators, sampleAuthority } from './authority/sample-chain.ts';
import { type BatchContent, MOST_IN_BATCH, readBatchContent, writeBatchContent } from './batch-content.ts';
import { type BatchSignature, BatchTree, isBatchSignature } from './batch-signature.ts';
import { relyingParty } from './credential-signature.ts';
import { approvalFault, approversFault, orderApprovers } from './order-approval.ts';
import { type OrderContent, writeOrderContent } from './order-content.ts';
import { sampleOrder } from './sample-order.ts';

const [o1, o2] = operators;
const COUNT = 11;

function member(index: number, change: Partial<OrderContent> = {}): OrderContent {
  const orderId = `0b3f4f7e-7f53-4c9b-9a43-${String(index).padStart(12, '0')}`;
  return sampleOrder({ orderId, quorum: 1, ...change });
}

const orders = Array.from({ length: COUNT }, (_, index) => member(index));

function batchOf(of: readonly OrderContent[], change: Partial<BatchContent> = {}): BatchContent {
  return {
    v: 1,
    instance: sampleAuthority.instance,
    batchId: '7b3f4f7e-7f53-4c9b-9a43-000000000001',
    nonce: 'nonce-nonce-nonce-nonce',
    createdAt: NOW,
    agencyId: 'treasury',
    profiles: ['ab'.repeat(48)],
    count: of.length,
    root: new BatchTree(of.map((order) => writeOrderContent(order).digest)).root,
    import: null,
    ...change,
  };
}

interface Change {
  /** The order that is approved; the one at `index` otherwise. */
  readonly order?: OrderContent;
  /** The orders of the tree. */
  readonly of?: readonly OrderContent[];
  readonly batch?: Partial<BatchContent>;
  readonly index?: number;
  readonly signature?: Partial<BatchSignature>;
}

/** The approval of one order by an operator's signature over a batch, and the order. */
function approve({ of = orders, batch: change = {}, index = 3, signature: wrong = {}, ...rest }: Change = {}) {
  const order = rest.order ?? of[index] ?? member(index);
  const batch = writeBatchContent(batchOf(of, change));
  const tree = new BatchTree(of.map((one) => writeOrderContent(one).digest));
  const inner = signDigest(batch.digest, o1.credentialId, o1.privateKey);
  const signature = { ...tree.signatureFor(index, batch.bytes, inner), ...wrong };
  return { order, approval: { credentialId: o1.credentialId, signature } };
}

async function counts({ order, approval }: ReturnType<typeof approve>): Promise<boolean> {
  const { digest } = writeOrderContent(order);
  const approvers = await orderApprovers(sampleAuthority, order, digest, [approval]);
  const fault = await approvalFault(sampleAuthority, order, digest, approval);
  expect(fault === undefined).toBe(approvers.size === 1);
  return approvers.size === 1;
}

const risk = { quorumWithout: 1, reasons: [{ code: 'near-name' as const, reason: 'as another' }] };
const RAISED = member(1, { quorum: 2, risk });
const DUAL = member(1, { quorum: 2, risk: { ...risk, quorumWithout: 2 } });

const twice = (orderId: string): OrderContent => member(0, { orderId, nonce: 'another-nonce-of-the-order' });

describe('a signature over a batch', () => {
  it.each(orders.map((_, index) => index))('approves order %i of it', async (index) => {
    expect(await counts(approve({ index }))).toBe(true);
  });

  it('approves a batch of one, whose proof is empty', async () => {
    const one = approve({ of: orders.slice(0, 1), index: 0 });
    expect(one.approval.signature.proof).toEqual([]);
    expect(await counts(one)).toBe(true);
  });

  it.each<[string, Change]>([
    ['an order that is not in the tree', { order: member(99) }],
    ['an order that took the place of another', { order: twice(orders[3]?.orderId ?? '') }],
    ['another order of the tree under this place', { order: orders[4] as OrderContent }],
    ['an extra order behind the last one', { of: orders, index: COUNT - 1, order: member(COUNT) }],
    ['the last order of a longer tree than was signed', { index: COUNT - 1, batch: { count: COUNT - 1 } }],
    ['the last order of a shorter tree than was signed', { index: COUNT - 1, batch: { count: COUNT + 1 } }],
    ['another root', { batch: { root: 'ab'.repeat(32) } }],
    ['another place', { signature: { index: 4 } }],
    ['a place beyond the tree', { signature: { index: COUNT } }],
    ['a negative place', { signature: { index: -1 } }],
    ['half a place', { signature: { index: 3.5 } }],
    ['no proof', { signature: { proof: [] } }],
    ['a longer proof', { signature: { proof: Array.from({ length: 5 }, () => 'A'.repeat(43)) } }],
    ['a proof of other octets', { signature: { proof: Array.from({ length: 4 }, () => 'A'.repeat(43)) } }],
    ['a proof that is no base64url', { signature: { proof: ['*', '*', '*', '*'] } }],
    ['a batch that is no base64url', { signature: { batch: 'a b' } }],
    ['a batch that is no JSON', { signature: { batch: 'AAAA' } }],
    ['a batch of another agency', { batch: { agencyId: 'dpmc' } }],
    ['a batch of another instance', { batch: { instance: '3f0c9a52-7f53-4c9b-9a43-000000000002' } }],
    ['a batch of other profiles', { batch: { profiles: ['cd'.repeat(48)] } }],
    ['a dual order', { of: [member(0), member(1, { quorum: 2 })], index: 1 }],
    ['an order that a risk raised, in a batch that does not say so', { of: [member(0), RAISED], index: 1 }],
    [
      'an order that needs more than the batch says',
      { of: [member(0), { ...RAISED, quorum: 3 }], index: 1, batch: { quorum: 2 } },
    ],
    ['a dual order with a risk', { of: [member(0), DUAL], index: 1, batch: { quorum: 2 } }],
    ['no signature', { signature: { signature: undefined } }],
    [
      'a signature over the order and not the batch',
      {
        signature: {
          signature: signDigest(writeOrderContent(orders[3] as OrderContent).digest, o1.credentialId, o1.privateKey),
        },
      },
    ],
    ['a batch in a batch', { signature: { signature: approve().approval.signature } }],
    ['a member too many', { signature: { extra: 1 } as Partial<BatchSignature> }],
  ])('does not approve %s', async (_name, change) => {
    expect(await counts(approve(change))).toBe(false);
  });

  it('does not approve in the name of another', async () => {
    const { order, approval } = approve();
    expect(await counts({ order, approval: { ...approval, credentialId: o2.credentialId } })).toBe(false);
  });

  it('is over the bytes of the batch as they are, as a batch', async () => {
    const batch = writeBatchContent(batchOf(orders));
    const tree = new BatchTree(orders.map((one) => writeOrderContent(one).digest));
    for (const kind of ['order', 'batch', 'order-batch']) {
      const inner = signDigest(statementDigest(kind, batch.bytes), o1.credentialId, o1.privateKey);
      const signature = tree.signatureFor(3, batch.bytes, inner);
      const approval = { credentialId: o1.credentialId, signature };
      expect(await counts({ order: orders[3] as OrderContent, approval })).toBe(kind === 'order-batch');
    }
  });

  it('approves no order of the operator who signed it, and the others', async () => {
    const own = member(3, { applicant: o1.personId });
    const of = orders.map((order, index) => (index === 3 ? own : order));
    const { approval, order } = approve({ of });
    expect((await approvalFault(sampleAuthority, order, writeOrderContent(order).digest, approval))?.code).toBe(
      'own-order',
    );
    expect(await counts({ order, approval })).toBe(false);
    expect(await counts(approve({ of, index: 2 }))).toBe(true);
  });

  it('may be a passkey’s', async () => {
    const passkey = samplePasskey('P-256');
    const authority = accept(sampleAuthority, 'credential-register', {
      personId: o1.personId,
      publicKey: passkey.publicKey,
      passkey: passkey.passkey,
      label: 'phone',
    });
    const batch = writeBatchContent(batchOf(orders));
    const tree = new BatchTree(orders.map((one) => writeOrderContent(one).digest));
    const order = orders[7] as OrderContent;
    const { digest } = writeOrderContent(order);
    const by = async (challenge: Uint8Array): Promise<number> => {
      const inner = assertionOf(passkey, challenge, relyingParty(authority));
      const approval = {
        credentialId: passkey.credentialId,
        signature: tree.signatureFor(7, batch.bytes, inner),
      };
      return (await orderApprovers(authority, order, digest, [approval])).size;
    };
    expect(await by(batch.digest)).toBe(1);
    expect(await by(digest)).toBe(0);
  });
});

describe('a batch with a raised order', () => {
  const of = [member(0), RAISED, member(2)];
  const batch = writeBatchContent(batchOf(of, { quorum: 2 }));
  const tree = new BatchTree(of.map((one) => writeOrderContent(one).digest));
  const by = ({ credentialId, privateKey }: (typeof operators)[number], index: number) => ({
    credentialId,
    signature: tree.signatureFor(index, batch.bytes, signDigest(batch.digest, credentialId, privateKey)),
  });
  const faultOf = async (index: number, ...keys: (typeof operators)[number][]) => {
    const order = of[index] as OrderContent;
    const given = keys.map((key) => by(key, index));
    return approversFault(order, await orderApprovers(sampleAuthority, order, writeOrderContent(order).digest, given))
      ?.code;
  };

  it('approves it by two persons, and the others by one', async () => {
    expect(await faultOf(0, o1)).toBeUndefined();
    expect(await faultOf(1, o1)).toBe('not-enough-approvals');
    expect(await faultOf(1, o1, o1)).toBe('not-enough-approvals');
    expect(await faultOf(1, o1, o2)).toBeUndefined();
  });
});

describe('the bytes of a batch', () => {
  it.each<[string, object]>([
    ['more orders than a batch has', { count: MOST_IN_BATCH + 1 }],
    ['no order', { count: 0 }],
    ['no profile', { profiles: [] }],
    ['a profile twice', { profiles: ['ab'.repeat(48), 'ab'.repeat(48)] }],
    ['profiles in another order', { profiles: ['cd'.repeat(48), 'ab'.repeat(48)] }],
    ['an unknown member', { orders: 1 }],
    ['a quorum of one, which is not said', { quorum: 1 }],
    ['another version', { v: 2 }],
    ['a root of another length', { root: 'ab' }],
  ])('are refused with %s', (_name, change) => {
    expect(() => writeBatchContent(batchOf(orders, change))).toThrow(expect.objectContaining({ code: 'bad-subject' }));
  });

  it('are read as they were written', () => {
    const content = batchOf(orders, { import: 'ab'.repeat(32) });
    expect(readBatchContent(writeBatchContent(content).bytes)).toEqual(content);
  });

  it('tell an approval by batch from the other forms', () => {
    expect(isBatchSignature(approve().approval.signature)).toBe(true);
    expect(isBatchSignature({ form: 'jws', jws: '' })).toBe(false);
    expect(isBatchSignature(null)).toBe(false);
  });
});
