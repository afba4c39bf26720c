import { describe, expect, it } from 'vitest';
import { assessEvidence, type EvidenceFacts, type EvidenceItem } from './assess-evidence.ts';
import { EVALUATION_EVIDENCE, evidenceKinds, STANDARD_EVIDENCE } from './evidence-policy.ts';
import { STANDARD_TYPES } from './standard-types.ts';

const now = new Date('2026-11-22T10:00:00Z');
let id = 0;
const item = (kind: string, change: Partial<EvidenceItem> = {}): EvidenceItem => ({
  id: ++id,
  kind,
  sightedOn: '2026-11-01',
  sightedBy: 'SPONSOR',
  expiresOn: null,
  agencyId: 'treasury',
  ...change,
});
const facts = (change: Partial<EvidenceFacts> = {}): EvidenceFacts => ({
  agencyId: 'treasury',
  items: [],
  mailboxProvedAt: null,
  wordOf: null,
  ...change,
});
const assess = (typeId: string, change: Partial<EvidenceFacts>) =>
  assessEvidence(STANDARD_EVIDENCE, typeId, facts(change), now);
const messages = (typeId: string, change: Partial<EvidenceFacts>): string[] => {
  const found = assess(typeId, change);
  return found.ok ? [] : found.missing.map(({ message }) => message);
};

describe('evidence that a person is known to the agency', () => {
  it('is a sponsor’s word on record, or with the order', () => {
    const word = item('known-to-agency');
    expect(assess('business-card', { items: [word] })).toEqual({
      ok: true,
      byWord: false,
      used: { identity: `known to the agency: word of SPONSOR on 2026-11-01, item ${word.id}` },
    });
    expect(assess('business-card', { wordOf: 'SPONSOR' })).toEqual({
      ok: true,
      byWord: true,
      used: { identity: 'known to the agency: word of SPONSOR with this order' },
    });
    expect(messages('business-card', {})).toEqual([
      'type business-card: no sponsor has given their word that the agency knows this person, and documents are worth 0 of 100 points',
    ]);
  });

  it.each([
    ['the last day', '2025-11-23', true],
    ['one day later', '2025-11-22', false],
  ])('counts for a year: %s', (_, sightedOn, ok) => {
    const found = assess('associate', { items: [item('known-to-agency', { sightedOn })] });
    expect(found.ok).toBe(ok);
    if (!found.ok) expect(found.missing[0]?.message).toContain('is older than 365 days');
  });

  it('ends with the first moment of the day that is a year later', () => {
    const items = [item('known-to-agency', { sightedOn: '2025-11-22' })];
    const at = (time: string) => assessEvidence(STANDARD_EVIDENCE, 'associate', facts({ items }), new Date(time)).ok;
    expect([at('2026-11-21T23:59:59.999Z'), at('2026-11-22T00:00:00.000Z')]).toEqual([true, false]);
  });

  it('counts in the agency where it was given alone', () => {
    const items = [item('known-to-agency', { agencyId: 'dpmc' })];
    expect(messages('associate', { items })[0]).toContain('is of another agency');
  });

  it('will not do where documents are asked for', () => {
    const items = [item('known-to-agency')];
    expect(messages('passport', { items, wordOf: 'SPONSOR', mailboxProvedAt: now })).toEqual([
      'type passport: documents are worth 0 of 100 points',
    ]);
  });
});

describe('points', () => {
  it.each<[string, EvidenceItem[], number | undefined]>([
    ['passport and licence', [item('passport'), item('driver-licence')], 110],
    ['a passport alone', [item('passport')], undefined],
    ['the same document twice', [item('passport'), item('passport')], undefined],
    ['three that are worth 90', [item('driver-licence'), item('address-record'), item('bank-card')], undefined],
    ['an expired passport', [item('passport', { expiresOn: '2026-11-22' }), item('driver-licence')], undefined],
    ['a passport that ends tomorrow', [item('passport', { expiresOn: '2026-11-23' }), item('driver-licence')], 110],
    ['one sighted too long ago', [item('passport', { sightedOn: '2024-08-19' }), item('driver-licence')], undefined],
    ['one sighted just in time', [item('passport', { sightedOn: '2024-08-20' }), item('driver-licence')], 110],
    ['kinds that nobody knows', [item('library-card'), item('passport')], undefined],
    [
      'one that fell due and its renewal',
      [item('passport', { expiresOn: '2026-01-01' }), item('passport'), item('staff-card')],
      110,
    ],
  ])('%s', (_, items, points) => {
    const found = assess('passport', { items, mailboxProvedAt: now });
    expect(found.ok).toBe(points !== undefined);
    if (found.ok) expect(found.used['identity']).toMatch(new RegExp(`^${points} points: `));
  });

  it('are not enough when one is missing', () => {
    const items = [item('passport'), item('driver-licence')];
    const strict = (threshold: number) => ({
      ...STANDARD_EVIDENCE,
      points: { ...STANDARD_EVIDENCE.points, threshold },
    });
    const at = (threshold: number) =>
      assessEvidence(strict(threshold), 'passport', facts({ items, mailboxProvedAt: now }), now).ok;
    expect([at(110), at(111)]).toEqual([true, false]);
  });

  it('say what is too old', () => {
    const items = [item('passport', { expiresOn: '2026-01-01', sightedOn: '2025-12-01' }), item('driver-licence')];
    expect(messages('passport', { items, mailboxProvedAt: now })).toEqual([
      'type passport: documents are worth 40 of 100 points; too old or expired: passport of 2025-12-01',
    ]);
  });
});

describe('mailbox control', () => {
  const items = [item('passport'), item('driver-licence')];
  it.each([
    ['never', null, false],
    ['30 days ago', new Date('2026-10-23T10:00:00Z'), false],
    ['a second less', new Date('2026-10-23T10:00:01Z'), true],
  ])('is asked for where the type says so: proved %s', (_, mailboxProvedAt, ok) => {
    expect(assess('passport', { items, mailboxProvedAt }).ok).toBe(ok);
    expect(assess('business-card', { items, mailboxProvedAt }).ok).toBe(true);
  });

  it('is named together with everything else that is missing', () => {
    expect(messages('passport', {})).toHaveLength(2);
  });
});

describe('the policies', () => {
  it('know every type of a person, and no other', () => {
    const personal = Object.keys(STANDARD_EVIDENCE.types);
    const known = STANDARD_TYPES.map(({ id: typeId }) => typeId);
    expect(personal.filter((typeId) => !known.includes(typeId))).toEqual([]);
    expect(known.filter((typeId) => !personal.includes(typeId)).toSorted()).toEqual(['device', 'gateway']);
    expect(assess('gateway', { items: [item('known-to-agency')] }).ok).toBe(false);
  });

  it('differ in whose order is a sponsor’s word alone', () => {
    const { byNamingInOrder: _one, ...standard } = STANDARD_EVIDENCE.knownToAgency;
    const { byNamingInOrder: _other, ...evaluation } = EVALUATION_EVIDENCE.knownToAgency;
    expect(evaluation).toEqual(standard);
    expect([_one, _other]).toEqual([false, true]);
    expect({ ...EVALUATION_EVIDENCE, id: '', knownToAgency: standard }).toEqual({
      ...STANDARD_EVIDENCE,
      id: '',
      knownToAgency: standard,
    });
    expect(evidenceKinds(STANDARD_EVIDENCE)).toContain('known-to-agency');
  });
});
