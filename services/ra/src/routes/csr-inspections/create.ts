import { type App, type Limit, Refusal, Type, ViolationSchema } from '@see/http';
import { inspectRequest } from '../../operations/inspect-request.ts';
import { csrOfPemOctets, csrOfText } from '../../operations/read-csr.ts';
import type { Ra } from '../../ra.ts';

const Answer = Type.Object(
  {
    acceptable: Type.Boolean(),
    taken: Type.Union([
      Type.Object({ key: Type.String(), spkiSha256: Type.String(), proofOfPossession: Type.String() }),
      Type.Null(),
    ]),
    ignored: Type.Array(Type.Object({ what: Type.String(), value: Type.String(), why: Type.String() })),
    violations: Type.Array(ViolationSchema),
  },
  { title: 'CsrInspection' },
);

const Json = Type.Object(
  { csr: Type.String({ minLength: 1, maxLength: 90_000, description: 'PEM, or base64 of DER' }) },
  { additionalProperties: false },
);

/** Octets of a body of another type than JSON, told apart from JSON that was parsed. */
interface CsrOctets {
  readonly form: 'der' | 'pem';
  readonly octets: Uint8Array;
}

/**
 * What we would take of a CSR, what we ignore and every rule it breaks; nothing is stored. A CSR that no profile could
 * ever take (malformed, weak, without proof of possession) is a 400 with the same report; one that is sound is a 200,
 * also when the profile asked about does not take its key.
 */
export function inspectCsrRoute(scope: App, ra: Ra, limit: Limit): void {
  scope.register(async (inner: App) => {
    takeOctets(inner);
    inner.post(
      '/api/v1/csr-inspections',
      {
        config: { operation: 'csr-inspection.create', public: true },
        onRequest: limit,
        schema: {
          summary: 'Look at a CSR without storing it',
          description: 'Send JSON, application/pkcs10 (DER), or PEM as application/x-pem-file or text/plain.',
          tags: ['csr-inspections'],
          querystring: Type.Object(
            { profile: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' })) },
            { additionalProperties: false },
          ),
          body: {
            content: {
              'application/json': { schema: Json },
              'application/pkcs10': { schema: Type.Unknown() },
              'application/x-pem-file': { schema: Type.Unknown() },
              'text/plain': { schema: Type.Unknown() },
            },
          },
          response: { 200: Answer },
        },
      },
      async (request) => {
        const der = derOf(request.body as { csr: string } | CsrOctets);
        const { taken, ignored, violations, refused } = await inspectRequest(ra, der, request.query.profile);
        if (refused) {
          throw new Refusal('csr-refused', violations[0]?.message ?? 'The request is refused.', {
            violations,
            extensions: { acceptable: false, taken, ignored },
          });
        }
        return { acceptable: violations.length === 0, taken, ignored: [...ignored], violations: [...violations] };
      },
    );
  });
}

function takeOctets(scope: App): void {
  for (const [type, form] of [
    ['application/pkcs10', 'der'],
    ['application/x-pem-file', 'pem'],
    ['text/plain', 'pem'],
  ] as const) {
    scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, octets, done) => {
      done(null, { form, octets: new Uint8Array(octets as Buffer) } satisfies CsrOctets);
    });
  }
}

function derOf(body: { csr: string } | CsrOctets): Uint8Array {
  if ('csr' in body) return csrOfText(body.csr);
  return body.form === 'der' ? body.octets : csrOfPemOctets(body.octets);
}
