import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, parseInstance, readInstance, restoreInstance, writeInstance } from './instance.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-instance-'));
  mkdirSync(join(folder, 'state'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function facts(): Instance {
  return {
    v: 1,
    instance: '6f5037e0-0000-4000-8000-000000000001',
    preset: 'evaluation',
    createdAt: '2026-11-22T00:00:00.000Z',
    stateDir: join(folder, 'state'),
    database: 'embedded',
    urls: {
      va: 'http://localhost:8080',
      portal: 'http://localhost:8081',
      desk: 'http://localhost:8082',
      tls: 'https://localhost:8443',
      mtls: 'https://localhost:8444',
    },
    ports: { va: 8080, portal: 8081, desk: 8082, tls: 8443, mtls: 8444 },
    rpId: 'localhost',
    policyArc: '2.25.340282366920938463463374607431768211455',
    rootFingerprint: '00'.repeat(32),
    anchor: '00'.repeat(48),
  };
}

describe('the facts of an instance', () => {
  it('are read as they were written', () => {
    expect(readInstance(folder)).toBeUndefined();
    writeInstance(folder, facts());
    expect(readInstance(folder)).toEqual(facts());
    expect(statSync(join(folder, 'instance.json')).mode & 0o777).toBe(0o644);
  });

  it('are restored from their copy when they get lost, and never over others', () => {
    writeInstance(folder, facts());
    expect(restoreInstance(folder, facts().stateDir)).toBe(false);
    rmSync(join(folder, 'instance.json'));
    expect(restoreInstance(folder, join(folder, 'nowhere'))).toBe(false);
    expect(restoreInstance(folder, facts().stateDir)).toBe(true);
    expect(readInstance(folder)).toEqual(facts());
  });

  it.each([
    ['no JSON', '{', 'not JSON'],
    ['an array', '[]', 'object'],
    ['null', 'null', 'object'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseInstance(text)).toThrow(message);
  });

  it.each<[keyof Instance | 'more', unknown]>([
    ['v', 2],
    ['instance', 'one'],
    ['preset', 'test'],
    ['createdAt', 'yesterday'],
    ['stateDir', 'var'],
    ['database', 'sqlite'],
    ['urls', { va: 'http://localhost:8080' }],
    ['urls', { va: 'http://localhost', portal: 'x', desk: 'x', tls: 'x', mtls: 'x' }],
    ['ports', { va: 8080, portal: 8081, desk: 8082, tls: 8443, mtls: 0 }],
    ['rpId', 'https://localhost'],
    ['policyArc', '2.25.01'],
    ['rootFingerprint', '00'],
    ['more', true],
  ])('refuses a wrong %s', (field, value) => {
    expect(() => parseInstance(JSON.stringify({ ...facts(), [field]: value }))).toThrow(field);
  });

  it.each(Object.keys(facts()) as (keyof Instance)[])('refuses to do without %s', (field) => {
    const { [field]: _, ...rest } = facts();
    expect(() => parseInstance(JSON.stringify(rest))).toThrow(field);
  });

  it('are not written when they would not be read', () => {
    expect(() => writeInstance(folder, { ...facts(), rpId: '' })).toThrow('rpId');
    expect(readInstance(folder)).toBeUndefined();
    writeFileSync(join(folder, 'instance.json'), 'damaged');
    expect(() => readInstance(folder)).toThrow('not JSON');
  });
});
