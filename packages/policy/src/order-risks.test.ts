import {
  type AgencyScope,
  type Authority,
  EVALUATION_RISK_POLICY,
  type OrderContent,
  type RiskPolicy,
} from '@see/domain';
import { describe, expect, it } from 'vitest';
import { orderViolations } from './check-order.ts';
import { evaluateOrder, type OrderRequest } from './evaluate-order.ts';
import { NO_READINGS, type RiskReadings } from './order-risks.ts';
import { NOW, SPONSOR, sampleAuthority, sampleCas, treasury } from './sample-authority.ts';
import { around, gateway, person, server } from './sample-requests.ts';

const DAY = 86_400;
const OFF: RiskPolicy = { ...EVALUATION_RISK_POLICY, nearNames: false };

function authorityWith(risk: Partial<RiskPolicy>, scope: Partial<AgencyScope> = {}): Authority {
  return {
    ...sampleAuthority,
    configuration: { ...sampleAuthority.configuration, risk: { ...OFF, ...risk } },
    agencies: new Map([['treasury', { ...treasury, ...scope }]]),
  };
}

async function ordered(request: OrderRequest, authority: Authority, readings: RiskReadings = NO_READINGS) {
  const result = await evaluateOrder(request, around({ authority, readings }));
  if (!result.ok) throw new Error(JSON.stringify(result.violations));
  return { ...result.draft, commitment: request.kind === 'person' ? 'cd'.repeat(48) : null } satisfies OrderContent;
}

const sponsorFor = (seconds: number): Partial<AgencyScope> => ({ sponsorsSince: new Map([[SPONSOR, NOW - seconds]]) });
const domainFor = (seconds: number, domain = 'treasury.govt.nz'): Partial<AgencyScope> => ({
  domainsSince: new Map([[domain, NOW - seconds]]),
});
const recent = (recentOrders: number | null): RiskReadings => ({ nearPeople: [], recentOrders });
const near: RiskReadings = { nearPeople: [{ id: '0GRACE0000000009', displayName: 'Grace Lui' }], recentOrders: null };
/** NOW is Monday, 21 September 2026, 14:13 UTC: Tuesday, 02:13 in Wellington. */
const hours = (from: string, until: string, days = [1, 2, 3, 4, 5]) => ({
  zone: 'Pacific/Auckland',
  from,
  until,
  days,
});

