import { type HtmlValue, t } from '@see/language';

const REASONS: Readonly<Record<string, HtmlValue>> = {
  unspecified: t`without a reason`,
  keyCompromise: t`the key was or may have been in other hands`,
  cACompromise: t`the key of the CA was or may have been in other hands`,
  affiliationChanged: t`the person left, moved or has another name`,
  superseded: t`another certificate took its place`,
  cessationOfOperation: t`no longer in operation`,
  certificateHold: t`on hold`,
  privilegeWithdrawn: t`the right was taken away`,
};

/** A CRLReason (RFC 5280 section 5.3.1) in words. */
export function reasonText(reason: string): HtmlValue {
  return REASONS[reason] ?? reason;
}
