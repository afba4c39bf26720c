import type { CanonicalValue } from '@see/statement';
import { samplePasskey } from '@see/statement/sample-passkey';
import { describe, expect, it } from 'vitest';
import { ROLES, rolesExclude } from '../roles.ts';
import { type Authority, activeProfile, serviceKeysOf } from './authority.ts';
import { DEFAULT_RISK_POLICY, EVALUATION_RISK_POLICY } from './risk-policy.ts';
import {
  accept,
  codeOf,
  configuration,
  operators,
  recovery,
  sampleAuthority,
  sampleKey,
  samplePerson,
} from './sample-chain.ts';
import { crlPlanOf, DEFAULT_STATUS_PLAN } from './status-plan.ts';

type Subject = { readonly [key: string]: CanonicalValue };

const [o1] = operators;
const somebody = sampleKey(samplePerson(50));

const known: Subject = { personId: somebody.personId, publicKey: somebody.publicKey, label: 'spare' };

const touched = samplePasskey('P-256');
const passkey: Subject = {
  personId: somebody.personId,
  publicKey: touched.publicKey,
  label: 'phone',
  passkey: touched.passkey,
};

describe('a passkey', () => {
  const registered = accept(sampleAuthority, 'credential-register', passkey);
  const other = samplePasskey('P-384');

  it('is registered under the thumbprint of its key, beside key files', () => {
    expect(registered.credentials.get(touched.credentialId)).toEqual({
      credentialId: touched.credentialId,
      personId: somebody.personId,
      publicKey: touched.publicKey,
      passkey: touched.passkey,
      removed: false,
    });
    const more = { ...passkey, publicKey: other.publicKey, passkey: other.passkey };
    expect(accept(registered, 'credential-register', more).credentials.get(other.credentialId)?.passkey).toBe(
      other.passkey,
    );
  });

  it.each<[string, Subject, string]>([
    ['again', passkey, 'credential-known'],
    ['again as a key file', without(passkey, 'passkey'), 'bad-subject'],
    ['with the id of another one', { ...passkey, publicKey: other.publicKey }, 'credential-known'],
    ['with the key of another one', { ...passkey, passkey: other.passkey }, 'credential-known'],
    [
      'with a recovery key',
      { ...passkey, publicKey: recovery[0].publicKey, passkey: other.passkey },
      'credential-known',
    ],
    [
      'with a key file of an operator',
      { ...passkey, publicKey: o1.publicKey, passkey: other.passkey },
      'credential-known',
    ],
    ['with an empty id', { ...passkey, passkey: '' }, 'bad-subject'],
    ['with an id of 15 octets', { ...passkey, passkey: 'A'.repeat(20) }, 'bad-subject'],
    ['with an id of 1,024 octets', { ...passkey, passkey: 'A'.repeat(1366) }, 'bad-subject'],
    ['with an id in base64', { ...passkey, passkey: `${other.passkey}=` }, 'bad-subject'],
    ['with an id that is null', { ...passkey, passkey: null }, 'bad-subject'],
    ['on another curve', { ...passkey, publicKey: { ...touched.publicKey, crv: 'P-521' } }, 'bad-subject'],
    [
      'on a curve that its coordinates do not fit',
      { ...passkey, publicKey: { ...other.publicKey, crv: 'P-256' } },
      'bad-subject',
    ],
    [
      'with a point that is on no curve',
      { ...passkey, publicKey: { ...touched.publicKey, y: 'A'.repeat(43) } },
      'bad-key',
    ],
    ['with a private key', { ...passkey, publicKey: { ...touched.publicKey, d: 'A'.repeat(43) } }, 'bad-subject'],
  ])('is not registered %s', (_name, subject, want) => {
    expect(codeOf(() => accept(registered, 'credential-register', subject))).toBe(want);
  });
});

function without(subject: Subject, name: string): Subject {
  return Object.fromEntries(Object.entries(subject).filter(([key]) => key !== name));
}

