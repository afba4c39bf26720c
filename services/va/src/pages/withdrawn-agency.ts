import { type AgencyScope, isWithin } from '@see/domain';

/**
 * Whether mail to these addresses goes to an agency that is suspended or was removed, and to no other one: then the directory
 * offers nothing to encrypt to (WF-M). By the verified scopes; an address that is in no scope is nobody's and is not withheld.
 */
export function isWithdrawn(mails: readonly string[], agencies: Iterable<AgencyScope>): boolean {
  let withdrawn = false;
  for (const { status, domains } of agencies) {
    const theirs = mails.some((mail) =>
      domains.some((domain) => isWithin(mail.slice(mail.lastIndexOf('@') + 1).toLowerCase(), domain)),
    );
    if (!theirs) continue;
    if (status === 'active' || status === 'scoped') return false;
    withdrawn = true;
  }
  return withdrawn;
}
