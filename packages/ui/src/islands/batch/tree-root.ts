import { sha256 } from '@see/x509';

/**
 * The root of the RFC 6962 tree over some leaves (section 2.1), hex: as packages/merkle makes it, with a SHA-256 that runs
 * in browsers. At least one leaf.
 */
export function treeRoot(leaves: readonly Uint8Array[]): string {
  let level: Uint8Array[] = leaves.map((leaf) => sha256(prefixed(0, leaf)));
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index] as Uint8Array;
      const right = level[index + 1];
      // One without a neighbour goes up as it is.
      above.push(right ? sha256(prefixed(1, left, right)) : left);
    }
    level = above;
  }
  const [root] = level;
  if (!root) throw new RangeError('a batch has at least one order');
  return Array.from(root, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

function prefixed(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const input = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  input[0] = prefix;
  let at = 1;
  for (const part of parts) {
    input.set(part, at);
    at += part.length;
  }
  return input;
}