describe('a credential', () => {
  const registered = accept(sampleAuthority, 'credential-register', known);
  const removed = accept(registered, 'credential-remove', { credentialId: somebody.credentialId });

  it('is registered for one person, and removed for ever', () => {
    expect(registered.credentials.get(somebody.credentialId)).toEqual({
      credentialId: somebody.credentialId,
      personId: somebody.personId,
      publicKey: somebody.publicKey,
      passkey: null,
      removed: false,
    });
    expect(removed.credentials.get(somebody.credentialId)?.removed).toBe(true);
    expect(registered.roles.get(somebody.personId)).toBeUndefined();
  });

  it.each<[string, Authority, string, Subject, string]>([
    ['again', registered, 'credential-register', known, 'credential-known'],
    [
      'for another person',
      registered,
      'credential-register',
      { ...known, personId: samplePerson(51) },
      'credential-known',
    ],
    ['after its removal', removed, 'credential-register', known, 'credential-known'],
    [
      'of the recovery quorum',
      registered,
      'credential-register',
      { ...known, publicKey: recovery[0].publicKey },
      'credential-known',
    ],
    ['for nobody', registered, 'credential-register', { ...known, personId: 'grace' }, 'bad-subject'],
    [
      'on another curve',
      registered,
      'credential-register',
      { ...known, publicKey: { ...somebody.publicKey, crv: 'P-256' } },
      'bad-subject',
    ],
    [
      'beside the curve',
      registered,
      'credential-register',
      { ...known, publicKey: { ...somebody.publicKey, y: somebody.publicKey.x } },
      'bad-key',
    ],
    [
      'with a private part',
      registered,
      'credential-register',
      { ...known, publicKey: { ...somebody.publicKey, d: 'x' } },
      'bad-subject',
    ],
    ['with more', registered, 'credential-register', { ...known, role: 'operator' }, 'bad-subject'],
    ['removed twice', removed, 'credential-remove', { credentialId: somebody.credentialId }, 'credential-unknown'],
    ['that nobody has, removed', removed, 'credential-remove', { credentialId: 'x' }, 'credential-unknown'],
  ])('%s is refused', (_name, authority, kind, subject, code) => {
    expect(codeOf(() => accept(authority, kind, subject))).toBe(code);
  });
});

describe('a role', () => {
  it.each(ROLES.flatMap((one) => ROLES.map((other) => [one, other] as const)))('%s beside %s', (one, other) => {
    const personId = samplePerson(50);
    const first = accept(sampleAuthority, 'role-grant', { personId, role: one });
    const apart = new Set(['auditor', 'ca-operations']);
    const excluded =
      one !== other && (apart.has(one) || apart.has(other) || [one, other].sort().join() === 'administrator,operator');
    expect(rolesExclude(one, other)).toBe(excluded);
    expect(codeOf(() => accept(first, 'role-grant', { personId, role: other }))).toBe(
      excluded ? 'roles-exclude' : 'accepted',
    );
  });

  it('is removed from who holds it, and can be followed by one that it excluded', () => {
    const subject = { personId: samplePerson(50), role: 'auditor' };
    const granted = accept(sampleAuthority, 'role-grant', subject);
    const removed = accept(granted, 'role-remove', subject);
    expect(codeOf(() => accept(removed, 'role-remove', subject))).toBe('role-not-held');
    expect(codeOf(() => accept(removed, 'role-grant', { ...subject, role: 'operator' }))).toBe('accepted');
    expect(granted.roles.get(samplePerson(50))?.has('auditor')).toBe(true);
  });

  it.each([
    ['unknown', { personId: samplePerson(50), role: 'root' }],
    ['inherited by every object', { personId: samplePerson(50), role: 'toString' }],
    ['of nobody', { personId: '', role: 'operator' }],
    ['for an agency', { personId: samplePerson(50), role: 'sponsor', agencyId: 'treasury' }],
  ])('that is %s is refused', (_name, subject) => {
    expect(codeOf(() => accept(sampleAuthority, 'role-grant', subject))).toBe('bad-subject');
  });
});

const HOURS = { zone: 'Pacific/Auckland', from: '07:00', until: '19:00', days: [1, 2, 3, 4, 5] };
const risky = (change: object): Subject =>
  JSON.parse(JSON.stringify({ ...configuration, risk: { ...EVALUATION_RISK_POLICY, hours: HOURS, ...change } }));

const published = (change: object): Subject =>
  JSON.parse(JSON.stringify({ ...configuration, status: { responderKey: 'P-256', crls: [], ...change } }));
const parts = (...shards: number[]): Subject => published({ crls: [{ ca: 'tls', delta: false, shards }] });

