import type { GeneralName, Name } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { type NameContext, nameViolations } from './name-rules.ts';
import { type ProfileId, SUBJECT_ATTRIBUTES, type SubjectAttribute } from './profile.ts';
import { grace, sampleProfile, sampleType, treasury } from './sample-authority.ts';

type Values = Partial<Record<SubjectAttribute, string | undefined>>;

const name = (values: Values): Name =>
  Object.entries(values).flatMap(([attribute, value]) =>
    value === undefined ? [] : [[{ type: SUBJECT_ATTRIBUTES[attribute as SubjectAttribute], value }]],
  );
const mail = (...values: string[]): GeneralName[] => values.map((value) => ({ kind: 'rfc822Name', value }));
const dns = (...values: string[]): GeneralName[] => values.map((value) => ({ kind: 'dNSName', value }));

const agency: Values = { countryName: 'NZ', organizationName: 'The Treasury', organizationIdentifier: 'GOVNZ' };
const samples = {
  'gateway-sign': {
    type: 'gateway',
    subject: { ...agency, commonName: 'domain-signing-authority' } as Values,
    names: mail('domain-signing-authority@treasury.govt.nz'),
  },
  'user-auth': {
    type: 'business-card-software',
    subject: {
      ...agency,
      givenName: 'Grace',
      surname: 'Liu',
      commonName: 'Grace Liu [SEEKEY BUSINESS-CARD-SOFTWARE]',
      serialNumber: grace.id,
    } as Values,
    names: mail('grace.liu@treasury.govt.nz'),
  },
  'tls-server': {
    type: 'device',
    subject: {
      countryName: 'NZ',
      localityName: 'Wellington',
      organizationName: 'The Treasury',
      commonName: 'www.treasury.govt.nz',
    } as Values,
    names: dns('www.treasury.govt.nz', 'treasury.govt.nz'),
  },
} as const;

function codes(
  id: keyof typeof samples,
  subject: Name,
  names: readonly GeneralName[],
  change: Partial<NameContext> = {},
): string[] {
  const found = nameViolations(subject, names, {
    profile: sampleProfile(id as ProfileId),
    scope: treasury,
    type: sampleType(samples[id].type),
    country: 'NZ',
    subjectPerson: id === 'user-auth' ? grace.id : null,
    ...change,
  });
  for (const violation of found) expect(violation.source, violation.code).toBeTruthy();
  return found.map(({ code }) => code);
}

