import type { RevokedCursor } from '@see/x509';
import { CrlBuffer } from './crl-buffer.ts';
import { type CrlForm, formExtensions } from './crl-form.ts';
import { type CrlIssuer, streamCrl } from './stream-crl.ts';

export interface CrlInput {
  readonly ca: CrlIssuer;
  readonly form: CrlForm;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** In the order of their serial numbers; asked for twice. */
  readonly entries: () => RevokedCursor;
}

/**
 * Makes a CRL in one pass and one buffer (REV-1..REV-8, REV-10, REV-12). Throws IssuanceError `lint-failed`. NOT checked: the
 * finished octets (`assertPublishable`).
 */
export async function signCrl({ form, ...input }: CrlInput): Promise<Uint8Array> {
  const buffer = new CrlBuffer();
  const { head } = await streamCrl({ ...input, extensions: formExtensions(form) }, buffer);
  return buffer.finish(head);
}
