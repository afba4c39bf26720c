import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestInstance } from './instance.ts';

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly state?: string;
    readonly profiles?: readonly string[];
    readonly email?: string;
    readonly sha256?: string;
    readonly profile?: string;
  }[];
}

/** What a tour needs to find on its way: the demo's certificates, an order that waits, one of a person, a catalogue. */
export async function makeScene(instance: TestInstance): Promise<Readonly<Record<string, string>>> {
  const token = (who: string): string =>
    readFileSync(join(instance.dataDir, 'evaluation', `${who}.token`), 'utf8').trim();
  const ask = async <T>(who: string, method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${instance.urls.portal}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token(who)}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const demo = await instance.see('demo', '--out', join(instance.dataDir, 'demo'));
  if (demo.code !== 0) throw new Error(demo.stderr);
  const people = await ask<Listed>('operator1', 'GET', '/api/v1/people?agency=treasury');
  const person = (start: string): string => people.items.find(({ email }) => email?.startsWith(start))?.id ?? '';
  const wish = (profiles: readonly string[]) => ({
    agencyId: 'treasury',
    applicantId: person('grace.liu'),
    sponsorId: person('susan.grant'),
    items: profiles.map((profile) => ({ profile })),
  });
  const order = await ask<{ id: string }>(
    'treasury-sponsor',
    'POST',
    '/api/v1/orders',
    wish(['user-auth', 'user-sign']),
  );
  const service = await ask<{ id: string }>('operator1', 'POST', '/api/v1/services', {
    agencyId: 'treasury',
    kind: 'site',
    name: 'Budget documents',
    url: 'https://www.treasury.govt.nz/',
    highRisk: false,
  });
  await ask('operator1', 'POST', `/api/v1/services/${service.id}/findings`, {
    text: 'No contact for security reports',
    owner: 'Web team',
    dueOn: '2026-12-31',
  });
  const hrFeed = await ask<{ id: string }>('operator1', 'POST', '/api/v1/hr-feeds', {
    agencyId: 'treasury',
    name: 'Payroll',
    kind: 'scim',
  });
  const orders = await ask<Listed>('operator1', 'GET', '/api/v1/orders?limit=200');
  const certificates = await ask<Listed>('operator1', 'GET', '/api/v1/certificates?limit=200');
  return {
    personOrder: order.id,
    pendingOrder: order.id,
    person: person('grace.liu'),
    gatewayOrder:
      orders.items.find(({ state, profiles }) => state === 'issued' && profiles?.includes('gateway-sign'))?.id ??
      order.id,
    certificate: certificates.items.find(({ profile }) => profile === 'gateway-sign')?.sha256 ?? '',
    service: service.id,
    hrFeed: hrFeed.id,
    month: new Date().toISOString().slice(0, 7),
  };
}
