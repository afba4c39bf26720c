import { generateKeyPairSync, sign } from 'node:crypto';
import type { OrderContent } from '@see/domain';
import { assembleSigned, buildCsrInfo, encodeName, signatureAlgorithm } from '@see/x509';
import { evaluateOrder, type OrderRequest, type OrderSurroundings } from './evaluate-order.ts';
import { NO_READINGS } from './order-risks.ts';
import { AGENT, grace, NOW, SPONSOR, sampleAuthority, sampleCas } from './sample-authority.ts';

/** A CSR that somebody else's tool made, with a subject that nobody should take. */
export function newCsr(namedCurve = 'secp384r1'): Uint8Array {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  const info = buildCsrInfo({ subjectDer: encodeName([[{ type: '2.5.4.3', value: 'Mallory' }]]), spki });
  return assembleSigned(info, signatureAlgorithm('ecdsa-sha384'), sign('sha384', info, privateKey));
}

export const signing = newCsr();
export const encrypting = newCsr();
export const gateway: OrderRequest = {
  kind: 'csr',
  agencyId: 'treasury',
  applicant: grace.id,
  sponsor: SPONSOR,
  agent: AGENT,
  typeId: 'gateway',
  person: null,
  items: [
    { profileId: 'gateway-sign', csr: signing, dnsNames: [] },
    { profileId: 'gateway-encrypt', csr: encrypting, dnsNames: ['budget.govt.nz'] },
  ],
  evidence: { letter: 'TSY-1' },
  replaces: [],
};
export const person: OrderRequest = {
  ...gateway,
  kind: 'person',
  agent: null,
  typeId: 'business-card-software',
  person: grace,
  items: ['user-auth', 'user-sign', 'user-encrypt'].map((profileId) => ({ profileId, csr: null, dnsNames: [] })),
};
export const server: OrderRequest = {
  ...gateway,
  typeId: 'device',
  items: [{ profileId: 'tls-server', csr: signing, dnsNames: ['www.treasury.govt.nz'] }],
};

export function around(change: Partial<OrderSurroundings> = {}): OrderSurroundings {
  return {
    authority: sampleAuthority,
    cas: sampleCas,
    now: NOW,
    orderId: '0b3f4f7e-7f53-4c9b-9a43-000000000001',
    nonce: 'nonce-nonce-nonce-nonce',
    knownKey: async () => undefined,
    readings: NO_READINGS,
    ...change,
  };
}

/** The order that a request becomes; throws when it is refused. */
export async function contentOf(request: OrderRequest): Promise<OrderContent> {
  const result = await evaluateOrder(request, around());
  if (!result.ok) throw new Error(JSON.stringify(result.violations));
  return { ...result.draft, commitment: request.kind === 'person' ? 'cd'.repeat(48) : null };
}
