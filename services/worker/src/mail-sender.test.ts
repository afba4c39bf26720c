import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { outboxSender, smtpSender } from './mail-sender.ts';

const mail = {
  from: 'no-reply@see.govt.nz',
  recipient: 'mere@treasury.govt.nz',
  bytes: new TextEncoder().encode('Subject: x\r\n\r\n.dot\r\nbody\r\n'),
};

describe('the outbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'see-outbox-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps one file a mail, readable by its owner alone, whatever a crash left', async () => {
    const inner = join(folder, 'outbox');
    const sender = outboxSender(inner);
    await sender.send('a-code', mail);
    await sender.send('a-code', { ...mail, bytes: new TextEncoder().encode('second') });
    expect(readdirSync(inner)).toEqual(['a-code.eml']);
    expect(readFileSync(join(inner, 'a-code.eml'), 'utf8')).toBe('second');
    expect(statSync(join(inner, 'a-code.eml')).mode & 0o777).toBe(0o600);
    writeFileSync(join(inner, 'b-code.eml.0123456789ab.new'), 'half');
    outboxSender(inner);
    expect(readdirSync(inner)).toEqual(['a-code.eml']);
  });

  it('takes no name that leads elsewhere', async () => {
    const sender = outboxSender(join(folder, 'outbox'));
    await expect(sender.send('../a', mail)).rejects.toThrow(RangeError);
    await expect(sender.send('', mail)).rejects.toThrow(RangeError);
  });
});

const REPLIES: Record<string, string> = { QUIT: '221 bye\r\n', STARTTLS: '502 not here\r\n' };

describe('SMTP', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  /** As much of a mail server as is needed to see what it is told. */
  async function listen(
    answers: { data?: string; extensions?: string[] } = {},
  ): Promise<{ port: number; told: string[] }> {
    const told: string[] = [];
    server = createServer((socket) => {
      let inData = false;
      let rest = '';
      socket.write('220 test\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        rest += chunk.toString();
        const lines = rest.split('\r\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          told.push(line);
          if (inData) {
            if (line !== '.') continue;
            inData = false;
            socket.write(`${answers.data ?? '250 taken'}\r\n`);
          } else if (line.startsWith('EHLO')) {
            socket.write([...(answers.extensions ?? []).map((it) => `250-${it}`), '250 test', ''].join('\r\n'));
          } else if (line === 'DATA') {
            inData = true;
            socket.write('354 go on\r\n');
          } else socket.write(REPLIES[line] ?? '250 fine\r\n');
        }
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    return { port: address.port, told };
  }

  it('gives the octets to one recipient', async () => {
    const { port, told } = await listen();
    const sender = smtpSender(`smtp://127.0.0.1:${port}`);
    await sender.send('a-code', mail);
    sender.close();
    expect(told).toContain('MAIL FROM:<no-reply@see.govt.nz>');
    expect(told.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<mere@treasury.govt.nz>']);
    const data = told.slice(told.indexOf('DATA') + 1, told.indexOf('.'));
    expect(data).toEqual(['Subject: x', '', '..dot', 'body']);
  });

  it('fails when the server does not take the mail', async () => {
    const { port } = await listen({ data: '451 later' });
    const sender = smtpSender(`smtp://127.0.0.1:${port}`);
    await expect(sender.send('a-code', mail)).rejects.toThrow(/451/);
    sender.close();
  });

  it('sends nothing in clear to another machine', async () => {
    const { port, told } = await listen();
    // A name that is this machine but is not recognised as such stands for another one.
    const sender = smtpSender(`smtp://0.0.0.0:${port}`);
    await expect(sender.send('a-code', mail)).rejects.toThrow();
    sender.close();
    expect(told.some((line) => line.startsWith('MAIL') || line === 'DATA')).toBe(false);
  });

  it.each(['http://mail.example', 'file:///etc/passwd', 'smtp'])('refuses %s as a mail server', (url) => {
    expect(() => smtpSender(url)).toThrow(TypeError);
  });
});
