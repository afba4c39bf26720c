import type { ServerCertificateBook } from './server-certificate-book.ts';

/** How the TLS doors stand, in a word and in a sentence. */
export interface TlsState {
  readonly state: 'serving' | 'ending' | 'closed';
  readonly detail: string;
}

/** How long before its end a certificate should be replaced, in milliseconds. */
const ENDING = 30 * 86_400_000;

export function tlsState(book: Pick<ServerCertificateBook, 'identity' | 'fault' | 'doors'>, now: Date): TlsState {
  const { identity, fault, doors } = book;
  if (fault !== undefined || !identity || !doors.https || !doors.mtls)
    return { state: 'closed', detail: fault ?? 'The doors are being opened' };
  const until = identity.notAfter.toISOString();
  if (identity.notAfter.getTime() - now.getTime() > ENDING)
    return { state: 'serving', detail: `The server certificate ${identity.serial} is good until ${until}` };
  const next = identity.source === 'files' ? 'Replace the files' : 'Order the next one: see tls order';
  return { state: 'ending', detail: `The server certificate ${identity.serial} ends at ${until}. ${next}` };
}
