/** One test that a mail gateway has to pass before its agency is a member (SEE-10). */
export interface SiteTest {
  readonly id: string;
  readonly title: string;
}

/**
 * The tests of a site, all of them mandatory: those of the original catalogue that are known by id, and what its test domains
 * and mailboxes were for. Product tests are the accreditation's, not the site's.
 */
export const SITE_TESTS: readonly SiteTest[] = [
  { id: 'IN-1-A', title: 'Plain mail from a stranger is delivered without a warning' },
  { id: 'IN-1-B', title: 'A tagged body from a stranger is delivered with warning 4a' },
  { id: 'IN-1-C', title: 'A tagged attachment from a stranger is delivered with warning 4a' },
  { id: 'IN-1-D', title: 'A tagged body with a tagged attachment from a stranger is delivered with its warnings' },
  { id: 'OUT-1-B-1', title: 'A tagged plain body to a stranger is not delivered, and its sender is told 1a' },
  { id: 'OUT-1-C-1', title: 'A tagged attachment to a stranger is not delivered, and its sender is told 1a' },
  { id: 'CERT-EXPIRED', title: 'Mail to a site whose certificate has expired is not sent' },
  { id: 'CERT-REVOKED', title: 'Mail to a site whose certificate is revoked is not sent' },
  {
    id: 'CERT-NOCRL',
    title: 'Mail to a site whose status can not be learned is not sent, or is sent by a logged decision',
  },
  { id: 'PING', title: 'The test mailbox answers a member with a signed and encrypted reply' },
];
