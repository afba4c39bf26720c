import { SMTPServer } from 'smtp-server';

/** A mail that the server took. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly bytes: Uint8Array;
}

/** A real SMTP server on loopback. */
export interface MailServer {
  readonly url: string;
  readonly taken: TakenMail[];
  /** What it answers to RCPT TO and DATA instead of taking the mail: a status code and a text. */
  refusal: { readonly at: 'rcpt' | 'data'; readonly status: number; readonly text: string } | undefined;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const refuse = (at: 'rcpt' | 'data'): Error | undefined =>
    made.refusal?.at === at
      ? Object.assign(new Error(made.refusal.text), { responseCode: made.refusal.status })
      : undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideENHANCEDSTATUSCODES: false,
    onRcptTo: (_address, _session, callback) => callback(refuse('rcpt')),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const error = refuse('data');
        if (!error) {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          taken.push({ to, bytes: new Uint8Array(Buffer.concat(chunks)) });
        }
        callback(error);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const made: MailServer = {
    url: `smtp://127.0.0.1:${address.port}`,
    taken,
    refusal: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return made;
}
