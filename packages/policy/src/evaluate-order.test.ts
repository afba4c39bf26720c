import { profileDigest, writeOrderContent } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { decodeNames } from './check-order.ts';
import { evaluateOrder, type OrderRequest, type OrderSurroundings, subjectKey } from './evaluate-order.ts';
import type { KnownKey } from './key-guard.ts';
import { grace, NOW, SPONSOR, sampleAuthority, treasury } from './sample-authority.ts';
import { around, contentOf, encrypting, gateway, newCsr, person, server, signing } from './sample-requests.ts';

async function codes(request: OrderRequest, change: Partial<OrderSurroundings> = {}): Promise<string[]> {
  const result = await evaluateOrder(request, around(change));
  if (result.ok) return [];
  for (const violation of result.violations) expect(violation.source, violation.code).toBeTruthy();
  return result.violations.map(({ code }) => code);
}

describe('a request as it should be', () => {
  it('becomes an order that binds names of the registry and the key of the CSR', async () => {
    const content = await contentOf(gateway);
    expect(content).toMatchObject({
      kind: 'csr',
      quorum: 2,
      scope: treasury.digest,
      deliverTo: null,
      createdAt: NOW,
      approveBefore: NOW + 7 * 86_400,
      useBefore: NOW + 30 * 86_400,
    });
    const [sign, encrypt] = content.items.map((item) => ({ ...item, ...decodeNames(item) }));
    expect(sign).toMatchObject({
      ca: 'gateway',
      profileId: 'gateway-sign',
      policyOids: ['2.25.1.1.7', '2.25.1.2.1'],
      validitySeconds: 397 * 86_400,
    });
    expect(sign?.altNames?.map((name) => 'value' in name && name.value)).toEqual([
      'domain-signing-authority@treasury.govt.nz',
      'domain-signing-authority@budget.govt.nz',
    ]);
    expect(encrypt?.altNames?.map((name) => 'value' in name && name.value)).toEqual([
      'domain-confidentiality-authority@budget.govt.nz',
    ]);
    expect(JSON.stringify(sign?.subject)).not.toContain('Mallory');
    expect(sign?.spkiSha256).not.toBe(encrypt?.spkiSha256);
    expect(() => writeOrderContent(content)).not.toThrow();
  });

  it('of a person binds an address and no key', async () => {
    const content = await contentOf(person);
    expect(content).toMatchObject({ kind: 'person', quorum: 1, deliverTo: grace.email, agent: null });
    expect(content.items.map(({ spkiSha256 }) => spkiSha256)).toEqual([null, null, null]);
    expect(() => writeOrderContent(content)).not.toThrow();
  });

  it('takes another of the names of the agency, a shorter validity, U-labels', async () => {
    const content = await contentOf({
      ...server,
      organizationName: 'Te Tai Ōhanga',
      validityDays: 7,
      items: [{ profileId: 'tls-server', csr: signing, dnsNames: ['Pūtea.Treasury.govt.nz', 'localhost'] }],
    });
    const names = decodeNames(content.items[0] ?? { subject: '', subjectAltName: '' });
    expect(content.items[0]?.validitySeconds).toBe(7 * 86_400);
    expect(JSON.stringify(names?.subject)).toContain('Te Tai Ōhanga');
    expect(names?.altNames).toContainEqual({ kind: 'dNSName', value: 'xn--ptea-v7a.treasury.govt.nz' });
  });

  it('needs two approvals for a wildcard', async () => {
    const items = [{ profileId: 'tls-server', csr: signing, dnsNames: ['*.treasury.govt.nz'] }];
    expect((await contentOf({ ...server, items })).quorum).toBe(2);
    expect((await contentOf(server)).quorum).toBe(1);
  });

  it('needs what the strictest of its profiles needs', async () => {
    const profiles = [...sampleAuthority.profiles].map(([digest, profile]) => {
      const content = { ...(profile.content as object), quorum: 3 };
      return profile.id === 'gateway-sign'
        ? ([profileDigest(content), { ...profile, content, digest: profileDigest(content) }] as const)
        : ([digest, profile] as const);
    });
    const authority = { ...sampleAuthority, profiles: new Map(profiles) };
    const result = await evaluateOrder(gateway, around({ authority }));
    expect(result.ok && result.draft.quorum).toBe(3);
  });

  it('is told of letters of other scripts', async () => {
    const result = await evaluateOrder(
      { ...server, items: [{ profileId: 'tls-server', csr: signing, dnsNames: ['аррӏе.treasury.govt.nz'] }] },
      around(),
    );
    expect(result.ok).toBe(true);
    expect(result.warnings).toMatchObject([{ code: 'mixed-script', path: 'items[0].dnsNames' }]);
  });
});

