import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readApprovalKey } from '@see/cli';
import { signDigest, statementDigest } from '@see/statement';
import { startInstance, type TestInstance } from '../../../test/support/instance.ts';
import { csrOf, newKey } from '../../../test/support/world.ts';
import { cryptoLimits } from './crypto-limit.ts';

const CLIENTS = 100;
const ORDERS = 1_000;

/**
 * (d): a whole instance with its processes, and 100 clients that each order over HTTP with a CSR, approve over HTTP with
 * an approval key, and wait for the certificate. Keys and CSRs are made before; the approval signatures are made by the
 * clients on the same cores.
 */
export async function apiIssuance(curve: string, print: (line: string) => void): Promise<void> {
  const instance = await startInstance();
  try {
    await run(instance, curve, CLIENTS);
    const { mandated } = await cryptoLimits(curve, 4);
    const rate = await run(instance, curve, ORDERS);
    print(
      `(d) ${ORDERS} orders through the API, ${CLIENTS} clients: ${rate.toFixed(0)}/s = ${(rate / mandated).toFixed(2)} of (a) ${mandated.toFixed(0)}/s`,
    );
  } finally {
    await instance.remove();
  }
}

async function run(instance: TestInstance, curve: string, count: number): Promise<number> {
  const evaluation = join(instance.dataDir, 'evaluation');
  const token = (name: string): string => readFileSync(join(evaluation, `${name}.token`), 'utf8').trim();
  const key = readApprovalKey(join(evaluation, 'operator1.key.json'), undefined);
  const call = async (
    who: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const response = await fetch(`${instance.urls.portal}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const [sponsor, operator] = [token('treasury-sponsor'), token('operator1')];
  const people = (await (await call(operator, '/api/v1/people?agency=treasury&limit=100')).json()) as {
    items: { id: string; email: string }[];
  };
  const idOf = (email: string): string => people.items.find((person) => person.email === email)?.id ?? '';
  const wish = {
    agencyId: 'treasury',
    applicantId: idOf('grace.liu@treasury.govt.nz'),
    sponsorId: idOf('susan.grant@treasury.govt.nz'),
    type: 'business-card-software',
  };
  const csrs = Array.from({ length: count }, () => csrOf(newKey(curve as 'secp384r1')).toBase64());
  const one = async (csr: string): Promise<void> => {
    const { id } = (await (
      await call(sponsor, '/api/v1/orders', { ...wish, items: [{ profile: 'user-auth', csr }] })
    ).json()) as { id: string };
    const content = new Uint8Array(await (await call(operator, `/api/v1/orders/${id}/content`)).arrayBuffer());
    const signature = signDigest(statementDigest('order', content), key.credentialId, key.privateKey);
    await call(operator, `/api/v1/orders/${id}/approvals`, { credentialId: key.credentialId, signature });
    const order = (await (await call(operator, `/api/v1/orders/${id}`, undefined, { prefer: 'wait=30' })).json()) as {
      state: string;
    };
    if (order.state !== 'issued') throw new Error(`order ${id} is ${order.state}`);
  };
  const started = performance.now();
  const lane = async (): Promise<void> => {
    for (let csr = csrs.pop(); csr !== undefined; csr = csrs.pop()) await one(csr);
  };
  await Promise.all(Array.from({ length: CLIENTS }, lane));
  return (count * 1000) / (performance.now() - started);
}
