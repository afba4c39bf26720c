import type { Database } from '@see/db/service';
import type { SealedStore } from '@see/keys';
import type { Instance, Log } from '@see/process';
import { AnswerCache } from '../ocsp/answer-cache.ts';
import { isRecent } from '../ocsp/answer-times.ts';
import { CertificateLookup } from '../ocsp/certificate-lookup.ts';
import { DelegateKeyring } from '../ocsp/delegate-keyring.ts';
import { DelegateStore } from '../ocsp/delegate-store.ts';
import { OcspResponder, RESPONDER_LIMITS, type ResponderLimits } from '../ocsp/ocsp-responder.ts';
import { Presigner } from '../ocsp/presigner.ts';
import { SharedAnswers } from '../ocsp/shared-answers.ts';
import { SignatureTable } from '../ocsp/signature-table.ts';
import { SigningTimes } from '../ocsp/signing-times.ts';
import type { VaIdentity } from '../ocsp/va-identity.ts';
import type { StatusSide } from './status-side.ts';
import type { Trace } from './trace.ts';

export interface OcspSideDeps {
  readonly db: Database;
  readonly instance: Instance;
  readonly store: SealedStore;
  readonly identity: VaIdentity;
  readonly status: StatusSide;
  readonly log: Log;
  readonly now: () => Date;
  readonly limits: Partial<ResponderLimits>;
  readonly trace: Trace;
}

/** The database's time to answer about a serial number that is not in memory, in milliseconds. */
const PATIENCE_MS = 200;
/** Certificates of which whole answers are kept; about 1.5 KiB each. */
const MOST_ANSWERS = 50_000;

/** The responder with its keys, on top of what is known. */
export function buildOcspSide(deps: OcspSideDeps): {
  readonly keyring: DelegateKeyring;
  readonly responder: OcspResponder;
  readonly answers: SharedAnswers;
  readonly cache: AnswerCache;
  readonly signatures: SignatureTable;
  readonly times: SigningTimes;
  readonly presigner: Presigner;
  readonly validity: number;
} {
  const { db, identity, status, log, now } = deps;
  const limits = { ...RESPONDER_LIMITS, ...deps.limits };
  const keyring = new DelegateKeyring({
    db,
    identity,
    log,
    now,
    store: new DelegateStore(deps.store),
    instance: deps.instance.instance,
    isRevoked: (ca, serial) => (status.table.find(ca, serial)?.status.kind ?? 'good') !== 'good',
  });
  const lookup = new CertificateLookup({
    table: status.table,
    lookUp: (ca, serial) => deps.trace.of('status.look-up', { ca }, () => status.keeper.lookUp(ca, serial)),
    examiner: status.examiner,
    isLoaded: () => status.loaded,
    patience: PATIENCE_MS,
    onError: (error) => log('warn', 'a certificate could not be looked up', { error }),
  });
  const cache = new AnswerCache(MOST_ANSWERS);
  const signatures = new SignatureTable();
  const times = new SigningTimes(deps.trace);
  const answers = new SharedAnswers({
    lookup,
    cache,
    signatures,
    times,
    now,
    knownAt: () => status.feed.knownAt,
    delegateOf: (ca) => keyring.active(ca),
    validity: limits.validity,
    signings: limits.signings,
    waiting: limits.shared,
  });
  const responder = new OcspResponder({
    lookup,
    answers,
    times,
    now,
    knownAt: () => status.feed.knownAt,
    issuers: () => status.issuers,
    delegateOf: (ca) => keyring.active(ca),
    onError: (error) => log('error', 'an OCSP answer could not be made', { error }),
    limits,
  });
  const presigner = new Presigner({
    answers,
    signatures,
    now,
    table: status.table,
    issuers: () => status.issuers,
    isCurrent: () => status.loaded && isRecent(status.feed.knownAt, now()),
    isBusy: () => responder.queueLength > 0,
    validity: limits.validity,
    onError: (error) => log('error', 'an OCSP answer could not be signed ahead of need', { error }),
  });
  return { keyring, responder, presigner, answers, cache, signatures, times, validity: limits.validity };
}
