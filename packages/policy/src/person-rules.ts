import { type Authority, isWithin, type Refusal } from '@see/domain';
import { hasForbiddenCharacter } from '@see/x509';
import { readMailAddress } from './mail-address.ts';
import { isReservedName } from './reserved-names.ts';

/** What an agency says about one of its people; the display name is the one that certificates carry. */
export interface PersonEntry {
  readonly givenName?: string | undefined;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string;
}

/** Upper bound of RFC 5280 appendix A.1 for names, and of RFC 5321 section 4.5.3.1.3 for addresses, in UTF-16 units. */
const NAME_BOUND = 64;
const ADDRESS_BOUND = 254;

/** The display name where none is given: given name and surname. */
export function defaultDisplayName(givenName: string | undefined, surname: string): string {
  return [givenName, surname].filter(Boolean).join(' ');
}

/** Refuses an agency that has no scope in force. One that is not activated yet enters its people before. */
export function agencyViolations(authority: Authority, agencyId: string): Refusal[] {
  const status = authority.agencies.get(agencyId)?.status;
  if (status === 'active' || status === 'scoped') return [];
  return [
    {
      code: 'agency-unknown',
      message: `no agency ${agencyId} is an active member`,
      path: 'agencyId',
      source: 'WF-M',
    },
  ];
}

/**
 * Holds a person's names and address against what certificates can carry and what the agency's scope allows. All that
 * is wrong is returned, `path` being the field. That the agency is a member is `agencyViolations`; whether the mailbox
 * exists, or the person is registered already, is not checked.
 */
export function personViolations(authority: Authority, agencyId: string, person: PersonEntry): Refusal[] {
  const names = { givenName: person.givenName, surname: person.surname, displayName: person.displayName };
  const found = Object.entries(names).flatMap(([field, value]) =>
    value === undefined ? [] : nameViolations(value, field),
  );
  return [...found, ...addressViolations(authority, agencyId, person.email)];
}

function nameViolations(value: string, path: string): Refusal[] {
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
  if (value.length > NAME_BOUND) {
    return [
      {
        code: 'value-too-long',
        message: `a name has at most ${NAME_BOUND} characters, this one ${value.length}`,
        path,
        source: 'RFC 5280 A.1',
        remedy: 'give a shorter name; nothing is cut silently',
      },
    ];
  }
  if (isReservedName(value))
    return [{ code: 'reserved-name', message: `${value} is kept for mail gateways`, path, source: 'DOM-3' }];
  return [];
}

function addressViolations(authority: Authority, agencyId: string, email: string): Refusal[] {
  const agency = authority.agencies.get(agencyId);
  const mail = email.length > ADDRESS_BOUND ? undefined : readMailAddress(email);
  const path = 'email';
  if (!mail) {
    return [
      {
        code: 'bad-mail-address',
        message: 'the mail address is not one that certificates carry',
        path,
        source: 'PRF-0.9',
      },
    ];
  }
  if (isReservedName(mail.localPart)) {
    return [{ code: 'reserved-name', message: `${mail.localPart} is kept for mail gateways`, path, source: 'DOM-3' }];
  }
  if (agency && !agency.domains.some((domain) => isWithin(mail.domain, domain))) {
    return [
      {
        code: 'domain-not-in-scope',
        message: `${mail.domain} is no mail domain of ${agency.name}`,
        path,
        source: 'SEE-26',
        remedy: `use an address of ${agency.domains.join(', ')}, or have the agency's scope changed`,
      },
    ];
  }
  return [];
}
