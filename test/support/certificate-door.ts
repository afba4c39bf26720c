import { Agent, type RequestOptions, request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { encodePem } from '@see/x509';
import { TlsDoors } from '../../services/ra/src/tls/tls-doors.ts';
import { type Calls, only, openCalls } from './registration-calls.ts';
import { propose } from './statements.ts';
import { csrOf, makeWorld, newKey, type TestKey, type World } from './world.ts';

/** A certificate with its key, as a client has them. */
export interface Credential {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  readonly sha256: string;
  readonly orderId: string;
}

/** An answer at a TLS door. */
export interface DoorAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Serial number of the certificate that the server showed, lower case. */
  readonly serverSerial: string;
}

export interface DoorRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly as?: Pick<Credential, 'cert' | 'key'> | undefined;
  readonly agent?: Agent;
  readonly door?: 'tls' | 'mtls';
  /** Another port than the world's. */
  readonly port?: number | undefined;
}

/** A world with a registration authority whose TLS doors are open on real ports. */
export class CertificateDoor {
  readonly world: World;
  readonly calls: Calls;
  readonly doors: TlsDoors;
  readonly root: string;

  private constructor(world: World, calls: Calls, doors: TlsDoors, root: string) {
    this.world = world;
    this.calls = calls;
    this.doors = doors;
    this.root = root;
  }

  static async open(): Promise<CertificateDoor> {
    const world = await makeWorld();
    const calls = await openCalls(world);
    const { ra, app } = calls.registration;
    const root = ra.cas.all().find(({ id }) => id === 'root');
    const doors = new TlsDoors(app, ra, world.instance.ports, '127.0.0.1');
    const made = new CertificateDoor(
      world,
      calls,
      doors,
      encodePem('CERTIFICATE', root?.certificate ?? new Uint8Array()),
    );
    await doors.look();
    return made;
  }

  personOf(email: string): string {
    return this.calls.person[email] ?? '';
  }

  async grant(kind: 'role-grant' | 'role-remove', email: string, role: string): Promise<void> {
    await propose(this.world, kind, { personId: this.personOf(email), role }, this.world.administrators);
    await this.calls.registration.ra.authority.refresh();
  }

  /** Orders the certificate of the doors, as `see tls order` does, and has it issued. Returns its SHA-256. */
  async issueServerCertificate(domains: readonly string[] = ['localhost']): Promise<string> {
    const { ra } = this.calls.registration;
    const issued = await this.#order({
      agencyId: 'ssc',
      applicantId: this.personOf('peter.lowe@ssc.govt.nz'),
      sponsorId: this.personOf('helen.marsh@ssc.govt.nz'),
      items: [{ profile: 'tls-server', csr: ra.serverCertificate.waiting?.csr, domains }],
    });
    return issued.sha256;
  }

  /** Issues a certificate to a person, ordered with a CSR and approved by both operators. */
  async issueTo(
    email: string,
    profile: 'operator' | 'user-auth' = 'operator',
    agencyId = 'ssc',
    key: TestKey = newKey(),
  ): Promise<Credential> {
    const sponsor = agencyId === 'ssc' ? 'helen.marsh@ssc.govt.nz' : 'susan.grant@treasury.govt.nz';
    const issued = await this.#order({
      agencyId,
      applicantId: this.personOf(email),
      sponsorId: this.personOf(sponsor),
      type: 'business-card-software',
      items: [{ profile, csr: encodePem('CERTIFICATE REQUEST', csrOf(key)) }],
    });
    return { ...issued, key: pemOf(key) };
  }

  async #order(wish: {
    readonly [member: string]: unknown;
    readonly agencyId: string;
    readonly sponsorId: string;
  }): Promise<Omit<Credential, 'key'>> {
    const { calls, world } = this;
    const token = await calls.registration.token('sponsor', wish.sponsorId, wish.agencyId);
    const authorization = { authorization: `Bearer ${token}` };
    const order = await calls.call(undefined, 'POST', '/api/v1/orders', wish, authorization);
    if (order.status !== 201) throw new Error(JSON.stringify(order.body));
    const orderId = order.body.id;
    await calls.approve(orderId, world.operators[0]);
    await calls.approve(orderId, world.operators[1], 'operator2');
    await world.signer.orders.run();
    const shown = await calls.call('operator', 'GET', `/api/v1/orders/${orderId}`);
    if (shown.body.state !== 'issued') throw new Error(JSON.stringify(shown.body));
    const { sha256 } = only(shown.body.certificates);
    return { cert: await this.#pemOf(sha256), sha256, orderId };
  }

  /** Issues a certificate to the Treasury's gateway. */
  async issueGateway(): Promise<Credential> {
    const { calls, world } = this;
    const key = newKey();
    const { body } = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish(key));
    await calls.approve(body.id, world.operators[0]);
    await calls.approve(body.id, world.operators[1], 'operator2');
    await world.signer.orders.run();
    const shown = await calls.call('agent', 'GET', `/api/v1/orders/${body.id}`);
    const { sha256 } = only(shown.body.certificates);
    return { cert: await this.#pemOf(sha256), key: pemOf(key), sha256, orderId: body.id };
  }

  /** The certificate with its chain, leaf first. */
  async #pemOf(sha256: string): Promise<string> {
    const file = await this.calls.call('operator', 'GET', `/api/v1/certificates/${sha256}/file`);
    return file.raw.toString('utf8');
  }

  /** Sends a request to a door over TLS of its own, or over an agent's connection. */
  ask(
    path: string,
    { method = 'GET', headers = {}, body, as, agent, door = 'mtls', port }: DoorRequest = {},
  ): Promise<DoorAnswer> {
    const options: RequestOptions = {
      method,
      host: '127.0.0.1',
      servername: 'localhost',
      port: port ?? this.world.instance.ports[door],
      path,
      ca: this.root,
      headers: { host: `localhost:${this.world.instance.ports[door]}`, ...headers },
      agent: agent ?? false,
      ...(as ? { cert: as.cert, key: as.key } : {}),
    };
    return new Promise((resolve, reject) => {
      request(options, (answer) => {
        const parts: Buffer[] = [];
        const serverSerial = (answer.socket as TLSSocket).getPeerX509Certificate()?.serialNumber.toLowerCase() ?? '';
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const isJson = String(answer.headers['content-type']).includes('json');
          resolve({
            status: answer.statusCode ?? 0,
            body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
            text,
            headers: answer.headers,
            serverSerial,
          });
        });
        answer.on('error', reject);
      })
        .once('error', reject)
        .end(body);
    });
  }

  /** Revokes, holds (as an operator), or says what was wrong. */
  async endCertificate(sha256: string, action: 'revoke' | 'hold'): Promise<void> {
    const reason = action === 'revoke' ? { reason: 'superseded' } : {};
    const answer = await this.calls.call('operator', 'POST', '/api/v1/revocations', {
      certificate: sha256,
      action,
      ...reason,
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  }

  async close(): Promise<void> {
    await this.doors.close();
    await this.calls.registration.app.close();
    await this.world.close();
  }
}

/** An agent that keeps one connection open and resumes nothing by itself. */
export function oneConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0 });
}

function pemOf({ privateKey }: TestKey): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
