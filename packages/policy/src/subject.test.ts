import type { Name } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { cpsUri, policyOids } from './policy-oids.ts';
import type { ProfileId } from './profile.ts';
import { requiredQuorum } from './required-quorum.ts';
import { grace, sampleAuthority, sampleProfile, sampleType, treasury } from './sample-authority.ts';
import { qualifiedName, type SubjectFacts, subjectAltNames, subjectAttribute, subjectName } from './subject.ts';

const facts: SubjectFacts = {
  configuration: sampleAuthority.configuration,
  scope: treasury,
  organizationName: 'Te Tai Ōhanga',
  person: grace,
  type: sampleType('business-card-software'),
  dnsNames: ['treasury.govt.nz', 'budget.govt.nz'],
};
const flat = (name: Name): string[] => name.map((rdn) => rdn.map(({ type, value }) => `${type}=${value}`).join('+'));

describe('the subject of a certificate', () => {
  it.each<[ProfileId, Partial<SubjectFacts>, string[]]>([
    [
      'gateway-sign',
      { type: sampleType('gateway'), person: null },
      ['2.5.4.6=NZ', '2.5.4.10=Te Tai Ōhanga', '2.5.4.97=GOVNZ', '2.5.4.3=domain-signing-authority'],
    ],
    [
      'gateway-encrypt',
      { type: sampleType('gateway'), person: null },
      ['2.5.4.6=NZ', '2.5.4.10=Te Tai Ōhanga', '2.5.4.97=GOVNZ', '2.5.4.3=domain-confidentiality-authority'],
    ],
    [
      'user-auth',
      {},
      [
        '2.5.4.6=NZ',
        '2.5.4.10=Te Tai Ōhanga',
        '2.5.4.97=GOVNZ',
        '2.5.4.42=Grace',
        '2.5.4.4=Liu',
        '2.5.4.3=Grace Liu [SEEKEY BUSINESS-CARD-SOFTWARE]',
        `2.5.4.5=${grace.id}`,
      ],
    ],
    [
      'user-sign',
      { person: { ...grace, givenName: null } },
      [
        '2.5.4.6=NZ',
        '2.5.4.10=Te Tai Ōhanga',
        '2.5.4.97=GOVNZ',
        '2.5.4.4=Liu',
        '2.5.4.3=Grace Liu [SEEKEY BUSINESS-CARD-SOFTWARE]',
        `2.5.4.5=${grace.id}`,
      ],
    ],
    [
      'tls-server',
      { type: sampleType('device'), person: null },
      ['2.5.4.6=NZ', '2.5.4.7=Wellington', '2.5.4.10=Te Tai Ōhanga', '2.5.4.3=treasury.govt.nz'],
    ],
    ['user-auth', { person: null }, ['2.5.4.6=NZ', '2.5.4.10=Te Tai Ōhanga', '2.5.4.97=GOVNZ']],
  ])('of %s', (id, change, want) => {
    expect(flat(subjectName(sampleProfile(id), { ...facts, ...change }))).toEqual(want);
  });

  it('has the qualifier of its type', () => {
    expect(qualifiedName('Grace Liu', sampleType('associate'))).toBe('Grace Liu [SEEKEY ASSOCIATE]');
    expect(qualifiedName('Grace Liu', sampleType('gateway'))).toBe('Grace Liu');
  });

  it('is asked by our names for attributes', () => {
    const name = subjectName(sampleProfile('user-auth'), facts);
    expect(subjectAttribute(name, 'serialNumber')).toBe(grace.id);
    expect(subjectAttribute(name, 'localityName')).toBeUndefined();
  });
});

describe('the names of a certificate', () => {
  it.each<[ProfileId, Partial<SubjectFacts>, object[]]>([
    [
      'gateway-sign',
      {},
      [
        { kind: 'rfc822Name', value: 'domain-signing-authority@treasury.govt.nz' },
        { kind: 'rfc822Name', value: 'domain-signing-authority@budget.govt.nz' },
      ],
    ],
    ['user-auth', {}, [{ kind: 'rfc822Name', value: 'grace.liu@treasury.govt.nz' }]],
    ['user-auth', { person: null }, []],
    [
      'tls-server',
      {},
      [
        { kind: 'dNSName', value: 'treasury.govt.nz' },
        { kind: 'dNSName', value: 'budget.govt.nz' },
      ],
    ],
    ['ocsp-responder', {}, []],
  ])('of %s', (id, change, want) => {
    expect(subjectAltNames(sampleProfile(id), { ...facts, ...change })).toEqual(want);
  });
});

describe('the policies of a certificate', () => {
  it('are its type and its profile, and the page says what the type means', () => {
    const type = sampleType('business-card-software');
    expect(policyOids('2.25.1', type, sampleProfile('user-auth'))).toEqual(['2.25.1.1.8', '2.25.1.2.3']);
    expect(policyOids('2.25.1', type, sampleProfile('ocsp-responder'))).toEqual([]);
    expect(cpsUri('http://localhost:8080', type)).toBe('http://localhost:8080/cp#business-card-software');
  });
});

describe('the quorum', () => {
  it.each<[ProfileId, string[], object, number, number]>([
    ['tls-server', ['www.treasury.govt.nz'], {}, 90, 1],
    ['tls-server', ['www.treasury.govt.nz', '*.treasury.govt.nz'], {}, 90, 2],
    ['tls-server', ['www.treasury.govt.nz'], {}, 91, 2],
    ['gateway-sign', [], {}, 397, 2],
    ['operator', [], {}, 397, 2],
    ['user-auth', [], {}, 397, 1],
    ['user-auth', [], {}, 398, 2],
    ['user-auth', [], { exception: 'EXC-9', curves: ['P-256', 'P-384'] }, 397, 2],
  ])('of %s for %j, %j and %i days is %i', (id, names, change, days, want) => {
    const seconds = days * 86_400;
    expect(requiredQuorum(sampleProfile(id, change), names, seconds)).toBe(want);
    expect(requiredQuorum(sampleProfile(id, { ...change, quorum: 3 }), names, seconds)).toBe(3);
  });
});
