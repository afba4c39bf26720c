import { describe, expect, it } from 'vitest';
import { PROFILE_IDS, type ProfileId, readProfile } from './profile.ts';
import { sampleAuthority, sampleProfile } from './sample-authority.ts';
import { STANDARD_PROFILES } from './standard-profiles.ts';
import { STANDARD_TYPES } from './standard-types.ts';

const content = (id: ProfileId): Record<string, unknown> => ({
  ...STANDARD_PROFILES.find((each) => each['id'] === id),
});

describe('the standard profiles', () => {
  it('are all there, and read', () => {
    expect(STANDARD_PROFILES.map((each) => readProfile(each).id)).toEqual(
      [...PROFILE_IDS].filter((id) => STANDARD_PROFILES.some((each) => each['id'] === id)),
    );
    expect(STANDARD_PROFILES).toHaveLength(PROFILE_IDS.length);
  });

  it('have arcs of their own, and types that exist', () => {
    const arcs = STANDARD_PROFILES.map((each) => readProfile(each).policyArc).filter((arc) => arc !== null);
    expect(new Set(arcs).size).toBe(arcs.length);
    for (const each of STANDARD_PROFILES) {
      for (const type of readProfile(each).types) expect(sampleAuthority.types.has(type)).toBe(true);
    }
  });

  it.each<[ProfileId, object]>([
    [
      'gateway-sign',
      {
        ca: 'gateway',
        quorum: 2,
        holdPermitted: false,
        keySources: ['csr'],
        keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] },
      },
    ],
    [
      'gateway-encrypt',
      {
        ca: 'gateway',
        quorum: 2,
        holdPermitted: false,
        keySources: ['csr'],
        keyUsage: { ec: ['keyAgreement'], rsa: ['keyEncipherment'] },
      },
    ],
    ['user-auth', { ca: 'individual', quorum: 1, holdPermitted: true, extKeyUsage: ['1.3.6.1.5.5.7.3.2'] }],
    ['user-sign', { ca: 'individual', quorum: 1, holdPermitted: false, extKeyUsage: ['1.3.6.1.5.5.7.3.4'] }],
    ['user-encrypt', { ca: 'individual', quorum: 1, holdPermitted: false, codeKey: 'RSA-3072' }],
    ['tls-server', { ca: 'tls', maxValidityDays: 200, names: { form: 'dNSName' }, keySources: ['csr'] }],
    ['ocsp-responder', { ca: 'any', maxValidityDays: 14, policyArc: null, ocspNoCheck: true }],
    ['operator', { ca: 'operations', quorum: 2, holdPermitted: true }],
  ])('%s is as the design has it', (id, want) => {
    const profile = sampleProfile(id);
    expect(profile).toMatchObject(want);
    expect(profile.rsaBits).toEqual({ min: 3072, max: 4096 });
    // What a responder's key is says the configuration.
    if (id === 'ocsp-responder')
      expect([profile.curves, profile.exception]).toEqual([['P-384', 'P-256'], expect.stringMatching(/^EXC-3/)]);
    else expect([profile.curves, profile.exception]).toEqual([['P-384'], null]);
  });

  it('never let a reason to revoke be a hold, nor one for CAs', () => {
    for (const id of PROFILE_IDS) {
      expect(sampleProfile(id).revocationReasons).not.toContain('certificateHold');
      expect(sampleProfile(id).revocationReasons).not.toContain('cACompromise');
    }
  });

  it('keep no copy of any key', () => {
    expect(PROFILE_IDS.map((id) => sampleProfile(id).escrow).filter((escrow) => escrow !== null)).toEqual([]);
    const kept = sampleProfile('user-encrypt', { escrow: 'recovery-agents', keySources: ['code'] });
    expect(kept.escrow).toBe('recovery-agents');
  });

  it('have a digest that follows the content', () => {
    expect(sampleProfile('user-auth').digest).toBe(sampleProfile('user-auth').digest);
    expect(sampleProfile('user-auth', { quorum: 2 }).digest).not.toBe(sampleProfile('user-auth').digest);
  });
});

describe('the standard types', () => {
  it('keep the arcs of the scheme', () => {
    expect(Object.fromEntries(STANDARD_TYPES.map(({ id, arc }) => [id, arc]))).toEqual({
      passport: 1,
      'business-card': 2,
      associate: 3,
      device: 4,
      'business-role': 5,
      'associate-role': 6,
      gateway: 7,
      'business-card-software': 8,
    });
    const hardware = STANDARD_TYPES.filter(({ hardwareToken }) => hardwareToken).map(({ id }) => id);
    expect(hardware).toEqual(['passport', 'business-card', 'business-role']);
    for (const { id, qualifier } of STANDARD_TYPES) {
      expect(qualifier).toBe(id === 'gateway' || id === 'device' ? null : `SEEKEY ${id.toUpperCase()}`);
    }
  });
});

