import { type CertificateRow, findEscrowedKey, listCertificates, readPersonNames } from '@see/db/ra';
import { RECOVERY_CAPACITIES, type RecoveryCapacity } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { t } from '@see/language';
import { type FieldError, findKeptKeyPage, type RequestRecoveryFacts, requestRecoveryPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { CERTIFICATE_REFERENCE, certificateFor, searchFilter } from '../../operations/find-certificate.ts';
import { profileTitle } from '../../operations/profile-title.ts';
import { findRecipient } from '../../operations/recovery/find-recipient.ts';
import { prepareRecovery, type RecoveryWish, requestRecovery } from '../../operations/recovery/request-recovery.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { dayOfForm } from './day.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { fieldErrors } from './person.ts';
import { assertOwnForm, readerOf } from './session.ts';

/** Certificates that one search shows. */
const SHOWN = 20;
const Params = Type.Object({ id: Type.String({ pattern: CERTIFICATE_REFERENCE }) });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    step: Type.Enum(['preview', 'change', 'request']),
    capacity: Type.Optional(Type.Enum([...RECOVERY_CAPACITIES])),
    legalBasis: text(1_000),
    purpose: text(3_000),
    from: text(10),
    until: text(10),
    recipient: text(16_000),
    suppressNotice: text(1_000),
  },
  { additionalProperties: false },
);

type Typed = Readonly<Record<string, string>>;

