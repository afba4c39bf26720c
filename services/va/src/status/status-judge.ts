import {
  type Authority,
  type CertificateStatus,
  certificateStatus,
  countingEvents,
  type FormerGrounds,
  type RevocationEvent,
  readRevocationSubject,
  type StoredStatement,
} from '@see/domain';
import { readStatement } from '@see/statement';
import type { VerifiedRelease } from './effective-status.ts';

/** What the events of one certificate add up to, by statements that hold. */
export interface Judgement {
  readonly status: CertificateStatus;
  readonly releases: readonly VerifiedRelease[];
  /** The hold that stands, when one does. */
  readonly holdId: number | undefined;
  /** Whether some event does not count for want of a good statement; it may count once the authority has grown. */
  readonly uncounted: boolean;
}

/**
 * Judges the events of one certificate, in the order of their ids, under an authority that this process verified; with `former`,
 * also those whose operators have left.
 */
export function judgeEvents(
  events: readonly RevocationEvent[],
  certificate: { readonly ca: string; readonly serial: string; readonly profileId: string },
  statementOf: (digest: Uint8Array) => StoredStatement | undefined,
  authority: Authority,
  former?: FormerGrounds,
): Judgement {
  const shown = new Map<RevocationEvent, Date>();
  const noting = former && {
    ...former,
    isShown: (...[event, hold]: Parameters<FormerGrounds['isShown']>): boolean => {
      const isShown = former.isShown(event, hold);
      if (isShown && hold) shown.set(event, hold.revokedAt);
      return isShown;
    },
  };
  const counting = countingEvents(events, certificate, statementOf, authority, undefined, noting);
  const status = certificateStatus(events, (event) => counting.has(event));
  const releases: VerifiedRelease[] = [];
  let holdId: number | undefined;
  for (const event of counting) {
    if (event.kind === 'hold') holdId = event.id;
    else if (event.kind === 'release') {
      const heldSince = shown.get(event);
      const release = heldSince ? { heldSince } : releaseOf(event, statementOf);
      if (release) releases.push(release);
    }
  }
  return {
    status,
    releases,
    holdId: status.kind === 'held' ? holdId : undefined,
    uncounted: counting.size < events.length,
  };
}

/** The terms of a release that counted, read from its statement. */
function releaseOf(
  event: RevocationEvent,
  statementOf: (digest: Uint8Array) => StoredStatement | undefined,
): VerifiedRelease | undefined {
  const stored = event.statementDigest && statementOf(event.statementDigest);
  if (!stored) return undefined;
  const read = readStatement(stored.bytes);
  const { holdId } = readRevocationSubject(read);
  return holdId === null ? undefined : { holdId, signedFrom: new Date(read.statement.notBefore * 1000) };
}
