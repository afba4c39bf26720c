import { createServer } from 'node:net';
import type { ServiceName } from '@see/db';
import type { Face, Instance } from '@see/process';

/** Another program listens where one of our services must. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly code = 'port-in-use';
}

const FACES: Partial<Readonly<Record<ServiceName, readonly Face[]>>> = { va: ['va'], ra: ['portal'], desk: ['desk'] };

/** Those of TLS: where nobody relies on them, a start goes on without, and says so. */
const TLS_FACES: Partial<Readonly<Record<ServiceName, readonly Face[]>>> = { ra: ['tls', 'mtls'] };

/**
 * Finds out before anything is started whether the services will get their ports; in production those of TLS too. Throws
 * {@link PortInUseError} with what to do.
 */
export async function assertPortsFree(
  { ports, preset }: Pick<Instance, 'ports' | 'preset'>,
  services: readonly ServiceName[],
): Promise<void> {
  const tables = preset === 'production' ? [FACES, TLS_FACES] : [FACES];
  for (const face of tables.flatMap((table) => services.flatMap((service) => table[service] ?? []))) {
    if (await isTaken(ports[face])) {
      throw new PortInUseError(
        `port ${ports[face]} is used by another program; end that program, or set SEE_${face.toUpperCase()}_PORT to another port`,
      );
    }
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(true);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(false)));
  });
}