describe('the configuration', () => {
  it('may say what raises the quorum; without it every reason is on', () => {
    const changed = accept(sampleAuthority, 'configuration-activate', risky({ newSponsorDays: 30 }));
    expect(changed.configuration.risk).toEqual({ ...EVALUATION_RISK_POLICY, hours: HOURS, newSponsorDays: 30 });
    const { risk } = sampleAuthority.configuration;
    expect(risk).toBe(DEFAULT_RISK_POLICY);
    expect(Object.values(risk).every((one) => one !== 0 && one !== false && one !== null)).toBe(true);
    // What is read is what a later statement carries on: one more reading makes no difference.
    const again = accept(changed, 'configuration-activate', JSON.parse(JSON.stringify(changed.configuration)));
    expect(again.configuration).toEqual(changed.configuration);
  });

  it('is replaced as a whole', () => {
    const changed = { ...configuration, vaUrl: 'http://va.example.govt.nz', permittedDomains: ['govt.nz'] };
    expect(accept(sampleAuthority, 'configuration-activate', changed).configuration).toEqual({
      ...changed,
      risk: DEFAULT_RISK_POLICY,
      status: DEFAULT_STATUS_PLAN,
    });
  });

  it('may say how status is published, and never takes away parts to which certificates point', () => {
    const crls = [
      { ca: 'gateway', delta: true, shards: [] },
      { ca: 'individual', delta: false, shards: [16, 128] },
    ];
    const changed = accept(sampleAuthority, 'configuration-activate', published({ crls }));
    expect(changed.configuration.status).toEqual({ responderKey: 'P-256', crls });
    expect(crlPlanOf(changed.configuration.status, 'tls')).toEqual({ ca: 'tls', delta: false, shards: [] });
    const fewer = (shards: number[]): string =>
      codeOf(() =>
        accept(changed, 'configuration-activate', published({ crls: [{ ca: 'individual', delta: false, shards }] })),
      );
    expect([fewer([128]), fewer([]), fewer([16, 64])]).toEqual(['shards-fixed', 'shards-fixed', 'shards-fixed']);
    const more = published({ crls: [{ ca: 'individual', delta: true, shards: [16, 128, 256] }] });
    expect(accept(changed, 'configuration-activate', more).configuration.status.crls).toHaveLength(1);
  });

  it.each<[string, Subject, string]>([
    ['a risk policy with a member left out', risky({ nearNames: undefined }), 'bad-subject'],
    ['a risk policy with one more', risky({ names: true }), 'bad-subject'],
    ['no plan of status', { ...configuration, status: null }, 'bad-subject'],
    ['a responder key of another kind', published({ responderKey: 'P-521' }), 'bad-subject'],
    ['a CA twice', published({ crls: [0, 1].map(() => ({ ca: 'tls', delta: true, shards: [] })) }), 'bad-subject'],
    ['three parts', parts(3), 'bad-subject'],
    ['one part', parts(1), 'bad-subject'],
    ['more parts than there may be', parts(2048), 'bad-subject'],
    ['parts that do not rise', parts(16, 8), 'bad-subject'],
    ['no risk policy', { ...configuration, risk: null }, 'bad-subject'],
    ['a sponsor who is new for ever', risky({ newSponsorDays: 366 }), 'bad-subject'],
    ['a domain that is new before it came', risky({ newDomainDays: -1 }), 'bad-subject'],
    ['near names that are maybe', risky({ nearNames: 1 }), 'bad-subject'],
    ['hours that end before they begin', risky({ hours: { ...HOURS, until: '07:00' } }), 'bad-subject'],
    ['hours beyond the day', risky({ hours: { ...HOURS, until: '24:00' } }), 'bad-subject'],
    ['hours on an eighth day', risky({ hours: { ...HOURS, days: [1, 8] } }), 'bad-subject'],
    ['hours on a day twice', risky({ hours: { ...HOURS, days: [1, 1] } }), 'bad-subject'],
    ['hours on days in another order', risky({ hours: { ...HOURS, days: [2, 1] } }), 'bad-subject'],
    ['hours of nowhere', risky({ hours: { ...HOURS, zone: '' } }), 'bad-subject'],
    ['none at once', risky({ manyAtOnce: { orders: 0, minutes: 5 } }), 'bad-subject'],
    ['many within no time', risky({ manyAtOnce: { orders: 5, minutes: 0 } }), 'bad-subject'],
    ['another preset', { ...configuration, preset: 'production' }, 'preset-fixed'],
    ['an unknown preset', { ...configuration, preset: 'test' }, 'bad-subject'],
    ['a URL with a path', { ...configuration, vaUrl: 'http://localhost:8080/x' }, 'bad-subject'],
    ['a URL with a user', { ...configuration, vaUrl: 'http://a@localhost' }, 'bad-subject'],
    ['another scheme', { ...configuration, vaUrl: 'ftp://localhost' }, 'bad-subject'],
    ['an arc that is none', { ...configuration, policyArc: '2.025' }, 'bad-subject'],
    ['an arc that can not be', { ...configuration, policyArc: '1.40' }, 'bad-subject'],
    ['an arc without a second part', { ...configuration, policyArc: '2' }, 'bad-subject'],
    ['a country in small letters', { ...configuration, country: 'nz' }, 'bad-subject'],
    ['no domains', { ...configuration, permittedDomains: [] }, 'bad-subject'],
    ['a domain with a leading dot', { ...configuration, permittedDomains: ['.govt.nz'] }, 'bad-subject'],
    ['more', { ...configuration, quorum: 0 }, 'bad-subject'],
  ])('with %s is refused', (_name, subject, code) => {
    expect(codeOf(() => accept(sampleAuthority, 'configuration-activate', subject))).toBe(code);
  });
});

