import { refused } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { recognise } from './recognise.ts';

describe('recognise', () => {
  it.each([
    ['a server that is not there', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'unavailable'],
    ['a socket that is not there', Object.assign(new Error('connect'), { code: 'ENOENT' }), 'unavailable'],
    ['a pool that waits in vain', new Error('timeout exceeded when trying to connect'), 'unavailable'],
    ['a connection that ended', new Error('Connection terminated unexpectedly'), 'unavailable'],
    ['a refusal of the domain', refused('bad-order', 'it is bad'), 'order-refused'],
    ['a fault of ours', new TypeError('x is undefined'), undefined],
    ['no error at all', 'away', undefined],
  ])('%s', (_name, error, want) => {
    expect(recognise(error)?.code).toBe(want);
  });
});
