import { readOrderContent } from '@see/domain';
import { reviewedBetween } from '@see/policy';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRecords } from '../../services/ra/src/operations/records/list-records.ts';
import { staleRecords } from '../../services/ra/src/operations/records/stale-records.ts';
import { type Answer, type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { RenewalScene } from '../support/renewal-scene.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let scene: RenewalScene;
const DAY = 86_400_000;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  scene = new RenewalScene(world, calls);
});
afterAll(async () => {
  scene?.remove();
  await calls?.registration.app.close();
  await world?.close();
});

interface RecordView {
  readonly kind: string;
  readonly id: string;
  readonly agencyId: string;
  readonly by: readonly string[];
  readonly nextReviewAt: string;
  readonly standing: string;
}

/** Records that a caller sees, over all pages. */
async function records(query: string, who: 'operator' | 'agent' | 'dpmc' = 'operator'): Promise<RecordView[]> {
  const found: RecordView[] = [];
  for (let cursor = ''; ; ) {
    const answer = await calls.call(who, 'GET', `/api/v1/records?limit=5&${query}${cursor}`);
    expect(answer.status).toBe(200);
    found.push(...(answer.body.items as unknown as RecordView[]));
    if (answer.body.next === null) return found;
    cursor = `&cursor=${encodeURIComponent(answer.body.next)}`;
  }
}

const grace = (): string => calls.person['grace.liu@treasury.govt.nz'] ?? '';

/** Makes the record of a person one that had to be reviewed so many days ago. */
async function setReview(id: string, daysAgo: number): Promise<void> {
  await sql`update people set next_review_at = now() - make_interval(days => ${daysAgo}::integer) where id = ${id}`.execute(
    world.owner,
  );
}

describe('records', () => {
  it('say as of when, by whom, and when they are reviewed again, each once and in order', async () => {
    const all = await records('');
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['agency', 'delegation', 'domain', 'person']));
    expect(new Set(all.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(all.length);
    expect(all.map(({ nextReviewAt }) => nextReviewAt)).toEqual(all.map(({ nextReviewAt }) => nextReviewAt).toSorted());
    const treasury = all.find(({ kind, id }) => kind === 'agency' && id === 'treasury');
    // Both operators signed the scope.
    expect(treasury?.by.toSorted()).toEqual(
      [calls.person['mere.tahana@ssc.govt.nz'], calls.person['thomas.fisher@ssc.govt.nz']].toSorted(),
    );
    expect(all.every(({ standing }) => standing === 'current')).toBe(true);
    expect(await records('standing=current')).toHaveLength(all.length);
  });

  it('become due 30 days before, then stale, and are found as that', async () => {
    const { ra } = calls.registration;
    const found = async (standing: 'due' | 'stale', days: number): Promise<string[]> => {
      const filter = { agencyId: 'treasury', ...reviewedBetween(standing, new Date(Date.now() + days * DAY)) };
      return (await listRecords(ra, filter, 200, undefined)).rows.map(({ kind }) => kind);
    };
    expect([await found('due', 334), await found('stale', 364)]).toEqual([[], []]);
    expect(await found('due', 336)).toEqual(expect.arrayContaining(['agency', 'person', 'delegation']));
    expect(await found('stale', 366)).toEqual(expect.arrayContaining(['agency', 'person', 'delegation']));
    // Domains count for 398 days.
    expect([(await found('stale', 397)).includes('domain'), (await found('stale', 399)).includes('domain')]).toEqual([
      false,
      true,
    ]);
  });

  it('are those of one agency for its people', async () => {
    const own = await records('', 'agent');
    expect(new Set(own.map(({ agencyId }) => agencyId))).toEqual(new Set(['treasury']));
    expect((await records('agency=treasury', 'dpmc')).every(({ agencyId }) => agencyId === 'dpmc')).toBe(true);
  });

  it('have the newest evidence of each kind, by its clock or its own end', async () => {
    const add = (kind: string, sightedOn: string, expiresOn?: string): Promise<Answer> =>
      calls.call('agent', 'POST', `/api/v1/people/${grace()}/evidence`, {
        ...{ kind, sightedOn, issuer: 'DIA', method: 'in-person' },
        ...(expiresOn === undefined ? {} : { expiresOn }),
      });
    const today = new Date().toISOString().slice(0, 10);
    const soon = new Date(Date.now() + 10 * DAY).toISOString().slice(0, 10);
    expect([(await add('passport', '2026-01-05')).status, (await add('passport', today, soon)).status]).toEqual([
      201, 201,
    ]);
    expect((await add('staff-card', '2026-03-01')).status).toBe(201);
    const found = await records('kind=evidence');
    expect(found.map(({ nextReviewAt }) => nextReviewAt.slice(0, 10))).toEqual([
      soon,
      new Date(Date.parse('2026-03-01') + 825 * DAY).toISOString().slice(0, 10),
    ]);
    expect(found.map(({ standing }) => standing)).toEqual(['due', 'current']);
    const listed = await calls.call('agent', 'GET', `/api/v1/people/${grace()}/evidence`);
    expect((listed.body.items as unknown as { countsUntil: string }[])[0]?.countsUntil).toBeDefined();
  });
});