describe('types', () => {
  const type = (id: string, arc: number) => ({
    id,
    arc,
    title: 'T',
    qualifier: null,
    hardwareToken: false,
    assurance: 'Medium',
    text: 'Text.',
  });
  const two = accept(sampleAuthority, 'types-activate', { types: [type('gateway', 7), type('device', 4)] });

  it('are replaced as a whole, and new ones need no code', () => {
    const three = accept(two, 'types-activate', {
      types: [type('device', 4), type('gateway', 7), { ...type('robot', 9), qualifier: 'SEEKEY ROBOT' }],
    });
    expect([...three.types.keys()]).toEqual(['device', 'gateway', 'robot']);
  });

  it.each<[string, Subject[], string]>([
    ['one removed', [type('gateway', 7)], 'type-fixed'],
    ['an arc moved', [type('gateway', 7), type('device', 5)], 'type-fixed'],
    ['arcs swapped', [type('gateway', 4), type('device', 7)], 'type-fixed'],
    ['an id twice', [type('gateway', 7), type('device', 4), type('device', 5)], 'bad-subject'],
    ['an arc twice', [type('gateway', 7), type('device', 4), type('robot', 4)], 'bad-subject'],
    ['none', [], 'bad-subject'],
    ['a qualifier with brackets', [{ ...type('gateway', 7), qualifier: 'A] [B' }], 'bad-subject'],
    ['an arc of zero', [type('gateway', 0)], 'bad-subject'],
    ['more in one', [{ ...type('gateway', 7), extra: 1 }], 'bad-subject'],
  ])('with %s are refused', (_name, types, code) => {
    expect(codeOf(() => accept(two, 'types-activate', { types }))).toBe(code);
  });
});

describe('a profile', () => {
  const content = (version: number, more: Subject = {}): Subject => ({
    content: { id: 'user-auth', version, ...more },
  });
  const first = accept(sampleAuthority, 'profile-activate', content(1));
  const second = accept(first, 'profile-activate', content(2, { quorum: 2 }));

  it('has one active version; all stay known by their digests', () => {
    expect(activeProfile(second, 'user-auth')).toMatchObject({ version: 2, content: { quorum: 2 } });
    expect([...second.profiles.values()].map(({ version, active }) => [version, active])).toEqual([
      [1, false],
      [2, true],
    ]);
    const back = accept(second, 'profile-activate', content(1));
    expect(activeProfile(back, 'user-auth')?.version).toBe(1);
    expect(back.profiles.size).toBe(2);
    expect(activeProfile(second, 'user-sign')).toBeUndefined();
  });

  it('does not touch another', () => {
    const other = accept(second, 'profile-activate', { content: { id: 'user-sign', version: 1 } });
    expect(activeProfile(other, 'user-auth')?.version).toBe(2);
  });

  it.each<[string, Authority, Subject, string]>([
    ['other content under its version', second, content(2, { quorum: 0 }), 'profile-immutable'],
    ['other content under an older version', second, content(1, { quorum: 0 }), 'profile-immutable'],
    ['no version', first, { content: { id: 'user-auth' } }, 'bad-subject'],
    ['no id', first, { content: { version: 1 } }, 'bad-subject'],
    ['something beside it', first, { ...content(3), quorum: 0 }, 'bad-subject'],
    ['no content', first, {}, 'bad-subject'],
  ])('is refused with %s', (_name, authority, subject, code) => {
    expect(codeOf(() => accept(authority, 'profile-activate', subject))).toBe(code);
  });
});

describe('a service key', () => {
  const key = sampleKey(samplePerson(80));
  const subject: Subject = { service: 'va', publicKey: key.publicKey };
  const registered = accept(sampleAuthority, 'service-key-register', subject);
  const removed = accept(registered, 'service-key-remove', { keyId: key.credentialId });

  it('is registered for one service, and removed for ever', () => {
    expect(serviceKeysOf(registered, 'va').map(({ keyId }) => keyId)).toEqual([key.credentialId]);
    expect(serviceKeysOf(registered, 'worker')).toEqual([]);
    expect(serviceKeysOf(removed, 'va')).toEqual([]);
  });

  it.each<[string, Authority, string, Subject, string]>([
    ['again', registered, 'service-key-register', { ...subject, service: 'worker' }, 'service-key-known'],
    ['after its removal', removed, 'service-key-register', subject, 'service-key-known'],
    ['for an unknown service', sampleAuthority, 'service-key-register', { ...subject, service: 'ra' }, 'bad-subject'],
    ['removed twice', removed, 'service-key-remove', { keyId: key.credentialId }, 'service-key-unknown'],
    ['with more', sampleAuthority, 'service-key-register', { ...subject, scope: '*' }, 'bad-subject'],
  ])('%s is refused', (_name, authority, kind, members, code) => {
    expect(codeOf(() => accept(authority, kind, members))).toBe(code);
  });
});
