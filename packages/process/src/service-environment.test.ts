import { describe, expect, it } from 'vitest';
import type { Instance } from './instance.ts';
import type { Layout } from './layout.ts';
import { serviceEnvironment } from './service-environment.ts';

const layout = { dataDir: '/data', stateDir: '/state' } as Layout;
const instance = { v: 1 } as Instance;

describe('serviceEnvironment', () => {
  it('gives a service its own secrets and nothing of the caller but PATH and NODE_*', () => {
    const environment = serviceEnvironment(
      {
        service: 'va',
        instance,
        layout,
        databaseUrl: 'postgresql://see_va',
        signIn: ['passkey'],
        passphrase: { file: '/data/evaluation/va.passphrase' },
      },
      {
        PATH: '/usr/bin',
        NODE_OPTIONS: '--max-old-space-size=512',
        NODE_CHANNEL_FD: '3',
        HOME: '/root',
        LD_PRELOAD: '/tmp/evil.so',
        SEE_DATABASE_URL: 'postgresql://owner',
        SEE_DATABASE_URL_SIGNER: 'postgresql://see_signer',
        SEE_SIGNER_PASSPHRASE_FILE: '/secret',
        SEE_SMTP_URL: 'smtps://see:secret@mail.example',
      },
    );
    const { SEE_RUN_UID: uid, SEE_RUN_GID: gid, SEE_DATA_DIR: dataDir, NODE_COMPILE_CACHE: _, ...rest } = environment;
    expect(rest).toEqual({
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      PATH: '/usr/bin',
      NODE_OPTIONS: '--max-old-space-size=512',
      SEE_SERVICE: 'va',
      SEE_INSTANCE: '{"v":1}',
      SEE_STATE_DIR: '/state/va',
      SEE_DATABASE_URL_VA: 'postgresql://see_va',
      SEE_VA_PASSPHRASE_FILE: '/data/evaluation/va.passphrase',
    });
    const ra = { service: 'ra', instance, layout, databaseUrl: 'postgresql://see_ra', signIn: ['passkey'] } as const;
    expect(serviceEnvironment(ra, { SEE_SIGN_IN: 'token' })).toMatchObject({ SEE_SIGN_IN: 'passkey' });
    const tls = { SEE_TLS_ADDRESS: '::', SEE_TLS_CERTIFICATE: '/tls.pem', SEE_TLS_KEY: '/tls.key' };
    expect(serviceEnvironment(ra, tls)).toMatchObject(tls);
    expect(Object.keys(serviceEnvironment({ ...ra, service: 'signer' }, tls)).filter((name) => name in tls)).toEqual(
      [],
    );
    const mail = { SEE_SMTP_URL: 'smtps://see:secret@mail.example', SEE_MAIL_FROM: 'see@example.govt.nz' };
    const worker = { service: 'worker', instance, layout, databaseUrl: 'postgresql://see_worker' } as const;
    expect(serviceEnvironment(worker, mail)).toMatchObject(mail);
    const root = process.getuid?.() === 0;
    expect([uid, gid, dataDir]).toEqual(root ? ['64103', '64100', '/state'] : [undefined, undefined, '/data']);
  });
});
