import { derBitString, headerLength, tag, writeHeader } from '@see/asn1';
import { type CheckedEntries, CrlLinter } from '@see/lint';
import {
  authorityKeyIdentifier,
  type CrlFrame,
  crlNumber,
  type Extension,
  signatureAlgorithm,
  tbsCertListAround,
} from '@see/x509';
import { IssuanceError } from './linted-tbs.ts';
import type { IssuingCa } from './prepare-certificate.ts';
import type { StreamSigningKey } from './signing-key.ts';

/** A CA whose key signs what comes part by part. */
export interface CrlIssuer extends IssuingCa {
  readonly key: StreamSigningKey;
}

export interface CrlStreamInput {
  readonly ca: CrlIssuer;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** In the order of their serial numbers. Nobody changes their octets meanwhile. */
  readonly entries: readonly CheckedEntries[];
  /** Waited for every 4 MiB, so that other work goes on in between. */
  readonly pause?: () => Promise<void>;
  /** Besides authorityKeyIdentifier and cRLNumber: deltaCRLIndicator, issuingDistributionPoint, freshestCRL. */
  readonly extensions?: readonly Extension[];
}

/** Where a CRL is written to. Octets that are given are not kept. */
export interface CrlSink {
  /** Appends. */
  write(octets: Uint8Array): void;
}

/** What was written. The CRL is `head`, then all that the sink got. */
export interface StreamedCrl {
  /** The header of the whole list: its length is known only with the signature. */
  readonly head: Uint8Array;
  /** Octets of the whole list. */
  readonly length: number;
}

/** Octets that are taken at once. */
const AT_ONCE = 4 * 1024 * 1024;

/**
 * Writes a CRL of one CA key in one pass and constant memory. The same octets, part by part, are taken into lint and into the
 * signature and written; lint decides before the signature is made (promise 1), so that a list with a finding has none. Entries
 * were looked at when their run was made; what was found then is judged anew each time. Throws IssuanceError
 * `lint-failed`. NOT checked: the finished octets against the last CRL (`assertPublishable`), and the signature.
 */
export async function streamCrl(input: CrlStreamInput, sink: CrlSink): Promise<StreamedCrl> {
  const { ca, entries } = input;
  const algorithm = signatureAlgorithm(ca.key.algorithm);
  const frame: CrlFrame = {
    signatureAlgorithmDer: algorithm,
    issuerDer: ca.subjectDer,
    thisUpdate: input.thisUpdate,
    nextUpdate: input.nextUpdate,
    extensions: [authorityKeyIdentifier(ca.ski), crlNumber(input.number), ...(input.extensions ?? [])],
  };
  const listed = entries.reduce((length, { octets }) => length + octets.length, 0);
  const { head, tail } = tbsCertListAround(frame, listed);
  const linter = new CrlLinter(head, tail, {
    purpose: ca.id === 'root' ? 'root' : 'issuing-ca',
    issuer: ca.certificate,
    now: input.thisUpdate,
  });
  const signing = ca.key.stream();
  let written = 0;
  const write = (octets: Uint8Array): void => {
    signing.update(octets);
    sink.write(octets);
    written += octets.length;
  };
  write(head);
  let waited = 0;
  for (const run of entries) {
    linter.take(run);
    write(run.octets);
    if (written - waited < AT_ONCE) continue;
    waited = written;
    await input.pause?.();
  }
  write(tail);
  const errors = linter.finish().filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new IssuanceError(
      'lint-failed',
      `lint: ${errors.map(({ id, message }) => `${id}: ${message}`).join('; ')}`,
      errors,
    );
  const signature = derBitString(await signing.sign());
  sink.write(algorithm);
  sink.write(signature);
  written += algorithm.length + signature.length;
  const header = new Uint8Array(headerLength(written));
  writeHeader(header, 0, tag.sequence, written);
  return { head: header, length: header.length + written };
}
