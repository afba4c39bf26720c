import type { OrderContent } from '@see/domain';
import { encodeGeneralNames, encodeName, oid } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { batchMember, batchOutliers } from './batch-outliers.ts';

interface Change {
  readonly given?: string;
  readonly surname?: string;
  readonly email?: string;
  readonly organization?: string;
  readonly order?: Partial<OrderContent>;
}

function orderOf(index: number, change: Change = {}): OrderContent {
  const { given = `Person${'abcdefghijklmnopqrstuvwxyz'.charAt(index % 26)}`, surname = 'Ngāta' } = change;
  const email = change.email ?? `${index}.ngata@treasury.govt.nz`;
  const attribute = (type: string, value: string) => [{ type, value }];
  return {
    orderId: `0b3f4f7e-7f53-4c9b-9a43-${String(index).padStart(12, '0')}`,
    sponsor: '1111111111111111',
    agent: null,
    scope: 'ab'.repeat(48),
    replaces: [],
    deliverTo: email,
    items: [
      {
        profileId: 'user-auth',
        typeId: 'business-card-software',
        validitySeconds: 86_400,
        subject: encodeName([
          attribute(oid.organizationName, change.organization ?? 'The Treasury'),
          attribute(oid.surname, surname),
          attribute(
            oid.commonName,
            `${given}${'x'.repeat(index)} ${surname} [SEEKEY BUSINESS-CARD-SOFTWARE]`.slice(0, 64),
          ),
        ]).toBase64(),
        subjectAltName: encodeGeneralNames([{ kind: 'rfc822Name', value: email }]).toBase64(),
      },
    ],
    ...change.order,
  } as unknown as OrderContent;
}

/** The reasons that are given for one order among thirty plain ones. */
function reasonsFor(change: Change): readonly string[] {
  const orders = [...Array.from({ length: 30 }, (_, index) => orderOf(index % 20)), orderOf(21, change)];
  // The plain ones have names of their own.
  const members = orders.map((order, leaf) => ({
    ...batchMember(leaf, order),
    ...(leaf < 30 ? { name: `Plain ${'i'.repeat(leaf)}` } : {}),
  }));
  const found = batchOutliers(members);
  expect(found.every(({ member }) => member.leaf === 30)).toBe(true);
  return found.flatMap(({ reasons }) => reasons);
}

describe('what stands out in a batch', () => {
  it('is nothing where all are alike', () => {
    expect(reasonsFor({})).toEqual([]);
  });

  it.each<[string, Change, RegExp]>([
    ['another organisation', { organization: 'Kāinga Ora' }, /organisation is Kāinga Ora: nobody else/],
    ['another mail domain', { email: 'a.ngata@other.govt.nz' }, /mail domain is other\.govt\.nz/],
    ['an address unlike the name', { email: 'root@treasury.govt.nz' }, /root@.* does not look like the surname/],
    ['another sponsor', { order: { sponsor: '2222222222222222' } }, /the sponsor is 2222222222222222/],
    ['a registration agent', { order: { agent: '3333333333333333' } }, /the registration agent is 3333/],
    ['another scope', { order: { scope: 'cd'.repeat(48) } }, /scope of the agency/],
    ['digits in the name', { given: 'R2' }, /digits/],
    ['letters of another script', { given: 'Мere' }, /not Latin/],
    ['what it replaces', { order: { replaces: ['ab'.repeat(32)] } }, /replaces 1/],
  ])('is %s', (_name, change, want) => {
    const reasons = reasonsFor(change);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(want);
  });

  it('is a name that occurs twice, said of both', () => {
    const members = [orderOf(1), orderOf(2), { ...orderOf(1), orderId: orderOf(9).orderId }].map((order, leaf) =>
      batchMember(leaf, order),
    );
    expect(batchOutliers(members).map(({ member, reasons }) => [member.leaf, reasons])).toEqual([
      [0, ['somebody else of the batch has this name']],
      [2, ['somebody else of the batch has this name']],
    ]);
  });

  it('puts what has most reasons first', () => {
    const plain = Array.from({ length: 40 }, (_, index) => ({
      ...batchMember(index, orderOf(1)),
      name: `Plain ${'i'.repeat(index)}`,
    }));
    const odd = { ...batchMember(40, orderOf(2, { organization: 'X' })), name: 'Odd' };
    const odder = { ...batchMember(41, orderOf(3, { organization: 'Y', email: 'q@x.govt.nz' })), name: 'Odder' };
    expect(batchOutliers([...plain, odd, odder]).map(({ member }) => member.name)).toEqual(['Odder', 'Odd']);
  });

  it('does not take marks of Māori names for a difference', () => {
    expect(reasonsFor({ surname: 'Pōhatu', email: 'rangi.pohatu@treasury.govt.nz' })).toEqual([]);
  });
});
