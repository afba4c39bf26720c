import { readPersonNames } from '@see/db/ra';
import { actorOf } from '@see/http';
import { sampleCsv } from '@see/person-import';
import { type FieldError, newImportPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { profileTitle } from '../../operations/profile-title.ts';
import { agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { seconds } from '../../ra.ts';
import { readerOf } from './session.ts';

const PROFILES = ['user-auth', 'user-sign', 'user-encrypt'];
/** Pasted text that is put into the page again. */
const SHOWN = 20_000;

/** The form that an import begins with, with what was chosen before and what is wrong with it. */
export async function drawNewImport(
  ra: Ra,
  request: FastifyRequest,
  fields: Readonly<Record<string, string | readonly string[] | undefined>>,
  errors: readonly FieldError[],
): Promise<string> {
  const actor = actorOf(request);
  const own = agencyOf(actor);
  const now = seconds(ra.now());
  const agencies = [...ra.authority.current.agencies.values()]
    .filter(({ agencyId, status }) => (own === undefined || agencyId === own) && status !== 'removed')
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const sponsors = agencies.flatMap((agency) =>
    agency.delegations
      .filter(({ role, from, until }) => role === 'sponsor' && from <= now && now < until)
      .map(({ personId }) => ({ id: personId, agency: agency.name })),
  );
  const mine = sponsors.filter(({ id }) => actor.role !== 'sponsor' || id === actor.personId);
  const names = await readPersonNames(
    ra.db,
    mine.map(({ id }) => id),
  );
  const text = (name: string): string => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
  const profiles = Object.hasOwn(fields, 'profiles') ? fields['profiles'] : undefined;
  return newImportPage(viewOf(ra.site, request), readerOf(ra, request), {
    agencies: agencies.map(({ agencyId: id, name }) => ({ id, name })),
    profiles: PROFILES.map((id) => ({ id, title: profileTitle(ra, id) })),
    sponsors: may(actor, 'order.create')
      ? mine.map(({ id, agency }) => ({ id, agency, name: names.get(id) ?? id }))
      : [],
    chosen: {
      agencyId: text('agencyId'),
      sameName: text('sameName') || 'skip',
      leaveOut: text('leaveOut') === 'yes',
      profiles: typeof profiles === 'string' ? profiles.split(',') : (profiles ?? []),
      sponsorId: text('sponsorId'),
    },
    text: text('text').length > SHOWN ? '' : text('text'),
    sample: sampleCsv().replace('\ufeff', '').trim(),
    errors,
  });
}
