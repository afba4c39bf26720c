import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DerError } from '@see/asn1';
import { describe, expect, it } from 'vitest';
import { parseCsr } from './parse-csr.ts';
import { decodePem, PemError } from './pem.ts';
import { X509Error } from './x509-error.ts';

const folder = join(import.meta.dirname, '../../../../shared/hostile');
const present = existsSync(join(folder, 'manifest.json'));
if (!present) console.warn(`SKIPPED: the hostile samples are not at ${folder}`);

interface Sample {
  readonly id: string;
  readonly kind: string;
  readonly file: string | null;
}

// What the codec says. Samples that are sound requests with an unfit key, signature or wish are policy's to refuse.
const accepted = new Set([
  'csr-good-ec',
  'csr-good-rsa',
  'csr-good-ed25519',
  'csr-pop-otherkey',
  'csr-pop-bitflip',
  'csr-pop-zero-sig',
  'csr-sha1',
  'key-rsa-e2',
  'key-rsa-e-huge',
  'key-ec-secp256k1',
  'key-ec-prime192v1',
  'key-ec-brainpoolP256r1',
  'key-ec-wrong-curve-oid',
  'key-dsa',
  'key-known-private',
  'name-san-xn-homograph',
  'name-dn-empty',
  'name-dn-bmp',
  'name-dn-xss',
  'ext-unknown-critical',
  'ext-sid-ext',
  'ext-ctpoison',
]);

const codes: Readonly<Record<string, string>> = {
  'csr-pop-empty-sig': 'bad-signature',
  'csr-pop-alg-mismatch': 'algorithm-mismatch',
  'key-rsa-modulus-negative': 'bad-value',
  'key-ec-hybrid': 'bad-value',
  'key-x25519': 'algorithm-mismatch',
  'name-san-nul': 'bad-dns-name',
  'name-cn-nul': 'bad-name',
  'name-san-10000': 'too-large',
  'name-san-star': 'bad-dns-name',
  'name-san-xn-bad': 'bad-dns-name',
  'name-san-long': 'bad-dns-name',
  'name-san-trailing-dot': 'bad-dns-name',
  'name-san-url': 'bad-dns-name',
  'name-san-ip-as-dns': 'bad-dns-name',
  'name-san-ip-5': 'bad-ip-address',
  'name-mail-homograph': 'bad-string',
  'name-mail-crlf': 'bad-mail-address',
  'name-mail-quoted': 'bad-mail-address',
  'name-cn-10000': 'bad-name',
  'name-dn-1000-rdn': 'bad-name',
  'name-dn-multi-avr': 'bad-name',
  'name-dn-bmp-odd': 'bad-string',
  'name-dn-control': 'bad-name',
  'ext-bc-false-explicit': 'default-encoded',
  'der-trailing': 'trailing',
  'der-truncated': 'truncated',
  'der-empty': 'truncated',
  'der-nonminimal-length': 'non-minimal-length',
  'der-length-127bytes': 'length-too-large',
  'der-depth-20000': 'too-large',
  'der-oid-padded': 'bad-oid',
  'der-oid-unfinished': 'bad-oid',
  'der-bitstring-unused-9': 'bad-bit-string',
  'der-constructed-utf8': 'constructed-string',
  'der-high-tag': 'high-tag',
  'der-attr-dup-challenge': 'duplicate-attribute',
};

function outcome(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError || error instanceof X509Error || error instanceof PemError) return error.code;
    throw error;
  }
}

const samples: readonly Sample[] = present ? JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) : [];
const read = (sample: Sample) => new Uint8Array(readFileSync(join(folder, sample.file as string)));

describe.skipIf(!present)('hostile requests', () => {
  const requests = samples.filter((sample) => sample.kind === 'csr');

  it('are all there', () => {
    expect(requests.length).toBeGreaterThan(50);
  });

  it.each(requests)('$id', (sample) => {
    const bytes = read(sample);
    const before = performance.now();
    const result = outcome(() => parseCsr(bytes));
    expect(performance.now() - before).toBeLessThan(100);
    expect(result).toBe(accepted.has(sample.id) ? 'accepted' : codes[sample.id]);
  });

  it('in PEM', () => {
    const texts = samples.filter((sample) => sample.kind === 'csr-pem');
    const results = texts.map((sample) => [sample.id, outcome(() => decodePem(read(sample), 'CERTIFICATE REQUEST'))]);
    expect(results).toEqual([
      ['pem-wrong-label', 'wrong-label'],
      ['pem-utf16', 'utf-16'],
      ['pem-html', 'not-pem'],
    ]);
  });
});
