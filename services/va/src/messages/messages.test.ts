import { catalogueFaults, readMessages } from '@see/language/testing';
import { describe, expect, it } from 'vitest';
import { mi } from './mi.ts';

const read = readMessages(['services/va/src'], ['services/va/src/messages/']);

describe('te reo Māori of the policy page', () => {
  it('has every text, nothing that the page does not say, and the same values and markup', () => {
    expect(Object.keys(mi).length).toBeGreaterThan(30);
    expect(catalogueFaults(mi, read)).toEqual({ missing: [], leftOver: [], different: [] });
  });

  it('is of a page that says nothing outside of `t`', () => {
    expect(read.get('services/va/src/pages/policy-text.ts')?.loose).toEqual([]);
  });
});
