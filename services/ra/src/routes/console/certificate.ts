import { type CertificateRow, findCertificateDer, readPersonNames } from '@see/db/ra';
import { activeProfile, REVOCATION_REASONS, REVOKED_BY_TWO, type RevocationReason } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { profileOf } from '@see/policy';
import {
  type CertificateChange,
  type CertificateFacts,
  certificateInWords,
  certificatePage,
  type FieldError,
  subjectText,
  viewOf,
} from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { CERTIFICATE_FORMS, type CertificateForm, certificateFile } from '../../operations/certificate-file.ts';
import { certificateDetail } from '../../operations/certificate-view.ts';
import { revokeCertificate } from '../../operations/change-status.ts';
import { certificateFor } from '../../operations/find-certificate.ts';
import { access, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Hex32 });
const FormToken = Type.String({ maxLength: 100 });
const DONE: Readonly<Record<string, string>> = {
  revoked: 'The certificate is revoked. OCSP says so now, the revocation list within a minute.',
  held: 'The certificate is on hold. OCSP says so now, the revocation list within a minute.',
};

export function certificateRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/certificates/:id',
    {
      config: access('certificate.show'),
      schema: { params: Params, querystring: Type.Object({ done: Type.Optional(Type.Enum(['revoked', 'held'])) }) },
    },
    async (request) => {
      const certificate = await certificateFor(ra, actorOf(request), 'certificate.show', request.params.id);
      const facts = await certificateFacts(ra, request, certificate, DONE[request.query.done ?? ''], []);
      return certificatePage(viewOf(ra.site, request), readerOf(ra, request), facts);
    },
  );
  for (const form of Object.keys(CERTIFICATE_FORMS) as CertificateForm[]) {
    scope.get(
      `/console/certificates/:id/file.${form}`,
      { config: access('certificate.download'), schema: { params: Params } },
      async (request, reply) => {
        const { id } = request.params as { id: string };
        const certificate = await certificateFor(ra, actorOf(request), 'certificate.download', id);
        const file = await certificateFile(ra, certificate, form);
        return reply
          .type(file.type)
          .header('content-disposition', `attachment; filename="${file.name}"`)
          .send(file.body);
      },
    );
  }
  scope.post(
    '/console/certificates/:id/revoke',
    {
      config: access('revocation.create'),
      schema: {
        params: Params,
        body: Type.Object(
          {
            formToken: FormToken,
            reason: Type.Optional(Type.String({ maxLength: 40 })),
            since: Type.Optional(Type.String({ maxLength: 40 })),
          },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const certificate = await certificateFor(ra, actorOf(request), 'revocation.create', request.params.id);
      const { reason = '', since = '' } = request.body;
      const errors = revocationErrors(ra, certificate, reason, since);
      if (errors.length > 0) {
        const facts = await certificateFacts(ra, request, certificate, undefined, errors);
        return reply.code(400).send(certificatePage(viewOf(ra.site, request), readerOf(ra, request), facts));
      }
      await revokeCertificate(ra, auditActor(request), certificate, {
        action: 'revoke',
        reason: reason as RevocationReason,
        ...(since === '' ? {} : { invalidityDate: laterOf(new Date(since), certificate.notBefore) }),
      });
      return reply.redirect(`/console/certificates/${request.params.id}?done=revoked`, 303);
    },
  );
  scope.post(
    '/console/certificates/:id/hold',
    {
      config: access('revocation.create'),
      schema: { params: Params, body: Type.Object({ formToken: FormToken }, { additionalProperties: false }) },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const certificate = await certificateFor(ra, actorOf(request), 'revocation.create', request.params.id);
      await revokeCertificate(ra, auditActor(request), certificate, { action: 'hold', reason: 'certificateHold' });
      return reply.redirect(`/console/certificates/${request.params.id}?done=held`, 303);
    },
  );
}

function revocationErrors(ra: Ra, certificate: CertificateRow, reason: string, since: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!Object.hasOwn(REVOCATION_REASONS, reason))
    errors.push({ field: 'reason', text: 'Choose why the certificate is revoked.' });
  if (since !== '') {
    const day = /^\d{4}-\d\d-\d\d$/.test(since) ? new Date(since) : undefined;
    if (!day || Number.isNaN(day.getTime()) || day > ra.now() || laterOf(day, certificate.notBefore) > ra.now()) {
      errors.push({ field: 'since', text: 'Give a day from the issue of the certificate to today.' });
    }
  }
  return errors;
}

/** A day that lies before the issue means since the issue. */
function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function timeOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}

async function certificateFacts(
  ra: Ra,
  request: FastifyRequest,
  certificate: CertificateRow,
  done: string | undefined,
  errors: readonly FieldError[],
): Promise<CertificateFacts> {
  const [detail, der, people] = await Promise.all([
    certificateDetail(ra, certificate),
    findCertificateDer(ra.db, certificate.id),
    readPersonNames(ra.db, certificate.personId === null ? [] : [certificate.personId]),
  ]);
  if (!der) throw new Refusal('not-found', 'There is no certificate under this name.');
  const { current } = ra.authority;
  const active = activeProfile(current, certificate.profileId);
  const profile = active && profileOf(active.content);
  const change: CertificateChange | undefined = may(actorOf(request), 'revocation.create')
    ? {
        reasons: profile?.revocationReasons ?? [],
        mayHold: profile?.holdPermitted ?? false,
        needsTwo: REVOKED_BY_TWO.has(certificate.profileId),
      }
    : undefined;
  return {
    now: ra.now(),
    ...certificateInWords(der),
    sha256: detail.sha256,
    serial: detail.serial,
    title: people.get(certificate.personId ?? '') ?? certificate.names[0] ?? certificate.subject,
    ca: certificate.ca,
    profile: profile?.title ?? certificate.profileId,
    agency: current.agencies.get(certificate.agencyId ?? '')?.name ?? '–',
    orderId: certificate.orderId,
    names: certificate.names,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    spkiSha256: detail.spkiSha256,
    status: detail.status,
    renewal: {
      opensAt: timeOf(detail.renewal.opensAt),
      supersededBy: detail.renewal.supersededBy ?? undefined,
      overlapEndsAt: timeOf(detail.renewal.overlapEndsAt),
      waits: detail.renewal.directory === 'waits',
    },
    pem: detail.pem,
    chain: ra.cas.chain(certificate.ca).map(subjectText),
    history: detail.history.map(({ kind, reason, at, requestedBy }) => ({
      kind,
      reason,
      at: new Date(at),
      requestedBy,
    })),
    change,
    done,
    errors,
  };
}
