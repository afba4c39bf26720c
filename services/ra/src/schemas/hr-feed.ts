import type { HrFeed, HrReport } from '@see/db/ra';
import { Type } from '@see/http';
import { AgencyId, PersonId, Time, Uuid } from './fields.ts';

const MaybeTime = Type.Union([Time, Type.Null()]);
const MaybeText = Type.Union([Type.String(), Type.Null()]);

const members = {
  id: Uuid,
  agencyId: AgencyId,
  name: Type.String(),
  kind: Type.Enum(['webhook', 'scim']),
  keyId: Type.Union([Type.String(), Type.Null()], { description: 'Thumbprint of its key (RFC 7638); null for SCIM' }),
  dailyCap: Type.Integer({ description: 'Leavers that are declared in 24 hours; what is beyond waits for a person' }),
  state: Type.Enum(['in-force', 'revoked', 'expired']),
  createdBy: PersonId,
  createdAt: Time,
  expiresAt: Time,
  revokedAt: MaybeTime,
  revokedBy: Type.Union([PersonId, Type.Null()]),
};

export const HrFeedSchema = Type.Object(members, { title: 'HrFeed' });

export const NewHrFeedSchema = Type.Object(
  { ...members, token: Type.Union([Type.String(), Type.Null()], { description: 'Of a SCIM feed; shown this once' }) },
  { title: 'NewHrFeed' },
);

/** A feed as the API shows it. */
export function hrFeedView(feed: HrFeed, now: Date) {
  const { id, agencyId, name, kind, keyId, dailyCap, createdBy } = feed;
  const state = feed.revokedAt
    ? ('revoked' as const)
    : feed.expiresAt <= now
      ? ('expired' as const)
      : ('in-force' as const);
  return {
    id,
    agencyId,
    name,
    kind,
    keyId,
    dailyCap,
    state,
    createdBy,
    createdAt: feed.createdAt.toISOString(),
    expiresAt: feed.expiresAt.toISOString(),
    revokedAt: feed.revokedAt?.toISOString() ?? null,
    revokedBy: feed.revokedBy,
  };
}

export const HrReportSchema = Type.Object(
  {
    id: Type.Integer(),
    feedId: Uuid,
    eventId: MaybeText,
    agencyId: AgencyId,
    personId: PersonId,
    kind: Type.Enum(['leaver', 'mover', 'name-change']),
    effectiveAt: MaybeTime,
    detail: Type.Record(Type.String(), Type.String()),
    state: Type.Enum(['declared', 'waiting', 'confirmed', 'dismissed']),
    waitsFor: Type.Union([Type.Enum(['evidence', 'daily-cap', 'revocation-cap']), Type.Null()], {
      description: 'Why a person has to confirm it, or had to; null when it was declared at once',
    }),
    lifeEventId: Type.Union([Type.Integer(), Type.Null()]),
    receivedAt: Time,
    reason: MaybeText,
    decidedBy: Type.Union([PersonId, Type.Null()]),
    decidedAt: MaybeTime,
  },
  { title: 'HrReport' },
);

/** What a feed told, as the API shows it. */
export function hrReportView(report: HrReport) {
  const { id, feedId, eventId, agencyId, personId, kind, waitsFor, end } = report;
  return {
    id,
    feedId,
    eventId,
    agencyId,
    personId,
    kind,
    effectiveAt: report.effectiveAt?.toISOString() ?? null,
    detail: report.detail as Record<string, string>,
    state: end?.outcome ?? (waitsFor === null ? ('declared' as const) : ('waiting' as const)),
    waitsFor,
    lifeEventId: report.lifeEventId ?? end?.lifeEventId ?? null,
    receivedAt: report.receivedAt.toISOString(),
    reason: end?.reason ?? null,
    decidedBy: end?.endedBy ?? null,
    decidedAt: end?.endedAt.toISOString() ?? null,
  };
}
