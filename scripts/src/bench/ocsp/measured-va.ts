import { join } from 'node:path';
import type { ServedVa } from '../../../../test/support/serve-va.ts';
import { waitUntil } from '../../../../test/support/wait-until.ts';
import type { World } from '../../../../test/support/world.ts';
import { PinnedProcess } from './pinned-process.ts';

/** A va of a world in a process of its own, loaded, that has signed so many answers ahead. */
export async function measuredVa(world: World, answers: number): Promise<PinnedProcess> {
  const told: ServedVa = {
    instance: { ...world.instance, ports: { ...world.instance.ports, va: 0 } },
    stateDir: join(world.layout.stateDir, 'va'),
    databaseUrl: world.postgres.serviceUrl('va'),
    passphraseFile: join(world.layout.evaluationDir, 'va.passphrase'),
  };
  const va = new PinnedProcess(new URL('../../../../test/support/serve-va.ts', import.meta.url), JSON.stringify(told));
  const port = await va.told('port');
  await va.told('loadedAfter');
  await waitUntil(
    'every answer is signed',
    async () => {
      await world.signer.ocspKeys.run();
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/^see_va_ocsp_signed (\d+)$/m.exec(text)?.[1] ?? 0) >= answers;
    },
    600_000,
  );
  await world.signer.crls.run();
  return va;
}
