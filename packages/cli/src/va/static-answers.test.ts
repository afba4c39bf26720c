import { describe, expect, it } from 'vitest';
import { ocspFile } from './static-answers.ts';

describe('the file of an OCSP address', () => {
  it.each([
    ['MFEw==', 'ocsp/MFEw=='],
    ['MFEw/a+b/c==', 'ocsp/MFEw/a+b/c=='],
    ['MFEw//a///b', 'ocsp/MFEw/a/b'],
    ['MFEwa/', 'ocsp/MFEwa/index.der'],
    ['MFEwa//', 'ocsp/MFEwa/index.der'],
  ])('of %s is %s', (text, file) => expect(ocspFile(text)).toBe(file));
});
