import { readFileSync } from 'node:fs';
import { openDatabase } from '@see/db';
import { takeLease } from '@see/db/signer';
import { openSigner } from '../../services/signer/src/signer.ts';
import { HOLDER } from '../support/world.ts';

/** A signer process that dies by SIGKILL at a numbered step: arguments are database URL, folder, passphrase file, action, step, CA. */
const [url = '', stateDir = '', passphraseFile = '', action = '', at = '', caId = 'gateway'] = process.argv.slice(2);
const db = openDatabase(url, { applicationName: 'fault signer' });
await takeLease(db, 'signer', HOLDER);
const signer = await openSigner({
  db,
  stateDir,
  passphrase: Buffer.from(readFileSync(passphraseFile, 'utf8').trim()),
  holder: HOLDER,
  now: Date.now,
  alarm: (message) => process.stderr.write(`${message}\n`),
  step: (name) => {
    if (name === at) process.kill(process.pid, 'SIGKILL');
  },
});
if (action === 'orders') await signer.orders.run();
if (action === 'redemptions') await signer.redemptions.run();
if (action === 'ocsp') await signer.ocspKeys.run();
const ca = signer.cas.get(caId);
if (action === 'crl' && ca) await signer.crls.publish(ca);
await db.destroy();
