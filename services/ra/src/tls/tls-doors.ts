import { type App, type Door, TlsListener } from '@see/http';
import type { Instance } from '@see/process';
import { encodePem } from '@see/x509';
import type { Ra } from '../ra.ts';
import type { TlsIdentity } from './tls-identity.ts';

type TlsDoor = Exclude<Door, 'http'>;
const DOORS: readonly TlsDoor[] = ['https', 'mtls'];

/** What the doors take of ra. */
export type DoorSurroundings = Pick<Ra, 'serverCertificate' | 'clientCas' | 'log'>;

/**
 * Opens ra's two TLS doors as soon as there is a certificate to show, takes up another one while they are open, and
 * closes them when there is none any more. `look` is called at the start, on a hint that something was issued, and
 * again and again.
 */
export class TlsDoors {
  readonly #app: App;
  readonly #ra: DoorSurroundings;
  readonly #ports: Pick<Instance['ports'], 'tls' | 'mtls'>;
  readonly #address: string;
  readonly #open = new Map<TlsDoor, TlsListener>();
  #shown = '';
  #closed = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(app: App, ra: DoorSurroundings, ports: Pick<Instance['ports'], 'tls' | 'mtls'>, address: string) {
    this.#app = app;
    this.#ra = ra;
    this.#ports = ports;
    this.#address = address;
  }

  /** Brings the doors to where they should be. One look at a time; never rejects, what fails is logged and tried again. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#lookOnce())
      .catch((error: unknown) => this.#ra.log('warn', 'the TLS doors could not be looked after', { error }));
    return this.#looking;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#looking;
    await this.#closeAll();
  }

  async #lookOnce(): Promise<void> {
    const { serverCertificate, clientCas, log } = this.#ra;
    if (this.#closed) return;
    await serverCertificate.refresh();
    const { identity } = serverCertificate;
    if (!identity) {
      if (this.#open.size > 0) log('warn', 'the TLS doors close', { reason: serverCertificate.fault ?? '' });
      await this.#closeAll();
      serverCertificate.noteDoors({ https: false, mtls: false }, undefined);
      return;
    }
    const cas = (await clientCas.trusted()).map(({ certificate }) => encodePem('CERTIFICATE', certificate.der));
    const toShow = `${identity.chain}${cas.join('')}`;
    if (toShow !== this.#shown) {
      for (const listener of this.#open.values()) listener.renew(identity, cas);
      if (this.#open.size > 0) log('info', 'the TLS doors took up another certificate', { serial: identity.serial });
    }
    this.#shown = toShow;
    const faults = await Promise.all(DOORS.map((door) => this.#openDoor(door, identity, cas)));
    serverCertificate.noteDoors(
      { https: this.#open.has('https'), mtls: this.#open.has('mtls') },
      faults.find((fault) => fault !== undefined),
    );
  }

  async #openDoor(door: TlsDoor, identity: TlsIdentity, clientCas: readonly string[]): Promise<string | undefined> {
    if (this.#open.has(door)) return undefined;
    const port = this.#ports[door === 'https' ? 'tls' : 'mtls'];
    try {
      const listener = await TlsListener.open(this.#app, { door, address: this.#address, port, identity, clientCas });
      this.#open.set(door, listener);
      this.#ra.log('info', 'a TLS door is open', { door, port, serial: identity.serial });
      return undefined;
    } catch (error) {
      const { code = 'error' } = error as NodeJS.ErrnoException;
      this.#ra.log('error', 'a TLS door can not be opened', { door, port, error });
      return `Port ${port} (${door}) cannot be listened on: ${code}`;
    }
  }

  async #closeAll(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((listener) => listener.close()));
  }
}
