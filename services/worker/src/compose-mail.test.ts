import { t } from '@see/language';
import { codeLetter, type Letter, LetterError } from '@see/letters';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { type AddressedLetter, composeMail } from './compose-mail.ts';

const orderId = '3f2a9c1b-0d4e-4b6a-9f10-5a6b7c8d9e0f';
const code = '7K3M-9QF2-XT0A-BC4D';
const recipient = 'mere.smith@treasury.govt.nz';
const letter = codeLetter({ orderId, code, useBefore: new Date('2026-11-22T00:00:00Z') });
const mail: AddressedLetter = { recipient, messageName: 'code.7c9e6679-7425-40de-944b-e07fc1f90ae7', letter };
const from = 'no-reply@see.govt.nz';
const compose = async (changed: AddressedLetter): Promise<string> =>
  new TextDecoder().decode((await composeMail(changed, from, new Date('2026-11-22T01:02:03Z'))).bytes);

describe('the mail with a code', () => {
  it('is an RFC 5322 message to one recipient, as text and as HTML', async () => {
    const message = await compose(mail);
    const [head = ''] = message.split('\r\n\r\n', 1);
    const lines = head.replaceAll('\r\n ', ' ').split('\r\n');
    expect(Object.fromEntries(lines.map((line) => line.split(': ', 2) as [string, string]))).toEqual({
      From: 'SEE PKI <no-reply@see.govt.nz>',
      To: recipient,
      Subject: expect.stringMatching(/^=\?UTF-8\?Q\?[!-~]+(?: =\?UTF-8\?Q\?[!-~]+)+$/),
      'Message-ID': '<code.7c9e6679-7425-40de-944b-e07fc1f90ae7@see.govt.nz>',
      'Auto-Submitted': 'auto-generated',
      Date: 'Sun, 22 Nov 2026 01:02:03 +0000',
      'MIME-Version': '1.0',
      'Content-Type': expect.stringMatching(/^multipart\/alternative; boundary="/),
    });
    expect(message.match(/^Content-Type: text\/(?:plain|html); charset=utf-8\r$/gm)).toHaveLength(2);
    expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(message.split('\r\n').every((line) => line.length <= 78)).toBe(true);
    expect(message.split(code)).toHaveLength(3);
    const { subject, text } = await PostalMime.parse(message);
    expect(subject).toBe(
      'Your one-time code for certificate request 3F2A9C1B | Tō waehere kotahi-wā mō te tono tiwhikete 3F2A9C1B',
    );
    expect(text).toContain('\n\n-- Te reo Māori --\n\nKia ora,\n');
  });

  it('does not give the whole order id away, in its headers either', async () => {
    const link = orderId.replaceAll('-', '');
    expect((await compose(mail)).replaceAll('-', '').toLowerCase()).not.toContain(link);
  });
});

describe('a letter with a table', () => {
  const table = {
    name: 'enrolment-links',
    head: [t`name`, t`link`],
    rows: [
      ['Hēmi Ōtene', 'http://a'],
      ['=1+2', 'http://b'],
    ],
  };

  it('has it as a CSV file that keeps macrons and that no spreadsheet program runs', async () => {
    const { bytes } = await composeMail({ ...mail, letter: { ...letter, table } }, from, new Date(0));
    const { attachments, text, html } = await PostalMime.parse(bytes);
    expect(attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['enrolment-links.csv', 'text/csv'],
    ]);
    const [file] = attachments;
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file?.content as ArrayBuffer);
    expect(csv).toBe("\ufeffname | ingoa,link | hono\r\nHēmi Ōtene,http://a\r\n'=1+2,http://b\r\n");
    expect([text, html].map((face) => face?.includes(code))).toEqual([true, true]);
  });

  it.each([
    ['a name with a path', { ...table, name: '../x' }, 'bad-header'],
    ['a cell of two lines', { ...table, rows: [['a\nb']] }, 'bad-text'],
  ])('is refused with %s', async (_, changed, wanted) => {
    const refusal = composeMail({ ...mail, letter: { ...letter, table: changed } }, from, new Date(0));
    await expect(refusal).rejects.toThrow(expect.objectContaining({ code: wanted }));
  });
});

describe('nothing can add a header or a recipient', () => {
  const saying = (text: string): Letter => ({ ...letter, parts: [{ kind: 'paragraph', text: t`${text}` }] });
  it.each<[string, Partial<AddressedLetter>, string]>([
    ['the recipient', { recipient: 'a@b.nz\r\nBcc: c@d.nz' }, 'bad-address'],
    ['a second recipient', { recipient: 'a@b.nz,c@d.nz' }, 'bad-address'],
    ['a recipient beyond ASCII', { recipient: 'hēmi@b.nz' }, 'bad-address'],
    ['the subject', { letter: { ...letter, subject: t`${'x\r\nBcc: c@d.nz'}` } }, 'bad-header'],
    ['a line feed in the subject', { letter: { ...letter, subject: t`${'x\nBcc: c@d.nz'}` } }, 'bad-header'],
    ['a line separator in the subject', { letter: { ...letter, subject: t`${'x\u2028y'}` } }, 'bad-header'],
    ['an empty subject', { letter: { ...letter, subject: t`${''}` } }, 'bad-header'],
    ['the message name', { messageName: 'x>\r\nBcc: c@d.nz' }, 'bad-header'],
    ['the message name with an at sign', { messageName: 'x@y' }, 'bad-header'],
    ['a carriage return in the text', { letter: saying('x\r\n.\r\nMAIL FROM:<a@b.nz>') }, 'bad-text'],
    ['a NUL in the text', { letter: saying('a\0b') }, 'bad-text'],
  ])('by %s', async (_, change, wanted) => {
    const refusal = composeMail({ ...mail, ...change }, from, new Date(0));
    await expect(refusal).rejects.toThrow(expect.objectContaining({ name: 'LetterError', code: wanted }));
  });

  it('by the sender', async () => {
    await expect(composeMail(mail, 'a@b.nz\nBcc: c@d.nz', new Date(0))).rejects.toThrow(LetterError);
  });
});
