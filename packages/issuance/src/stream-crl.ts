import { derBitString, headerLength, tag, writeHeader } from '@see/asn1';
import { CrlLinter } from '@see/lint';
import {
  authorityKeyIdentifier,
  type CrlFrame,
  crlNumber,
  type Extension,
  type RevokedCursor,
  signatureAlgorithm,
  writeTbsCertList,
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
  /** In the order of their serial numbers; asked for twice. */
  readonly entries: () => RevokedCursor;
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

/**
 * Writes a CRL of one CA key in one pass and constant memory. The same octets, part by part, are written, linted and taken
 * into the signature; lint decides before it is made (promise 1), so that a list with a finding has none. Throws
 * IssuanceError `lint-failed`. NOT checked: the finished octets against the last CRL (`assertPublishable`), and
 * the signature.
 */
export async function streamCrl(input: CrlStreamInput, sink: CrlSink): Promise<StreamedCrl> {
  const { ca } = input;
  const algorithm = signatureAlgorithm(ca.key.algorithm);
  const frame: CrlFrame = {
    signatureAlgorithmDer: algorithm,
    issuerDer: ca.subjectDer,
    thisUpdate: input.thisUpdate,
    nextUpdate: input.nextUpdate,
    extensions: [authorityKeyIdentifier(ca.ski), crlNumber(input.number), ...(input.extensions ?? [])],
  };
  const linter = new CrlLinter({
    purpose: ca.id === 'root' ? 'root' : 'issuing-ca',
    issuer: ca.certificate,
    now: input.thisUpdate,
  });
  const signing = ca.key.stream();
  let written = 0;
  for (const part of writeTbsCertList(frame, input.entries)) {
    linter.take(part);
    signing.update(part.octets);
    sink.write(part.octets);
    written += part.octets.length;
  }
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
  const head = new Uint8Array(headerLength(written));
  writeHeader(head, 0, tag.sequence, written);
  return { head, length: head.length + written };
}
