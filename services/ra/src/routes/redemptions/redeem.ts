import { type App, type Limit, Refusal, Type } from '@see/http';
import { decodeBase64 } from '@see/x509';
import { redeemKeys as redeem } from '../../operations/redeem-keys.ts';
import type { Ra } from '../../ra.ts';
import { Hex48, Time, Uuid } from '../../schemas/fields.ts';

const octets = (maxLength: number, description: string) =>
  Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength, description });

const Escrow = Type.Object(
  {
    agents: Hex48,
    envelopes: Type.Array(octets(22_000, 'CMS EnvelopedData for one agent, DER, base64'), { minItems: 2, maxItems: 7 }),
    tag: Hex48,
  },
  {
    additionalProperties: false,
    title: 'KeyEscrow',
    description:
      'The copy of the key, where `check` says that one is kept: one envelope an agent, in their order, and in each another one to all the others. ' +
      'tag = HMAC-SHA-384(K, "see-pki/escrow/v1" || 0x00 || orderId || SHA-256(SubjectPublicKeyInfo) || agents || SHA-256(each envelope)).',
  },
);

const Key = Type.Object(
  { csr: octets(12_000, 'PKCS#10, DER, base64'), tag: Hex48, escrow: Type.Optional(Escrow) },
  { additionalProperties: false },
);

const Certificate = Type.Object(
  {
    profile: Type.String(),
    serial: Type.String(),
    notAfter: Time,
    certificate: Type.String({ description: 'DER, base64' }),
    chain: Type.Array(Type.String(), { description: 'Issuing CA, then root; DER, base64' }),
  },
  { title: 'RedeemedCertificate' },
);

export function redeemKeys(scope: App, ra: Ra, limits: readonly Limit[]): void {
  scope.post(
    '/api/v1/redemptions/:orderId/redeem',
    {
      config: { operation: 'redemption.redeem', public: true },
      preHandler: async (request) => {
        for (const limit of limits) await limit(request);
      },
      schema: {
        summary: 'Bring the keys of a person’s order and get the certificates',
        description:
          'One key a profile, in the order’s sequence; tag = HMAC-SHA-384(K, orderId || SHA-256(SubjectPublicKeyInfo)). ' +
          '202 means not yet: send the same request again. Sending the same keys again is always safe.',
        tags: ['redemptions'],
        params: Type.Object({ orderId: Uuid }),
        body: Type.Object({ keys: Type.Array(Key, { minItems: 1, maxItems: 3 }) }, { additionalProperties: false }),
        response: {
          200: Type.Object({ certificates: Type.Array(Certificate) }),
          202: Type.Object({ state: Type.Literal('issuing') }),
        },
      },
    },
    async (request, reply) => {
      const keys = request.body.keys.map(({ csr, tag, escrow }) => ({
        csr: derOf(csr),
        tag: Uint8Array.fromHex(tag),
        ...(escrow
          ? {
              escrow: {
                agents: escrow.agents,
                envelopes: escrow.envelopes.map((each) => derOf(each)),
                tag: Uint8Array.fromHex(escrow.tag),
              },
            }
          : {}),
      }));
      const certificates = await redeem(ra, request.params.orderId, keys);
      if (!certificates)
        return reply
          .code(202)
          .header('retry-after', '2')
          .send({ state: 'issuing' as const });
      return { certificates: certificates.map((each) => ({ ...each, chain: [...each.chain] })) };
    },
  );
}

function derOf(text: string): Uint8Array {
  const der = decodeBase64(text);
  if (!der)
    throw new Refusal('invalid-request', 'CSRs and envelopes are base64 of DER with padding and without line breaks.');
  return der;
}
