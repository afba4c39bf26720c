import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { parseOcspResponse } from '@see/ocsp';

/** What is expected of a certificate: `either` while its revocation is on the way. */
export type Expected = 'good' | 'either' | 'revoked';

export interface Target {
  readonly port: number;
  /** Path of the OCSP GET, which is the same for all who ask. */
  readonly paths: readonly string[];
  readonly expected: (index: number) => Expected;
  /** A request with a fresh nonce. */
  readonly withNonce: (index: number) => Uint8Array;
  /** A request for a serial number that was never issued. */
  readonly neverIssued: () => Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  readonly etag: string | undefined;
}

const MOST_FAULTS = 20;

/** Lanes that ask one after another, of several kinds at once, and hold every answer against what is expected. */
export class MixedLoad {
  readonly counts: Record<string, number> = {};
  readonly faults: string[] = [];
  readonly #target: Target;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #ended = false;
  #etag = '';

  constructor(target: Target) {
    this.#target = target;
  }

  /** Runs until `end`. Each kind has so many lanes. */
  async run(): Promise<void> {
    const lanes: [string, number, () => Promise<string | undefined>][] = [
      ['GET', 8, () => this.#get()],
      ['POST with nonce', 2, () => this.#nonce()],
      ['never issued', 1, () => this.#neverIssued()],
      ['malformed', 1, () => this.#malformed()],
      ['list, if changed', 1, () => this.#list()],
      ['pages', 1, () => this.#page()],
    ];
    await Promise.all(
      lanes.flatMap(([name, count, ask]) => Array.from({ length: count }, () => this.#lane(name, ask))),
    );
    this.#agent.destroy();
  }

  end(): void {
    this.#ended = true;
  }

  /** Asks once. Rejects when there is no answer. */
  send(path: string, body?: Uint8Array, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const { port } = this.#target;
      const method = body ? 'POST' : 'GET';
      const sent = request({ agent: this.#agent, port, path, method, headers, timeout: 10_000 }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), etag: response.headers.etag }),
        );
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in ten seconds')));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async #lane(name: string, ask: () => Promise<string | undefined>): Promise<void> {
    while (!this.#ended) {
      const fault = await ask().catch((error: unknown) => String(error));
      this.#count(name);
      if (fault !== undefined && this.faults.length < MOST_FAULTS) this.faults.push(`${name}: ${fault}`);
    }
  }

  #count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  async #get(): Promise<string | undefined> {
    const index = this.#any();
    const before = this.#target.expected(index);
    const { status, body } = await this.send(this.#target.paths[index] ?? '/');
    return status === 200 ? this.#judge(body, before, this.#target.expected(index)) : `HTTP ${status}`;
  }

  async #nonce(): Promise<string | undefined> {
    const index = this.#any();
    const before = this.#target.expected(index);
    const { status, body } = await this.send('/ocsp', this.#target.withNonce(index));
    return status === 200 ? this.#judge(body, before, this.#target.expected(index)) : `HTTP ${status}`;
  }

  /** Under a flood the unsigned answer is right too, and so is that of a database that takes more than 200 ms. */
  async #neverIssued(): Promise<string | undefined> {
    const answer = parseOcspResponse((await this.send('/ocsp', this.#target.neverIssued())).body);
    const said = answer.basic?.responses[0]?.status.kind ?? answer.status;
    this.#count(`never issued: ${said}`);
    return ['revoked', 'unauthorized', 'tryLater'].includes(said) ? undefined : said;
  }

  async #malformed(): Promise<string | undefined> {
    const { body } = await this.send('/ocsp', randomBytes(40));
    const { status } = parseOcspResponse(body);
    return status === 'malformedRequest' ? undefined : status;
  }

  async #list(): Promise<string | undefined> {
    const { status, etag } = await this.send('/crl/individual.crl', undefined, { 'if-none-match': this.#etag });
    if (etag !== undefined) this.#etag = etag;
    return status === 200 || status === 304 ? undefined : `HTTP ${status}`;
  }

  async #page(): Promise<string | undefined> {
    const path = ['/readyz', '/metrics', '/cp', '/ca/chain.pem'][Math.floor(Math.random() * 4)] ?? '/';
    const { status } = await this.send(path);
    return status === 200 ? undefined : `${path} HTTP ${status}`;
  }

  #any(): number {
    return Math.floor(Math.random() * this.#target.paths.length);
  }

  /** What was expected may have changed between question and answer. */
  #judge(body: Uint8Array, before: Expected, after: Expected): string | undefined {
    const answer = parseOcspResponse(body);
    const said = answer.basic?.responses[0]?.status.kind ?? answer.status;
    if (said === 'good') return before === 'revoked' ? 'good after it was revoked' : undefined;
    if (said === 'revoked') return after === 'good' ? 'revoked, and is not' : undefined;
    return said;
  }
}
