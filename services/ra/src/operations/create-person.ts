import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { insertPerson } from '@see/db/ra';
import { type Authority, isWithin, personId, type Refusal } from '@see/domain';
import { isReservedName, readMailAddress } from '@see/policy';
import { hasForbiddenCharacter } from '@see/x509';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';

/** What an agency says about one of its people. */
export interface PersonWish {
  readonly agencyId: string;
  readonly givenName?: string;
  readonly surname: string;
  readonly displayName?: string;
  readonly email: string;
}

/** Days after which a person's record has to be confirmed again. */
const REVIEW_DAYS = 365;

/**
 * Enters a person under a new permanent id. Names and address are held against what certificates can carry and what
 * the agency's scope allows; everything that is wrong is said at once.
 */
export async function createPerson(ra: Ra, by: AuditActor, wish: PersonWish): Promise<string> {
  const displayName = wish.displayName ?? [wish.givenName, wish.surname].filter(Boolean).join(' ');
  const violations = violationsOf(ra.authority.current, { ...wish, displayName });
  if (violations.length > 0) throw refusedFor('invalid-request', violations);
  const mail = readMailAddress(wish.email);
  const id = personId(ra.randomBytes(10));
  const now = ra.now();
  await withTransaction(ra.db, async (tx) => {
    await insertPerson(tx, {
      id,
      agencyId: wish.agencyId,
      givenName: wish.givenName ?? null,
      surname: wish.surname,
      displayName,
      email: mail ? `${mail.localPart}@${mail.domain}` : null,
      lastVerifiedAt: now,
      nextReviewAt: new Date(now.getTime() + REVIEW_DAYS * 86_400_000),
    });
    await writeAudit(tx, [
      {
        kind: 'person.create',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: id,
        detail: { agencyId: wish.agencyId },
      },
    ]);
  });
  return id;
}

function violationsOf(authority: Authority, wish: PersonWish & { displayName: string }): Refusal[] {
  const found: Refusal[] = [];
  const agency = authority.agencies.get(wish.agencyId);
  if (agency?.status !== 'active') {
    found.push({
      code: 'agency-unknown',
      message: `no agency ${wish.agencyId} is an active member`,
      path: 'body/agencyId',
      source: 'WF-M',
    });
  }
  const names = { givenName: wish.givenName, surname: wish.surname, displayName: wish.displayName };
  for (const [field, value] of Object.entries(names)) {
    if (value !== undefined) found.push(...nameFaults(value, `body/${field}`));
  }
  const mail = readMailAddress(wish.email);
  const path = 'body/email';
  if (!mail) {
    found.push({
      code: 'bad-mail-address',
      message: 'the mail address is not one that certificates carry',
      path,
      source: 'PRF-0.9',
    });
  } else if (isReservedName(mail.localPart)) {
    found.push({
      code: 'reserved-name',
      message: `${mail.localPart} is kept for mail gateways`,
      path,
      source: 'DOM-3',
    });
  } else if (agency && !agency.domains.some((domain) => isWithin(mail.domain, domain))) {
    found.push({
      code: 'domain-not-in-scope',
      message: `${mail.domain} is no mail domain of ${agency.name}`,
      path,
      source: 'SEE-26',
      remedy: `use an address of ${agency.domains.join(', ')}, or have the agency's scope changed`,
    });
  }
  return found;
}

function nameFaults(value: string, path: string): Refusal[] {
  if (value.trim() !== value || value === '' || hasForbiddenCharacter(value) || /[[\]{}<>"]/.test(value)) {
    return [
      {
        code: 'bad-name',
        message: 'a name has no brackets, quotes, control characters or blanks at its ends',
        path,
        source: 'PRF-0.7',
      },
    ];
  }
  if (isReservedName(value))
    return [{ code: 'reserved-name', message: `${value} is kept for mail gateways`, path, source: 'DOM-3' }];
  return [];
}
