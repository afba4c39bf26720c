import { CrlBuffer } from './crl-buffer.ts';
import { type CrlForm, formExtensions } from './crl-form.ts';
import { type CrlStreamInput, streamCrl } from './stream-crl.ts';

export interface CrlInput extends Omit<CrlStreamInput, 'extensions'> {
  readonly form: CrlForm;
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