describe('names as they should be', () => {
  it.each(Object.keys(samples) as (keyof typeof samples)[])('of %s have nothing against them', (id) => {
    expect(codes(id, name(samples[id].subject), samples[id].names)).toEqual([]);
  });

  it('of sub-domains, of several domains, of localhost', () => {
    const gateway = name(samples['gateway-sign'].subject);
    expect(
      codes(
        'gateway-sign',
        gateway,
        mail('domain-signing-authority@mail.treasury.govt.nz', 'domain-signing-authority@budget.govt.nz'),
      ),
    ).toEqual([]);
    const server = (host: string) =>
      codes('tls-server', name({ ...samples['tls-server'].subject, commonName: host }), dns(host));
    expect([server('localhost'), server('*.treasury.govt.nz'), server('xn--tmaki-fwa.treasury.govt.nz')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('of people in their own letters', () => {
    const subject = name({
      ...samples['user-auth'].subject,
      givenName: 'Hēmi',
      surname: "O'Brien-Ngāta",
      commonName: "Hēmi O'Brien-Ngāta (Wgtn) [SEEKEY BUSINESS-CARD-SOFTWARE]",
    });
    expect(codes('user-auth', subject, samples['user-auth'].names)).toEqual([]);
    const single = name({ ...samples['user-auth'].subject, givenName: undefined });
    expect(codes('user-auth', single, samples['user-auth'].names)).toEqual([]);
  });
});

describe('a subject', () => {
  const user = samples['user-auth'].subject;
  const qualifier = ' [SEEKEY BUSINESS-CARD-SOFTWARE]';
  it.each<[string, keyof typeof samples, Values, string[]]>([
    ['another country', 'user-auth', { countryName: 'AU' }, ['wrong-country']],
    ['a country in small letters', 'user-auth', { countryName: 'nz' }, ['wrong-country']],
    [
      "another agency's name",
      'user-auth',
      { organizationName: 'State Services Commission' },
      ['organization-not-in-scope'],
    ],
    [
      'a name that only looks like it',
      'user-auth',
      { organizationName: 'The Тreasury' },
      ['organization-not-in-scope'],
    ],
    ['its name in capitals', 'user-auth', { organizationName: 'THE TREASURY' }, ['organization-not-in-scope']],
    ['another identifier', 'user-auth', { organizationIdentifier: 'GOVAU' }, ['organization-identifier']],
    ['another locality', 'tls-server', { localityName: 'Auckland' }, ['locality-not-in-scope']],
    ['another person', 'user-auth', { serialNumber: '0GRACE0000000002' }, ['person-mismatch']],
    ['no person', 'user-auth', { serialNumber: undefined }, ['attribute-missing']],
    ['no surname', 'user-auth', { surname: undefined }, ['attribute-missing']],
    ['no organization', 'tls-server', { organizationName: undefined }, ['attribute-missing']],
    ['no qualifier', 'user-auth', { commonName: 'Grace Liu' }, ['qualifier-missing']],
    ['another qualifier', 'user-auth', { commonName: 'Grace Liu [SEEKEY PASSPORT]' }, ['qualifier-missing']],
    ['the qualifier alone', 'user-auth', { commonName: qualifier }, ['qualifier-missing']],
    ['two qualifiers', 'user-auth', { commonName: `Grace Liu [SEEKEY PASSPORT]${qualifier}` }, ['brackets-in-name']],
    [
      'full-width brackets',
      'user-auth',
      { commonName: `Grace Liu ［SEEKEY PASSPORT］${qualifier}` },
      ['brackets-in-name'],
    ],
    [
      'brackets of mathematics',
      'user-auth',
      { commonName: `Grace ⟦SEEKEY PASSPORT⟧${qualifier}` },
      ['brackets-in-name'],
    ],
    ['curly brackets', 'user-auth', { commonName: `Grace {x}${qualifier}` }, ['brackets-in-name']],
    ["a gateway's name", 'user-auth', { commonName: `Domain-Signing-Authority${qualifier}` }, ['reserved-name']],
    [
      "a gateway's name in other letters",
      'user-auth',
      { commonName: `dоmain signing authority${qualifier}` },
      ['reserved-name'],
    ],
    ["a gateway's name as surname", 'user-auth', { surname: 'review-authority' }, ['reserved-name']],
    ["a gateway's name as given name", 'user-auth', { givenName: 'review.authority' }, ['reserved-name']],
    ['a long name', 'user-auth', { surname: 'x'.repeat(65) }, ['value-too-long']],
    [
      'the CN of the other gateway',
      'gateway-sign',
      { commonName: 'domain-confidentiality-authority' },
      ['value-not-fixed'],
    ],
    ['the CN in capitals', 'gateway-sign', { commonName: 'Domain-Signing-Authority' }, ['value-not-fixed']],
    [
      'the CN with a qualifier',
      'gateway-sign',
      { commonName: 'domain-signing-authority [SEEKEY GATEWAY]' },
      ['value-not-fixed'],
    ],
    ['an attribute that has no place', 'gateway-sign', { serialNumber: '1' }, ['attribute-not-allowed']],
    ['a CN that is no name', 'tls-server', { commonName: 'www.budget.govt.nz' }, ['common-name-not-a-name']],
    [
      'everything wrong',
      'user-auth',
      { countryName: 'AU', organizationName: 'x', surname: undefined, commonName: 'y' },
      ['wrong-country', 'organization-not-in-scope', 'attribute-missing', 'qualifier-missing'],
    ],
  ])('with %s', (_name, id, change, want) => {
    expect(codes(id, name({ ...samples[id].subject, ...change }), samples[id].names)).toEqual(want);
  });

  it('has each attribute once, in a relative name of its own', () => {
    const { names } = samples['user-auth'];
    const twice: Name = [...name({ ...user, givenName: undefined }), ...name({ commonName: `Carl${qualifier}` })];
    expect(codes('user-auth', twice, names)).toEqual(['attribute-repeated']);
    const [one, other] = name({ givenName: 'Grace', surname: 'Liu' });
    const together: Name = [
      ...name({ ...user, givenName: undefined, surname: undefined }),
      [...(one ?? []), ...(other ?? [])],
    ];
    expect(codes('user-auth', together, names)).toEqual(['multi-valued-rdn']);
    expect(codes('user-auth', [...name(user), []], names)).toEqual(['multi-valued-rdn']);
    expect(codes('user-auth', [], names)).toHaveLength(6);
  });

  it('of an agency that is not active', () => {
    const sample = samples['gateway-sign'];
    const suspended = { scope: { ...treasury, status: 'suspended' as const } };
    expect(codes('gateway-sign', name(sample.subject), sample.names, suspended)).toEqual(['agency-not-active']);
  });

  it('takes a qualifier from the type alone', () => {
    const sample = samples['user-auth'];
    const type = { type: sampleType('associate') };
    expect(codes('user-auth', name(sample.subject), sample.names, type)).toEqual(['qualifier-missing']);
    const associate = name({ ...user, commonName: 'Grace Liu [SEEKEY ASSOCIATE]' });
    expect(codes('user-auth', associate, sample.names, type)).toEqual([]);
  });
});

describe('alternative names', () => {
  it.each<[string, keyof typeof samples, GeneralName[], string[]]>([
    ['none', 'gateway-sign', [], ['names-missing']],
    ['another domain', 'gateway-sign', mail('domain-signing-authority@ssc.govt.nz'), ['domain-not-in-scope']],
    [
      'a domain that only ends like one',
      'gateway-sign',
      mail('domain-signing-authority@nottreasury.govt.nz'),
      ['domain-not-in-scope'],
    ],
    ['a domain above', 'gateway-sign', mail('domain-signing-authority@govt.nz'), ['domain-not-in-scope']],
    [
      'a domain that goes on',
      'gateway-sign',
      mail('domain-signing-authority@treasury.govt.nz.evil.com'),
      ['domain-not-in-scope'],
    ],
    ['another local part', 'gateway-sign', mail('postmaster@treasury.govt.nz'), ['local-part-fixed']],
    [
      'the local part in capitals',
      'gateway-sign',
      mail('Domain-signing-authority@treasury.govt.nz'),
      ['local-part-fixed'],
    ],
    [
      'the other local part',
      'gateway-sign',
      mail('domain-confidentiality-authority@treasury.govt.nz'),
      ['local-part-fixed'],
    ],
    ['a domain in capitals', 'gateway-sign', mail('domain-signing-authority@Treasury.govt.nz'), ['bad-mail-address']],
    [
      'a name twice',
      'gateway-sign',
      mail('domain-signing-authority@treasury.govt.nz', 'domain-signing-authority@treasury.govt.nz'),
      ['name-repeated'],
    ],
    ['a host name for a gateway', 'gateway-sign', dns('treasury.govt.nz'), ['name-form']],
    [
      'an address with a line end',
      'user-auth',
      mail('a@treasury.govt.nz\nBcc: b@treasury.govt.nz'),
      ['bad-mail-address'],
    ],
    ['a quoted address', 'user-auth', mail('"a@evil.nz"@treasury.govt.nz'), ['bad-mail-address']],
    ["a gateway's local part", 'user-auth', mail('domain-signing-authority@treasury.govt.nz'), ['reserved-name']],
    [
      "a gateway's local part in capitals",
      'user-auth',
      mail('Domain-Signing-Authority@treasury.govt.nz'),
      ['reserved-name'],
    ],
    [
      "a gateway's local part with more",
      'user-auth',
      mail('domain-signing-authority+x@treasury.govt.nz'),
      ['reserved-name'],
    ],
    [
      "a gateway's local part in other signs",
      'user-auth',
      mail('d0main_sign1ng.authority@treasury.govt.nz'),
      ['reserved-name'],
    ],
    ['two addresses', 'user-auth', mail('grace.liu@treasury.govt.nz', 'minister@treasury.govt.nz'), ['too-many-names']],
    [
      'another form',
      'user-auth',
      [{ kind: 'otherName', oid: '1.3.6.1.5.5.7.8.9', value: new Uint8Array(2) }],
      ['name-form'],
    ],
    ['a directory name', 'user-auth', [{ kind: 'directoryName', name: [] }], ['name-form']],
    [
      'an address of the net',
      'tls-server',
      [{ kind: 'iPAddress', bytes: new Uint8Array(4) }, ...dns('www.treasury.govt.nz')],
      ['name-form'],
    ],
    ['a host elsewhere', 'tls-server', dns('www.treasury.govt.nz', 'www.ssc.govt.nz'), ['domain-not-in-scope']],
    [
      'a host that only ends like one',
      'tls-server',
      dns('www.treasury.govt.nz', 'eviltreasury.govt.nz'),
      ['domain-not-in-scope'],
    ],
    ['a wildcard over everybody', 'tls-server', dns('www.treasury.govt.nz', '*.govt.nz'), ['domain-not-in-scope']],
    ['a wildcard further in', 'tls-server', dns('www.treasury.govt.nz', 'a.*.treasury.govt.nz'), ['bad-dns-name']],
    ['a host in capitals', 'tls-server', dns('www.treasury.govt.nz', 'A.treasury.govt.nz'), ['bad-dns-name']],
    ['a host in U-labels', 'tls-server', dns('www.treasury.govt.nz', 'ā.treasury.govt.nz'), ['bad-dns-name']],
    ['a trailing dot', 'tls-server', dns('www.treasury.govt.nz', 'a.treasury.govt.nz.'), ['bad-dns-name']],
    ['an underscore', 'tls-server', dns('www.treasury.govt.nz', '_a.treasury.govt.nz'), ['bad-dns-name']],
    ['an address as host', 'tls-server', dns('www.treasury.govt.nz', '127.0.0.1'), ['bad-dns-name']],
    ['NUL', 'tls-server', dns('www.treasury.govt.nz', 'treasury.govt.nz\0.evil.nz'), ['bad-dns-name']],
    [
      'over a hundred',
      'tls-server',
      dns('www.treasury.govt.nz', ...Array.from({ length: 100 }, (_, index) => `h${index}.treasury.govt.nz`)),
      ['too-many-names'],
    ],
    [
      'several faults',
      'tls-server',
      dns('www.ssc.govt.nz', '*', 'a_b'),
      ['domain-not-in-scope', 'bad-dns-name', 'bad-dns-name', 'common-name-not-a-name'],
    ],
  ])('%s', (_name, id, names, want) => {
    expect(codes(id, name(samples[id].subject), names)).toEqual(want);
  });

  it('are not there where the profile has none', () => {
    const profile = sampleProfile('ocsp-responder');
    const subject = name({ countryName: 'NZ', organizationName: 'The Treasury', commonName: 'OCSP' });
    const found = nameViolations(subject, dns('a.treasury.govt.nz'), {
      profile,
      scope: treasury,
      type: sampleType('device'),
      country: 'NZ',
      subjectPerson: null,
    });
    expect(found.map(({ code }) => code)).toContain('names-not-allowed');
  });
});
