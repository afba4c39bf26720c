import { type CrlScope, crlUrl, shardsOf } from '@see/issuance';
import { parseOcspResponse } from '@see/ocsp';
import { type CertificateList, parseCrl } from '@see/x509';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propose } from '../support/statements.ts';
import { VaProcess } from '../support/va-process.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { type IssuedCertificate, issue, ocspRequest, openVa, revoke, whenReady } from './va-harness.ts';
import { signedRelease } from './va-statements.ts';

const CA = 'individual';
const KEY_COMPROMISE = 1;
const HOLD = 6;
const REMOVE_FROM_CRL = 8;
const PARTS = 4;

/** What the model knows of a certificate. */
interface Modelled {
  readonly certificate: IssuedCertificate;
  readonly notAfter: number;
  status: 'good' | 'held' | 'revoked';
  reason: number;
  hold: number;
  /** Whether it need not be listed: a list made after it expired had it (REV-11), or it was revoked after it expired. */
  mayLeave: boolean;
}

/** One step: what is done, and to which of the certificates there are. */
interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly which: number;
  readonly reason: number;
}

const KINDS = [
  ...['issue', 'issue-short', 'hold', 'hold', 'release', 'release', 'unsigned-release', 'revoke', 'revoke'],
  ...['compromise', 'publish', 'publish', 'restart-va', 'kill-va', 'restart-signer'],
] as const;

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    which: fc.nat(1_000),
    reason: fc.constantFrom(3, 4, 5),
  }),
  { minLength: 24, maxLength: 24, size: 'max' },
);

let world: World;
let va: VaProcess;

beforeAll(async () => {
  world = await makeWorld();
  const first = await openVa(world);
  await whenReady(world, first);
  await first.close();
  const { configuration } = world.signer.chain.authority;
  const status = { ...configuration.status, crls: [{ ca: CA, delta: true, shards: [PARTS] }] };
  const subject = JSON.parse(JSON.stringify({ ...configuration, status }));
  expect(await propose(world, 'configuration-activate', subject, world.administrators)).toBe(1);
  const ca = world.signer.cas.get(CA);
  if (!ca) throw new Error(`no CA ${CA}`);
  // The first delta has a list before it.
  for (let time = 0; time < 2; time += 1) await world.signer.crls.publish(ca);
  va = await VaProcess.start(world);
  await va.loaded();
});
afterAll(async () => {
  await va?.end('SIGKILL');
  await world?.close();
});

async function ocspOf({ certificate }: Modelled): Promise<string> {
  const response = await fetch(`${va.url}/ocsp`, { method: 'POST', body: ocspRequest(world, certificate) });
  const answer = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
  const status = answer.basic?.responses[0]?.status;
  return status?.kind === 'revoked' ? `revoked ${status.reason ?? 0}` : (status?.kind ?? answer.status);
}

function modelled({ status, reason }: Modelled): string {
  return status === 'good' ? 'good' : `revoked ${reason}`;
}

/** The newest list of a scope, as va gives it. */
async function listAt(scope: CrlScope): Promise<CertificateList> {
  const response = await fetch(crlUrl(va.url, CA, scope));
  if (response.status !== 200) throw new Error(`${scope}: HTTP ${response.status}`);
  return parseCrl(new Uint8Array(await response.arrayBuffer()));
}

