import { spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PASSPHRASE_FD } from './service-environment.ts';

const module = fileURLToPath(new URL('./service-assignment.ts', import.meta.url));
const instance = JSON.stringify({
  v: 1,
  instance: '6f5037e0-0000-4000-8000-000000000001',
  preset: 'production',
  createdAt: '2026-11-22T00:00:00.000Z',
  stateDir: '/state',
  database: 'embedded',
  urls: { va: 'http://v', portal: 'http://p', desk: 'http://d', tls: 'https://t', mtls: 'https://m' },
  ports: { va: 1, portal: 2, desk: 3, tls: 4, mtls: 5 },
  rpId: 'localhost',
  policyArc: '2.25.1',
  rootFingerprint: '00'.repeat(32),
  anchor: '00'.repeat(48),
});
const complete = {
  SEE_SERVICE: 'va',
  SEE_INSTANCE: instance,
  SEE_STATE_DIR: '/state/va',
  SEE_DATA_DIR: '/data',
  SEE_DATABASE_URL_VA: 'postgresql://see_va:secret@localhost/see',
  SEE_RUN_UID: '64103',
  SEE_RUN_GID: '64100',
};
const program = `
  const { receiveAssignment } = await import(process.argv[1]);
  try {
    const { instance, passphrase, ...rest } = receiveAssignment('va', process.env);
    const left = Object.keys(process.env).filter((name) => name.startsWith('SEE_'));
    console.log(JSON.stringify({ ...rest, passphrase: passphrase && Buffer.from(passphrase).toString(), left }));
  } catch (error) {
    console.log(JSON.stringify({ refused: error.message }));
  }`;

/** A process of its own, because what is read comes from the environment and an inherited descriptor. */
async function receive(environment: Record<string, string>, typed?: string[]): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, module], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit', 'ignore', typed ? 'pipe' : 'ignore'],
  });
  const pipe = child.stdio[PASSPHRASE_FD];
  if (typed && pipe instanceof Writable) {
    for (const part of typed) {
      pipe.write(part);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    pipe.end();
  }
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(output) as Record<string, unknown>;
}

describe('receiveAssignment', () => {
  it('takes the secrets out of the environment', async () => {
    expect(await receive(complete)).toEqual({
      stateDir: '/state/va',
      dataDir: '/data',
      databaseUrl: 'postgresql://see_va:secret@localhost/see',
      account: { uid: 64_103, gid: 64_100 },
      left: ['SEE_SERVICE'],
    });
  });

  it('reads a passphrase that was typed from its pipe, in however many parts', async () => {
    const received = await receive({ ...complete, SEE_VA_PASSPHRASE_FD: '4' }, ['correct ', 'horse']);
    expect(received['passphrase']).toBe('correct horse');
  });

  it.each<[string, Record<string, string>, string]>([
    ['another service', { ...complete, SEE_SERVICE: 'ra' }, 'SEE_SERVICE'],
    ['no login', { ...complete, SEE_DATABASE_URL_VA: '' }, 'SEE_DATABASE_URL_VA'],
    ['no instance', { ...complete, SEE_INSTANCE: '' }, 'SEE_INSTANCE'],
    ['damaged facts', { ...complete, SEE_INSTANCE: '{}' }, 'missing or malformed'],
    ['root as account', { ...complete, SEE_RUN_UID: '0' }, 'above 0'],
    ['letters as account', { ...complete, SEE_RUN_UID: 'root' }, 'above 0'],
    ['half an account', { ...complete, SEE_RUN_GID: '' }, 'SEE_RUN_GID'],
    ['a missing passphrase file', { ...complete, SEE_VA_PASSPHRASE_FILE: '/nowhere' }, 'ENOENT'],
    ['another descriptor', { ...complete, SEE_VA_PASSPHRASE_FD: '0' }, 'must be 4'],
  ])('refuses %s', async (_, environment, message) => {
    const { refused } = await receive(environment);
    expect(refused).toContain(message);
  });
});
