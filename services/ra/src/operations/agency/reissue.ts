import { type AuditActor, withTransaction } from '@see/db';
import { listPeoplesCertificates, type ReissuableCertificate, tryLockAgency } from '@see/db/ra';
import type { AgencyScope } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { assertParty, createOrder, type OrderWish } from '../create-order.ts';
import { noReadings } from '../risk-readings.ts';
import { organizationNameOf } from './organization-name.ts';

/** People whose orders are made in one request. */
export const PEOPLE_AT_ONCE = 50;

/** Certificates of an agency's people that are to be issued again with another name of the agency. */
export interface ReissueWish {
  /** The organizationName that the new certificates have; one of the agency's scope. */
  readonly organizationName: string;
  readonly sponsorId: string;
  readonly agentId?: string;
  /** The person after whom to go on; the first ones when absent. */
  readonly after?: string;
  /** Only say what would be ordered. */
  readonly dryRun?: boolean;
}

/** What became of one person's certificates. */
export interface ReissueOutcome {
  readonly personId: string;
  readonly displayName: string;
  readonly outcome: 'to-order' | 'ordered' | 'under-way' | 'refused';
  readonly profiles: readonly string[];
  readonly orderId: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

/**
 * Orders for the next people of an agency what their certificates are to be replaced by: the same profiles and type, with
 * another organizationName, by new keys and codes. Each order names what it replaces; approval is as for any order, and the
 * old certificates stay as they are. Who has all of it ordered already is said to be under way, so the same request again
 * goes on where it stopped. Who is refused is listed with the reason and hinders nobody.
 */
export async function reissuePeople(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  agency: AgencyScope,
  wish: ReissueWish,
): Promise<{ readonly people: readonly ReissueOutcome[]; readonly next: string | null }> {
  assertParty(actor, wish);
  if (wish.dryRun) return nextPeople(ra, actor, by, agency, wish);
  // Two who ask at once would both find what nobody has ordered yet. Nobody waits: who did would keep a connection that the
  // other needs.
  return withTransaction(ra.db, async (tx) => {
    if (!(await tryLockAgency(tx, agency.agencyId)))
      throw new Refusal('wrong-state', 'Somebody else orders for this agency, or ends it, at this moment. Ask again.');
    return nextPeople(ra, actor, by, agency, wish);
  });
}

async function nextPeople(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  agency: AgencyScope,
  wish: ReissueWish,
): Promise<{ readonly people: readonly ReissueOutcome[]; readonly next: string | null }> {
  if (!agency.organizationNames.includes(wish.organizationName)) throw notInScope(agency, wish.organizationName);
  const { certificates, next } = await listPeoplesCertificates(
    ra.db,
    agency.agencyId,
    wish.after ?? '',
    PEOPLE_AT_ONCE,
    ra.now(),
  );
  const old = certificates.filter(({ der }) => organizationNameOf(der) !== wish.organizationName);
  const people: ReissueOutcome[] = [];
  for (const [personId, own] of Map.groupBy(old, (one) => one.personId ?? '')) {
    const replaced = newestOfEach(own);
    const rest = replaced.filter(({ replacedBy }) => replacedBy === null);
    const base = {
      personId,
      displayName: own[0]?.displayName ?? '',
      profiles: (rest.length > 0 ? rest : replaced).map(({ profileId }) => profileId),
      code: null,
      message: null,
    };
    if (rest.length === 0) people.push({ ...base, outcome: 'under-way', orderId: replaced[0]?.replacedBy ?? null });
    else if (wish.dryRun) people.push({ ...base, outcome: 'to-order', orderId: null });
    else people.push({ ...base, ...(await order(ra, actor, by, orderWish(agency, wish, personId, rest))) });
  }
  return { people, next };
}

/** Of several certificates of a profile the newest: the others are replaced with it. Newest first is how they come. */
function newestOfEach(own: readonly ReissuableCertificate[]): readonly ReissuableCertificate[] {
  return [...Map.groupBy(own, ({ profileId }) => profileId).values()].flatMap((all) => all.slice(0, 1));
}

function orderWish(
  agency: AgencyScope,
  { organizationName, sponsorId, agentId }: ReissueWish,
  applicantId: string,
  replaced: readonly ReissuableCertificate[],
): OrderWish {
  const type = replaced.find(({ typeId }) => typeId !== null)?.typeId ?? null;
  return {
    agencyId: agency.agencyId,
    applicantId,
    sponsorId,
    ...(agentId === undefined ? {} : { agentId }),
    ...(type === null ? {} : { type }),
    organizationName,
    items: replaced.map(({ profileId }) => ({ profile: profileId })),
    replaces: replaced.map(({ sha256 }) => sha256.toHex()),
  };
}

type Made = Pick<ReissueOutcome, 'outcome' | 'orderId' | 'code' | 'message'>;

/** These people have certificates with their names: neither names nor numbers are asked about again. */
async function order(ra: Ra, actor: Actor, by: AuditActor, wish: OrderWish): Promise<Made> {
  try {
    const { id } = await createOrder(ra, actor, by, wish, undefined, noReadings);
    return { outcome: 'ordered', orderId: id, code: null, message: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [first] = error.violations ?? [];
    return {
      outcome: 'refused',
      orderId: null,
      code: first?.code ?? error.code,
      message: first?.message ?? error.message,
    };
  }
}

function notInScope(agency: AgencyScope, name: string): Refusal {
  return refusedFor('invalid-request', [
    {
      code: 'organization-not-in-scope',
      message: `${name} is no name of agency ${agency.agencyId}: ${agency.organizationNames.join(', ')}`,
      path: 'body/organizationName',
      source: 'section 8.4',
      remedy:
        'change the scope first, and leave the old name in it until the old certificates have ended: see agency propose',
    },
  ]);
}
