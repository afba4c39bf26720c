import { type HtmlValue, t } from '@see/language';

/** What each test of a site shows, by the ids of the policy's list; a test without words is shown as the policy has it. */
export const SITE_TEST_WORDS: Readonly<Record<string, HtmlValue>> = {
  'IN-1-A': t`Plain mail from a stranger is delivered without a warning`,
  'IN-1-B': t`A tagged body from a stranger is delivered with warning 4a`,
  'IN-1-C': t`A tagged attachment from a stranger is delivered with warning 4a`,
  'IN-1-D': t`A tagged body with a tagged attachment from a stranger is delivered with its warnings`,
  'OUT-1-B-1': t`A tagged plain body to a stranger is not delivered, and its sender is told 1a`,
  'OUT-1-C-1': t`A tagged attachment to a stranger is not delivered, and its sender is told 1a`,
  'CERT-EXPIRED': t`Mail to a site whose certificate has expired is not sent`,
  'CERT-REVOKED': t`Mail to a site whose certificate is revoked is not sent`,
  'CERT-NOCRL': t`Mail to a site whose status cannot be learned is not sent, or is sent by a logged decision`,
  PING: t`The test mailbox answers a member with a signed and encrypted reply`,
};
