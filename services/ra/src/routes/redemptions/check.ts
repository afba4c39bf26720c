import { type App, type Limit, Type } from '@see/http';
import { checkCode as askSigner } from '../../operations/check-code.ts';
import type { Ra } from '../../ra.ts';
import { Hex48, Time, Uuid } from '../../schemas/fields.ts';

const Escrow = Type.Object({
  statement: Type.String({ description: 'Digest of the statement that names the agents, hex' }),
  agents: Type.Array(
    Type.Object({ label: Type.String(), publicKey: Type.String({ description: 'RSA SubjectPublicKeyInfo, base64' }) }),
  ),
});

const Details = Type.Object(
  {
    triesLeft: Type.Integer(),
    orderId: Uuid,
    displayName: Type.String(),
    email: Type.String(),
    agency: Type.String(),
    useBefore: Time,
    profiles: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        description: Type.String(),
        key: Type.Union([Type.Literal('P-384'), Type.Literal('RSA-3072')], { description: 'The key to make for it' }),
        escrow: Type.Union([Escrow, Type.Null()], {
          description: 'For whom a copy of the key is kept; null: for nobody',
        }),
      }),
    ),
  },
  { title: 'RedemptionDetails' },
);

export function checkCode(scope: App, ra: Ra, limits: readonly Limit[]): void {
  scope.post(
    '/api/v1/redemptions/:orderId/check',
    {
      config: { operation: 'redemption.check', public: true },
      preHandler: async (request) => {
        for (const limit of limits) await limit(request);
      },
      schema: {
        summary: 'Prove an enrolment code and see what it is for',
        description:
          'proof = HMAC-SHA-384(K, "see-pki/code-check/v1" || 0x00 || orderId), K = PBKDF2-HMAC-SHA-256(code, orderId, 600000, 32).',
        tags: ['redemptions'],
        params: Type.Object({ orderId: Uuid }),
        body: Type.Object({ proof: Hex48 }, { additionalProperties: false }),
        response: { 200: Details },
      },
    },
    async (request) => {
      const { triesLeft, order } = await askSigner(ra, request.params.orderId, Uint8Array.fromHex(request.body.proof));
      return { triesLeft, ...order };
    },
  );
}
