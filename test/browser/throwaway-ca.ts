import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A CA of the openssl command, for tests that need certificates and no instance. */
export class ThrowawayCa {
  readonly folder = mkdtempSync(join(tmpdir(), 'see-browser-'));

  constructor() {
    this.openssl('ecparam', '-name', 'secp384r1', '-genkey', '-noout', '-out', 'ca.key');
    this.openssl('req', '-x509', '-key', 'ca.key', '-subj', '/O=Test/CN=Throwaway', '-days', '2', '-out', 'ca.pem');
  }

  openssl(...args: string[]): string {
    return execFileSync('openssl', args, { cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Verifies a request with openssl and certifies its key. Throws when the proof of possession does not hold. */
  issue(csrDer: Uint8Array, name: string): { certificate: Uint8Array; ca: Uint8Array } {
    writeFileSync(join(this.folder, 'req.der'), csrDer);
    this.openssl('req', '-inform', 'DER', '-in', 'req.der', '-verify', '-noout');
    const subject = `/O=Test/CN=${name}`;
    this.openssl(
      'x509',
      '-req',
      '-inform',
      'DER',
      '-in',
      'req.der',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-days',
      '1',
      '-set_serial',
      String(Date.now()),
      '-subj',
      subject,
      '-outform',
      'DER',
      '-out',
      'cert.der',
    );
    this.openssl('x509', '-in', 'ca.pem', '-outform', 'DER', '-out', 'ca.der');
    return { certificate: this.#read('cert.der'), ca: this.#read('ca.der') };
  }

  /** Opens a PKCS#12 file with the openssl command. Returns the private key and the certificates, as PEM. */
  open(p12: Uint8Array, password: string): { key: string; certificates: string } {
    writeFileSync(join(this.folder, 'file.p12'), p12);
    const env = ['-passin', `pass:${password}`];
    return {
      key: this.openssl('pkcs12', '-in', 'file.p12', ...env, '-nocerts', '-nodes'),
      certificates: this.openssl('pkcs12', '-in', 'file.p12', ...env, '-nokeys'),
    };
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.folder, name)));
  }
}
