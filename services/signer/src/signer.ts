import { createPrivateKey, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { beat, type Database, type ListenHub, startListening } from '@see/db';
import { RefusedError } from '@see/domain';
import type { CrlIssuer } from '@see/issuance';
import { SealedStore } from '@see/keys';
import type { ServiceContext } from '@see/process';
import { openCaRing } from './ca-ring.ts';
import { ChainKeeper } from './chain-keeper.ts';
import { CheckpointDesk } from './checkpoint-desk.ts';
import { CrlKeeper } from './crl/crl-keeper.ts';
import type { IssuanceDeps } from './issue-batch.ts';
import { keepLease } from './lease-keeper.ts';
import { OcspDesk } from './ocsp-desk.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { OrderDesk } from './order-desk.ts';
import { PasskeyCounters } from './passkey-counters.ts';
import { RedemptionDesk } from './redemption-desk.ts';
import { SealedState } from './sealed-state.ts';
import { SignedJournal } from './signed-journal.ts';
import { TrustedClock } from './trusted-clock.ts';
import { VerdictSeal } from './verdict-seal.ts';

/** The desks of a signer that has its store open and its lease. */
export interface Signer {
  readonly chain: ChainKeeper;
  readonly orders: OrderDesk;
  readonly redemptions: RedemptionDesk;
  readonly ocspKeys: OcspDesk;
  readonly crls: CrlKeeper;
  readonly checkpoints: CheckpointDesk;
  readonly clock: TrustedClock;
  readonly cas: ReadonlyMap<string, CrlIssuer>;
}

export interface SignerOptions {
  readonly db: Database;
  readonly stateDir: string;
  readonly passphrase: Uint8Array;
  readonly holder: string;
  readonly now: () => number;
  readonly alarm: (message: string, fields: Record<string, unknown>) => void;
  readonly step: (name: string) => void;
}

/** Opens the sealed store and puts the desks together. Nothing is signed before `chain.load()`. */
export async function openSigner(options: SignerOptions): Promise<Signer> {
  const { db, alarm, step, holder } = options;
  const store = SealedStore.open(options.stateDir, options.passphrase);
  const state = SealedState.open(store);
  const clock = new TrustedClock(state, options.now);
  const anchor = store.read('anchor');
  const ring = await openCaRing(db, store);
  const chain = new ChainKeeper(db, state, clock, anchor);
  const journal = SignedJournal.open(join(options.stateDir, 'signed.journal'), store, Math.floor(options.now() / 1000));
  const seal = new VerdictSeal(store);
  const crls = new CrlKeeper({ db, clock, state, store, ring, chain, holder, alarm, step });
  const deps: IssuanceDeps = {
    db,
    clock,
    ring,
    journal,
    holder,
    vaUrl: () => chain.authority.configuration.vaUrl,
    configurations: () => chain.configurations,
    crlPlan: (ca) => crls.readyPlan(ca),
    exclusive: oneAtATime(),
    step,
  };
  const logKey = createPrivateKey({ key: Buffer.from(store.read('log')), format: 'der', type: 'pkcs8' });
  await chain.load().catch((error: unknown) => {
    // Without its chain the signer signs nothing; it stays up, says so, and looks again.
    if (!(error instanceof RefusedError)) throw error;
    alarm(error.message, { code: error.code });
  });
  return {
    chain,
    clock,
    cas: ring.cas,
    orders: new OrderDesk(deps, chain, seal, new PasskeyCounters(db, state, alarm), alarm),
    redemptions: new RedemptionDesk(deps, chain, seal, store.read('box')),
    ocspKeys: new OcspDesk(deps, chain),
    crls,
    checkpoints: new CheckpointDesk({ db, state, clock, chain, key: logKey, alarm }),
  };
}

/** Runs a signer under the process runtime: waits for the lease, finishes what a crash left, then works on hints. */
export async function runSigner(
  context: ServiceContext,
  db: Database,
  step: SignerOptions['step'] = () => undefined,
): Promise<{ close(): Promise<void> }> {
  if (!context.passphrase) throw new Error('the signer needs its passphrase: SEE_SIGNER_PASSPHRASE_FILE');
  const alarm = (message: string, fields: Record<string, unknown>): void => context.log('error', message, fields);
  const holder = randomUUID();
  const lease = await keepLease(db, holder, context.closing, () =>
    context.fail(new Error('the lease was lost to another signer')),
  );
  const signer = await openSigner({
    db,
    stateDir: context.stateDir,
    passphrase: context.passphrase,
    holder,
    now: Date.now,
    alarm,
    step,
  });
  await signer.clock.compare(db);
  let hub: ListenHub | undefined;
  let timer: NodeJS.Timeout | undefined;
  let crlRun: Promise<void> = Promise.resolve();
  const publishCrls = (): void => {
    clearTimeout(timer);
    crlRun = crlRun
      .then(() => signer.crls.run())
      .catch((error: unknown) => {
        alarm('CRLs could not be made', { error });
        return 5_000;
      })
      .then((next) => {
        if (!context.closing.aborted) timer = setTimeout(publishCrls, next);
      });
  };
  await start(signer, alarm);
  publishCrls();
  const since = new Date();
  hub = await startListening(context.databaseUrl, {
    applicationName: 'see-signer',
    onError: (error, where) => context.log('warn', 'listener failed', { where, error }),
    listeners: {
      see_chain: async ({ sweep }) => {
        if (sweep) await signer.clock.compare(db);
        await keepChain(signer, alarm);
        // A plan may have come into force.
        publishCrls();
      },
      see_orders: async ({ sweep }) => {
        await signer.orders.run();
        // What is older than this and still open was left by a failure, not by work under way.
        if (sweep) await finishIntents(signer, new Date(signer.clock.now().getTime() - STALE_INTENT_MS), alarm);
      },
      see_redemptions: () => signer.redemptions.run(),
      see_ocsp_keys: () => signer.ocspKeys.run(),
      see_revocations: async () => publishCrls(),
      see_audit: async () => {
        await signer.checkpoints.run();
        await beat(db, 'signer', process.pid, since, { headSeq: signer.chain.authority.headSeq });
      },
    },
  });
  context.ready();
  return {
    async close() {
      clearTimeout(timer);
      await hub?.close();
      await crlRun.catch(() => undefined);
      clearTimeout(timer);
      await lease.close();
    },
  };
}

async function start(signer: Signer, alarm: SignerOptions['alarm']): Promise<void> {
  try {
    await signer.chain.acceptPending();
    await finishIntents(signer, signer.clock.now(), alarm);
    await signer.crls.publishSealed();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    alarm(error.message, { code: error.code });
  }
}

const STALE_INTENT_MS = 30_000;

async function finishIntents(signer: Signer, before: Date, alarm: SignerOptions['alarm']): Promise<void> {
  await signer.orders.finishOpenIntents(before, alarm);
  await signer.ocspKeys.finishOpenIntents(before, alarm);
}

async function keepChain(signer: Signer, alarm: SignerOptions['alarm']): Promise<void> {
  try {
    // A chain that did not hold is looked at again: the database may have been restored.
    void signer.chain.authority;
  } catch {
    await signer.chain.load();
    await start(signer, alarm);
  }
  await signer.chain.acceptPending();
}
