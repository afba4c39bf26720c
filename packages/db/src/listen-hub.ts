import pg from 'pg';
import { clientConfig } from './connect.ts';
import type { Channel } from './notify.ts';

/** What a listener is told: the numbers hinted at since its last run, in order; `sweep` when it must look for itself, whatever they say. */
export interface Wake {
  readonly hints: readonly number[];
  readonly sweep: boolean;
}

/** Runs on a hint, on each reconnect and at each sweep. Never more than one run of a listener at a time; what comes meanwhile is one more run. */
export type Listener = (wake: Wake) => Promise<void>;

/** Options of {@link startListening}. */
export interface ListenOptions {
  readonly applicationName: string;
  readonly listeners: Partial<Record<Channel, Listener>>;
  /** Time between sweeps in milliseconds; default 5,000. */
  readonly sweepMs?: number;
  /** Told of a listener's error and of a lost connection; both are survived. */
  readonly onError: (error: unknown, where: Channel | 'connection') => void;
}

/** A running hub. */
export interface ListenHub {
  /** Whether notifications arrive now; sweeps go on without. */
  readonly connected: boolean;
  /** Ends the connection and waits for the listeners that run. */
  close(): Promise<void>;
}

/**
 * Listens on one connection of its own, for all channels. A lost connection is made again (after 0.1 s, at most every 2 s) and followed by a sweep, because
 * hints sent in between are gone. A connection that looks alive and is not is found out at the next sweep. Resolves when first connected; throws
 * when that fails.
 */
export async function startListening(url: string, options: ListenOptions): Promise<ListenHub> {
  const hub = new Hub(url, options);
  await hub.connect();
  return hub;
}

const HEARTBEAT_MS = 3_000;

class Hub implements ListenHub {
  readonly #url: string;
  readonly #options: ListenOptions;
  readonly #channels: Map<string, CoalescedListener>;
  readonly #timer: NodeJS.Timeout;
  #client: pg.Client | undefined;
  #reconnecting = false;
  #closed = false;

  constructor(url: string, options: ListenOptions) {
    this.#url = url;
    this.#options = options;
    this.#channels = new Map(
      (Object.entries(options.listeners) as [Channel, Listener][]).map(([channel, listener]) => [
        channel,
        new CoalescedListener(listener, (error) => options.onError(error, channel)),
      ]),
    );
    this.#timer = setInterval(() => {
      this.#sweep();
      void this.#heartbeat();
    }, options.sweepMs ?? 5_000);
  }

  get connected(): boolean {
    return this.#client !== undefined;
  }

  async connect(): Promise<void> {
    const client = new pg.Client({
      ...clientConfig(this.#url, this.#options.applicationName),
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the connection ended')));
    client.on('notification', ({ channel, payload }) => this.#channels.get(channel)?.hint(Number(payload)));
    try {
      await client.connect();
      for (const channel of this.#channels.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      client.end().catch(() => undefined);
      if (!this.#reconnecting) clearInterval(this.#timer);
      throw error;
    }
    if (this.#closed) {
      await client.end();
      return;
    }
    this.#client = client;
    this.#sweep();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
    await Promise.all([...this.#channels.values()].map((listener) => listener.stop()));
  }

  #sweep(): void {
    for (const listener of this.#channels.values()) listener.sweep();
  }

  async #heartbeat(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the connection does not answer')), HEARTBEAT_MS);
    });
    try {
      await Promise.race([client.query('select 1'), late]);
    } catch (error) {
      this.#lost(client, error);
    } finally {
      clearTimeout(timer);
    }
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#client !== client || this.#closed) return;
    this.#client = undefined;
    this.#options.onError(error, 'connection');
    client.end().catch(() => undefined);
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    if (this.#reconnecting) return;
    this.#reconnecting = true;
    for (let wait = 100; !this.#closed && !this.#client; wait = Math.min(wait * 2, 2_000)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      // The loss was reported; why each try fails is the same news.
      if (!this.#closed) await this.connect().catch(() => undefined);
    }
    this.#reconnecting = false;
  }
}

class CoalescedListener {
  readonly #listener: Listener;
  readonly #onError: (error: unknown) => void;
  #hints: number[] = [];
  #sweepDue = false;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(listener: Listener, onError: (error: unknown) => void) {
    this.#listener = listener;
    this.#onError = onError;
  }

  hint(number: number): void {
    if (Number.isSafeInteger(number)) this.#hints.push(number);
    else this.#sweepDue = true;
    this.#wake();
  }

  sweep(): void {
    this.#sweepDue = true;
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  #wake(): void {
    if (!this.#stopped) this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // Leaves the caller's stack first, so that `#running` is set before the loop looks at it and hints that arrive together become one run.
    await Promise.resolve();
    while (!this.#stopped && (this.#sweepDue || this.#hints.length > 0)) {
      const wake = { hints: this.#hints, sweep: this.#sweepDue };
      this.#hints = [];
      this.#sweepDue = false;
      try {
        await this.#listener(wake);
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#running = undefined;
  }
}
