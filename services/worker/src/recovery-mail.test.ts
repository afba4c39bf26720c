import { describe, expect, it } from 'vitest';
import { composeMail } from './compose-mail.ts';
import { writeRecoveryMail } from './recovery-mail.ts';

const released = {
  recoveryId: '3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10',
  recipient: 'grace.liu@treasury.govt.nz',
  serial: Uint8Array.fromHex('0102030405060708090a0b0c0d0e0f10'),
  releasedAt: new Date('2026-11-22T08:00:00Z'),
  messagesFrom: new Date('2026-05-01T00:00:00Z'),
  messagesUntil: new Date('2026-05-31T00:00:00Z'),
};

describe('the mail to a holder whose key was opened', () => {
  it('says when, which key and for which messages, with a reference and no link', async () => {
    const mail = writeRecoveryMail(released);
    expect(mail.messageName).toBe(`recovery.${released.recoveryId}`);
    for (const said of ['2026-11-22', '2026-05-01 to 2026-05-31', released.serial.toHex(), released.recoveryId])
      expect(mail.text).toContain(said);
    expect(mail.text).not.toMatch(/https?:/);
    const composed = await composeMail(mail, 'no-reply@localhost', released.releasedAt);
    expect(Buffer.from(composed.bytes).toString()).toContain(`<recovery.${released.recoveryId}@localhost>`);
  });
});
