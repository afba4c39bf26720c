/** What a certificate is for; for a CRL or an OCSP response, what issued it: `root` or `issuing-ca`. */
export type Purpose =
  | 'root'
  | 'issuing-ca'
  | 'gateway-sign'
  | 'gateway-encrypt'
  | 'user-auth'
  | 'user-sign'
  | 'user-encrypt'
  | 'tls-server'
  | 'ocsp-responder'
  | 'operator';

export const purposes = [
  'root',
  'issuing-ca',
  'gateway-sign',
  'gateway-encrypt',
  'user-auth',
  'user-sign',
  'user-encrypt',
  'tls-server',
  'ocsp-responder',
  'operator',
] as const satisfies readonly Purpose[];

export const caPurposes: readonly Purpose[] = ['root', 'issuing-ca'];
export const gatewayPurposes: readonly Purpose[] = ['gateway-sign', 'gateway-encrypt'];
export const userPurposes: readonly Purpose[] = ['user-auth', 'user-sign', 'user-encrypt'];
/** End entities that hold a certificate for long and may be revoked: all but CAs and OCSP delegates. */
export const subscriberPurposes: readonly Purpose[] = [...gatewayPurposes, ...userPurposes, 'tls-server', 'operator'];
export const leafPurposes: readonly Purpose[] = [...subscriberPurposes, 'ocsp-responder'];

/** What the profile in force says beyond the rules here. Everything is optional and only narrows. */
export interface LintProfile {
  /** Policies that the certificate must assert, all of them and no other. */
  readonly policyOids?: readonly string[];
  readonly maxValidityDays?: number;
  /** Whether certificates of this CA may be on hold (CRLs). */
  readonly holdPermitted?: boolean;
}

export interface LintContext {
  readonly purpose: Purpose;
  /** Certificate of the CA that signs, DER. Rules that compare with the issuer are passed over without it. */
  readonly issuer?: Uint8Array;
  /** The time of signing. */
  readonly now: Date;
  readonly profile?: LintProfile;
}
