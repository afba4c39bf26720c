import { type SafeHtml, t } from '@see/language';

interface Reason {
  readonly text: SafeHtml;
  readonly help: SafeHtml;
}

/** Reasons of RFC 5280 in the order in which they are offered: the most frequent first, the empty one last. */
const REASONS: Readonly<Record<string, Reason>> = {
  keyCompromise: {
    text: t`Key compromise`,
    help: t`Somebody else has, or may have, the private key: a lost or stolen device, a file that was sent around, a passphrase that others know. When in doubt, this one.`,
  },
  affiliationChanged: {
    text: t`Affiliation changed`,
    help: t`The person has left the agency, or the name or the agency on the certificate is not right any more.`,
  },
  superseded: {
    text: t`Superseded`,
    help: t`A newer certificate has taken its place; the key is not in doubt.`,
  },
  cessationOfOperation: {
    text: t`Cessation of operation`,
    help: t`The gateway or server is no longer used; the key is not in doubt.`,
  },
  privilegeWithdrawn: {
    text: t`Privilege withdrawn`,
    help: t`The agency or an operator took the right away, for example after a breach of the policy.`,
  },
  unspecified: { text: t`Unspecified`, help: t`None of the others. Whoever checks learns nothing from it.` },
  certificateHold: {
    text: t`On hold`,
    help: t`The key is missing and may turn up, like a card left at home. An operator’s signature makes the certificate good again.`,
  },
};

/** The words for a reason; its name of RFC 5280 where we have none. */
export function reasonText(reason: string): SafeHtml | string {
  return REASONS[reason]?.text ?? reason;
}

/** Reasons with what each means, in the order in which they are offered. */
export function reasonOptions(
  reasons: readonly string[],
): { value: string; text: SafeHtml | string; hint?: SafeHtml }[] {
  const order = Object.keys(REASONS);
  return reasons
    .toSorted((one, other) => order.indexOf(one) - order.indexOf(other))
    .map((value) => ({ value, text: reasonText(value), ...(REASONS[value] && { hint: REASONS[value].help }) }));
}

/** What stops working, by the profile of a certificate. */
export function losses(profileId: string): readonly SafeHtml[] {
  return LOSSES[profileId] ?? [t`Whoever checks it does not accept it any more.`];
}

const LOSSES: Readonly<Record<string, readonly SafeHtml[]>> = {
  'user-auth': [
    t`Its holder can no longer sign in with it anywhere, and sessions here that were opened with it end.`,
    t`Mail is not affected: that has certificates of its own.`,
  ],
  'user-sign': [
    t`Mail that is signed with it from now on is shown as not trustworthy.`,
    t`Mail that was signed before stays valid for programs that know when it was signed; some programs will warn about all of it.`,
  ],
  'user-encrypt': [
    t`The directory no longer lists it, and nobody should encrypt mail to its holder with it any more.`,
    t`Mail that came encrypted can still be read as long as its holder keeps the key file.`,
  ],
  'gateway-sign': [
    t`The signature of the agency’s gateway is not accepted any more: its outgoing mail counts as unsigned.`,
  ],
  'gateway-encrypt': [
    t`Other gateways no longer encrypt to the agency: its mail goes in the clear or not at all until there is a new certificate.`,
  ],
  'tls-server': [t`Browsers and programs refuse to connect to the server as soon as they check.`],
  operator: [t`Its holder can no longer sign in to this console with it, and sessions that were opened with it end.`],
};
