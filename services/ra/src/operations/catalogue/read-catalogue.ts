import { listServices, type ServiceRow } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { type RecordStanding, recordStanding } from '@see/policy';
import { agencyOf, authorise, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';

const DAY = 86_400_000;
/** Days after which the content of a service or site is looked at again. */
export const CONTENT_REVIEW_DAYS = 365;

/** An entry of the catalogue with how it stands today. */
export interface CatalogueEntry extends ServiceRow {
  readonly agencyName: string;
  /** The day by which its content has to be reviewed; its first day in the catalogue where it never was. */
  readonly nextReviewAt: Date;
  readonly standing: RecordStanding;
  /** When the certificate ends that its site shows or, where none was seen, the newest of ours for it. */
  readonly notAfter: Date | null;
  /** Whole days until then, negative afterwards. */
  readonly daysLeft: number | null;
  /** The site shows the newest of our certificates for it; null where either is missing. */
  readonly showsOurs: boolean | null;
  /** Why its site showed no certificate when it was last looked at. */
  readonly fault: string | null;
  /** A finding whose day is over. */
  readonly findingLate: boolean;
}

/**
 * The catalogue as an actor may see it: what is stale on top, then by days left. About a hundred entries are expected and
 * all of them are read.
 */
export async function readCatalogue(
  ra: Ra,
  actor: Actor,
  wanted: { readonly agencyId?: string | undefined; readonly standing?: RecordStanding | undefined } = {},
): Promise<readonly CatalogueEntry[]> {
  const agencyId = agencyOf(actor) ?? wanted.agencyId ?? null;
  const rows = await listServices(ra.db, ra.now(), { agencyId });
  return rows
    .map((row) => entryOf(ra, row))
    .filter(({ standing }) => wanted.standing === undefined || standing === wanted.standing)
    .toSorted((a, b) => rank(a) - rank(b) || (a.daysLeft ?? 1e6) - (b.daysLeft ?? 1e6));
}

function rank({ standing, findingLate }: CatalogueEntry): number {
  return standing === 'stale' || findingLate ? 0 : standing === 'due' ? 1 : 2;
}

/** One entry that an actor may do something with. Throws Refusal `not-found`, `forbidden`. */
export async function catalogueEntry(ra: Ra, actor: Actor, operation: Operation, id: string): Promise<CatalogueEntry> {
  const [row] = await listServices(ra.db, ra.now(), { id });
  if (!row) throw new Refusal('not-found', 'There is no service with this id.');
  authorise(actor, operation, row.agencyId);
  return entryOf(ra, row);
}

function entryOf(ra: Ra, row: ServiceRow): CatalogueEntry {
  const now = ra.now();
  const nextReviewAt = row.reviewedOn
    ? new Date(Date.parse(row.reviewedOn) + CONTENT_REVIEW_DAYS * DAY)
    : row.createdAt;
  const notAfter = row.observation?.notAfter ?? row.certificate?.notAfter ?? null;
  const seen = row.observation?.sha256;
  return {
    ...row,
    agencyName: ra.authority.current.agencies.get(row.agencyId)?.name ?? row.agencyId,
    nextReviewAt,
    standing: recordStanding(nextReviewAt, now),
    notAfter,
    daysLeft: notAfter && Math.floor((notAfter.getTime() - now.getTime()) / DAY),
    showsOurs: seen && row.certificate ? Buffer.compare(seen, row.certificate.sha256) === 0 : null,
    fault: row.observation?.fault ?? null,
    findingLate: row.findingDueOn !== null && row.findingDueOn < now.toISOString().slice(0, 10),
  };
}
