import { type SafeHtml, t } from '@see/language';
import { PfxError } from '@see/pfx';
import { RenewalRefused } from './send-renewal.ts';

/** What is wrong with the file or its passphrase, beside the form. */
export function fileFault(error: unknown): SafeHtml {
  const code = error instanceof PfxError ? error.code : 'malformed';
  if (code === 'wrong-password')
    return t`The passphrase does not open the file. It is the one that you got with this file; the dashes belong to it.`;
  if (code === 'unsupported' || code === 'no-mac' || code === 'too-many-iterations' || code === 'too-large')
    return t`The file has a form that is not read here. Use the file as you got it from this portal.`;
  return t`This is not a file from this portal. Its name ends in .p12, or in .pem for a renewal that waits.`;
}

/** Why the service does not renew, with the next thing to do. */
export function refusalWords(error: unknown): { readonly title: SafeHtml; readonly text: SafeHtml } {
  const code = error instanceof RenewalRefused ? error.code : 'internal';
  return { title: TITLES[code] ?? t`The certificate cannot be renewed here`, text: TEXTS[code] ?? ASK_SPONSOR };
}

/** The service may take it later, as it is. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof RenewalRefused && ['offline', 'unavailable', 'internal', 'too-many-requests'].includes(error.code)
  );
}

const ASK_SPONSOR = t`Ask your sponsor to order a new certificate for you that replaces this one. You get a code by mail, and it takes five minutes.`;
const NOT_REACHED = t`Your keys are still here. Leave this page open, check your connection and try again below.`;

const TITLES: Readonly<Record<string, SafeHtml>> = {
  'renewal-too-early': t`It is too early to renew`,
  'not-current': t`The certificate is not good any more`,
  'data-changed': t`Your name, agency or address has changed`,
  'wrong-state': t`It is being renewed already`,
  offline: t`The service could not be reached`,
  unavailable: t`The service could not be reached`,
  internal: t`The service could not be reached`,
  'too-many-requests': t`The service could not be reached`,
};

const TEXTS: Readonly<Record<string, SafeHtml>> = {
  'renewal-too-early': t`You get a mail when it can be renewed. What the service said below names the day. Have you lost the key? Then ask your sponsor for a new order now.`,
  'not-current': t`It has expired, or is revoked or suspended. Ask your sponsor to order a new certificate for you.`,
  'data-changed': t`A renewal changes the key and the dates only. Ask your sponsor to order a new certificate with your name of today.`,
  'wrong-state': t`Another order replaces this certificate. Have you a file of a renewal that waits? Choose that one. Otherwise ask your sponsor.`,
  offline: NOT_REACHED,
  unavailable: NOT_REACHED,
  internal: NOT_REACHED,
  'too-many-requests': NOT_REACHED,
};

/** How far an order is, in the words of its holder. */
export function stageWords(state: string, approvals: number, quorum: number): SafeHtml {
  if (state === 'pending') return t`${approvals} of ${quorum} operators have approved.`;
  if (state === 'approved' || state === 'issuing') return t`It is approved; the certificate is being made.`;
  return t`The operators did not approve it.`;
}

/** Whether an order can still lead to a certificate. */
export function isUnderWay(state: string): boolean {
  return ['pending', 'approved', 'issuing', 'issued'].includes(state);
}