describe('a risk', () => {
  it.each<[string, OrderRequest, Partial<RiskPolicy>, Partial<AgencyScope>, RiskReadings, string[]]>([
    [
      'sponsor of 14 days less a second',
      person,
      { newSponsorDays: 14 },
      sponsorFor(14 * DAY - 1),
      NO_READINGS,
      ['new-sponsor'],
    ],
    ['sponsor of 14 days', person, { newSponsorDays: 14 }, sponsorFor(14 * DAY), NO_READINGS, []],
    ['sponsor of a second, switched off', person, { newSponsorDays: 0 }, sponsorFor(1), NO_READINGS, []],
    ['sponsor from tomorrow on', person, { newSponsorDays: 1 }, sponsorFor(-DAY), NO_READINGS, ['new-sponsor']],
    [
      'domain of 7 days less a second',
      person,
      { newDomainDays: 7 },
      domainFor(7 * DAY - 1),
      NO_READINGS,
      ['new-domain'],
    ],
    ['domain of 7 days', person, { newDomainDays: 7 }, domainFor(7 * DAY), NO_READINGS, []],
    [
      'domain that is new and not ordered for',
      person,
      { newDomainDays: 7 },
      domainFor(1, 'budget.govt.nz'),
      NO_READINGS,
      [],
    ],
    ['domain of a host', server, { newDomainDays: 7 }, domainFor(1), NO_READINGS, ['new-domain']],
    [
      'domain inside an old one',
      server,
      { newDomainDays: 7 },
      {
        domains: ['treasury.govt.nz', 'www.treasury.govt.nz'],
        domainsSince: new Map([
          ['treasury.govt.nz', 0],
          ['www.treasury.govt.nz', NOW],
        ]),
      },
      NO_READINGS,
      [],
    ],
    ['near name', person, { nearNames: true }, {}, near, ['near-name']],
    ['near name, switched off', person, {}, {}, near, []],
    ['order at 02:13, hours from 07:00', person, { hours: hours('07:00', '19:00') }, {}, NO_READINGS, ['out-of-hours']],
    ['order at 02:13, hours to 02:13', person, { hours: hours('01:00', '02:13') }, {}, NO_READINGS, ['out-of-hours']],
    ['order at 02:13, hours to 02:14', person, { hours: hours('02:13', '02:14') }, {}, NO_READINGS, []],
    [
      'order on a Tuesday that is no working day',
      person,
      { hours: hours('00:00', '23:59', [1]) },
      {},
      NO_READINGS,
      ['out-of-hours'],
    ],
    ['fifth order of five', person, { manyAtOnce: { orders: 5, minutes: 60 } }, {}, recent(4), []],
    ['sixth order of five', person, { manyAtOnce: { orders: 5, minutes: 60 } }, {}, recent(5), ['many-at-once']],
    ['order of an import', person, { manyAtOnce: { orders: 5, minutes: 60 } }, {}, recent(null), []],
    [
      'all of them',
      person,
      {
        newSponsorDays: 1,
        newDomainDays: 1,
        nearNames: true,
        hours: hours('07:00', '19:00'),
        manyAtOnce: { orders: 1, minutes: 1 },
      },
      { ...sponsorFor(1), ...domainFor(1) },
      { ...near, recentOrders: 1 },
      ['new-sponsor', 'new-domain', 'near-name', 'out-of-hours', 'many-at-once'],
    ],
  ])('%s', async (_name, request, policy, scope, readings, want) => {
    const authority = authorityWith(policy, scope);
    const { quorum, risk, ...content } = await ordered(request, authority, readings);
    expect(risk?.reasons.map(({ code }) => code) ?? []).toEqual(want);
    expect([quorum, risk?.quorumWithout]).toEqual(want.length > 0 ? [2, 1] : [1, undefined]);
    expect(risk?.reasons.every(({ reason }) => reason.length > 20) ?? true).toBe(true);
    // As the signer sees it.
    const same = { ...content, quorum, ...(risk ? { risk } : {}) };
    expect(orderViolations(same, authority, sampleCas, NOW)).toEqual([]);
  });

  it('leaves the quorum of a dual order as it is, and is said', async () => {
    const { quorum, risk } = await ordered(gateway, authorityWith({ newSponsorDays: 2 }, sponsorFor(DAY)));
    expect([quorum, risk?.quorumWithout, risk?.reasons.length]).toEqual([2, 2, 1]);
  });

  it('names at most three people, in text that can be signed', async () => {
    const nearPeople = Array.from({ length: 9 }, (_, index) => ({
      id: `0GRACE000000000${index}`,
      displayName: 'Gräce Liu'.repeat(9),
    }));
    const { risk } = await ordered(person, authorityWith({ nearNames: true }), { nearPeople, recentOrders: null });
    const [reason] = risk?.reasons ?? [];
    expect(reason?.reason.length).toBeLessThanOrEqual(400);
    expect(reason?.reason.match(/0GRACE/g)).toHaveLength(3);
  });
});

describe('what an owner of ra may leave out', () => {
  const authority = authorityWith({ newSponsorDays: 14, nearNames: true }, sponsorFor(DAY));
  const codes = (content: OrderContent): string[] =>
    orderViolations(content, authority, sampleCas, NOW).map(({ code }) => code);

  it('is not what signed statements say', async () => {
    const order = await ordered(person, authority, near);
    const { risk, ...without } = order;
    if (!risk) throw new Error('no risk');
    expect(codes(order)).toEqual([]);
    expect(codes({ ...without, quorum: 1 })).toEqual(['quorum-too-small']);
    expect(codes({ ...without, quorum: 2 })).toEqual(['risk-not-said']);
    const only = (code: string) => risk.reasons.filter((reason) => reason.code === code);
    expect(codes({ ...order, risk: { ...risk, reasons: only('near-name') } })).toEqual(['risk-not-said']);
    // Said plainly in docs/SECURITY: this one is ra's reading.
    expect(codes({ ...order, risk: { ...risk, reasons: only('new-sponsor') } })).toEqual([]);
  });

  it('is not a risk put in the place of a dual quorum', async () => {
    const order = await ordered(gateway, authority);
    if (!order.risk) throw new Error('no risk');
    expect(codes({ ...order, risk: { ...order.risk, quorumWithout: 1 } })).toEqual([
      'quorum-too-small',
      'quorum-too-small',
    ]);
  });
});