describe('the record of a person', () => {
  it('is confirmed for a year by somebody else, who is named', async () => {
    await setReview(grace(), 1);
    expect((await records('standing=stale&kind=person')).map(({ id }) => id)).toEqual([grace()]);
    const people = await calls.call('operator', 'GET', '/api/v1/people?standing=stale');
    expect(people.body.items.map(({ id }) => id)).toEqual([grace()]);
    const done = await calls.call('agent', 'POST', `/api/v1/people/${grace()}/review`, {});
    expect(done.status).toBe(200);
    const [own] = (await records('kind=person&agency=treasury')).filter(({ id }) => id === grace());
    expect(own?.by).toEqual([calls.person['hemi.walker@treasury.govt.nz']]);
    expect(own?.standing).toBe('current');
    expect((await calls.call('dpmc', 'POST', `/api/v1/people/${grace()}/review`, {})).status).toBe(404);
    const self = await calls.call(
      'agent',
      'POST',
      `/api/v1/people/${calls.person['hemi.walker@treasury.govt.nz']}/review`,
      {},
    );
    expect([self.status, self.body.code]).toEqual([403, 'forbidden']);
  });
});

describe('stale records block', () => {
  const personal = () => {
    const { agentId: _agent, evidence: _evidence, ...wish } = calls.wish();
    const items = calls.wish(newKey(), 'user-auth').items;
    return { ...wish, type: 'business-card-software', items };
  };
  const order = async (wish: object): Promise<string> => {
    const made = await scene.asSponsor('/api/v1/orders', wish);
    expect(made.statusCode, made.body).toBe(201);
    return made.json<{ id: string }>().id;
  };

  it('the approval of an order whose person went stale after it was made, with what to do', async () => {
    const id = await order(personal());
    await setReview(grace(), 0);
    const refused = await calls.approve(id, world.operators[0]);
    expect([refused.status, codesOf(refused)]).toEqual([409, ['person-stale']]);
    expect(JSON.stringify(refused.body)).toContain('person review');
    const again = await scene.asSponsor('/api/v1/orders', personal());
    expect([again.statusCode, codesOf({ body: again.json() })]).toEqual([400, ['person-stale']]);
    expect((await calls.call('agent', 'POST', `/api/v1/people/${grace()}/review`, {})).status).toBe(200);
    expect((await calls.approve(id, world.operators[0])).status).toBeLessThan(300);
  });

  it('the approval where the agency or a delegation is past its date, to the second', async () => {
    const id = await order(calls.wish());
    const { content } = await world.owner
      .selectFrom('orders')
      .select('content')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const read = readOrderContent(content ?? new Uint8Array());
    const { ra } = calls.registration;
    const scope = ra.authority.current.agencies.get('treasury');
    const until = scope?.delegations.find(({ personId }) => personId === read.sponsor)?.until ?? 0;
    const reviewed = scope?.nextReviewAt ?? 0;
    const codeAt = async (at: number): Promise<string | undefined> =>
      (await staleRecords({ ...ra, now: () => new Date(at * 1000) }, world.ra, [read])).get(id)?.code;
    expect(await codeAt(Math.min(until, reviewed) - 1)).toBeUndefined();
    expect(await codeAt(reviewed)).toBe('agency-stale');
    if (until < reviewed) expect(await codeAt(until)).toBe('sponsor-not-delegated');
  });
});
