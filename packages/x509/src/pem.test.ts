import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, decodePem, encodeBase64, encodePem, PemError } from './index.ts';

const label = 'CERTIFICATE REQUEST';
const der = new Uint8Array(100).map((_, index) => index * 7);
const pem = encodePem(label, der);

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof PemError) return error.code;
    throw error;
  }
}

describe('PEM', () => {
  it('round-trips and matches the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
        expect(decodePem(encodePem('X509 CRL', bytes), 'X509 CRL')).toEqual([bytes]);
      }),
    );
  });

  it.each<readonly [string, string | Uint8Array]>([
    ['as written', pem],
    ['as bytes', new TextEncoder().encode(pem)],
    ['with CR LF', pem.replaceAll('\n', '\r\n')],
    ['with CR', pem.replaceAll('\n', '\r')],
    ['with a byte order mark', `\ufeff${pem}`],
    ['with a byte order mark in bytes', new TextEncoder().encode(`\ufeff${pem}`)],
    ['with text around it', `subject=CN=x\n\n${pem}\nbye`],
    ['with spaces at line ends', pem.replaceAll('\n', '  \n')],
    ['in one line', `-----BEGIN ${label}-----\n${encodeBase64(der)}\n-----END ${label}-----`],
  ])('takes it %s', (_name, text) => {
    expect(decodePem(text, label)).toEqual([der]);
  });

  it('takes several labels and several blocks', () => {
    const old = encodePem('NEW CERTIFICATE REQUEST', der);
    expect(decodePem(pem + old, [label, 'NEW CERTIFICATE REQUEST'])).toHaveLength(2);
  });

  it.each<readonly [string, string | Uint8Array, string]>([
    ['another label', encodePem('CERTIFICATE', der), 'wrong-label'],
    ['a private key beside it', pem + encodePem('PRIVATE KEY', der), 'wrong-label'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${pem}`, 'utf16le'), 'utf-16'],
    ['UTF-16 without a mark', Buffer.from(pem, 'utf16le'), 'utf-16'],
    ['UTF-16 read as text', Buffer.from(pem, 'utf16le').toString('latin1'), 'utf-16'],
    ['bytes that are not text', Uint8Array.of(0xc3, 0x28), 'not-pem'],
    ['HTML', '<html></html>', 'not-pem'],
    ['nothing', '', 'not-pem'],
    ['no END', pem.slice(0, 100), 'unterminated'],
    ['a second BEGIN', `-----BEGIN ${label}-----\n${pem}`, 'unterminated'],
    ['another END', pem.replace('END CERTIFICATE REQUEST', 'END CERTIFICATE'), 'unterminated'],
    ['an END alone', `-----END ${label}-----`, 'unterminated'],
    ['headers', pem.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\n'), 'bad-base64'],
    ['missing padding', pem.replaceAll('=', ''), 'bad-base64'],
    ['base64url', pem.replace('\n', '\n-_-_'), 'bad-base64'],
    ['unused bits', pem.replace(/.=+\n/, (end) => `/${end.slice(1)}`), 'bad-base64'],
    ['an empty block', `-----BEGIN ${label}-----\n-----END ${label}-----`, 'bad-base64'],
    ['a broken boundary', `-----BEGIN ${label}----\nAAAA\n`, 'not-pem'],
    ['too much', ' '.repeat(16 * 1024 * 1024 + 1), 'too-large'],
    ['too many', pem.repeat(1001), 'too-many'],
  ])('refuses %s', (_name, text, code) => {
    expect(codeOf(() => decodePem(text, label))).toBe(code);
  });
});
