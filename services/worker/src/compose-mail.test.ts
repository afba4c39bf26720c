import { describe, expect, it } from 'vitest';
import { orderReference, writeCodeMail } from './code-mail.ts';
import { composeMail, MailError, type MailText } from './compose-mail.ts';

const orderId = '3f2a9c1b-0d4e-4b6a-9f10-5a6b7c8d9e0f';
const code = '7K3M-9QF2-XT0A-BC4D';
const recipient = 'mere.smith@treasury.govt.nz';
const text = writeCodeMail({ orderId, recipient, code, useBefore: 1_795_305_600 });
const from = 'no-reply@see.govt.nz';
const compose = async (mail: MailText): Promise<string> =>
  new TextDecoder().decode((await composeMail(mail, from, new Date('2026-11-22T01:02:03Z'))).bytes);

describe('the mail with a code', () => {
  it('is a plain RFC 5322 message to one recipient', async () => {
    const message = await compose(text);
    const [head, body] = message.split('\r\n\r\n', 2) as [string, string];
    const headers = new Map(head.split('\r\n').map((line) => line.split(': ', 2) as [string, string]));
    expect(Object.fromEntries(headers)).toEqual({
      From: 'SEE PKI <no-reply@see.govt.nz>',
      To: recipient,
      Subject: 'Your one-time code for certificate request 3F2A9C1B',
      'Message-ID': expect.stringMatching(/^<code\.[0-9a-f]{32}@see\.govt\.nz>$/),
      'Auto-Submitted': 'auto-generated',
      Date: 'Sun, 22 Nov 2026 01:02:03 +0000',
      'MIME-Version': '1.0',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Transfer-Encoding': '7bit',
    });
    expect(body.startsWith('Hello,')).toBe(true);
    expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(message.split('\r\n').every((line) => line.length <= 78)).toBe(true);
  });

  it('says the code once, the reference and until when, and never the link or the whole order id', async () => {
    const body = (await compose(text)).split('\r\n\r\n').slice(1).join('\r\n\r\n');
    expect(body.split(code)).toHaveLength(2);
    expect(body).toContain(orderReference(orderId));
    expect(body).toContain('2026-11-22 00:00 UTC');
    expect(body).not.toContain(orderId);
    expect(body).not.toMatch(/https?:|\/enrol/);
  });

  it('does not give the whole order id away in its headers either', async () => {
    const link = orderId.replaceAll('-', '');
    expect((await compose(text)).replaceAll('-', '').toLowerCase()).not.toContain(link);
  });
});

describe('nothing can add a header or a recipient', () => {
  it.each([
    ['the recipient', { recipient: 'a@b.nz\r\nBcc: c@d.nz' }, 'bad-address'],
    ['a second recipient', { recipient: 'a@b.nz,c@d.nz' }, 'bad-address'],
    ['the subject', { subject: 'x\r\nBcc: c@d.nz' }, 'bad-header'],
    ['a line feed in the subject', { subject: 'x\nBcc: c@d.nz' }, 'bad-header'],
    ['a subject beyond ASCII', { subject: 'x\u2028y' }, 'bad-header'],
    ['an empty subject', { subject: '' }, 'bad-header'],
    ['the message name', { messageName: 'x>\r\nBcc: c@d.nz' }, 'bad-header'],
    ['the message name with an at sign', { messageName: 'x@y' }, 'bad-header'],
    ['a carriage return in the text', { text: 'x\r\n.\r\nMAIL FROM:<a@b.nz>' }, 'bad-text'],
    ['text beyond ASCII', { text: 'M\u0101ori' }, 'bad-text'],
    ['a NUL in the text', { text: 'a\0b' }, 'bad-text'],
    ['a line of more than 76 characters', { text: 'x'.repeat(77) }, 'bad-text'],
  ])('by %s', async (_, change, code) => {
    const refusal = composeMail({ ...text, ...change }, from, new Date(0));
    await expect(refusal).rejects.toThrow(expect.objectContaining({ name: 'MailError', code }));
  });

  it('by the sender', async () => {
    await expect(composeMail(text, 'a@b.nz\nBcc: c@d.nz', new Date(0))).rejects.toThrow(MailError);
  });

  it.each([
    ['an order id', { orderId: `${orderId}\n` }],
    ['another id', { orderId: 'x' }],
    ['a code', { code: `${code}\n` }],
  ])('by %s', (_, change) => {
    expect(() => writeCodeMail({ orderId, recipient, code, useBefore: 0, ...change })).toThrow(RangeError);
  });
});
