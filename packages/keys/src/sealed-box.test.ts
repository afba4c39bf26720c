import { describe, expect, it } from 'vitest';
import { openSealed, sealTo } from './sealed-box.ts';
import { generatePkcs8, SoftwareSigner } from './signer.ts';

describe('sealed box', async () => {
  const key = await generatePkcs8('P-384');
  const otherKey = await generatePkcs8('P-384');
  const { spki } = SoftwareSigner.fromPkcs8(key);

  it('opens for its key and context', () => {
    const box = sealTo(spki, 'order 1', Buffer.from('secret'));
    expect(Buffer.from(openSealed(key, 'order 1', box)).toString()).toBe('secret');
  });

  it.each([
    ['another context', (box: Uint8Array) => openSealed(key, 'order 2', box)],
    ['another key', (box: Uint8Array) => openSealed(otherKey, 'order 1', box)],
    [
      'a changed octet',
      (box: Uint8Array) =>
        openSealed(
          key,
          'order 1',
          box.map((octet, index) => (index === box.length - 1 ? octet ^ 1 : octet)),
        ),
    ],
  ])('stays shut for %s', (_name, open) => {
    expect(() => open(sealTo(spki, 'order 1', Buffer.from('secret')))).toThrow();
  });
});
