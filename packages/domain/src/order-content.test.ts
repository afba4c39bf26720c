import { type CanonicalValue, canonicalBytes, statementDigest } from '@see/statement';
import { describe, expect, it } from 'vitest';
import { samplePerson } from './authority/sample-chain.ts';
import {
  APPROVE_WITHIN_SECONDS,
  isDual,
  type OrderContent,
  readOrderContent,
  writeOrderContent,
} from './order-content.ts';
import { sampleOrder } from './sample-order.ts';

const csr = sampleOrder();
const [item] = csr.items;
const person = sampleOrder({
  kind: 'person',
  deliverTo: 'grace.liu@treasury.govt.nz',
  commitment: 'cd'.repeat(48),
  items: [{ ...item, ca: 'individual', profileId: 'user-auth', spkiSha256: null } as typeof item & object],
});
const at = csr.createdAt;
const DAY = 86_400;

const near = { code: 'near-name', reason: 'the name is close to that of Grace Lui' } as const;
const risk = { quorumWithout: 1, reasons: [near] };
const raised = { ...person, quorum: 2, risk };

function codeOf(value: unknown): string {
  try {
    readOrderContent(canonicalBytes(value));
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'accepted';
}

describe('the dual list', () => {
  it.each<[string, OrderContent, boolean]>([
    ['an order of two approvals is on it', csr, true],
    ['an order of one is not', { ...person, quorum: 1 }, false],
    ['an order that a risk raised is not', raised, false],
    ['an order that needs two anyhow is, with a risk too', { ...csr, risk: { ...risk, quorumWithout: 2 } }, true],
  ])('%s', (_name, content, want) => {
    expect(isDual(content)).toBe(want);
  });
});

describe('the content of an order', () => {
  it.each([
    ['with a CSR', csr],
    ['of a person', person],
    ['with a risk', raised],
  ])('%s is read as it was written', (_name, content) => {
    const { bytes, digest } = writeOrderContent(content);
    expect(readOrderContent(bytes)).toEqual(content);
    expect(digest.toHex()).toBe(statementDigest('order', bytes).toHex());
  });

  it('has another digest for every member that changes', () => {
    const changes = [
      { instance: '3f0c9a52-7f53-4c9b-9a43-000000000002' },
      { orderId: '3f0c9a52-7f53-4c9b-9a43-000000000002' },
      { nonce: 'other-nonce-other-nonce' },
      { createdAt: at + 1, approveBefore: at + 2 },
      { useBefore: csr.useBefore + 1 },
      { agencyId: 'ssc' },
      { scope: '11'.repeat(48) },
      { applicant: samplePerson(99) },
      { agent: samplePerson(99) },
      { evidence: '11'.repeat(48) },
      { replaces: ['22'.repeat(32)] },
      { quorum: 3 },
      { risk },
      { risk: { ...risk, quorumWithout: 2 } },
      { risk: { ...risk, reasons: [{ ...near, reason: 'else' }] } },
      { items: [{ ...item, subject: 'MAAA' }] },
      { items: [{ ...item, spkiSha256: '33'.repeat(32) }] },
      { items: [item, item] },
    ];
    const digests = [{}, ...changes].map((change) =>
      writeOrderContent({ ...csr, ...change } as typeof csr).digest.toHex(),
    );
    expect(new Set(digests).size).toBe(digests.length);
  });

  const inItem = (change: object): object => ({ ...csr, items: [{ ...item, ...change }] });
  it.each<[string, unknown, string]>([
    ['a risk without a reason', { ...raised, risk: { ...risk, reasons: [] } }, 'bad-subject'],
    ['an unknown risk', { ...raised, risk: { ...risk, reasons: [{ ...near, code: 'moon' }] } }, 'bad-subject'],
    ['a reason without words', { ...raised, risk: { ...risk, reasons: [{ ...near, reason: '' }] } }, 'bad-subject'],
    ['a reason twice', { ...raised, risk: { ...risk, reasons: [near, near] } }, 'bad-order'],
    [
      'reasons in another order',
      { ...raised, risk: { ...risk, reasons: [near, { ...near, code: 'new-sponsor' }] } },
      'bad-order',
    ],
    ['a risk that raises nothing', { ...raised, quorum: 1 }, 'bad-order'],
    ['a larger quorum without the risk', { ...raised, risk: { ...risk, quorumWithout: 3 } }, 'bad-subject'],
    ['no risk, said', { ...person, risk: null }, 'bad-subject'],
    ['another version', { ...csr, v: 2 }, 'bad-subject'],
    ['an instance that is no UUID', { ...csr, instance: 'here' }, 'bad-subject'],
    ['an id in capitals', { ...csr, orderId: csr.orderId.toUpperCase() }, 'bad-subject'],
    ['a nonce of 21 characters', { ...csr, nonce: 'x'.repeat(21) }, 'bad-subject'],
    ['another kind', { ...csr, kind: 'batch' }, 'bad-subject'],
    ['no time to approve', { ...csr, approveBefore: at }, 'bad-subject'],
    ['over seven days to approve', { ...csr, approveBefore: at + APPROVE_WITHIN_SECONDS + 1 }, 'bad-subject'],
    ['its use over before the approval', { ...csr, useBefore: csr.approveBefore - 1 }, 'bad-subject'],
    ['over sixty days to use', { ...csr, useBefore: at + 60 * DAY + 1 }, 'bad-subject'],
    ['an agency in capitals', { ...csr, agencyId: 'Treasury' }, 'bad-subject'],
    ['a scope cut short', { ...csr, scope: 'ab'.repeat(47) }, 'bad-subject'],
    ['no applicant', { ...csr, applicant: null }, 'bad-subject'],
    ['an applicant that is no person', { ...csr, applicant: 'grace' }, 'bad-order'],
    ['the applicant as sponsor', { ...csr, sponsor: csr.applicant }, 'parties-not-different'],
    ['the applicant as agent', { ...csr, agent: csr.applicant }, 'parties-not-different'],
    ['the sponsor as agent', { ...csr, agent: csr.sponsor }, 'parties-not-different'],
    ['no evidence', { ...csr, evidence: '' }, 'bad-subject'],
    ['four certificates to replace', { ...csr, replaces: Array(4).fill('ab'.repeat(32)) }, 'bad-subject'],
    ['something to replace that is no digest', { ...csr, replaces: ['x'] }, 'bad-subject'],
    ['a quorum of nobody', { ...csr, quorum: 0 }, 'bad-subject'],
    ['a quorum of six', { ...csr, quorum: 6 }, 'bad-subject'],
    ['no certificate', { ...csr, items: [] }, 'bad-subject'],
    ['four certificates', { ...csr, items: [item, item, item, item] }, 'bad-subject'],
    ['more than it may say', { ...csr, role: 'operator' }, 'bad-subject'],
    ['no key', inItem({ spkiSha256: null }), 'bad-order'],
    ['a code beside its keys', { ...csr, commitment: 'cd'.repeat(48) }, 'bad-order'],
    ['an address beside its keys', { ...csr, deliverTo: 'a@b.nz' }, 'bad-order'],
    ["a person's order without a code", { ...person, commitment: null }, 'bad-order'],
    ["a person's order without an address", { ...person, deliverTo: null }, 'bad-order'],
    ["a person's order with a key", { ...person, items: csr.items }, 'bad-order'],
    ["a person's order with one key of two", { ...person, items: [...person.items, item] }, 'bad-order'],
    ['an address with a line end', { ...person, deliverTo: 'a@b.nz\n' }, 'bad-subject'],
    ['an address without @', { ...person, deliverTo: 'b.nz' }, 'bad-subject'],
    ['two addresses', { ...person, deliverTo: 'a@b.nz, c@d.nz' }, 'bad-subject'],
    ['a code that is no digest', { ...person, commitment: '7K3M-9QF2' }, 'bad-subject'],
    ['the root as CA', inItem({ ca: 'root' }), 'bad-subject'],
    ['an issuer key cut short', inItem({ issuerSki: 'ab'.repeat(19) }), 'bad-subject'],
    ['a profile without digest', inItem({ profileDigest: null }), 'bad-subject'],
    ['a subject that is no base64', inItem({ subject: 'MAA-' }), 'bad-subject'],
    ['names without end', inItem({ subjectAltName: 'A'.repeat(32_769) }), 'bad-subject'],
    ['no policies', inItem({ policyOids: [] }), 'bad-subject'],
    ['a policy that is no OID', inItem({ policyOids: ['1.2.03'] }), 'bad-subject'],
    ['a validity under an hour', inItem({ validitySeconds: 3599 }), 'bad-subject'],
    ['a validity over 825 days', inItem({ validitySeconds: 825 * DAY + 1 }), 'bad-subject'],
    ['a key that is no digest', inItem({ spkiSha256: 'x' }), 'bad-subject'],
    ['more in an item', inItem({ keyUsage: ['keyCertSign'] }), 'bad-subject'],
    ['an item that is a list', { ...csr, items: [[]] }, 'bad-subject'],
    ['a list for the order', [csr], 'bad-subject'],
  ])('is refused with %s', (_name, value, code) => {
    expect(codeOf(value)).toBe(code);
  });

  it('needs every member', () => {
    for (const name of Object.keys(csr)) {
      const { [name]: _left, ...rest } = csr as unknown as Record<string, CanonicalValue>;
      expect([name, codeOf(rest)]).toEqual([name, 'bad-subject']);
    }
    expect(Object.keys(csr)).toHaveLength(19);
  });

  it('is refused before it is written', () => {
    expect(() => writeOrderContent({ ...csr, quorum: 0 })).toThrow('quorum');
    expect(() => readOrderContent(Buffer.from(JSON.stringify(csr)))).toThrow('canonical');
  });
});
