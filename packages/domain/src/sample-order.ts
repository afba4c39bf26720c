import { INSTANCE, NOW, samplePerson } from './authority/sample-chain.ts';
import type { OrderContent } from './order-content.ts';

/** An order for a gateway's certificate, with members replaced. */
export function sampleOrder(change: Partial<OrderContent> = {}): OrderContent {
  return {
    v: 1,
    instance: INSTANCE,
    orderId: '0b3f4f7e-7f53-4c9b-9a43-000000000001',
    nonce: 'nonce-nonce-nonce-nonce',
    kind: 'csr',
    createdAt: NOW,
    approveBefore: NOW + 7 * 86_400,
    useBefore: NOW + 30 * 86_400,
    agencyId: 'treasury',
    scope: 'ab'.repeat(48),
    applicant: samplePerson(31),
    sponsor: samplePerson(32),
    agent: samplePerson(33),
    evidence: 'ef'.repeat(48),
    replaces: [],
    quorum: 2,
    deliverTo: null,
    items: [
      {
        ca: 'gateway',
        issuerSki: 'ab'.repeat(20),
        profileId: 'gateway-sign',
        profileDigest: 'ab'.repeat(48),
        typeId: 'gateway',
        subject: 'MAA=',
        subjectAltName: 'MAA=',
        policyOids: ['2.25.1.1.7', '2.25.1.2.1'],
        validitySeconds: 397 * 86_400,
        spkiSha256: 'ab'.repeat(32),
      },
    ],
    commitment: null,
    ...change,
  };
}
