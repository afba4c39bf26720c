import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assembleSigned,
  authorityKeyIdentifier,
  buildTbsCertificate,
  encodeName,
  encodePem,
  extKeyUsage,
  keyUsage,
  ocspNoCheck,
  oid,
  signatureAlgorithm,
} from '@see/x509';
import { freePorts } from '../../../../test/support/free-ports.ts';
import { newKey, type World } from '../../../../test/support/world.ts';

/**
 * `openssl ocsp` as a responder for the same certificates, with a P-384 delegate of its own. It signs every answer and takes
 * one request a connection; it stops answering once a load has ended, so each measurement starts it anew.
 */
export class OpensslResponder {
  readonly #arguments: readonly string[];

  private constructor(args: readonly string[]) {
    this.#arguments = args;
  }

  static async make(
    world: World,
    caId: string,
    serials: readonly Uint8Array[],
    folder: string,
  ): Promise<OpensslResponder> {
    const ca = world.signer.cas.get(caId);
    if (!ca) throw new Error(`no CA ${caId}`);
    const key = newKey();
    const algorithm = signatureAlgorithm('ecdsa-sha384');
    const tbs = buildTbsCertificate({
      serialNumber: Uint8Array.fromHex('40ffffffffffffffffffffffffffffff'),
      signatureAlgorithmDer: algorithm,
      issuerDer: ca.subjectDer,
      notBefore: new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000),
      notAfter: new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000),
      subjectDer: encodeName([[{ type: oid.commonName, value: 'openssl responder' }]]),
      spki: key.spki,
      extensions: [
        authorityKeyIdentifier(ca.ski),
        keyUsage(['digitalSignature']),
        extKeyUsage([oid.ocspSigning]),
        ocspNoCheck(),
      ],
    });
    const file = (name: string, content: Uint8Array | string): string => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    };
    const certificate = assembleSigned(tbs, algorithm, await ca.key.sign(tbs));
    const index = serials
      .map((serial) => `V\t271122000000Z\t\t${serial.toHex().toUpperCase()}\tunknown\t/CN=${name(serial)}`)
      .join('\n');
    return new OpensslResponder([
      '-index',
      file('index.txt', `${index}\n`),
      '-CA',
      file('ca.pem', encodePem('CERTIFICATE', ca.certificate)),
      '-rsigner',
      file('responder.pem', encodePem('CERTIFICATE', certificate)),
      '-rkey',
      file('responder.key', key.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string),
      '-ndays',
      '1',
    ]);
  }

  /** Starts it on core 0, measures, and ends it. */
  async measure(work: (port: number) => Promise<number>): Promise<number> {
    const [port = 0] = await freePorts(1);
    const child = spawn(
      'taskset',
      ['-c', '0', 'openssl', 'ocsp', '-port', String(port), '-multi', '2', ...this.#arguments],
      // It makes a process group of its own, which one that leads a session cannot.
      { stdio: 'ignore' },
    );
    try {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return await work(port);
    } finally {
      // Its children go with it.
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }
  }
}

function name(serial: Uint8Array): string {
  return createHash('sha256').update(serial).digest('hex').slice(0, 16);
}
