import { refused } from '@see/domain';
import { LetterError } from '@see/letters';
import { describe, expect, it } from 'vitest';
import { mailFault } from './mail-fault.ts';

const smtp = (command: string, responseCode: number, response: string) =>
  Object.assign(new Error(response), { code: 'EENVELOPE', command, responseCode, response });

describe('what a failed try means', () => {
  it.each([
    ['no such mailbox', smtp('RCPT TO', 550, '550 5.1.1 no such user <secret>'), true],
    ['no such mailbox, in an older server', smtp('RCPT TO', 553, '553 unknown'), true],
    ['a policy that is about us', smtp('RCPT TO', 550, '550 5.7.1 relaying denied'), false],
    ['a full mailbox, for now', smtp('RCPT TO', 452, '452 4.2.2 full'), false],
    ['a refused text', smtp('DATA', 554, '554 5.6.0 no'), false],
    ['a refused sender', smtp('MAIL FROM', 550, '550 5.1.8 no'), false],
    ['a server that is away', Object.assign(new Error('x'), { code: 'ECONNECTION', command: 'CONN' }), false],
    ['anything else', 'text', false],
  ])('%s', (_, error, noMailbox) => {
    const fault = mailFault(error);
    expect(fault).toMatchObject({ noMailbox, ours: false });
    expect(fault.code).toMatch(/^[A-Za-z-]{2,60}$/);
    // What a server says is its own; nothing of it is kept.
    expect(fault.reason).not.toMatch(/secret|denied|unknown|full/);
  });

  it('says which faults are ours', () => {
    expect(mailFault(refused('order-tampered', 'x'))).toMatchObject({ ours: true, code: 'order-tampered' });
    expect(mailFault(new LetterError('bad-address', 'x'))).toMatchObject({ ours: true, code: 'bad-address' });
  });
});
