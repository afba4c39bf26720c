import { createHash } from 'node:crypto';
import { buildOcspRequest, encodeCertId, parseOcspResponse } from '@see/ocsp';
import { parseCertificate, parseCrl, parseSpki } from '@see/x509';
import { query } from '../../../../test/support/query.ts';
import { waitUntil } from '../../../../test/support/wait-until.ts';
import type { Issued } from './redeem-codes.ts';
import { inLanes, type Scheme } from './scheme.ts';

/** CRLReason by serial, lower-case hex, of every certificate that has to be revoked or on hold. */
export type Expected = ReadonlyMap<string, number>;

const REASONS = { certificateHold: 6, superseded: 4, affiliationChanged: 3 } as const;

/** What leavers and lost tokens do to certificates (WF-C). */
export function expectedStatus(
  issued: readonly Issued[],
  left: ReadonlySet<string>,
  lost: ReadonlySet<string>,
): Expected {
  const expected = new Map<string, number>();
  for (const { member, profile, serial } of issued) {
    if (left.has(member.personId)) expected.set(serial, REASONS.affiliationChanged);
    else if (lost.has(member.personId))
      expected.set(serial, profile === 'user-auth' ? REASONS.certificateHold : REASONS.superseded);
  }
  return expected;
}

/**
 * Compares what came of the run where relying parties and auditors look: the CRL, OCSP, the registry, the log. `more`
 * certificates were issued beside those, one an order. Throws with the first difference.
 */
export async function checkScheme(
  scheme: Scheme,
  issued: readonly Issued[],
  expected: Expected,
  more: number,
): Promise<string> {
  await checkCrl(scheme, expected);
  await checkOcsp(scheme, issued, expected);
  await checkRegistry(scheme, issued, expected, more);
  // Exits with 1 when the log is not whole.
  await scheme.instance.seeJson('audit', 'verify');
  return `: CRL, OCSP, registry, console and log agree on ${issued.length} certificates, ${expected.size} of them not good`;
}

async function checkCrl(scheme: Scheme, expected: Expected): Promise<void> {
  await waitUntil(
    'the CRL with everything in it',
    async () => {
      const crl = await fetch(`${scheme.instance.urls.va}/crl/individual.crl`);
      const entries = [...parseCrl(new Uint8Array(await crl.arrayBuffer())).entries];
      if (entries.length !== expected.size) return false;
      for (const { serialHex, reason } of entries) same(`CRL ${serialHex}`, reason ?? 0, expected.get(serialHex));
      return true;
    },
    60_000,
  );
}

async function checkOcsp(scheme: Scheme, issued: readonly Issued[], expected: Expected): Promise<void> {
  const issuer = parseCertificate(
    new Uint8Array(await (await fetch(`${scheme.instance.urls.va}/ca/individual.cer`)).arrayBuffer()),
  );
  const hash = (octets: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(octets).digest());
  const issuerNameHash = hash(issuer.subjectDer);
  const issuerKeyHash = hash(parseSpki(issuer.spki).publicKeyBits);
  // Everything that is not good, and some of what is.
  const good = issued.filter(({ serial }) => !expected.has(serial));
  const asked = [
    ...issued.filter(({ serial }) => expected.has(serial)),
    ...good.filter((_, index) => index % 10 === 0),
  ];
  await inLanes(8, asked, async ({ serial }) => {
    const serialNumber = Uint8Array.fromHex(serial);
    const certId = encodeCertId({ hashAlgorithm: 'sha256', issuerNameHash, issuerKeyHash, serialNumber });
    const answer = await fetch(`${scheme.instance.urls.va}/ocsp`, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request' },
      body: new Uint8Array(buildOcspRequest([certId])),
    });
    const { basic } = parseOcspResponse(new Uint8Array(await answer.arrayBuffer()));
    const [single] = basic?.responses ?? [];
    const status = single?.status;
    const said = status?.kind === 'revoked' ? (status.reason ?? 0) : status?.kind;
    same(`OCSP ${serial}`, said, expected.get(serial) ?? 'good');
  });
}

async function checkRegistry(
  scheme: Scheme,
  issued: readonly Issued[],
  expected: Expected,
  more: number,
): Promise<void> {
  const [counts] = await query<Record<string, number>>(
    scheme.instance.database.superuserUrl,
    `select (select count(*)::int from certificates where ca = 'individual' and order_id is not null) as certificates,
      (select count(*)::int from audit_events where kind = 'certificate.issued' and starts_with(object_id, 'individual/') and detail->>'orderId' is not null) as issued,
      -- The instance's own TLS server certificate is an order too, and none of the run's.
      (select count(*)::int from orders where state = 'issued' and 'tls-server' <> all (profiles)) as orders,
      (select count(distinct certificate_id)::int from revocations) as revoked,
      (select count(*)::int from audit_events where kind in ('revocation.revoke', 'revocation.hold') and outcome = 'success') as revocations,
      (select count(*)::int from intents i where not exists (select from certificates c where c.id = i.id)) as open,
      (select count(distinct serial)::int from certificates) as serials,
      (select count(*)::int from certificates) as all`,
  );
  const orders = new Set(issued.map(({ member }) => member.orderId)).size;
  const want = {
    certificates: issued.length + more,
    issued: issued.length + more,
    orders: orders + more,
    revoked: expected.size,
    revocations: expected.size,
    open: 0,
  };
  for (const [name, count] of Object.entries(want)) same(`the registry's ${name}`, counts?.[name], count);
  same('serial numbers', counts?.['serials'], counts?.['all']);
  const known = await query<{ serial: string }>(
    scheme.instance.database.superuserUrl,
    "select encode(serial, 'hex') as serial from certificates where ca = 'individual' and order_id is not null",
  );
  const serials = new Set(known.map(({ serial }) => serial));
  const lost = issued.filter(({ serial }) => !serials.has(serial));
  same('certificates that people have and the registry does not', lost.length, 0);
  await checkConsole(scheme, orders);
}

/** The numbers that an operator sees: nothing waits, nothing was refused, and every batch is issued. */
async function checkConsole(scheme: Scheme, orders: number): Promise<void> {
  const status = await scheme.operator.get<{ pendingOrders: number; refusedOrders: number }>('/api/v1/status');
  same('orders that wait', status.pendingOrders, 0);
  same('orders that were refused', status.refusedOrders, 0);
  const { items } = await scheme.operator.get<{ items: { states: Record<string, number> }[] }>('/api/v1/batches');
  const issued = items.reduce((sum, { states }) => sum + (states['issued'] ?? 0), 0);
  same('issued orders of all batches', issued, orders);
}

function same(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)}, and not ${String(wanted)}`);
}
