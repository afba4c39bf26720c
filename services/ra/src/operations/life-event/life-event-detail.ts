/** What some kinds of events need besides; kept with the event as JSON. */
export interface LifeEventDetail {
  /** SHA-256 of the certificates that it is about, hex; all of the person's when absent. */
  readonly certificates?: readonly string[];
  /** Orders that were open when it was declared: what comes of them is meant too. */
  readonly orders?: readonly string[];
  /** Digests of `certificate-revoke` statements, hex, for what is beyond the hourly cap. */
  readonly statements?: readonly string[];
  /** Where a mover goes. */
  readonly place?: { readonly agencyId: string; readonly email: string };
  /** What somebody is called now. */
  readonly name?: { readonly givenName: string | null; readonly surname: string; readonly displayName: string };
}

/** Reads what was stored by us. */
export function readDetail(stored: unknown): LifeEventDetail {
  return (stored ?? {}) as LifeEventDetail;
}
