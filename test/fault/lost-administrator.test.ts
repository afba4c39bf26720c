import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInstance, type TestInstance } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Rehearses docs/runbooks/lost-administrator.md with the commands that it names. */

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.remove());

interface Proposed {
  readonly digest: string;
  readonly credentialId: string;
}

const keyFile = (name: string): string => join(instance.dataDir, 'evaluation', `${name}.key.json`);

async function signWith(digest: string, ...files: readonly string[]): Promise<void> {
  for (const file of files) await instance.seeJson('statement', 'sign', digest, '--key', file, '--yes');
}

/** Waits for what the signer says to a statement. */
function outcomeOf(digest: string): Promise<string> {
  return waitUntil('the signer to look at it', async () => {
    const [row] = await query<{ accepted: boolean; refused: boolean }>(
      instance.database.superuserUrl,
      `select exists (select from authority_chain where statement_digest = $1) as accepted,
        exists (select from statement_refusals where statement_digest = $1) as refused`,
      [Buffer.from(digest, 'hex')],
    );
    return row?.accepted ? 'accepted' : row?.refused ? 'refused' : undefined;
  });
}

/** The credential of a key file, and the person it is bound to. */
async function holderOf(name: string): Promise<{ credentialId: string; personId: string }> {
  const { credentialId } = JSON.parse(readFileSync(keyFile(name), 'utf8')) as Proposed;
  const [row] = await query<{ person_id: string }>(
    instance.database.superuserUrl,
    'select person_id from credentials where credential_id = $1',
    [credentialId],
  );
  return { credentialId, personId: row?.person_id ?? '' };
}

describe('an administrator whose key is lost', () => {
  it('gets another one by two of three recovery keys, and the lost one counts no more', async () => {
    const lost = await holderOf('administrator1');
    const newKey = join(instance.dataDir, 'new-administrator.key.json');
    await instance.seeJson('operator', 'keygen', '--label', 'Aroha Ngata, since today', '--out', newKey);
    const publicFile = `${newKey}.public.json`;
    const made = await instance.seeJson<Proposed>('operator', 'register', publicFile, '--person', lost.personId);

    // One recovery key, and one beside an administrator's, do not suffice.
    await signWith(made.digest, keyFile('recovery1'), keyFile('administrator2'));
    const waiting = await instance.seeJson<{ items: { digest: string; state: string }[] }>('statement', 'list');
    expect(waiting.items.map(({ digest }) => digest)).toEqual([made.digest]);
    await signWith(made.digest, keyFile('recovery3'));
    expect(await outcomeOf(made.digest)).toBe('accepted');

    const removed = await instance.seeJson<Proposed>('operator', 'remove', lost.credentialId);
    await signWith(removed.digest, keyFile('recovery2'), keyFile('recovery3'));
    expect(await outcomeOf(removed.digest)).toBe('accepted');

    // The new key signs with the other administrator; the lost one does not.
    const grace = await query<{ id: string }>(
      instance.database.superuserUrl,
      "select id from people where email = 'peter.lowe@ssc.govt.nz'",
    );
    const grant = await instance.seeJson<Proposed>('operator', 'grant', grace[0]?.id ?? '', '--role', 'auditor');
    const byLost = await instance.see('statement', 'sign', grant.digest, '--key', keyFile('administrator1'), '--yes');
    expect([byLost.code, byLost.stderr]).toEqual([1, expect.stringMatching(/credential|not registered|removed/)]);
    await signWith(grant.digest, newKey, keyFile('administrator2'));
    expect(await outcomeOf(grant.digest)).toBe('accepted');
    expect((await instance.seeJson<{ items: unknown[] }>('statement', 'list')).items).toEqual([]);
    expect((await instance.see('audit', 'verify')).code).toBe(0);
  });

  it('is not helped by recovery keys to anything else', async () => {
    const file = join(instance.dataDir, 'suspend.json');
    writeFileSync(file, JSON.stringify({ agencyId: 'treasury', reason: 'a test' }));
    const made = await instance.seeJson<Proposed>('statement', 'propose', 'agency-suspend', file);
    await signWith(made.digest, keyFile('recovery1'), keyFile('recovery2'));
    // Accepted in the same look if it were at all: the signer takes statements in their order.
    const { items } = await instance.seeJson<{ items: { digest: string; state: string }[] }>('statement', 'list');
    expect(items.map(({ digest }) => digest)).toEqual([made.digest]);
    const rows = await query<{ status: string }>(
      instance.database.superuserUrl,
      "select status from agencies where id = 'treasury'",
    );
    expect(rows).toEqual([{ status: 'active' }]);
    await signWith(made.digest, keyFile('operator1'), keyFile('operator2'));
    expect(await outcomeOf(made.digest)).toBe('accepted');
  });
});
