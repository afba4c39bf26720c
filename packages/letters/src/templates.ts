import { codeLetter } from './code-letter.ts';
import { digestLetter } from './digest-letter.ts';
import { expiryLetter } from './expiry-letter.ts';
import type { Letter } from './letter.ts';
import { linkLetter } from './link-letter.ts';
import { linksLetter } from './links-letter.ts';
import { mailboxCheckLetter } from './mailbox-check-letter.ts';
import { recoveryLetter } from './recovery-letter.ts';
import { reissueLetter } from './reissue-letter.ts';

export const TEMPLATE_IDS = [
  'code',
  'link',
  'links',
  'expiry',
  'mailbox-check',
  'reissue',
  'recovery',
  'digest',
] as const;

export type TemplateId = (typeof TEMPLATE_IDS)[number];

/** A kind of letter: who gets it and why, and an example made of sample facts. */
export interface Template {
  readonly title: string;
  /** The example, with links below `portalUrl`. */
  readonly sample: (portalUrl: string) => Letter;
}

const ORDER = '3f2a9c1b-0d4e-4b6a-9f10-5a6b7c8d9e0f';
const UNTIL = new Date('2026-12-01T00:00:00Z');
const PERSONS = ['SAMP0000000000A1', 'SAMP0000000000B2'];
const NAME = 'Hēmi Ōtene-Te Māra';

/** Every letter that this service writes. The values of samples are made up: their code and links open nothing. */
export const TEMPLATES: Readonly<Record<TemplateId, Template>> = {
  code: {
    title: 'The one-time code, to the person, once their order is approved',
    sample: () => codeLetter({ orderId: ORDER, code: '0000-SAMP-0000-0000', useBefore: UNTIL }),
  },
  link: {
    title: 'The link to the enrolment page, to the sponsor, once the order is approved',
    sample: (portalUrl) =>
      linkLetter({
        orderId: ORDER,
        personName: NAME,
        url: `${portalUrl}/enrol/${ORDER}`,
        useBefore: UNTIL,
        renews: true,
      }),
  },
  links: {
    title: 'The links of a batch, to the sponsor, once its orders are open',
    sample: (portalUrl) =>
      linksLetter(
        ['Aroha Smith', NAME].map((personName, index) => {
          const orderId = ORDER.replace(/.$/, String(index));
          const url = `${portalUrl}/enrol/${orderId}`;
          return { orderId, personId: PERSONS[index] ?? '', personName, url, useBefore: UNTIL };
        }),
      ),
  },
  expiry: {
    title: "Certificates that end soon, to their holder or the gateway's people",
    sample: (portalUrl) =>
      expiryLetter(
        30,
        [
          {
            serial: Uint8Array.fromHex('5a6b7c8d9e0f1011'),
            profileId: 'user-auth',
            notAfter: UNTIL,
            sha256: 'ab'.repeat(32),
          },
          {
            serial: Uint8Array.fromHex('5a6b7c8d9e0f1012'),
            profileId: 'user-sign',
            notAfter: UNTIL,
            sha256: 'cd'.repeat(32),
          },
        ],
        portalUrl,
      ),
  },
  'mailbox-check': {
    title: "The check that a mailbox is the person's, to that mailbox",
    sample: (portalUrl) =>
      mailboxCheckLetter({ personName: NAME, url: `${portalUrl}/mailbox/${'A'.repeat(43)}`, expiresAt: UNTIL }),
  },
  reissue: {
    title: 'The link to ask for new certificates in place of lost ones, to the address on record',
    sample: (portalUrl) =>
      reissueLetter({ personName: NAME, url: `${portalUrl}/reissue/${'A'.repeat(43)}`, expiresAt: UNTIL }),
  },
  recovery: {
    title: 'The copy of an encryption key was opened, to its holder',
    sample: () =>
      recoveryLetter({
        recoveryId: ORDER,
        serial: Uint8Array.fromHex('5a6b7c8d9e0f1013'),
        releasedAt: UNTIL,
        messagesFrom: new Date('2026-05-01T00:00:00Z'),
        messagesUntil: new Date('2026-05-31T00:00:00Z'),
      }),
  },
  digest: {
    title: 'What ends, waits and failed, to every operator, once a working day',
    sample: (portalUrl) => {
      const noted = { agencyId: 'treasury', profileId: 'gateway-encrypt', since: new Date('2026-10-01T00:00:00Z') };
      return digestLetter(
        '2026-11-23',
        {
          ending: [{ days: 14, agencyId: 'treasury', profileId: 'user-auth', count: 3, firstEnd: UNTIL }],
          waiting: { count: 2, oldest: new Date('2026-11-20T00:00:00Z') },
          failed: { mails: 1, orders: 1 },
          unconfirmed: [{ ...noted, serial: Uint8Array.fromHex('5a6b7c8d9e0f1014') }],
          overlapOver: [{ ...noted, serial: Uint8Array.fromHex('5a6b7c8d9e0f1015') }],
        },
        portalUrl,
      );
    },
  },
};
