import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { readApprovalKey } from '@see/cli';
import { signDigest, statementDigest } from '@see/statement';
import { startInstance, type TestInstance } from '../../../test/support/instance.ts';
import { csrOf, newKey } from '../../../test/support/world.ts';
import { cryptoLimits } from './crypto-limit.ts';
import { medianRound } from './rounds.ts';

type Curve = NonNullable<Parameters<typeof newKey>[0]>;

const CLIENTS = 100;
const CERTIFICATES = 600;
const ROUNDS = 3;
const SECONDS = 2;
/** One certificate an order, and what a person usually gets: three for one approval. */
const ORDERS = [['user-auth'], ['user-auth', 'user-sign', 'user-encrypt']] as const;

/**
 * (d): a whole instance with its processes, and 100 clients that each order over HTTP with CSRs, approve over HTTP with
 * an approval key, and wait for the certificates. Keys and CSRs are made before; the approval signatures are made by the
 * clients, and the OCSP answers for what was issued by va, on the same cores.
 */
export async function benchApi(curve: Curve, print: (line: string) => void): Promise<void> {
  const instance = await startInstance();
  try {
    for (const profiles of ORDERS) {
      const count = Math.ceil(CERTIFICATES / profiles.length);
      await run(instance, curve, CLIENTS, profiles);
      const { rate, limit } = await medianRound(
        ROUNDS,
        async () => (await cryptoLimits(curve, SECONDS, profiles.length)).mandated,
        () => run(instance, curve, count, profiles),
      );
      print(
        `(d) ${CLIENTS} clients through the API, ${profiles.length} to an order: ${rate.toFixed(0)} certificates/s = ${(rate / limit).toFixed(2)} of (a) ${limit.toFixed(0)}/s`,
      );
    }
  } finally {
    await instance.remove();
  }
}

/** Runs so many orders for all of the profiles to their end; returns certificates a second. */
async function run(instance: TestInstance, curve: Curve, count: number, profiles: readonly string[]): Promise<number> {
  const evaluation = join(instance.dataDir, 'evaluation');
  const token = (name: string): string => readFileSync(join(evaluation, `${name}.token`), 'utf8').trim();
  const key = readApprovalKey(join(evaluation, 'operator1.key.json'), undefined);
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const call = (who: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = request(`${instance.urls.portal}${path}`, {
        agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json', ...headers },
      });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          if ((response.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${path}: ${response.statusCode} ${text}`));
        });
      });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const [sponsor, operator] = [token('treasury-sponsor'), token('operator1')];
  const people = JSON.parse(await call(operator, '/api/v1/people?agency=treasury&limit=100')) as {
    items: { id: string; email: string }[];
  };
  const idOf = (email: string): string => people.items.find((person) => person.email === email)?.id ?? '';
  const wish = {
    agencyId: 'treasury',
    applicantId: idOf('grace.liu@treasury.govt.nz'),
    sponsorId: idOf('susan.grant@treasury.govt.nz'),
    type: 'business-card-software',
  };
  const wishes = Array.from({ length: count }, () =>
    profiles.map((profile) => ({ profile, csr: csrOf(newKey(curve)).toBase64() })),
  );
  const one = async (items: (typeof wishes)[number]): Promise<void> => {
    const { id } = JSON.parse(await call(sponsor, '/api/v1/orders', { ...wish, items })) as { id: string };
    const content = Buffer.from(await call(operator, `/api/v1/orders/${id}/content`));
    const signature = signDigest(statementDigest('order', content), key.credentialId, key.privateKey);
    await call(operator, `/api/v1/orders/${id}/approvals`, { credentialId: key.credentialId, signature });
    const order = JSON.parse(await call(operator, `/api/v1/orders/${id}`, undefined, { prefer: 'wait=30' })) as {
      state: string;
    };
    if (order.state !== 'issued') throw new Error(`order ${id} is ${order.state}`);
  };
  const started = performance.now();
  const lane = async (): Promise<void> => {
    for (let items = wishes.pop(); items !== undefined; items = wishes.pop()) await one(items);
  };
  await Promise.all(Array.from({ length: CLIENTS }, lane));
  agent.destroy();
  return (count * profiles.length * 1000) / (performance.now() - started);
}
