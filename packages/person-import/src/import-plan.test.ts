import type { Authority } from '@see/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportContext } from './import-context.ts';
import { type ImportPlan, planImport } from './import-plan.ts';
import { readPeople } from './read-people.ts';
import type { KnownPerson } from './registry-conflict.ts';

const AGENCY = { agencyId: 'treasury', name: 'The Treasury', status: 'active', domains: ['treasury.govt.nz'] };
const MERE: KnownPerson = {
  id: 'AAAAAAAAAAAAAAAA',
  agencyId: 'treasury',
  givenName: 'Mere',
  surname: 'Tahana',
  displayName: 'Mere Tahana',
  email: 'mere@treasury.govt.nz',
  externalId: '4711',
  leftAt: null,
};

function plan(text: string, change: Partial<ImportContext> = {}): Promise<ImportPlan> {
  const context: ImportContext = {
    authority: { agencies: new Map([['treasury', AGENCY]]) } as unknown as Authority,
    agencyId: 'treasury',
    registry: [MERE],
    after: null,
    options: { sameName: 'skip', leaveOut: false },
    order: null,
    ...change,
  };
  return planImport(readPeople(new TextEncoder().encode(text), {}), context, async () => undefined);
}

const TWO = 'surname,email\nOne,one@treasury.govt.nz\nTwo,two@treasury.govt.nz\n';

describe("the agency's own numbers", () => {
  const rows = (number: string, email: string): string =>
    `surname,email,employee number\nOne,${email}@treasury.govt.nz,${number}\n`;
  it.each<[string, string, KnownPerson, string[]]>([
    ['of somebody else is refused', rows('4711', 'one'), MERE, ['external-id-taken']],
    ['of somebody else in another case is another', rows('4711a', 'one'), { ...MERE, externalId: '4711A' }, []],
    ['of somebody who has left is free', rows('4711', 'one'), { ...MERE, leftAt: new Date(0) }, []],
    ['of another agency is free', rows('4711', 'one'), { ...MERE, agencyId: 'dpmc' }, []],
    ['of the same person is a conflict, not a problem', rows('4711', 'mere'), MERE, []],
  ])('one %s', async (_name, text, known, want) => {
    const { problems } = await plan(text, { registry: [known] });
    expect(problems.map(({ code }) => code)).toEqual(want);
  });
});

describe('planImport', () => {
  it('gives the same digest to what does the same, however it is written', async () => {
    const { digest, confirmable } = await plan(TWO);
    expect(confirmable).toBe(true);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    for (const text of [
      TWO.replaceAll('\n', '\r\n'),
      TWO.replaceAll(',', ';'),
      `\ufeff${TWO}`,
      TWO.replace('surname', 'Family Name'),
      TWO.replace('One', '"One "'),
    ]) {
      expect([text, (await plan(text)).digest]).toEqual([text, digest]);
    }
  });

  it.each([
    ['another name', { text: TWO.replace('One', 'Ōne') }],
    ['another address', { text: TWO.replace('one@', 'once@') }],
    ['another place in the file', { text: TWO.replace('\n', '\n\n') }],
    ['one row more', { text: `${TWO}Three,three@treasury.govt.nz\n` }],
    ['another agency', { change: { agencyId: 'dpmc' } }],
    ['an import in between', { change: { after: 'an-import' } }],
    ['other options', { change: { options: { sameName: 'create' as const, leaveOut: false } } }],
    ['somebody new in the registry', { change: { registry: [{ ...MERE, email: 'one@treasury.govt.nz' }] } }],
    ['a namesake in the registry', { change: { registry: [{ ...MERE, displayName: 'TWO' }] } }],
  ])(
    'gives another digest to %s',
    async (_name, { text = TWO, change = {} }: { text?: string; change?: Partial<ImportContext> }) => {
      expect((await plan(text, change)).digest).not.toBe((await plan(TWO)).digest);
    },
  );

  it('does not care for changes of the registry that change nothing', async () => {
    const other = { ...MERE, email: 'else@treasury.govt.nz', displayName: 'Somebody Else' };
    expect((await plan(TWO, { registry: [other] })).digest).toBe((await plan(TWO)).digest);
  });

  it('creates, skips or refuses each row, and never lets problems pass', async () => {
    const cell = fc.constantFrom(
      'One',
      'Tāne',
      'Mere Tahana',
      '=1',
      'a@b',
      '',
      ' x ',
      '"',
      'x\u0007',
      'one@treasury.govt.nz',
      'mere@treasury.govt.nz',
      'two@gmail.com',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (cells, leaveOut) => {
          const lines = cells.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
          const made = await plan(`surname,email\n${lines.join('\n')}`, { options: { sameName: 'skip', leaveOut } });
          const wrong = new Set(made.problems.map(({ row }) => row));
          for (const { row, outcome, reason } of made.rows) {
            expect(outcome === 'refuse').toBe(wrong.has(row));
            expect(outcome === 'create').toBe(reason === null);
          }
          const mails = made.rows.filter(({ outcome }) => outcome === 'create').map(({ email }) => email.toLowerCase());
          expect(new Set(mails).size).toBe(mails.length);
          if (made.confirmable) expect(mails.length).toBeGreaterThan(0);
          if (made.confirmable && !leaveOut) expect(wrong.size).toBe(0);
        },
      ),
    );
  });

  it.each([
    ['no rows', 'surname,email\n', ['empty-file']],
    ['no columns', 'a,b\n1,2\n', ['column-missing', 'column-missing']],
    ['a quote that never closes', 'surname,email\nOne,"one@treasury.govt.nz', ['bad-quote']],
  ])('may not be confirmed with %s, whatever is left out', async (_name, text, codes) => {
    const made = await plan(text, { options: { sameName: 'skip', leaveOut: true } });
    expect(made.problems.map(({ code }) => code)).toEqual(codes);
    expect(made.confirmable).toBe(false);
  });

  it('may not be confirmed for an agency that is no member', async () => {
    const made = await plan(TWO, { authority: { agencies: new Map() } as unknown as Authority });
    expect(made.problems).toMatchObject([{ code: 'agency-unknown', row: null }]);
    expect(made.confirmable).toBe(false);
  });
});
