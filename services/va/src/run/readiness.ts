/** What the process cannot do (`missing`), and what it does out of its memory alone (`degraded`). */
export interface Readiness {
  readonly missing: readonly string[];
  readonly degraded: readonly string[];
}

/** The facts that readiness is told from. */
export interface ReadinessFacts {
  readonly loaded: boolean;
  readonly listening: boolean;
  /** Issuing CAs; empty until they are verified. */
  readonly cas: readonly string[];
  readonly hasDelegate: (ca: string) => boolean;
  /** nextUpdate of the CRL on the shelf. */
  readonly crlUntil: (ca: string) => Date | undefined;
  /** The deltas and parts that a CA is to publish, with the nextUpdate of those on the shelf. */
  readonly lists: (ca: string) => readonly { readonly scope: string; readonly until: Date | undefined }[];
  readonly unexamined: number;
  /** The time up to which every revocation is known. */
  readonly knownAt: Date | undefined;
}

/** Answers are valid for so long after what they say was known (REV-24). */
const VALIDITY_MS = 12 * 3_600_000;

/** Says in plain words what is missing for right answers to every question, and what is merely not fresh. */
export function readiness(facts: ReadinessFacts, now: Date): Readiness {
  const missing: string[] = [];
  const degraded: string[] = [];
  if (facts.cas.length === 0) missing.push('the CA certificates are not verified yet');
  if (!facts.loaded) missing.push('the certificates are not loaded yet');
  if (facts.knownAt && now.getTime() - facts.knownAt.getTime() >= VALIDITY_MS)
    missing.push(`revocations are known up to ${facts.knownAt.toISOString()} only`);
  for (const ca of facts.cas) {
    if (!facts.hasDelegate(ca)) missing.push(`${ca} has no certified responder key`);
    const until = facts.crlUntil(ca);
    if (!until) missing.push(`${ca} has no CRL`);
    else if (until <= now) missing.push(`the CRL of ${ca} has expired at ${until.toISOString()}`);
    const absent = facts.lists(ca).filter((list) => list.until === undefined || list.until <= now);
    const named = absent.length > 3 ? `${absent.length} lists` : absent.map(({ scope }) => scope).join(', ');
    if (absent.length > 0) degraded.push(`of the CRLs of ${ca}, these are missing or have expired: ${named}`);
  }
  const root = facts.crlUntil('root');
  if (root === undefined || root <= now) degraded.push('root has no CRL that is valid now');
  if (facts.loaded && !facts.listening) degraded.push('the database cannot be reached; answers come from memory');
  if (facts.unexamined > 0) degraded.push(`${facts.unexamined} certificates are not examined yet`);
  return { missing, degraded };
}
