import { catalogueFaults, readMessages } from '@see/language/testing';
import { describe, expect, it } from 'vitest';
import { mi } from './mi.ts';

const read = readMessages(['packages/letters/src'], ['packages/letters/src/messages/']);
/** Where words for readers are made. */
const SPOKEN = [...read.keys()].filter((path) => /-(?:letter|calendar)\.ts$/.test(path));

describe('te reo Māori of the letters', () => {
  it('has every text, nothing that no letter says, and the same values', () => {
    expect(Object.keys(mi).length).toBeGreaterThan(60);
    expect(catalogueFaults(mi, read)).toEqual({ missing: [], leftOver: [], different: [] });
  });

  it('has no markup, in either language: texts go into plain text, too', () => {
    for (const text of Object.entries(mi).flat()) expect(text).not.toMatch(/[<>&\\]/);
  });

  it.each(SPOKEN)('%s says nothing outside of `t`', (path) => {
    expect(read.get(path)?.loose).toEqual([]);
  });
});