describe('a request that is not', () => {
  const item = (change: object) => ({ ...gateway, items: [{ ...gateway.items[0], ...change }] }) as OrderRequest;
  const host = (...dnsNames: string[]): OrderRequest => ({
    ...server,
    items: [{ profileId: 'tls-server', csr: signing, dnsNames }],
  });
  it.each<[string, OrderRequest, string[]]>([
    ['of an unknown agency', { ...gateway, agencyId: 'nobody' }, ['agency-unknown']],
    ['of an unknown type', { ...gateway, typeId: 'robot' }, ['type-unknown']],
    ['of both', { ...gateway, agencyId: 'nobody', typeId: 'robot' }, ['agency-unknown', 'type-unknown']],
    ['of an unknown profile', item({ profileId: 'code-signing' }), ['profile-unknown']],
    ['of the profile of responders', item({ profileId: 'ocsp-responder' }), ['profile-unknown']],
    [
      'of a profile that the agency has not',
      { ...person, items: [{ profileId: 'operator', csr: null, dnsNames: [] }] },
      ['profile-not-in-scope'],
    ],
    ['of a type that the profile has not', { ...gateway, typeId: 'device' }, ['type-not-allowed', 'type-not-allowed']],
    ['of nothing', { ...gateway, items: [] }, ['bad-item-count']],
    [
      'of one profile twice',
      {
        ...gateway,
        items: [
          { ...gateway.items[0], csr: signing },
          { ...gateway.items[0], csr: encrypting },
        ] as OrderRequest['items'],
      },
      ['profile-repeated'],
    ],
    [
      'of one key for two uses',
      { ...gateway, items: gateway.items.map((each) => ({ ...each, csr: signing })) },
      ['same-key-twice'],
    ],
    ['without a CSR', item({ csr: null }), ['csr-missing']],
    ['with a broken CSR', item({ csr: signing.subarray(1) }), ['malformed-csr']],
    ['with a key on another curve', item({ csr: newCsr('prime256v1') }), ['curve-not-allowed']],
    [
      'with a CSR for a person with a code',
      { ...person, items: [{ profileId: 'user-auth', csr: signing, dnsNames: [] }] },
      ['csr-unexpected'],
    ],
    [
      'of a gateway by code',
      { ...gateway, kind: 'person', person: grace, items: [{ profileId: 'gateway-sign', csr: null, dnsNames: [] }] },
      ['key-source', 'deliver-elsewhere'],
    ],
    [
      'of a hardware token by code',
      { ...person, typeId: 'passport' },
      ['hardware-token', 'hardware-token', 'hardware-token', 'hardware-token'],
    ],
    [
      'by the sponsor for themselves',
      { ...gateway, sponsor: grace.id },
      ['sponsor-not-delegated', 'parties-not-different'],
    ],
    [
      'of a sponsor who is also the agent',
      { ...gateway, agent: SPONSOR },
      ['agent-not-delegated', 'parties-not-different'],
    ],
    ['of another sponsor', { ...gateway, sponsor: gateway.agent ?? '', agent: null }, ['sponsor-not-delegated']],
    ['of another agent', { ...gateway, agent: '0NB0DY0000000009' }, ['agent-not-delegated']],
    [
      'for another person',
      { ...person, applicant: '0NB0DY0000000009' },
      ['person-mismatch', 'person-mismatch', 'person-mismatch', 'person-mismatch'],
    ],
    [
      'of another name',
      { ...gateway, organizationName: 'State Services Commission' },
      ['organization-not-in-scope', 'organization-not-in-scope'],
    ],
    [
      'of a name that can not be written',
      { ...gateway, organizationName: '\ud800' },
      ['bad-name-encoding', 'bad-name-encoding'],
    ],
    [
      'of a name with a line end',
      { ...gateway, organizationName: 'The\nTreasury' },
      ['bad-name-encoding', 'bad-name-encoding'],
    ],
    [
      'of a person with a long name',
      { ...person, person: { ...grace, displayName: 'x'.repeat(60) } },
      Array(3).fill('bad-name-encoding'),
    ],
    [
      'of a person with an address elsewhere',
      { ...person, person: { ...grace, email: 'grace@evil.nz' } },
      Array(3).fill('domain-not-in-scope'),
    ],
    [
      'of a person with no ASCII address',
      { ...person, person: { ...grace, email: 'ģrace@treasury.govt.nz' } },
      Array(3).fill('bad-name-encoding'),
    ],
    ['of a person whom nobody knows', { ...person, person: null }, Array(3).fill('bad-name-encoding')],
    [
      "of a person with a gateway's name",
      {
        ...person,
        person: {
          ...grace,
          displayName: 'Domain Signing Authority',
          email: 'domain-signing-authority@treasury.govt.nz',
        },
      },
      Array(3).fill('reserved-name'),
    ],
    ['of a validity over the maximum', { ...server, validityDays: 201 }, ['validity-too-long']],
    ['of a host elsewhere', host('www.ssc.govt.nz'), ['domain-not-in-scope']],
    ['of no host', host(), ['names-missing', 'bad-name-encoding']],
    ['of what is no host', host('www.treasury.govt.nz', 'a_b', '☃'), ['bad-dns-name', 'bad-dns-name']],
    ['of a wildcard for a gateway', item({ dnsNames: ['*.treasury.govt.nz'] }), ['bad-name-encoding']],
  ])('%s', async (_name, request, want) => {
    const found = await codes(request);
    for (const code of want)
      expect(
        found.some((each) => each.startsWith(code)),
        `${code} in ${found}`,
      ).toBe(true);
    expect(found.length).toBeGreaterThanOrEqual(want.length);
  });

  it('is told everything at once', async () => {
    const found = await evaluateOrder(
      {
        ...gateway,
        sponsor: grace.id,
        items: [
          { profileId: 'gateway-sign', csr: newCsr('prime256v1'), dnsNames: ['ssc.govt.nz'] },
          { profileId: 'nothing', csr: null, dnsNames: [] },
          { profileId: 'gateway-encrypt', csr: encrypting.subarray(2), dnsNames: ['a_b'] },
        ],
        validityDays: 900,
      },
      around(),
    );
    if (found.ok) throw new Error('taken');
    expect(found.violations.map(({ code, path }) => `${code} ${path ?? ''}`)).toEqual(
      expect.arrayContaining([
        'curve-not-allowed items[0].subjectPublicKeyInfo',
        'profile-unknown items[1].profile',
        'malformed-csr items[2].csr',
        'bad-dns-name items[2].dnsNames',
        'sponsor-not-delegated sponsor',
        'domain-not-in-scope items[0].subjectAltName',
        'validity-too-long items[0]',
        'parties-not-different ',
      ]),
    );
  });

  it.each<[string, KnownKey, string[]]>([
    ['renewed', { blocked: null, uses: [{ profileId: 'gateway-sign', subjectKey: 'agency:treasury' }] }, []],
    [
      'of another',
      { blocked: null, uses: [{ profileId: 'gateway-sign', subjectKey: 'agency:ssc' }] },
      ['key-of-another'],
    ],
    [
      'of another use',
      { blocked: null, uses: [{ profileId: 'gateway-encrypt', subjectKey: 'agency:treasury' }] },
      ['key-in-other-use'],
    ],
    ['blocked', { blocked: 'published', uses: [] }, ['key-blocked']],
  ])('because its key is %s', async (_name, known, want) => {
    const one = { ...gateway, items: gateway.items.slice(0, 1) };
    expect(await codes(one, { knownKey: async () => known })).toEqual(want);
  });

  it('is told of a blocked key also when its CSR is bad besides', async () => {
    const bad = signing.with(signing.length - 1, (signing.at(-1) ?? 0) ^ 1);
    const one = { ...gateway, items: [{ profileId: 'gateway-sign', csr: bad, dnsNames: [] }] };
    const found = await codes(one, { knownKey: async () => ({ blocked: 'published', uses: [] }) });
    expect(found).toEqual(['bad-proof-of-possession', 'key-blocked']);
  });
});

describe('whom a key is for', () => {
  it('is a person, else an agency', () => {
    expect([subjectKey('A', 'treasury'), subjectKey(null, 'treasury')]).toEqual(['person:A', 'agency:treasury']);
  });
});
