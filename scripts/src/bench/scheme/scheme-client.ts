import { Agent, request } from 'node:http';

/** An answer that was no success. */
export class SchemeError extends Error {
  readonly status: number;
  constructor(path: string, status: number, text: string) {
    super(`${path}: ${status} ${text.slice(0, 500)}`);
    this.status = status;
  }
}

/** How long somebody tries again while a service is away, in milliseconds. */
const PATIENCE = 120_000;

/** One user of the API: their token, their own address on this machine, and patience while processes are killed. */
export class SchemeClient {
  readonly #url: string;
  readonly #token: string | undefined;
  readonly #agent: Agent;

  constructor(url: string, token?: string, localAddress = '127.0.0.1') {
    this.#url = url;
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true, localAddress, maxSockets: 8 });
  }

  /** Reads. Tried again while nobody answers. */
  async get<T>(path: string): Promise<T> {
    return JSON.parse((await this.#patiently(() => this.#send('GET', path))).toString()) as T;
  }

  /** Octets as they come. */
  bytes(path: string): Promise<Buffer> {
    return this.#patiently(() => this.#send('GET', path));
  }

  /** Writes, once: what was cut off may have been done. */
  async post<T>(path: string, body: unknown): Promise<T> {
    return JSON.parse((await this.#send('POST', path, JSON.stringify(body))).toString()) as T;
  }

  /** Writes what may be sent again without harm. */
  async postAgain<T>(path: string, body: unknown): Promise<T> {
    const text = JSON.stringify(body);
    return JSON.parse((await this.#patiently(() => this.#send('POST', path, text))).toString()) as T;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #patiently<T>(ask: () => Promise<T>): Promise<T> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const away = !(error instanceof SchemeError) || error.status >= 500 || error.status === 429;
        if (!away || performance.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  #send(method: string, path: string, body?: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#url}${path}`, {
        agent: this.#agent,
        method,
        timeout: 60_000,
        headers: {
          ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      });
      sent.on('timeout', () => sent.destroy(new Error(`${path}: no answer in a minute`)));
      sent.on('error', reject);
      sent.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const octets = Buffer.concat(parts);
          const status = response.statusCode ?? 500;
          if (status < 300) resolve(octets);
          else reject(new SchemeError(path, status, octets.toString()));
        });
      });
      sent.end(body);
    });
  }
}
