import { generateKeyPair } from 'node:crypto';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import type { ApprovalKey } from '@see/cli';
import { type OrderContent, writeOrderContent } from '@see/domain';
import { STANDARD_PROFILES } from '@see/policy';
import { signDigest } from '@see/statement';
import { propose } from '../../../test/support/statements.ts';
import { contentOf, csrOf, makeWorld, type TestKey, type World } from '../../../test/support/world.ts';
import { benchApi } from './api-issuance.ts';
import { cryptoLimits } from './crypto-limit.ts';
import { medianRound } from './rounds.ts';

const ORDERS = 3_000;
const ROUNDS = 5;
const SECONDS = 2;
const CURVES = [
  ['P-384', 'secp384r1'],
  ['P-256', 'prime256v1'],
] as const;

/**
 * Issuance beside its limit, in one run: (a) the cycle's own cryptography, (b) the peers' whole work, (c) 3,000 approved
 * orders from start to finish, (d) through the API with 100 clients. Each is the median of rounds with the limit taken
 * before and after. CA keys are P-384 in both runs, because the lints admit no other; the curve named is the subject's.
 */
export async function benchIssuance(): Promise<void> {
  print(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const world = await makeWorld();
  try {
    await allowCurves(world);
    for (const [name, curve] of CURVES) {
      await issueMany(world, curve, 256);
      let peers = 0;
      const limit = async () => {
        const limits = await cryptoLimits(curve, SECONDS);
        peers = limits.peers;
        return limits.mandated;
      };
      const { rate, limit: mandated } = await medianRound(ROUNDS, limit, () =>
        issueMany(world, curve, ORDERS / ROUNDS),
      );
      print(`${name}  (a) mandated cryptography ${show(mandated)}  (b) one verify + one sign ${show(peers)}`);
      print(`${name}  (c) ${ORDERS} approved orders ${show(rate)} = ${(rate / mandated).toFixed(2)} of (a)`);
    }
  } finally {
    await world.close();
  }
  await benchApi('secp384r1', print);
}

function show(rate: number): string {
  return `${rate.toFixed(0)}/s`;
}

/** Makes approved orders (not timed), lets the signer issue them, and returns certificates a second. */
async function issueMany(world: World, curve: string, count: number): Promise<number> {
  const contents = await approvedOrders(world, curve, count);
  const started = performance.now();
  await world.signer.orders.run();
  const elapsed = (performance.now() - started) / 1000;
  const issued = await world.owner
    .selectFrom('orders')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'issued')
    .where(
      'id',
      'in',
      contents.map((content) => content.orderId),
    )
    .executeTakeFirstOrThrow();
  if (Number(issued.count) !== count) throw new Error(`${String(issued.count)} of ${count} orders were issued`);
  return count / elapsed;
}

const makeKey = promisify(generateKeyPair);

async function approvedOrders(world: World, curve: string, count: number): Promise<OrderContent[]> {
  const people = await world.people();
  const person = people.find((candidate) => candidate.email === 'grace.liu@treasury.govt.nz');
  if (!person) throw new Error('the evaluation preset has lost a person');
  const subject = {
    id: person.id,
    givenName: person.given,
    surname: person.surname,
    displayName: 'Grace Liu',
    email: person.email,
  };
  const contents: OrderContent[] = [];
  for (let index = 0; index < count; index += 1) {
    const { privateKey, publicKey } = await makeKey('ec', { namedCurve: curve });
    const key: TestKey = { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
    const csr = csrOf(key);
    const content = contentOf(
      await world.draft({
        typeId: 'business-card-software',
        person: subject,
        items: [{ profileId: 'user-auth', csr, dnsNames: [] }],
      }),
    );
    await world.store(content, [csr]);
    contents.push(content);
  }
  await approveAll(world, contents, world.operators[0]);
  return contents;
}

async function approveAll(world: World, contents: readonly OrderContent[], key: ApprovalKey): Promise<void> {
  for (let start = 0; start < contents.length; start += 500) {
    const some = contents.slice(start, start + 500);
    const rows = some.map((content) => {
      const { digest } = writeOrderContent(content);
      const signature = JSON.stringify(signDigest(digest, key.credentialId, key.privateKey));
      return {
        order_id: content.orderId,
        order_digest: digest,
        credential_id: key.credentialId,
        person_id: '-',
        signature,
      };
    });
    await world.ra.insertInto('approvals').values(rows).execute();
  }
  await world.ra
    .updateTable('orders')
    .set({ state: 'approved' })
    .where(
      'id',
      'in',
      contents.map((content) => content.orderId),
    )
    .execute();
}

/** P-256 is allowed through a profile that says so (design, section 6). */
async function allowCurves(world: World): Promise<void> {
  const standard = STANDARD_PROFILES.find((profile) => profile['id'] === 'user-auth');
  const content = { ...standard, version: 2, curves: ['P-384', 'P-256'], exception: 'measuring' } as NonNullable<
    typeof standard
  >;
  const accepted = await propose(world, 'profile-activate', { content }, world.administrators);
  if (accepted !== 1) throw new Error('the profile for measuring was not accepted');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