function sorted(list: ReadonlyMap<string, number>): [string, number][] {
  return [...list].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Serial numbers, hex, with their reasons. */
function listed(crl: CertificateList): Map<string, number> {
  return new Map(Array.from(crl.entries, ({ serialHex, reason }) => [serialHex, reason ?? 0]));
}

/** Certificates of one run, held against the model after each step. */
class Run {
  readonly #all: Modelled[] = [];
  /** Everything that OCSP ever said was revoked, and not only held. */
  readonly #revoked = new Set<Modelled>();

  async take(step: Step): Promise<void> {
    await this.#do(step);
    await this.#compare(step);
  }

  async #do({ kind, which, reason }: Step): Promise<void> {
    const of = (...statuses: Modelled['status'][]): Modelled | undefined => {
      const fitting = this.#all.filter(({ status }) => statuses.includes(status));
      return fitting[which % fitting.length];
    };
    switch (kind) {
      case 'issue':
        return this.#issue(365 * 86_400);
      case 'issue-short':
        return this.#issue(3);
      case 'hold':
        await this.#hold(of('good'));
        return;
      case 'release':
        return this.#release(of('held') ?? (await this.#hold(of('good'))));
      case 'unsigned-release':
        return this.#releaseUnsigned(of('held') ?? (await this.#hold(of('good'))));
      case 'revoke':
        return this.#revoke(of('good', 'held'), reason);
      case 'compromise':
        return this.#revoke(of('good', 'held', 'revoked'), KEY_COMPROMISE);
      case 'publish':
        return this.#publish();
      case 'restart-va':
        return this.#restart('SIGTERM');
      case 'kill-va':
        return this.#restart('SIGKILL');
      case 'restart-signer':
        await world.restartSigner();
    }
  }

  async #issue(seconds: number): Promise<void> {
    const notAfter = new Date(Date.now() + seconds * 1000);
    const certificate = await issue(world, { notAfter });
    this.#all.push({
      certificate,
      notAfter: Math.floor(notAfter.getTime() / 1000) * 1000,
      status: 'good',
      reason: 0,
      hold: 0,
      mayLeave: false,
    });
  }

  async #hold(one: Modelled | undefined): Promise<Modelled | undefined> {
    if (!one) return undefined;
    one.hold = await revoke(world, one.certificate, { kind: 'hold' });
    if (Date.now() > one.notAfter) one.mayLeave = true;
    return Object.assign(one, { status: 'held', reason: HOLD });
  }

  async #release(one: Modelled | undefined): Promise<void> {
    if (!one) return;
    const statementDigest = await signedRelease(world, one.certificate, one.hold, [world.operators[0]]);
    await revoke(world, one.certificate, { kind: 'release', statementDigest });
    Object.assign(one, { status: 'good', reason: 0 });
  }

  /** A release that nobody signed changes nothing. */
  async #releaseUnsigned(one: Modelled | undefined): Promise<void> {
    if (!one) return;
    const statementDigest = await signedRelease(world, one.certificate, one.hold, []);
    await revoke(world, one.certificate, { kind: 'release', statementDigest });
  }

  async #revoke(one: Modelled | undefined, reason: number): Promise<void> {
    if (!one || (one.status === 'revoked' && one.reason === KEY_COMPROMISE)) return;
    await revoke(world, one.certificate, { reason });
    if (Date.now() > one.notAfter && one.status === 'good') one.mayLeave = true;
    Object.assign(one, { status: 'revoked', reason });
  }

  async #restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await va.end(signal);
    va = await VaProcess.start(world);
    // Before the database was read it may not know, but it never says good of what it had said was revoked.
    for (const one of this.#revoked) expect(await ocspOf(one)).not.toBe('good');
    await va.loaded();
  }

  async #publish(): Promise<void> {
    const ca = world.signer.cas.get(CA);
    if (!ca) throw new Error(`no CA ${CA}`);
    const before = await listAt('full');
    await world.signer.crls.publish(ca);
    const full = await this.#nextList();
    const entries = listed(full);
    await this.#compareLists(before, full);
    for (const one of this.#all) {
      const said = entries.get(one.certificate.serial.toHex());
      if (one.status === 'good') expect(said, 'a good certificate on the list').toBeUndefined();
      else if (said !== undefined || !one.mayLeave) expect(said, 'what the list says').toBe(one.reason);
      if (said !== undefined && full.thisUpdate.getTime() > one.notAfter) one.mayLeave = true;
    }
  }

  async #nextList(): Promise<CertificateList> {
    const { number } = await world.owner
      .selectFrom('crls')
      .select((select) => select.fn.max('number').as('number'))
      .where('ca', '=', CA)
      .executeTakeFirstOrThrow();
    return waitUntil('the next lists', async () => {
      const found = await Promise.all((['full', 'delta', ...shardsOf(PARTS)] as const).map(listAt));
      return found.every(({ crlNumber }) => crlNumber === BigInt(number)) ? found[0] : undefined;
    });
  }

  /** The delta on the list before, and the parts together, say what the full list says. */
  async #compareLists(before: CertificateList, full: CertificateList): Promise<void> {
    const delta = await listAt('delta');
    expect(delta.baseCrlNumber).toBe(before.crlNumber);
    const combined = listed(before);
    for (const [serial, reason] of listed(delta)) {
      if (reason === REMOVE_FROM_CRL) combined.delete(serial);
      else combined.set(serial, reason);
    }
    const parts = await Promise.all(shardsOf(PARTS).map(listAt));
    const together = new Map(parts.flatMap((part) => [...listed(part)]));
    for (const other of [combined, together]) expect(sorted(other)).toEqual(sorted(listed(full)));
  }

  async #compare(step: Step): Promise<void> {
    for (const one of this.#all) {
      await waitUntil(
        `${modelled(one)} after ${JSON.stringify(step)}, not ${await ocspOf(one)}`,
        async () => {
          const said = await ocspOf(one);
          if (this.#revoked.has(one)) expect(said, 'from revoked').not.toBe('good');
          return said === modelled(one);
        },
        5_000,
      );
      if (one.status === 'revoked') this.#revoked.add(one);
    }
  }
}

describe('status over OCSP and lists', () => {
  it('is what a simple model says, after each of many random steps', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const run = new Run();
        for (const step of [
          { kind: 'issue', which: 0, reason: 4 },
          { kind: 'issue-short', which: 0, reason: 4 },
          { kind: 'issue', which: 0, reason: 4 },
          ...taken,
          { kind: 'publish', which: 0, reason: 4 },
        ] as const)
          await run.take(step);
      }),
      // Each step is real: a failure is told as it is.
      { numRuns: 3, endOnFailure: true },
    );
  });
});