describe('a profile', () => {
  const subject = content('user-auth')['subject'] as Record<string, unknown>[];
  const gatewaySubject = content('gateway-sign')['subject'] as Record<string, unknown>[];
  const fixed = (attribute: string, value: string) => ({ attribute, value, from: null, optional: false });
  const sourced = (attribute: string, from: string) => ({ attribute, value: null, from, optional: false });
  const signs = { ec: ['digitalSignature'], rsa: ['digitalSignature'] };

  it.each<[string, ProfileId, object, string]>([
    // What checkProfile asks for.
    [
      'a kept key for signing',
      'user-sign',
      { escrow: 'recovery-agents', keySources: ['code'] },
      'a key that signs is never kept',
    ],
    [
      'a kept key for signing, in one family only',
      'user-encrypt',
      {
        escrow: 'recovery-agents',
        keySources: ['code'],
        keyUsage: { ec: ['nonRepudiation'], rsa: ['keyEncipherment'] },
      },
      'a key that signs is never kept',
    ],
    ['a kept key that comes by CSR', 'user-encrypt', { escrow: 'recovery-agents' }, 'made with an enrolment code'],
    ['a kept key for somebody else', 'user-encrypt', { escrow: 'the-agency' }, 'recovery-agents is expected'],
    ['P-256 without an exception', 'user-auth', { curves: ['P-384', 'P-256'] }, 'needs a named exception'],
    ['Ed25519 without an exception', 'user-auth', { curves: ['Ed25519'] }, 'needs a named exception'],
    [
      'a usual validity over its maximum',
      'user-auth',
      { validityDays: 400, maxValidityDays: 399 },
      'exceeds its own maximum',
    ],
    ['RSA bits the wrong way round', 'user-auth', { rsaBits: { min: 4096, max: 3072 } }, 'wrong way round'],
    ['no key', 'user-auth', { curves: [], rsaBits: null }, 'no key is allowed'],
    ['RSA keys without a use', 'user-auth', { keyUsage: { ec: ['digitalSignature'], rsa: [] } }, 'no keyUsage for rsa'],
    ['EC keys without a use', 'user-auth', { keyUsage: { ec: [], rsa: ['digitalSignature'] } }, 'no keyUsage for ec'],
    [
      'a key that signs and encrypts',
      'gateway-encrypt',
      { keyUsage: { ec: ['keyAgreement'], rsa: ['digitalSignature', 'keyEncipherment'] } },
      'never signs and encrypts',
    ],
    [
      'a key that repudiates nothing and agrees',
      'gateway-sign',
      { keyUsage: { ec: ['nonRepudiation', 'keyAgreement'], rsa: ['digitalSignature'] } },
      'never signs and encrypts',
    ],
    [
      'EC keys that encipher keys',
      'gateway-encrypt',
      { keyUsage: { ec: ['keyEncipherment'], rsa: ['keyEncipherment'] } },
      'an EC key has no keyEncipherment',
    ],
    [
      'EC keys that encipher data',
      'gateway-encrypt',
      { keyUsage: { ec: ['dataEncipherment'], rsa: ['keyEncipherment'] } },
      'an EC key has no keyEncipherment',
    ],
    [
      'RSA keys that agree',
      'gateway-encrypt',
      { keyUsage: { ec: ['keyAgreement'], rsa: ['keyAgreement'] } },
      'an RSA key has no keyAgreement',
    ],
    ['an RSA key by code where none is taken', 'user-encrypt', { rsaBits: null }, 'codeKey is RSA'],
    ['a hold of signatures', 'user-sign', { holdPermitted: true }, 'hold is not permitted'],
    ['a hold of gateways', 'gateway-sign', { holdPermitted: true }, 'hold is not permitted'],
    ['a hold of servers', 'tls-server', { holdPermitted: true }, 'hold is not permitted'],
    ['a hold as reason to revoke', 'user-auth', { revocationReasons: ['certificateHold'] }, 'not a reason to revoke'],
    ["a CA's compromise as reason", 'user-auth', { revocationReasons: ['cACompromise'] }, 'for CA certificates'],
    ['one person for gateways', 'gateway-encrypt', { quorum: 1 }, 'gateway certificates need two'],
    ['one person for operators', 'operator', { quorum: 1 }, 'operator certificates need two'],
    ['servers for 201 days', 'tls-server', { maxValidityDays: 201 }, 'at most 200 days'],
    ['responders for 15 days', 'ocsp-responder', { maxValidityDays: 15 }, 'at most 14 days'],
    ['no policies', 'user-auth', { policy: null }, 'all but OCSP certificates carry policies'],
    ['policies of a responder', 'ocsp-responder', { policy: { arc: 7 } }, 'all but OCSP certificates carry policies'],
    ['a CN twice', 'user-auth', { subject: [...subject, sourced('commonName', 'person.surname')] }, 'occurs twice'],
    [
      'a gateway under another local part',
      'gateway-sign',
      { names: { form: 'rfc822Name', localPart: 'postmaster' } },
      'the local part is domain-signing-authority',
    ],
    [
      'a gateway under the local part of the other',
      'gateway-sign',
      { names: { form: 'rfc822Name', localPart: 'domain-confidentiality-authority' } },
      'the local part is domain-signing-authority',
    ],
    [
      "a gateway with people's addresses",
      'gateway-sign',
      { names: { form: 'rfc822Name', localPart: null } },
      'the local part is domain-signing-authority',
    ],
    [
      'a gateway with another CN',
      'gateway-encrypt',
      { subject: [...gatewaySubject.slice(0, -1), fixed('commonName', 'domain-signing-authority')] },
      'the CN is domain-confidentiality-authority',
    ],
    [
      "a gateway with the agency's name as CN",
      'gateway-sign',
      { subject: [...gatewaySubject.slice(0, -1), sourced('commonName', 'agency.organizationName')] },
      'the CN is',
    ],
    ['a gateway without CN', 'gateway-sign', { subject: gatewaySubject.slice(0, -1) }, 'the CN is'],
    [
      'a gateway whose CN may be absent',
      'gateway-sign',
      {
        subject: [
          ...gatewaySubject.slice(0, -1),
          { ...fixed('commonName', 'domain-signing-authority'), optional: true },
        ],
      },
      'the CN is',
    ],
    [
      'a person with a fixed local part',
      'user-auth',
      { names: { form: 'rfc822Name', localPart: 'helpdesk' } },
      'only gateways have a fixed local part',
    ],
    [
      "a person with a gateway's local part",
      'user-sign',
      { names: { form: 'rfc822Name', localPart: 'domain-signing-authority' } },
      'only gateways have a fixed local part',
    ],
    [
      "a server with a gateway's CN",
      'tls-server',
      { subject: [fixed('commonName', 'Domain-Signing-Authority')] },
      'a reserved name is for gateways only',
    ],
    [
      'a host name with a local part',
      'tls-server',
      { names: { form: 'dNSName', localPart: 'x' } },
      'a dNSName has no local part',
    ],
    [
      'no names with a local part',
      'ocsp-responder',
      { names: { form: 'none', localPart: 'x' } },
      'a none has no local part',
    ],
    // What the reader asks for.
    ['an unknown id', 'user-auth', { id: 'code-signing' }, '$.profile.id'],
    ['version 0', 'user-auth', { version: 0 }, '$.profile.version'],
    ['an unknown CA', 'user-auth', { ca: 'root' }, '$.profile.ca'],
    ['a quorum of nobody', 'user-auth', { quorum: 0 }, '$.profile.quorum'],
    ['half a person', 'user-auth', { quorum: 1.5 }, '$.profile.quorum'],
    ['an unknown curve', 'user-auth', { curves: ['secp256k1'] }, '$.profile.curves[0]'],
    ['RSA of 2048 bits', 'user-auth', { rsaBits: { min: 2048, max: 4096 } }, '$.profile.rsaBits.min'],
    ['more about RSA', 'user-auth', { rsaBits: { min: 3072, max: 4096, e: 3 } }, '$.profile.rsaBits.e'],
    ['more about policies', 'user-auth', { policy: { arc: 3, extra: 1 } }, '$.profile.policy.extra'],
    ['arc 0', 'user-auth', { policy: { arc: 0 } }, '$.profile.policy.arc'],
    ['a use of CAs', 'user-auth', { keyUsage: { ...signs, ec: ['keyCertSign'] } }, '$.profile.keyUsage.ec[0]'],
    ['uses for other keys', 'user-auth', { keyUsage: { ...signs, dsa: [] } }, '$.profile.keyUsage.dsa'],
    ['no purpose', 'user-auth', { extKeyUsage: [] }, '$.profile.extKeyUsage'],
    ['a purpose that is no OID', 'user-auth', { extKeyUsage: ['clientAuth'] }, '$.profile.extKeyUsage[0]'],
    ['no subject', 'user-auth', { subject: [] }, '$.profile.subject'],
    ['an unknown attribute', 'user-auth', { subject: [fixed('title', 'Dr')] }, '$.profile.subject[0].attribute'],
    [
      'a value and a source',
      'user-auth',
      { subject: [{ ...fixed('surname', 'x'), from: 'person.surname' }] },
      'has a value or a source',
    ],
    [
      'neither value nor source',
      'user-auth',
      { subject: [{ ...fixed('surname', 'x'), value: null }] },
      'has a value or a source',
    ],
    [
      'a source that is none',
      'user-auth',
      { subject: [sourced('surname', 'csr.surname')] },
      'unknown source csr.surname',
    ],
    [
      'a source that every object has',
      'user-auth',
      { subject: [sourced('surname', 'constructor')] },
      'unknown source constructor',
    ],
    [
      'more in a rule',
      'user-auth',
      { subject: [{ ...fixed('surname', 'x'), critical: true }] },
      '$.profile.subject[0].critical',
    ],
    [
      'an unknown form of names',
      'user-auth',
      { names: { form: 'otherName', localPart: null } },
      '$.profile.names.form',
    ],
    ['a validity of 826 days', 'user-auth', { maxValidityDays: 826 }, '$.profile.maxValidityDays'],
    ['no reason to revoke', 'user-auth', { revocationReasons: [] }, '$.profile.revocationReasons'],
    ['an unknown source of keys', 'user-auth', { keySources: ['escrow'] }, '$.profile.keySources[0]'],
    ['an unknown key for codes', 'user-auth', { codeKey: 'P-256' }, '$.profile.codeKey'],
    [
      'a gateway overlap of 4 days',
      'gateway-sign',
      { renewal: { windowDays: 30, overlapDays: 4 } },
      'overlap for 5 days',
    ],
    ['an overlap longer than the window', 'gateway-encrypt', { renewal: { windowDays: 5, overlapDays: 6 } }, 'window'],
    ['a window longer than the life', 'tls-server', { renewal: { windowDays: 90, overlapDays: 5 } }, 'longer than the'],
    [
      'a renewal rule without an overlap',
      'user-auth',
      { renewal: { windowDays: 60 } },
      '$.profile.renewal.overlapDays',
    ],
    ['an unknown directory rule', 'user-encrypt', { directory: 'never' }, '$.profile.directory'],
    ['a member that nobody reads', 'user-auth', { basicConstraints: { cA: true } }, '$.profile.basicConstraints'],
  ])('with %s is refused', (_name, id, change, message) => {
    expect(() => readProfile({ ...content(id), ...change })).toThrow(message);
  });

  it.each<[ProfileId, object | null]>([
    ['gateway-sign', { windowDays: 30, overlapDays: 30 }],
    ['user-encrypt', { windowDays: 60, overlapDays: 30 }],
    ['operator', { windowDays: 60, overlapDays: 30 }],
    ['tls-server', { windowDays: 30, overlapDays: 5 }],
    ['ocsp-responder', null],
  ])('%s without a renewal rule has the usual one', (id, renewal) => {
    const { renewal: _renewal, directory: _directory, ...before } = content(id);
    expect(readProfile(before)).toMatchObject({ renewal, directory: 'renewal-confirmed' });
  });

  it('needs every member', () => {
    const full = content('user-auth');
    // These came later: a profile without them means what it meant before.
    const later = ['renewal', 'directory', 'escrow'];
    for (const name of Object.keys(full).filter((one) => !later.includes(one))) {
      const { [name]: _left, ...rest } = full;
      expect(() => readProfile(rest), name).toThrow(`$.profile.${name}`);
    }
    expect(Object.keys(full).length).toBeGreaterThan(20);
  });

  it.each<[string, ProfileId, object]>([
    ['P-256 under a named exception', 'user-auth', { curves: ['P-384', 'P-256'], exception: 'EXC-2: Outlook of 2019' }],
    [
      'another CN for a role',
      'user-sign',
      { subject: [...subject.slice(0, -2), fixed('commonName', 'Press Office'), ...subject.slice(-1)] },
    ],
    ['the least gateway overlap (SEE-7)', 'gateway-sign', { renewal: { windowDays: 5, overlapDays: 5 } }],
    ['an overlap of none for a person', 'user-sign', { renewal: { windowDays: 60, overlapDays: 0 } }],
    ['a directory that waits for every confirmation', 'user-encrypt', { directory: 'confirmed' }],
    ['the longest validity', 'tls-server', { validityDays: 200, maxValidityDays: 200 }],
  ])('with %s is read', (_name, id, change) => {
    expect(readProfile({ ...content(id), ...change }).id).toBe(id);
  });

  it('that is no object is refused', () => {
    for (const value of [null, 'user-auth', [], 7]) expect(() => readProfile(value)).toThrow('an object is expected');
  });
});
