import { REVOCATION_REASONS, type RevocationReason, readRevocationSubject } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { carryOutStatement, revokeCertificate } from '../../operations/change-status.ts';
import { CERTIFICATE_REFERENCE, certificateFor } from '../../operations/find-certificate.ts';
import { readProposal, statementOf } from '../../operations/propose-statement.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { asRefusal } from '../../refusal.ts';
import { dateOf, Hex48, Time } from '../../schemas/fields.ts';

/** Reasons that a client may give; hold has its own action, and CA certificates are revoked at ceremonies. */
const REASONS = (Object.keys(REVOCATION_REASONS) as RevocationReason[]).filter(
  (name) => name !== 'certificateHold' && name !== 'cACompromise',
);

const One = Type.Object(
  {
    certificate: Type.String({ pattern: CERTIFICATE_REFERENCE, description: 'SHA-256 or serial number, hex' }),
    action: Type.Union([Type.Literal('revoke'), Type.Literal('hold')]),
    reason: Type.Optional(Type.Enum(REASONS)),
    invalidityDate: Type.Optional(Time),
  },
  { additionalProperties: false, title: 'StatusChange' },
);

const ByStatement = Type.Object(
  { statement: Hex48 },
  {
    additionalProperties: false,
    title: 'StatusChangeByStatement',
    description: 'Digest of a signed hold-release or certificate-revoke statement',
  },
);

export function createRevocation(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/revocations',
    {
      config: access('revocation.create'),
      schema: {
        summary: 'Revoke, hold or release',
        description:
          'One certificate at once, or what a signed statement says: releases, and revocations that need two operators.',
        tags: ['revocations'],
        body: Type.Union([One, ByStatement]),
        response: { 201: Type.Object({ at: Time, certificates: Type.Array(Type.String()) }) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const by = auditActor(request);
      const { body } = request;
      if ('statement' in body) {
        const digest = Uint8Array.fromHex(body.statement);
        const { bytes } = await statementOf(ra, digest);
        const subject = asRefusal('statement-refused', () => readRevocationSubject(readProposal(bytes)));
        const certificates = [];
        for (const { ca, serial } of subject.certificates) {
          const found = await certificateFor(ra, actor, 'revocation.create', serial);
          if (found.ca !== ca) throw new Refusal('not-found', `CA ${ca} has no certificate ${serial}.`);
          certificates.push(found);
        }
        const at = await carryOutStatement(ra, by, digest, certificates);
        return reply
          .code(201)
          .send({ at: at.toISOString(), certificates: certificates.map(({ sha256 }) => sha256.toHex()) });
      }
      const certificate = await certificateFor(ra, actor, 'revocation.create', body.certificate);
      const { invalidityDate } = body;
      const at = await revokeCertificate(ra, by, certificate, {
        action: body.action,
        reason: body.reason ?? 'unspecified',
        ...(invalidityDate === undefined ? {} : { invalidityDate: dateOf(invalidityDate, 'body/invalidityDate') }),
      });
      return reply.code(201).send({ at: at.toISOString(), certificates: [certificate.sha256.toHex()] });
    },
  );
}
