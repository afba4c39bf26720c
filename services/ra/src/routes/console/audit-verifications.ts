import { type AuditVerification, findAuditVerification, readPersonNames } from '@see/db/ra';
import { type App, Refusal, Type } from '@see/http';
import { auditVerificationPage, type VerificationFacts, verificationProgress, viewOf } from '@see/ui';
import { auditActor } from '../../audit-actor.ts';
import { isRunning, startVerification } from '../../operations/verify-log.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Uuid });
const Form = Type.Object({ formToken: Type.String({ maxLength: 100 }) }, { additionalProperties: false });

/** The button that has the audit log proved, and the page of each proof. */
export function auditVerificationRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/console/audit/verifications',
    { config: access('audit-verification.create'), schema: { body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const id = await startVerification(ra, auditActor(request));
      return reply.redirect(`/console/audit/verifications/${id}`, 303);
    },
  );
  scope.get(
    '/console/audit/verifications/:id',
    { config: access('audit-verification.show'), schema: { params: Params } },
    async (request) => {
      const found = await findAuditVerification(ra.db, request.params.id);
      if (!found) throw new Refusal('not-found', 'There is no proof under this address.');
      const facts = await verificationFacts(ra, found);
      return auditVerificationPage(viewOf(ra.site, request), readerOf(ra, request), facts, ra.now());
    },
  );
  scope.get(
    '/console/audit/verifications/:id/progress',
    { config: access('audit-verification.show'), schema: { params: Params } },
    async (request, reply) => {
      const found = await findAuditVerification(ra.db, request.params.id);
      if (!found) throw new Refusal('not-found', 'There is no proof under this address.');
      const facts = await verificationFacts(ra, found);
      return reply
        .type('application/json; charset=utf-8')
        .send(verificationProgress(viewOf(ra.site, request), facts, ra.now()));
    },
  );
}

/** A proof with the name of who started it. */
export async function verificationFacts(ra: Ra, one: AuditVerification): Promise<VerificationFacts> {
  const people = await readPersonNames(ra.db, [one.startedBy]);
  return { ...one, startedBy: people.get(one.startedBy) ?? one.startedBy, running: isRunning(one, ra.now()) };
}
