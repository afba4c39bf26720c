import { encodeBase64, toHex } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { buildOcspRequest, decodeOcspGetPath, encodeCertId, OcspRequestError } from './index.ts';

function requestWith(nonceOctets: number, fill: number): Uint8Array {
  const certId = encodeCertId({
    hashAlgorithm: 'sha256',
    issuerNameHash: new Uint8Array(32).fill(fill),
    issuerKeyHash: new Uint8Array(32).fill(fill ^ 0x0f),
    serialNumber: new Uint8Array(16).fill(fill | 1),
  });
  return buildOcspRequest([certId], new Uint8Array(nonceOctets).fill(0xff));
}

describe('the path of a GET', () => {
  // Lengths of every remainder, octets that give many '/' and '+', and one that ends in '/'.
  const requests = [16, 17, 18, 19, 32].flatMap((octets) =>
    [0xff, 0xfb, 0x3e].map((fill) => requestWith(octets, fill)),
  );
  const forms: readonly (readonly [string, (base64: string) => string])[] = [
    ['percent-encoded', (text) => encodeURIComponent(text)],
    [
      'in lower-case percent-encoding',
      (text) => encodeURIComponent(text).replaceAll(/%../g, (each) => each.toLowerCase()),
    ],
    ['percent-encoded twice', (text) => encodeURIComponent(encodeURIComponent(text))],
    ['raw', (text) => text],
    ['raw with slashes before it', (text) => `//${text}`],
    ['with a slash after it', (text) => `${text}/`],
    ['with two slashes after it', (text) => `${text}//`],
    ['without padding', (text) => text.replaceAll('=', '')],
    ['without padding, with a slash after it', (text) => `${text.replaceAll('=', '')}/`],
    ['as base64url', (text) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')],
    ['with + turned into spaces', (text) => text.replaceAll('+', ' ')],
    ['with line breaks', (text) => encodeURIComponent(text.replaceAll(/.{60}/g, '$&\r\n'))],
    ['with a line break at the end', (text) => `${encodeURIComponent(text)}%0A`],
  ];
  it.each(forms)('%s', (_name, form) => {
    for (const request of requests) expect(toHex(decodeOcspGetPath(form(encodeBase64(request))))).toBe(toHex(request));
  });

  it('has requests with both special characters, and one that ends in a slash', () => {
    const texts = requests.map(encodeBase64);
    expect(texts.some((text) => text.includes('//'))).toBe(true);
    expect(texts.some((text) => text.includes('+'))).toBe(true);
    expect(texts.some((text) => text.endsWith('/'))).toBe(true);
  });

  it.each([
    ['empty', ''],
    ['slashes', '///'],
    ['a bad percent sign', 'MFEw%ZZ'],
    ['a percent sign at the end', 'MFEw%'],
    ['bytes that are not UTF-8', '%ff%fe'],
    ['other characters', 'M<script>'],
    ['unused bits', 'MB'],
    ['too long', 'M'.repeat(17_000)],
    ['dots', '../../etc/passwd'],
    ['NUL', 'MFEw%00'],
  ])('is refused: %s', (_name, path) => {
    expect(() => decodeOcspGetPath(path)).toThrow(OcspRequestError);
  });
});
