import { readProcessRecord } from '@see/process';
import { waitUntil } from '../../../../test/support/wait-until.ts';
import type { Scheme } from './scheme.ts';

const SERVICES = ['ra', 'signer', 'worker', 'va', 'desk'] as const;

/** Kills each process once with SIGKILL, the next one when `reached` says so, and waits until it runs again. */
export async function killEach(scheme: Scheme, reached: (killed: number) => boolean | Promise<boolean>): Promise<void> {
  const { instance } = scheme;
  for (const [index, name] of [...SERVICES, 'postgres' as const].entries()) {
    await waitUntil(`the moment to kill ${name}`, () => reached(index), 3_600_000);
    const before = pidOf(scheme, name);
    process.kill(before, 'SIGKILL');
    await waitUntil(`${name} to run again`, () => isNew(scheme, name, before), 120_000);
    scheme.print(`            kill -9 ${name} (${before}), runs again as ${pidOf(scheme, name)}`);
  }
  await waitUntil('every service to be ready', () =>
    SERVICES.every((name) => readProcessRecord(instance.layout)?.services[name]?.ready),
  );
  // Asked with patience: the database may still be recovering.
  await scheme.operator.get('/api/v1/status');
}

function pidOf({ instance }: Scheme, name: (typeof SERVICES)[number] | 'postgres'): number {
  if (name === 'postgres') return instance.database.identity.pid;
  const service = readProcessRecord(instance.layout)?.services[name];
  if (!service) throw new Error(`${name} does not run`);
  return service.pid;
}

function isNew(scheme: Scheme, name: (typeof SERVICES)[number] | 'postgres', before: number): boolean {
  try {
    const ready = name === 'postgres' || readProcessRecord(scheme.instance.layout)?.services[name]?.ready;
    return pidOf(scheme, name) !== before && ready === true;
  } catch {
    // Between the old one and the new one there is none.
    return false;
  }
}
