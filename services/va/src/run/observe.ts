import type { Metrics } from '@see/http/metrics';
import type { AnswerCache } from '../ocsp/answer-cache.ts';
import type { DelegateKeyring } from '../ocsp/delegate-keyring.ts';
import type { AnswerPath, OcspAnswer } from '../ocsp/ocsp-answer.ts';
import type { OcspResponder } from '../ocsp/ocsp-responder.ts';
import type { SignatureTable } from '../ocsp/signature-table.ts';
import type { SigningTimes } from '../ocsp/signing-times.ts';
import type { StatusJournal } from '../status/status-journal.ts';
import type { Alarms } from './alarms.ts';
import type { DatabaseFollower } from './follow-database.ts';
import { observeCrls } from './observe-crls.ts';
import type { StatusSide } from './status-side.ts';

export interface Observed {
  readonly status: StatusSide;
  readonly journal: StatusJournal;
  readonly keyring: DelegateKeyring;
  readonly responder: OcspResponder;
  readonly cache: AnswerCache;
  readonly signatures: SignatureTable;
  readonly times: SigningTimes;
  readonly alarms: Alarms;
  readonly follower: DatabaseFollower;
  /** Milliseconds from a revocation (dated to the second) to its place in memory. */
  readonly lag: { readonly last: number; readonly most: number };
  readonly now: () => Date;
}

/** Registers what va shows of itself; returns what is called for each answer. */
export function observe(
  metrics: Metrics,
  seen: Observed,
): { readonly answered: (answer: OcspAnswer, path: AnswerPath) => void; readonly sent: (status: number) => void } {
  const { status, now } = seen;
  const one = (name: string, help: string, value: () => number) =>
    metrics.gauge({ name, help, read: () => [['', value()]] });
  const eachCa = (name: string, help: string, value: (ca: string) => number | undefined) =>
    metrics.gauge({
      name,
      help,
      read: () =>
        [...(status.cas?.issuing.keys() ?? [])].flatMap((ca) => {
          const found = value(ca);
          return found === undefined ? [] : [[`ca="${ca}"`, found] as const];
        }),
    });
  const seconds = (until: Date | undefined) => until && (until.getTime() - now().getTime()) / 1000;

  one('see_va_certificates', 'Certificates and serial numbers in memory.', () => status.table.size);
  one(
    'see_va_certificates_unexamined',
    'Certificates whose octets were not verified yet.',
    () => status.examiner.backlog,
  );
  one('see_va_alarms', 'Different alarms raised since the start.', () => seen.alarms.count);
  one('see_va_listening', 'Whether notifications of the database arrive.', () => Number(seen.follower.listening));
  metrics.gauge({
    name: 'see_va_known_age_seconds',
    help: 'Age of the last reading of the revocations that succeeded.',
    read: () => {
      const age = negated(seconds(status.feed.knownAt));
      return age === undefined ? [] : [['', age]];
    },
  });
  one('see_va_journal_lines', 'Lines of the status journal since the last snapshot.', () => seen.journal.lines);
  one('see_va_status_lag_seconds', 'Time from the last revocation to its place in memory.', () => seen.lag.last / 1000);
  one('see_va_status_lag_max_seconds', 'The longest such time since the start.', () => seen.lag.most / 1000);
  one('see_va_ocsp_queue', 'Answers that are being signed or wait for it.', () => seen.responder.queueLength);
  const total = (name: string, help: string, value: () => number) =>
    metrics.gauge({ name, help, type: 'counter', read: () => [['', value()]] });
  total('see_va_ocsp_signings_total', 'OCSP answers signed since the start.', () => seen.times.count);
  total('see_va_ocsp_signing_seconds_total', 'Time that their signatures took together.', () => seen.times.seconds);
  one('see_va_ocsp_cached', 'Certificates with a whole answer in memory.', () => seen.cache.size);
  one(
    'see_va_ocsp_signed',
    'Certificates with a signed answer that is built when it is asked for.',
    () => seen.signatures.size,
  );
  one('see_va_status_bytes', 'Memory that statuses take, in octets.', () => status.table.bytes);
  one('see_va_ocsp_signed_bytes', 'Memory that signatures of answers take, in octets.', () => seen.signatures.bytes);
  one(
    'see_va_ocsp_oldest_seconds',
    'Age of the oldest answer in memory.',
    () => seen.cache.oldest(now().getTime()) / 1000,
  );
  eachCa('see_va_delegate_remaining_seconds', 'Time that the responder key in use is still valid.', (ca) =>
    seconds(seen.keyring.active(ca)?.certificate.notAfter),
  );
  observeCrls(metrics, status, now);

  const answers = metrics.counter(
    'see_va_ocsp_answers_total',
    'OCSP answers by what they say and where they came from.',
  );
  const pages = metrics.counter('see_va_pages_total', 'Other answers by HTTP status.');
  return {
    answered: (answer, path) => answers(`status="${answer.status}",path="${path}"`),
    sent: (code) => pages(`status="${code}"`),
  };
}

function negated(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}
