import type { ApprovalKey } from '@see/cli';
import { signDigest, statementDigest } from '@see/statement';
import type { AssetSet } from '@see/ui';
import { encodePem } from '@see/x509';
import { openRegistration, type Registration } from './registration.ts';
import { propose } from './statements.ts';
import { csrOf, newKey, type TestKey, type World } from './world.ts';

/** The members of answers that these tests look at. */
export interface Body {
  readonly id: string;
  readonly state: string;
  readonly code: string;
  readonly digest: string;
  readonly instance: string;
  readonly approvals: number;
  readonly next: string | null;
  readonly names: readonly string[];
  readonly status: { readonly kind: string };
  readonly history: readonly { readonly id: number }[];
  readonly violations?: readonly { readonly code: string; readonly source?: string }[];
  readonly items: readonly {
    readonly id: string;
    readonly digest: string;
    readonly detail: { readonly code: string; readonly violations: unknown };
  }[];
  readonly profiles: readonly { readonly id: string }[];
  readonly certificates: readonly {
    readonly sha256: string;
    readonly serial: string;
    readonly profile: string;
    readonly certificate: string;
  }[];
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { readonly operationId: string; readonly responses: object }>>;
}

export interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly raw: Buffer;
}

/** Who calls, with the tokens that `openCalls` makes: two operators, an auditor, agents of two agencies, nobody. */
export type Caller = 'operator' | 'operator2' | 'auditor' | 'agent' | 'dpmc' | undefined;

/** The API of a world's registration authority as its clients use it. */
export interface Calls {
  readonly registration: Registration;
  /** Person ids by mail address. */
  readonly person: Readonly<Record<string, string>>;
  call(
    who: Caller,
    method: 'GET' | 'POST',
    url: string,
    payload?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** The header that says who calls. */
  authorization(who: Exclude<Caller, undefined>): string;
  /** An order for a certificate of the Treasury's gateway, with one CSR. */
  wish(key?: TestKey, profile?: string): Wish;
  /** Approves as `see order approve` does: fetches the bytes, hashes them itself, signs. */
  approve(orderId: string, key: ApprovalKey, who?: Caller): Promise<Answer>;
  /** Orders, approves with both operators and has the signer issue. */
  issueGateway(): Promise<{ readonly orderId: string; readonly sha256: string; readonly serial: string }>;
}

export type Wish = ReturnType<typeof wishOf>;

/** With `assets`, its pages can be looked at. */
export async function openCalls(world: World, assets?: AssetSet): Promise<Calls> {
  const registration = await openRegistration(world, assets);
  const person: Record<string, string> = {};
  for (const { id, email } of await world.people()) person[email] = id;
  const idOf = (email: string): string => person[email] ?? '';
  await propose(
    world,
    'role-grant',
    { personId: idOf('peter.lowe@ssc.govt.nz'), role: 'auditor' },
    world.administrators,
  );
  await registration.ra.authority.refresh();
  const tokens: Readonly<Record<string, string>> = {
    operator: await registration.token('operator', idOf('mere.tahana@ssc.govt.nz')),
    operator2: await registration.token('operator', idOf('thomas.fisher@ssc.govt.nz')),
    auditor: await registration.token('auditor', idOf('peter.lowe@ssc.govt.nz')),
    agent: await registration.token('registration-agent', idOf('hemi.walker@treasury.govt.nz'), 'treasury'),
    dpmc: await registration.token('registration-agent', idOf('moana.brooks@dpmc.govt.nz'), 'dpmc'),
  };
  const calls: Calls = {
    registration,
    person,
    call: async (who, method, url, payload, headers = {}) => {
      const authorization = who === undefined ? {} : { authorization: calls.authorization(who) };
      const answer = await registration.app.inject({
        method,
        url,
        headers: { host: 'localhost', ...authorization, ...headers },
        ...(payload === undefined ? {} : { payload: payload as object }),
      });
      const json = String(answer.headers['content-type']).includes('json');
      const body = json ? answer.json<Body>() : ({} as Body);
      return { status: answer.statusCode, body, headers: answer.headers, raw: answer.rawPayload };
    },
    authorization: (who) => `Bearer ${tokens[who]}`,
    wish: (key, profile) => wishOf(person, key, profile),
    approve: async (orderId, key, who = 'operator') => {
      const content = await calls.call('operator', 'GET', `/api/v1/orders/${orderId}/content`);
      const digest = statementDigest('order', new Uint8Array(content.raw));
      const signature = signDigest(digest, key.credentialId, key.privateKey);
      return calls.call(who, 'POST', `/api/v1/orders/${orderId}/approvals`, {
        credentialId: key.credentialId,
        signature,
      });
    },
    issueGateway: async () => {
      const order = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
      await calls.approve(order.body.id, world.operators[0]);
      await calls.approve(order.body.id, world.operators[1], 'operator2');
      await world.signer.orders.run();
      const shown = await calls.call('agent', 'GET', `/api/v1/orders/${order.body.id}`);
      return { orderId: order.body.id, ...only(shown.body.certificates) };
    },
  };
  return calls;
}

function wishOf(person: Readonly<Record<string, string>>, key: TestKey = newKey(), profile = 'gateway-sign') {
  return {
    agencyId: 'treasury',
    applicantId: person['grace.liu@treasury.govt.nz'],
    sponsorId: person['susan.grant@treasury.govt.nz'],
    agentId: person['hemi.walker@treasury.govt.nz'],
    items: [{ profile, csr: encodePem('CERTIFICATE REQUEST', csrOf(key)) }],
    evidence: { letter: 'TSY-2026-11' },
  };
}

/** The first of a list that must not be empty. */
export function only<T>(list: readonly T[] | undefined): T {
  const [first] = list ?? [];
  if (first === undefined) throw new Error('the list is empty');
  return first;
}

/** The codes of an answer's violations. */
export function codesOf(answer: Pick<Answer, 'body'>): readonly string[] {
  return (answer.body.violations ?? []).map(({ code }) => code);
}
