import type { AgencyScope, Authority, OrderContent } from '@see/domain';
import { encodeGeneralNames, encodeName } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { decodeNames, orderViolations } from './check-order.ts';
import { profileOf } from './profile.ts';
import { NOW, sampleAuthority, sampleCas, treasury } from './sample-authority.ts';
import { contentOf, gateway, person, server, signing } from './sample-requests.ts';

describe('an order', () => {
  const scoped = (change: Partial<AgencyScope>): Partial<Authority> => ({
    agencies: new Map([['treasury', { ...treasury, ...change }]]),
  });
  const inactive = new Map([...sampleAuthority.profiles].map(([key, profile]) => [key, { ...profile, active: false }]));

  it.each<[string, Partial<Authority>, Partial<OrderContent>, number, string[]]>([
    ['as it was made', {}, {}, NOW, []],
    ['while it can be used', {}, {}, NOW + 900, []],
    ['of another instance', { instance: 'other' }, {}, NOW, ['other-instance']],
    ['after its time', {}, { useBefore: NOW + 10 }, NOW + 11, ['order-lapsed']],
    ['from the future', {}, { createdAt: NOW + 301 }, NOW, ['order-from-future']],
    ['from a clock that is a little ahead', {}, { createdAt: NOW + 299 }, NOW, []],
    [
      'of an agency that was suspended',
      scoped({ status: 'suspended' }),
      {},
      NOW,
      ['agency-not-active', 'agency-not-active', 'agency-not-active'],
    ],
    [
      'of an agency that was removed',
      scoped({ status: 'removed' }),
      {},
      NOW,
      ['agency-not-active', 'agency-not-active', 'agency-not-active'],
    ],
    ['of an agency that nobody knows', { agencies: new Map() }, {}, NOW, ['agency-unknown']],
    ['of an agency whose scope changed', scoped({ digest: 'cd'.repeat(48) }), {}, NOW, ['scope-changed']],
    ['of an agency whose record is stale', scoped({ nextReviewAt: NOW }), {}, NOW, ['agency-stale']],
    [
      'of a profile that breaks a rule that came after it',
      {
        profiles: new Map(
          [...sampleAuthority.profiles].map(([key, profile]) => [key, { ...profile, content: { id: profile.id } }]),
        ),
      },
      {},
      NOW,
      ['profile-unreadable', 'profile-unreadable'],
    ],
    ['of an agency that lost the profile', scoped({ profiles: ['gateway-sign'] }), {}, NOW, ['profile-not-in-scope']],
    [
      'of an agency that lost a domain',
      scoped({ domains: ['treasury.govt.nz'] }),
      {},
      NOW,
      ['domain-not-in-scope', 'domain-not-in-scope'],
    ],
    [
      'whose sponsor is gone',
      scoped({ delegations: treasury.delegations.slice(1) }),
      {},
      NOW,
      ['sponsor-not-delegated'],
    ],
    [
      'whose agent is gone',
      scoped({ delegations: treasury.delegations.slice(0, 1) }),
      {},
      NOW,
      ['agent-not-delegated'],
    ],
    ['after the delegations', {}, {}, NOW + 1000, ['agency-stale', 'sponsor-not-delegated', 'agent-not-delegated']],
    ['of a profile that is not active', { profiles: inactive }, {}, NOW, ['profile-not-active', 'profile-not-active']],
    ['of a type that is gone', { types: new Map() }, {}, NOW, ['type-not-allowed', 'type-not-allowed']],
    [
      'under other policies',
      { configuration: { ...sampleAuthority.configuration, policyArc: '2.25.2' } },
      {},
      NOW,
      ['wrong-policies', 'wrong-policies'],
    ],
    ['with less than its quorum', {}, { quorum: 1 }, NOW, ['quorum-too-small', 'quorum-too-small']],
    ['with more than its quorum', {}, { quorum: 3 }, NOW, []],
  ])('%s', async (_name, authority, change, at, want) => {
    const content = { ...(await contentOf(gateway)), ...change };
    const found = orderViolations(content, { ...sampleAuthority, ...authority }, sampleCas, at);
    expect(found.map(({ code }) => code)).toEqual(want);
  });

  it.each<[string, object, string[]]>([
    ['another CA', { ca: 'individual' }, ['wrong-issuer']],
    ['an older key of the CA', { issuerSki: 'ff'.repeat(20) }, ['wrong-issuer']],
    ['the content of another profile', { profileId: 'gateway-encrypt' }, ['profile-not-active', 'profile-repeated']],
    ['content that nobody activated', { profileDigest: 'ff'.repeat(48) }, ['profile-not-active']],
    ['another type', { typeId: 'device' }, ['type-not-allowed']],
    ['one policy', { policyOids: ['2.25.1.2.1'] }, ['wrong-policies']],
    ['policies the other way round', { policyOids: ['2.25.1.2.1', '2.25.1.1.7'] }, ['wrong-policies']],
    ['a long validity', { validitySeconds: 825 * 86_400 + 1 }, ['validity-too-long']],
    ['a subject that is no DER', { subject: 'AAAA' }, ['bad-name-encoding']],
    ['a subject with more behind it', { subject: Uint8Array.fromHex('300000').toBase64() }, ['bad-name-encoding']],
    ['names that are no DER', { subjectAltName: '!' }, ['bad-name-encoding']],
    [
      'a subject in another encoding',
      { subject: Uint8Array.fromHex('300d310b300906035504031e020041').toBase64() },
      ['bad-name-encoding'],
    ],
  ])('with %s', async (_name, change, want) => {
    const content = await contentOf(gateway);
    const [first, second] = content.items;
    const found = orderViolations(
      { ...content, items: [{ ...first, ...change }, second] as never },
      sampleAuthority,
      sampleCas,
      NOW,
    );
    expect(found.map(({ code }) => code)).toEqual(want);
  });

  it('for a wildcard counts the approvals itself', async () => {
    const content = await contentOf({
      ...server,
      items: [{ profileId: 'tls-server', csr: signing, dnsNames: ['*.treasury.govt.nz'] }],
    });
    const found = orderViolations({ ...content, quorum: 1 }, sampleAuthority, sampleCas, NOW);
    expect(found.map(({ code }) => code)).toEqual(['quorum-too-small']);
  });

  it('of a person sends its code nowhere else', async () => {
    const content = await contentOf(person);
    const found = orderViolations(
      { ...content, deliverTo: 'mallory@treasury.govt.nz' },
      sampleAuthority,
      sampleCas,
      NOW,
    );
    expect(found.map(({ code }) => code)).toEqual(Array(3).fill('deliver-elsewhere'));
  });

  it('reads back the one encoding of its names', async () => {
    const subject = encodeName([[{ type: '2.5.4.3', value: 'x' }]]).toBase64();
    const subjectAltName = encodeGeneralNames([{ kind: 'dNSName', value: 'a.nz' }]).toBase64();
    expect(decodeNames({ subject, subjectAltName })?.altNames).toEqual([{ kind: 'dNSName', value: 'a.nz' }]);
    const printable = encodeName([[{ type: '2.5.4.3', value: 'x', encoding: 'printable' }]]).toBase64();
    expect(decodeNames({ subject: printable, subjectAltName })).toBeUndefined();
  });

  it('reads a profile once', () => {
    const [content] = [...sampleAuthority.profiles.values()].map((profile) => profile.content);
    expect(profileOf(content)).toBe(profileOf(content));
  });
});
