import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import { notify, withTransaction } from '@see/db';
import { parseOcspResponse } from '@see/ocsp';
import { parseCrl } from '@see/x509';
import { makeWorld, type World } from '../../../test/support/world.ts';
import { fillCertificates } from './ocsp/fill-certificates.ts';
import { measuredVa } from './ocsp/measured-va.ts';
import { requestOf } from './ocsp/request-of.ts';
import { Lags } from './soak/lags.ts';
import { MemoryWatch } from './soak/memory-watch.ts';
import { type Expected, MixedLoad } from './soak/mixed-load.ts';

const CERTIFICATES = 10_000;
const CA = 'individual';
const REVOKE_EVERY_MS = 1_000;
const POLL_MS = 5;
/** What is alive counts as flat below this, in MiB a minute, over the second half. */
const FLAT = 0.5;
const MEASURE_EVERY_MS = 30_000;

/**
 * Mixed load on va for so many minutes while certificates are revoked, one a second: every answer is held against what is so,
 * the delay of each revocation to OCSP and to the list is taken, and the memory of va is watched. Fails when an answer was wrong or
 * missing, or memory grew.
 */
export async function benchSoak(minutes = 10): Promise<void> {
  print(`${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${minutes} minutes`);
  const world = await makeWorld();
  try {
    await world.owner.updateTable('limits').set({ revocations_per_hour: 1_000_000 }).execute();
    const serials = await fillCertificates(world, CA, CERTIFICATES);
    const soak = new Soak(world, serials);
    await soak.run(minutes * 60_000);
    if (!soak.report()) process.exitCode = 1;
  } finally {
    await world.close();
  }
}

class Soak {
  readonly #world: World;
  readonly #serials: readonly Uint8Array[];
  readonly #expected: Expected[];
  readonly #ocsp = new Lags();
  readonly #list = new Lags();
  /** When each was revoked that is not seen on the list yet, by serial number, hex. */
  readonly #unlisted = new Map<string, number>();
  readonly #working: Promise<void>[] = [];
  readonly #faults: string[] = [];
  #load: MixedLoad | undefined;
  #memory: MemoryWatch | undefined;
  #ended = false;

  constructor(world: World, serials: readonly Uint8Array[]) {
    this.#world = world;
    this.#serials = serials;
    this.#expected = serials.map(() => 'good');
  }

  async run(milliseconds: number): Promise<void> {
    const va = await measuredVa(this.#world, this.#serials.length);
    try {
      const port = await va.told('port');
      const paths = this.#serials.map((serial) => `/ocsp/${encodeURIComponent(this.#request(serial).toBase64())}`);
      this.#load = new MixedLoad({
        port,
        paths,
        expected: (index) => this.#expected[index] ?? 'either',
        withNonce: (index) => this.#request(this.#serials[index] ?? new Uint8Array(), new Uint8Array(randomBytes(32))),
        neverIssued: () => this.#request(Uint8Array.of(0x41, ...randomBytes(15))),
      });
      this.#memory = new MemoryWatch(va);
      this.#working.push(
        this.#load.run(),
        this.#signerWorks(),
        this.#listIsRead(),
        this.#revocationsArrive(),
        this.#memoryIsTaken(this.#memory),
      );
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      this.#ended = true;
      this.#load.end();
      await Promise.all(this.#working);
    } finally {
      await va.end();
    }
  }

  /** Prints everything; returns whether nothing was amiss. */
  report(): boolean {
    const load = this.#load;
    const memory = this.#memory;
    if (!load || !memory) return false;
    for (const [name, count] of Object.entries(load.counts)) print(`${name}  ${count}`);
    print(`revocations  ${this.#ocsp.count}`);
    print(`to OCSP  ${this.#ocsp.text}`);
    print(`to the list  ${this.#list.text}`);
    print(`alive in va after a collection, MiB  ${memory.text('alive')}`);
    print(`resident, MiB  ${memory.text('rss')}`);
    const { growth } = memory;
    print(`growth in the second half  ${growth.toFixed(2)} MiB a minute  aim below ${FLAT}`);
    const late = [...this.#unlisted.values()].filter((at) => performance.now() - at > 60_000).length;
    const faults = [...load.faults, ...this.#faults, ...(late > 0 ? [`${late} not on the list after a minute`] : [])];
    for (const fault of faults) print(`FAULT  ${fault}`);
    print(`${faults.length} faults`);
    return faults.length === 0 && growth < FLAT;
  }

  async #memoryIsTaken(memory: MemoryWatch): Promise<void> {
    while (!this.#ended) {
      await pause(MEASURE_EVERY_MS);
      await memory.sample();
    }
  }

  async #signerWorks(): Promise<void> {
    while (!this.#ended) {
      const next = await this.#world.signer.crls.run();
      await this.#world.signer.ocspKeys.run();
      await pause(Math.min(next, 1_000));
    }
  }

  async #listIsRead(): Promise<void> {
    let number = 0n;
    while (!this.#ended) {
      const answer = await this.#load?.send(`/crl/${CA}.crl`);
      if (answer?.status === 200) {
        const crl = parseCrl(answer.body);
        if ((crl.crlNumber ?? 0n) < number) this.#faults.push(`the list went from ${number} to ${crl.crlNumber}`);
        number = crl.crlNumber ?? 0n;
        for (const { serialHex } of crl.entries) {
          const at = this.#unlisted.get(serialHex);
          if (at !== undefined && this.#unlisted.delete(serialHex)) this.#list.note(performance.now() - at);
        }
      }
      await pause(100);
    }
  }

  async #revocationsArrive(): Promise<void> {
    for (let index = 0; !this.#ended && index < this.#serials.length; index += 1) {
      const next = pause(REVOKE_EVERY_MS);
      await this.#revoke(index);
      await next;
    }
  }

  async #revoke(index: number): Promise<void> {
    const serial = this.#serials[index] as Uint8Array;
    const { owner } = this.#world;
    const { id } = await owner
      .selectFrom('certificates')
      .select('id')
      .where('ca', '=', CA)
      .where('serial', '=', serial)
      .executeTakeFirstOrThrow();
    this.#expected[index] = 'either';
    await withTransaction(owner, async (tx) => {
      const row = await tx
        .insertInto('revocations')
        .values({ certificate_id: id, ca: CA, serial, kind: 'revoke', reason: 4, requested_by: 'soak' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await notify(tx, 'see_revocations', row.id);
    });
    const at = performance.now();
    this.#unlisted.set(serial.toHex(), at);
    const request = this.#request(serial);
    for (;;) {
      const answer = await this.#load?.send('/ocsp', request);
      const status = answer && parseOcspResponse(answer.body).basic?.responses[0]?.status.kind;
      if (status === 'revoked') break;
      if (performance.now() - at > 10_000) {
        this.#faults.push('a revocation was not in the answers after ten seconds');
        return;
      }
      await pause(POLL_MS);
    }
    this.#ocsp.note(performance.now() - at);
    this.#expected[index] = 'revoked';
  }

  #request(serial: Uint8Array, nonce?: Uint8Array): Uint8Array {
    return requestOf(this.#world, CA, serial, nonce);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
