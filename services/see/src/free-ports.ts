import { createServer } from 'node:net';
import type { ServiceName } from '@see/db';
import type { Face, Instance } from '@see/process';

/** Another program listens where one of our services must. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly code = 'port-in-use';
}

const FACES: Partial<Readonly<Record<ServiceName, readonly Face[]>>> = {
  va: ['va'],
  ra: ['portal', 'tls', 'mtls'],
  desk: ['desk'],
};

/** Finds out before anything is started whether the services will get their ports. Throws {@link PortInUseError} with what to do. */
export async function assertPortsFree(ports: Instance['ports'], services: readonly ServiceName[]): Promise<void> {
  for (const face of services.flatMap((service) => FACES[service] ?? [])) {
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
