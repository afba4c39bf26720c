import type { CertificateRow } from '@see/db/ra';
import { REVOCATION_REASONS, type RevocationReason } from '@see/domain';
import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import {
  chooseRevocationPage,
  confirmRevocationPage,
  english,
  type FieldError,
  type RevokedFacts,
  viewOf,
} from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { revokeCertificate } from '../../operations/change-status.ts';
import { certificateFor } from '../../operations/find-certificate.ts';
import { access, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';
import { certificateFacts } from './certificate-facts.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Hex32 });
const FormToken = Type.String({ maxLength: 100 });
const chosen = {
  reason: Type.Optional(Type.String({ pattern: '^[A-Za-z]{0,40}$' })),
  since: Type.Optional(Type.String({ maxLength: 40 })),
};
const Query = Type.Object(chosen, { additionalProperties: false });
const Form = Type.Object({ formToken: FormToken, ...chosen }, { additionalProperties: false });

interface Chosen {
  readonly reason?: string;
  readonly since?: string;
}

/** Revoking in two steps: why, then what it means. Both are pages with addresses; only the forms of the second change anything. */
export function revokeCertificateRoutes(scope: App, ra: Ra): void {
  const find = (request: FastifyRequest): Promise<CertificateRow> =>
    certificateFor(ra, actorOf(request), 'revocation.create', (request.params as { id: string }).id);
  const draw = async (
    request: FastifyRequest,
    page: typeof chooseRevocationPage,
    certificate: CertificateRow,
    asked: Chosen,
    errors: readonly FieldError[],
  ): Promise<string> =>
    page(viewOf(ra.site, request), readerOf(ra, request), {
      ...(await revokedFacts(ra, request, certificate)),
      reason: asked.reason ?? '',
      since: asked.since ?? '',
      errors,
    });
  const config = access('revocation.create');
  const schema = { params: Params, querystring: Query };
  scope.get('/console/certificates/:id/revoke', { config, schema }, async (request) =>
    draw(request, chooseRevocationPage, await find(request), request.query, []),
  );
  scope.get('/console/certificates/:id/revoke/confirm', { config, schema }, async (request, reply) => {
    const certificate = await find(request);
    const errors = revocationErrors(ra, certificate, request.query);
    if (errors.length > 0)
      return reply.code(400).send(await draw(request, chooseRevocationPage, certificate, request.query, errors));
    return draw(request, confirmRevocationPage, certificate, request.query, []);
  });
  scope.post(
    '/console/certificates/:id/revoke',
    { config, schema: { params: Params, body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const certificate = await find(request);
      const errors = revocationErrors(ra, certificate, request.body);
      if (errors.length > 0)
        return reply.code(400).send(await draw(request, chooseRevocationPage, certificate, request.body, errors));
      const { reason, since = '' } = request.body;
      try {
        await revokeCertificate(ra, auditActor(request), certificate, {
          action: 'revoke',
          reason: reason as RevocationReason,
          ...(since === '' ? {} : { invalidityDate: laterOf(new Date(since), certificate.notBefore) }),
        });
      } catch (error) {
        await refuseOnPage(request, error, (text) =>
          draw(request, confirmRevocationPage, certificate, request.body, [{ text: english(text) }]),
        );
      }
      return reply.redirect(`/console/certificates/${request.params.id}?done=revoked`, 303);
    },
  );
  scope.post(
    '/console/certificates/:id/hold',
    {
      config,
      schema: { params: Params, body: Type.Object({ formToken: FormToken }, { additionalProperties: false }) },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const certificate = await find(request);
      try {
        await revokeCertificate(ra, auditActor(request), certificate, { action: 'hold', reason: 'certificateHold' });
      } catch (error) {
        await refuseOnPage(request, error, (text) =>
          draw(request, confirmRevocationPage, certificate, { reason: 'certificateHold' }, [{ text: english(text) }]),
        );
      }
      return reply.redirect(`/console/certificates/${request.params.id}?done=held`, 303);
    },
  );
}

async function revokedFacts(
  ra: Ra,
  request: FastifyRequest,
  certificate: CertificateRow,
): Promise<Omit<RevokedFacts, 'reason' | 'since' | 'errors'>> {
  const facts = await certificateFacts(ra, request, certificate, undefined);
  return {
    ...facts,
    holderId: may(actorOf(request), 'person.event') ? (certificate.personId ?? undefined) : undefined,
    agency: facts.agency?.name ?? '–',
    reasons: facts.change?.reasons ?? [],
    mayHold: (facts.change?.mayHold ?? false) && facts.status.kind === 'good',
    others: facts.others.filter(({ status }) => status === 'good'),
  };
}

function revocationErrors(ra: Ra, certificate: CertificateRow, { reason = '', since = '' }: Chosen): FieldError[] {
  const errors: FieldError[] = [];
  if (!Object.hasOwn(REVOCATION_REASONS, reason))
    errors.push({ field: 'reason', text: t`Choose why the certificate is revoked.` });
  if (since !== '') {
    const day = /^\d{4}-\d\d-\d\d$/.test(since) ? new Date(since) : undefined;
    if (!day || Number.isNaN(day.getTime()) || day > ra.now() || laterOf(day, certificate.notBefore) > ra.now())
      errors.push({ field: 'since', text: t`Give a day from the issue of the certificate to today.` });
  }
  return errors;
}

/** A day that lies before the issue means since the issue. */
function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}