/** A kept key is asked for: the certificate is found, what is asked is checked and shown with what it means, then it is asked. */
export function requestRecoveryRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/recoveries/new',
    {
      config: access('recovery.request'),
      schema: {
        querystring: Type.Object(
          { q: Type.Optional(Type.String({ maxLength: 254 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request) => {
      const search = request.query.q?.trim() ?? '';
      return findKeptKeyPage(viewOf(ra.site, request), readerOf(ra, request), {
        search,
        found: search === '' ? undefined : await findKept(ra, request, search),
      });
    },
  );
  scope.get(
    '/console/certificates/:id/recover',
    { config: access('recovery.request'), schema: { params: Params } },
    async (request) => draw(ra, request, await personal(ra, request, request.params.id), {}, {}),
  );
  scope.post(
    '/console/certificates/:id/recover',
    { config: access('recovery.request'), bodyLimit: 60_000, schema: { params: Params, body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const certificate = await personal(ra, request, request.params.id);
      const { formToken: _, step, ...fields } = request.body;
      const typed: Typed = Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
      );
      if (step === 'change') return draw(ra, request, certificate, typed, {});
      const errors = missing(typed);
      if (errors.length > 0) return reply.code(400).send(await draw(ra, request, certificate, typed, { errors }));
      const actor = actorOf(request);
      try {
        const wish = await wishOf(ra, typed);
        if (step === 'preview') {
          const { content, recipient } = await prepareRecovery(ra, actor, certificate, wish);
          const { personId, agencyId, subject, names, serial, notAfter } = recipient.certificate;
          const people = await readPersonNames(ra.db, personId === null ? [] : [personId]);
          const agencyName = (id: string | null): string | undefined =>
            ra.authority.current.agencies.get(id ?? '')?.name;
          const preview = {
            agency: agencyName(content.agencyId) ?? content.agencyId,
            from: typedDay(typed['from']),
            until: typedDay(typed['until']),
            recipient: {
              holder: people.get(personId ?? '') ?? agencyName(agencyId) ?? subject,
              names: names.join(', '),
              serial: serial.toHex(),
              notAfter,
            },
          };
          return await draw(ra, request, certificate, typed, { preview });
        }
        const id = await requestRecovery(ra, actor, auditActor(request), certificate, wish);
        return await reply.redirect(`/console/recoveries/${id}?done=requested`, 303);
      } catch (error) {
        return refuseOnPage(request, error, (said) =>
          draw(ra, request, certificate, typed, { errors: errorsOf(error, said) }),
        );
      }
    },
  );
}

/** A certificate of a person; keys of others are never kept. */
async function personal(ra: Ra, request: FastifyRequest, reference: string): Promise<CertificateRow> {
  const found = await certificateFor(ra, actorOf(request), 'recovery.request', reference);
  if (found.personId === null) throw new Refusal('not-found', 'There is no certificate of a person under this name.');
  return found;
}

async function wishOf(ra: Ra, typed: Typed): Promise<RecoveryWish> {
  const messagesFrom = dayOfForm(typed['from'], 'from') ?? ra.now();
  const last = dayOfForm(dayAfter(typed['until'] ?? ''), 'until') ?? ra.now();
  return {
    capacity: typed['capacity'] as RecoveryCapacity,
    legalBasis: typed['legalBasis'] ?? '',
    purpose: typed['purpose'] ?? '',
    messagesFrom,
    // The whole of the last day.
    messagesUntil: new Date(last.getTime() - 1_000),
    recipient: await findRecipient(ra, typed['recipient'] ?? ''),
    suppressNotice: typed['suppressNotice'] ?? null,
  };
}

/** A day as it was typed: in its middle, so that it is the same day by the clocks here and of UTC. */
function typedDay(day = ''): Date {
  return new Date(`${day}T06:00:00Z`);
}

/** The next day on the calendar; what is no day stays as it is and is refused by who reads it. */
function dayAfter(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? day : new Date(time + 86_400_000).toISOString().slice(0, 10);
}

const DAY = /^\d{4}-\d\d-\d\d$/;

function missing(typed: Typed): readonly FieldError[] {
  const { capacity, legalBasis = '', purpose = '', from = '', until = '', recipient, suppressNotice = 'none' } = typed;
  const length = (value: string, most: number): boolean => value.length >= 3 && value.length <= most;
  return [
    ...(capacity === undefined ? [{ field: 'capacity', text: t`Choose who needs it.` }] : []),
    ...(length(legalBasis, 400) ? [] : [{ field: 'legalBasis', text: t`Name the law, in 3 to 400 characters.` }]),
    ...(length(purpose, 1_000) ? [] : [{ field: 'purpose', text: t`Say what for, in 3 to 1,000 characters.` }]),
    ...(DAY.test(from) ? [] : [{ field: 'from', text: t`Give the first day.` }]),
    ...(DAY.test(until) && until >= from
      ? []
      : [{ field: 'until', text: t`Give the last day. It is not before the first.` }]),
    ...(recipient === undefined ? [{ field: 'recipient', text: t`Say to whom the key is handed over.` }] : []),
    ...(length(suppressNotice, 400)
      ? []
      : [{ field: 'suppressNotice', text: t`Say why, in 3 to 400 characters, or leave it empty.` }]),
  ];
}

function errorsOf(error: unknown, said: string): readonly FieldError[] {
  if (!(error instanceof Refusal)) return [{ text: said }];
  return fieldErrors(error, said).map((found, index) => {
    const field = error.violations[index]?.path;
    return field === 'recipient' || field === 'suppressNotice' ? { ...found, field } : found;
  });
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  certificate: CertificateRow,
  typed: Typed,
  said: Partial<Pick<RequestRecoveryFacts, 'preview' | 'errors'>>,
): Promise<string> {
  const { personId, orderId, spkiSha256, profileId, notBefore, notAfter } = certificate;
  const escrow = orderId === null ? undefined : await findEscrowedKey(ra.db, orderId, spkiSha256);
  const named = escrow && (ra.authority.current.recoveryAgents.get(escrow.agents)?.agents ?? []);
  const names = await readPersonNames(ra.db, [personId ?? '', ...(named ?? []).map((agent) => agent.personId)]);
  return requestRecoveryPage(viewOf(ra.site, request), readerOf(ra, request), {
    certificate: {
      sha256: certificate.sha256.toHex(),
      serial: certificate.serial.toHex(),
      profile: profileTitle(ra, profileId),
      holder: names.get(personId ?? '') ?? personId ?? '',
      holderId: personId ?? '',
      notBefore,
      notAfter,
    },
    agents: named?.map(({ personId: id, label, agencyId }) => ({
      name: names.get(id) ?? label,
      agency: ra.authority.current.agencies.get(agencyId)?.name ?? agencyId,
    })),
    typed,
    preview: said.preview,
    errors: said.errors ?? [],
  });
}

/** Encryption certificates of people that a search means, each with whether a copy of its key is kept. */
async function findKept(ra: Ra, request: FastifyRequest, search: string) {
  const agencyId = agencyOf(actorOf(request));
  const filter = { ...searchFilter(search), ...(agencyId === undefined ? {} : { agencyId }) };
  const { rows } = await listCertificates(ra.db, filter, SHOWN, undefined);
  const personal = rows.filter(({ profileId, personId }) => profileId === 'user-encrypt' && personId !== null);
  const names = await readPersonNames(
    ra.db,
    personal.map(({ personId }) => personId ?? ''),
  );
  return Promise.all(
    personal.map(async ({ sha256, personId, names: alternative, notBefore, notAfter, orderId, spkiSha256 }) => ({
      sha256: sha256.toHex(),
      holder: names.get(personId ?? '') ?? personId ?? '',
      names: alternative.join(', '),
      ...{ notBefore, notAfter },
      kept: orderId !== null && (await findEscrowedKey(ra.db, orderId, spkiSha256)) !== undefined,
    })),
  );
}
