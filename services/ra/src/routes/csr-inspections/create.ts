import { activeProfile } from '@see/domain';
import { type App, type Limit, Refusal, Type, ViolationSchema } from '@see/http';
import { type CsrInspection, inspectCsr, keyGuard, profileOf, spkiSha256 } from '@see/policy';
import { parseCsr } from '@see/x509';
import { knownKey } from '../../operations/create-order.ts';
import { csrOfPemOctets, csrOfText } from '../../operations/read-csr.ts';
import { isSoundButShort } from '../../operations/short-rsa.ts';
import type { Ra } from '../../ra.ts';
import { violationOf } from '../../refusal.ts';

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
        const inspection = await inspectCsr(der, profileNamed(ra, request.query.profile));
        const { taken, ignored } = inspection;
        const short = taken === null && isMerelyShort(der, inspection);
        const blocked = taken || short ? await blockedKey(ra, parseCsr(der).spki) : undefined;
        const violations = [...inspection.violations, ...(blocked ? [blocked] : [])].map(violationOf);
        if (blocked || (taken === null && !short)) {
          throw new Refusal('csr-refused', violations[0]?.message ?? 'The request is refused.', {
            violations,
            extensions: { acceptable: false, taken, ignored },
          });
        }
        return { acceptable: violations.length === 0, taken, ignored: [...ignored], violations };
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

function profileNamed(ra: Ra, id: string | undefined) {
  if (id === undefined) return undefined;
  const active = activeProfile(ra.authority.current, id);
  if (!active)
    throw new Refusal('not-found', 'There is no active profile with this id. GET /api/v1/profiles lists them.');
  return profileOf(active.content);
}

async function blockedKey(ra: Ra, spki: Uint8Array) {
  const known = await knownKey(ra, spkiSha256(spki));
  return known && keyGuard({ ...known, uses: [] }, '', '');
}

/** A request that is sound but for an RSA key shorter than any profile takes today. */
function isMerelyShort(der: Uint8Array, inspection: CsrInspection): boolean {
  return inspection.violations.every((violation) => violation.code === 'rsa-too-short') && isSoundButShort(der);
}
