import { signDigest } from '@see/statement';
import { waitUntil } from '../../../../test/support/wait-until.ts';
import type { MemberAgency, Scheme } from './scheme.ts';

interface AgencyWish {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

const AGENCIES: readonly AgencyWish[] = [
  { id: 'health', name: 'Ministry of Health', domain: 'health.govt.nz' },
  { id: 'linz', name: 'Land Information New Zealand', domain: 'linz.govt.nz' },
  { id: 'stats', name: 'Statistics New Zealand', domain: 'stats.govt.nz' },
];

const DAY = 86_400_000;

/**
 * Brings three agencies in: each applies and is verified, two operators sign its scope and activate it, its sponsor is entered
 * and delegated. They have no mail gateways, so there is no site to be certified.
 */
export async function joinAgencies(scheme: Scheme): Promise<readonly MemberAgency[]> {
  const joined: MemberAgency[] = [];
  for (const [index, wish] of AGENCIES.entries()) {
    await apply(scheme, wish);
    // The sponsor is a person of the agency, so the agency is there first.
    await signScope(scheme, wish, wish.name, []);
    const sponsor = await scheme.operator.post<{ id: string }>('/api/v1/people', {
      agencyId: wish.id,
      givenName: 'Mere',
      surname: ['Aperahama', 'Broughton', 'Carroll'][index],
      email: `sponsor@${wish.domain}`,
    });
    await signScope(scheme, wish, wish.name, [sponsor.id]);
    const keys = ['operator1', 'operator2'].map((name) => scheme.evaluation(`${name}.key.json`));
    await scheme.instance.seeJson('agency', 'activate', wish.id, '--phase', '2', '--key', ...keys);
    const file = scheme.evaluation(`${wish.id}-sponsor.token`);
    const holder = ['--role', 'sponsor', '--agency', wish.id, '--person', sponsor.id];
    await scheme.instance.seeJson('token', 'create', ...holder, '--name', 'run of the scheme', '--out', file);
    joined.push({ id: wish.id, domain: wish.domain, sponsorId: sponsor.id, sponsor: scheme.client(file) });
  }
  return joined;
}

/** Gives an agency another name, in its scope and in the certificates to come. */
export async function renameAgency(scheme: Scheme, agency: MemberAgency, name: string): Promise<void> {
  const wish = AGENCIES.find(({ id }) => id === agency.id);
  if (!wish) throw new Error(`no agency ${agency.id}`);
  await signScope(scheme, wish, name, [agency.sponsorId]);
}

async function apply(scheme: Scheme, { id: agencyId, name }: AgencyWish): Promise<void> {
  const { id } = await scheme.operator.post<{ id: string }>('/api/v1/agency-applications', {
    agencyId,
    name,
    organizationIdentifier: 'GOVNZ',
    letter: { reference: `${agencyId} 1`, signedBy: 'its chief executive', signedOn: '2026-10-01' },
  });
  const register = { name: 'gazette', entry: '2026', extractOf: '2026-10-02' };
  await scheme.operator2.post(`/api/v1/agency-applications/${id}/verification`, register);
}

async function signScope(scheme: Scheme, wish: AgencyWish, name: string, sponsors: readonly string[]): Promise<void> {
  const now = Date.now();
  const { digest } = await scheme.operator.post<{ digest: string }>(`/api/v1/agencies/${wish.id}/proposals`, {
    name,
    organizationNames: [name],
    organizationIdentifier: 'GOVNZ',
    locality: 'Wellington',
    domains: [wish.domain],
    profiles: ['user-auth', 'user-sign', 'user-encrypt'],
    delegations: sponsors.map((personId) => ({
      personId,
      role: 'sponsor',
      from: new Date(now - DAY).toISOString(),
      until: new Date(now + 365 * DAY).toISOString(),
      instrument: 'letter of the chief executive',
    })),
  });
  for (const { credentialId, privateKey } of scheme.operators) {
    const signature = signDigest(Uint8Array.fromHex(digest), credentialId, privateKey);
    await scheme.operator.post(`/api/v1/statements/${digest}/signatures`, { credentialId, signature });
  }
  await waitUntil(`the scope of ${wish.id}`, async () => {
    const { state } = await scheme.operator.get<{ state: string }>(`/api/v1/statements/${digest}`);
    if (state === 'refused') throw new Error(`the scope of ${wish.id} was refused`);
    // Accepted is what the chain says; what is entered next is held against the chain as ra has followed it.
    const { items } = await scheme.operator.get<{ items: { id: string; scopeDigest: string }[] }>('/api/v1/agencies');
    return state === 'accepted' && items.some(({ id, scopeDigest }) => id === wish.id && scopeDigest === digest);
  });
}
