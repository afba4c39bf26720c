import { createHmac, pbkdf2 } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeProofMessage, ENROLMENT_KDF, keyTagMessage, normaliseCode } from '@see/domain';
import { spkiSha256 } from '@see/policy';
import { waitUntil } from '../../../../test/support/wait-until.ts';
import { csrOf, newKey } from '../../../../test/support/world.ts';
import { inLanes, type Member, type Scheme } from './scheme.ts';
import { SchemeClient, SchemeError } from './scheme-client.ts';

const derive = promisify(pbkdf2);
/** People at their devices at one time. */
const AT_ONCE = 16;

/** A member's certificate as the service gave it. */
export interface Issued {
  readonly member: Member;
  readonly profile: string;
  readonly serial: string;
}

/** Waits for everybody's code in the outbox. Codes by mail address. */
export async function waitForCodes(scheme: Scheme, members: readonly Member[]): Promise<ReadonlyMap<string, string>> {
  const folder = join(scheme.instance.layout.dataDir, 'outbox');
  const seen = new Set<string>();
  const codes = new Map<string, string>();
  const wanted = new Set(members.map(({ email }) => email));
  await waitUntil(
    `${members.length} codes`,
    () => {
      for (const name of readdirSync(folder)) {
        if (seen.has(name) || !name.endsWith('.eml')) continue;
        seen.add(name);
        const text = readFileSync(join(folder, name), 'utf8');
        const to = /^To: .*?([^\s<]+@[^\s>]+)>?$/m.exec(text)?.[1];
        const code = /^\s*([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\s*$/m.exec(text)?.[1];
        if (to !== undefined && code !== undefined && wanted.has(to)) codes.set(to, code);
      }
      return codes.size === wanted.size;
    },
    3_600_000,
  );
  return codes;
}

/**
 * Redeems codes as browsers do: derives K, makes a key and a CSR for each certificate, sends them with their tags, and asks
 * until the certificates are there. Each member comes from an address of their own.
 */
export async function redeemCodes(
  scheme: Scheme,
  members: readonly Member[],
  codes: ReadonlyMap<string, string>,
  progress: (redeemed: number) => void,
): Promise<readonly Issued[]> {
  const issued: Issued[] = [];
  let redeemed = 0;
  await inLanes(AT_ONCE, [...members.entries()], async ([index, member]) => {
    const code = normaliseCode(codes.get(member.email) ?? '');
    if (code === undefined) throw new Error(`no code for ${member.email}`);
    const address = `127.1.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`;
    const device = new SchemeClient(scheme.instance.urls.portal, undefined, address);
    try {
      for (const certificate of await redeem(device, member.orderId, code)) issued.push({ member, ...certificate });
    } finally {
      device.close();
    }
    redeemed += 1;
    progress(redeemed);
  });
  return issued;
}

interface Details {
  readonly profiles: readonly { readonly id: string }[];
}

interface Answer {
  readonly certificates?: readonly { readonly profile: string; readonly serial: string }[];
}

async function redeem(device: SchemeClient, orderId: string, code: string) {
  const { iterations, octets, digest } = ENROLMENT_KDF;
  const key = await derive(code, orderId, iterations, octets, digest);
  const hmac = (message: Uint8Array): string => createHmac('sha384', key).update(message).digest('hex');
  const proof = hmac(codeProofMessage(orderId));
  const details = await device.postAgain<Details>(`/api/v1/redemptions/${orderId}/check`, { proof });
  const body = {
    keys: details.profiles.map(() => {
      const pair = newKey();
      return { csr: csrOf(pair).toBase64(), tag: hmac(keyTagMessage(orderId, spkiSha256(pair.spki))) };
    }),
  };
  for (;;) {
    try {
      const answer = await device.postAgain<Answer>(`/api/v1/redemptions/${orderId}/redeem`, body);
      if (answer.certificates) return answer.certificates.map(({ profile, serial }) => ({ profile, serial }));
    } catch (error) {
      // Being issued while a process was killed: the same keys are sent again.
      if (!(error instanceof SchemeError) || error.status !== 409) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
