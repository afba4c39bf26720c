import { describe, expect, it } from 'vitest';
import { type AuditEventRow, auditLeafData } from './leaf.ts';

const event: AuditEventRow = {
  id: 7,
  at: new Date('2026-11-22T01:02:03.004Z'),
  login: 'see_ra',
  kind: 'order.created',
  outcome: 'success',
  actor: '{"role": "sponsor", "personId": "0123456789ABCDEF"}',
  objectType: 'order',
  objectId: 'a',
  detail: '{"b": [1, "x"], "a": null}',
};
const text = (row: AuditEventRow): string => new TextDecoder().decode(auditLeafData(row));

describe('the leaf data of an audit event', () => {
  it('is canonical JSON of the nine members', () => {
    expect(text(event)).toBe(
      '{"actor":{"personId":"0123456789ABCDEF","role":"sponsor"},"at":"2026-11-22T01:02:03.004Z","detail":{"a":null,"b":[1,"x"]},' +
        '"id":7,"kind":"order.created","login":"see_ra","objectId":"a","objectType":"order","outcome":"success"}',
    );
  });

  it.each([
    ['id', { id: 8 }],
    ['at', { at: new Date('2026-11-22T01:02:03.005Z') }],
    ['login', { login: 'see_worker' }],
    ['kind', { kind: 'order.approved' }],
    ['outcome', { outcome: 'failure' }],
    ['actor', { actor: '{"role": "operator", "personId": "0123456789ABCDEF"}' }],
    ['objectType', { objectType: 'certificate' }],
    ['objectId', { objectId: 'b' }],
    ['detail', { detail: '{"b": [1, "y"], "a": null}' }],
    ['a number in the detail that rounds to the same', { detail: '{"b": [1.00000000000000000001, "x"], "a": null}' }],
    ['how a number in the detail is written', { detail: '{"b": [1.0, "x"], "a": null}' }],
    ['the type of a member of the detail', { detail: '{"b": ["1", "x"], "a": null}' }],
  ])('differs when this differs: %s', (_, change) => {
    expect(text({ ...event, ...change })).not.toBe(text(event));
  });

  it.each([
    ['fractions', '{"load": 0.5}'],
    ['numbers without end', `{"n": ${'9'.repeat(400)}}`],
    ['integers that a number rounds', '{"n": 9007199254740993}'],
    ['depth', `${'['.repeat(5000)}1${']'.repeat(5000)}`],
  ])('exists, without loss, for what has no canonical form: %s', (_, json) => {
    const leaf = JSON.parse(text({ ...event, detail: json, actor: json })) as Record<string, unknown>;
    expect(leaf).toMatchObject({ detailText: json, actorText: json, id: 7 });
    expect(leaf).not.toHaveProperty('detail');
  });

  it('is never the same for a text form and an honest value that looks like it', () => {
    const honest = text({ ...event, detail: '{"detailText": "0.5"}' });
    expect(text({ ...event, detail: '0.5' })).not.toBe(honest);
  });

  it('keeps a member called __proto__', () => {
    expect(text({ ...event, detail: '{"__proto__": 1}' })).toContain('"detail":{"__proto__":1}');
  });
});
