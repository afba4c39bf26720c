import { createHash } from 'node:crypto';
import { BatchTree } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { treeRoot } from './tree-root.ts';

describe('the root that the desk makes', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33, 1000, 4999])('is that of the batch with %i orders', (count) => {
    const digests = Array.from({ length: count }, (_, index) => createHash('sha384').update(String(index)).digest());
    expect(treeRoot(digests)).toBe(new BatchTree(digests).root);
    const swapped = digests.with(count - 1, Buffer.alloc(48));
    expect(treeRoot(swapped)).not.toBe(treeRoot(digests));
  });

  it('is of at least one order', () => {
    expect(() => treeRoot([])).toThrow(RangeError);
  });
});
