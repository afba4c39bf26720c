import { deltaCrlIndicator, type Extension, freshestCrl, issuingDistributionPoint } from '@see/x509';

/** What a CRL is and covers, as its extensions say. URLs are those of `crlUrl`. */
export type CrlForm =
  /** All certificates of the CA; `freshest` is where its delta is, where it has one (RFC 5280 5.2.6). */
  | { readonly kind: 'full'; readonly freshest: string | undefined }
  /** The difference to the full CRL with the number `base` (RFC 5280 5.2.4). */
  | { readonly kind: 'delta'; readonly base: bigint }
  /** The certificates whose crlDistributionPoints name `url` (RFC 5280 5.2.5, REV-12). */
  | { readonly kind: 'part'; readonly url: string };

/** The extensions by which a form is known; a CRL of this form has these of their kinds and no other. */
export function formExtensions(form: CrlForm): Extension[] {
  if (form.kind === 'delta') return [deltaCrlIndicator(form.base)];
  if (form.kind === 'part') return [issuingDistributionPoint({ uris: [form.url] })];
  return form.freshest === undefined ? [] : [freshestCrl([form.freshest])];
}
