import { readBatch } from '@see/cli';
import { signDigest } from '@see/statement';
import { waitUntil } from '../../../../test/support/wait-until.ts';
import type { Member, MemberAgency, Scheme } from './scheme.ts';

const MOST = 3_600_000;
const FIRST = ['Āwhina', 'Hēmi', 'Tāne', 'Ngaire', 'Moana', 'Wiremu', 'Rangi', 'Kiri', 'Aroha', 'Tama'];
const SURNAMES = ['Ngāta', 'Pōtae', 'Kīngi', 'Tūhoe', 'Smith', 'Brown', 'Wilson', 'Tāwhai', 'Parata', 'Hēnare'];

export interface Imported {
  readonly agency: MemberAgency;
  readonly importId: string;
}

/** Imports so many people of an agency, each with an order for these profiles, as the agency's sponsor does. */
export async function importPeople(
  agency: MemberAgency,
  count: number,
  profiles: readonly string[],
): Promise<Imported> {
  const rows = Array.from({ length: count }, (_, index) => {
    const given = FIRST[index % FIRST.length];
    const surname = SURNAMES[Math.floor(index / FIRST.length) % SURNAMES.length];
    return `${given},${surname} ${letters(index)},p${index}.${plain(surname)}${letters(index).toLowerCase()}@${agency.domain}`;
  });
  const csv = Buffer.from(`given name,surname,email\r\n${rows.join('\r\n')}\r\n`).toString('base64');
  const wish = { agencyId: agency.id, csv, order: { profiles, sponsorId: agency.sponsorId } };
  const preview = await agency.sponsor.post<{ digest: string; confirmable: boolean }>('/api/v1/imports/preview', wish);
  if (!preview.confirmable) throw new Error(`the import of ${agency.id} can not be confirmed`);
  const { id } = await agency.sponsor.post<{ id: string }>('/api/v1/imports', { ...wish, confirm: preview.digest });
  await waitUntil(
    `the import of ${agency.id}`,
    async () => {
      const found = await agency.sponsor.get<{ state: string; failed: number }>(`/api/v1/imports/${id}`);
      if (found.failed > 0) throw new Error(`${found.failed} rows of ${agency.id} failed`);
      return found.state === 'done';
    },
    MOST,
  );
  return { agency, importId: id };
}

/** Puts an import's orders into a batch as soon as every code is bound. Returns its id. */
export async function makeBatch(scheme: Scheme, { agency, importId }: Imported): Promise<string> {
  return waitUntil(
    `the codes of ${agency.id}`,
    async () => {
      try {
        const wish = { agencyId: agency.id, importId };
        return (await scheme.operator.post<{ id: string }>('/api/v1/batches', wish)).id;
      } catch (error) {
        if ((error as { status?: unknown }).status === 409) return undefined;
        throw error;
      }
    },
    MOST,
  );
}

/** Approves a batch as `see batch approve` does: every order read and hashed, the root compared, then signed, twice if need be. */
export async function approveBatch(scheme: Scheme, batchId: string): Promise<number> {
  const { operator } = scheme;
  const read = await readBatch(
    {
      get: (path: string) => operator.get(path),
      bytes: async (path: string) => new Uint8Array(await operator.bytes(path)),
    },
    batchId,
  );
  const [first, second] = scheme.operators;
  const sign = ({ credentialId, privateKey }: typeof first) =>
    operator.post<{ approved: number; waiting: number; left: unknown[] }>(`/api/v1/batches/${batchId}/approvals`, {
      credentialId,
      signature: signDigest(read.digest, credentialId, privateKey),
    });
  const answer = await sign(first);
  if (answer.left.length > 0) throw new Error(`${answer.left.length} orders of batch ${batchId} were left`);
  // Names near to each other: these wait for the second operator, the others are approved.
  if (answer.waiting > 0 && (await sign(second)).waiting > 0)
    throw new Error(`batch ${batchId} waits for a third person`);
  return answer.approved;
}

/** Who was brought in with which order, from the import's result. */
export async function membersOf({ agency, importId }: Imported): Promise<readonly Member[]> {
  const csv = (await agency.sponsor.bytes(`/api/v1/imports/${importId}/result.csv`)).toString('utf8');
  const [header = '', ...rows] = csv.replace('\ufeff', '').trimEnd().split('\r\n');
  const columns = header.split(',');
  const at = (row: readonly string[], name: string): string => row[columns.indexOf(name)] ?? '';
  return rows.map((line) => {
    const row = line.split(',');
    return { personId: at(row, 'person id'), email: at(row, 'email'), orderId: at(row, 'order id') };
  });
}

/** A number in letters, so that names have no digits. */
function letters(index: number): string {
  const text = index
    .toString(26)
    .replaceAll(/[0-9a-p]/g, (digit) => 'abcdefghijklmnopqrstuvwxyz'.charAt(Number.parseInt(digit, 26)));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plain(text = ''): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
}
