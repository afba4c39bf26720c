import { execFileSync } from 'node:child_process';
import { createHash, createHmac, createPrivateKey, pbkdf2Sync, randomBytes, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectDatabase, withTransaction } from '@see/db';
import { insertEscrowedKeys, insertRecoveryApproval, insertRedeemAttempt, moveRecovery } from '@see/db/ra';
import {
  ENROLMENT_KDF,
  escrowTagMessage,
  keyTagMessage,
  nextState,
  RECOVERY_MACHINE,
  RECOVERY_STATES,
  type RecoveryEvent,
  type RecoveryState,
} from '@see/domain';
import { spkiSha256 } from '@see/policy';
import { encodePem } from '@see/x509';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endLateRecoveries } from '../../services/worker/src/recovery-desk.ts';
import { agentsSubject, copyOf, KEEPING_PROFILE, rsaRequest, type TestAgent } from '../support/recovery-agents.ts';
import { codeOf, openssl, RecoveryScene, tablesWith } from '../support/recovery-scene.ts';
import { type Answer, type Calls, codesOf, only } from '../support/registration-calls.ts';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey, type World } from '../support/world.ts';

let scene: RecoveryScene;
let world: World;
let calls: Calls;
let ssc: TestAgent;
let treasury: TestAgent;
let treasury2: TestAgent;

beforeAll(async () => {
  scene = await RecoveryScene.open();
  ({ world, calls } = scene);
  ({ ssc, treasury, treasury2 } = scene.agents);
});
afterAll(() => scene?.close());

describe('a copy of a key', () => {
  it('is kept by no profile before there are agents, and by none that signs', async () => {
    expect(await propose(world, 'profile-activate', { content: KEEPING_PROFILE }, world.administrators)).toBe(0);
    expect(await propose(world, 'recovery-agents-activate', agentsSubject([ssc]), world.administrators)).toBe(0);
    const agents = agentsSubject([ssc, treasury, treasury2]);
    expect(await propose(world, 'recovery-agents-activate', agents, world.operators)).toBe(0);
    expect(await propose(world, 'recovery-agents-activate', agents, world.administrators)).toBe(1);
    const signs = { ...(KEEPING_PROFILE as object), keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] } };
    expect(await propose(world, 'profile-activate', { content: signs }, world.administrators)).toBe(0);
    expect(await propose(world, 'profile-activate', { content: KEEPING_PROFILE }, world.administrators)).toBe(1);
    const signing = sql`insert into profiles (id, version, digest, content, active)
      values ('user-sign', 99, ${randomBytes(48)}, ${JSON.stringify(signs)}, false)`;
    expect(await codeOf(signing.execute(world.owner))).toBe('23514');
    await calls.registration.ra.authority.refresh();
  });

  it('is told before the key is made, refused when it is not right, and opened by two agents only', async () => {
    const { orderId: id, code } = await scene.personsOrder();
    const out = join(scene.folder, 'grace');
    const codeFile = join(scene.folder, 'code.txt');
    writeFileSync(codeFile, `${code}\n`);
    const redeem = ['order', 'redeem', id, '--code-file', codeFile, '--out', out];
    const untold = await scene.see('none', ...redeem);
    expect([untold.code, untold.stderr]).toEqual([
      1,
      expect.stringContaining('Agent of the SSC, Agent of the Treasury'),
    ]);
    expect(readdirSync(scene.folder)).not.toContain('grace');

    await refuseWrongCopies(id, code);

    const done = await scene.see('none', ...redeem, '--yes');
    expect([done.code, done.stderr]).toEqual([0, '']);
    const row = await world.owner
      .selectFrom('certificates')
      .innerJoin('escrowed_keys', 'escrowed_keys.spki_sha256', 'certificates.spki_sha256')
      .select(['sha256', 'envelopes', 'profile_id'])
      .where('certificates.order_id', '=', id)
      .execute();
    expect(row.map(({ profile_id }) => profile_id)).toEqual(['user-encrypt']);
    const { envelopes, sha256 } = only(row);
    scene.holder = { sha256: sha256.toHex(), keyFile: join(out, 'user-encrypt.key') };
    const [first = new Uint8Array(0)] = envelopes;
    const inner = openssl(first, ssc.pemFile) ?? new Uint8Array(0);
    // With a key that is none of the envelope's, openssl goes on with a random content key (RFC 3218), whose padding may look right.
    const pkcs8 = createPrivateKey(readFileSync(scene.holder.keyFile)).export({ format: 'der', type: 'pkcs8' });
    expect(openssl(inner, ssc.pemFile)?.toHex()).not.toBe(pkcs8.toHex());
    expect(openssl(first, treasury.pemFile)?.toHex()).not.toBe(inner.toHex());
    for (const second of [treasury, treasury2]) expect(openssl(inner, second.pemFile)?.toHex()).toBe(pkcs8.toHex());
    const statement = [...world.signer.chain.authority.recoveryAgents.keys()].at(-1);
    const { copies } = await inspectDatabase(world.postgres.ownerUrl);
    expect(copies).toEqual([{ statement, copies: 1, agents: 3 }]);
  });

  async function refuseWrongCopies(id: string, code: string): Promise<void> {
    const { iterations, octets, digest } = ENROLMENT_KDF;
    const key = pbkdf2Sync(code.replaceAll('-', ''), id, iterations, octets, digest);
    const mac = (message: Uint8Array) => new Uint8Array(createHmac('sha384', key).update(message).digest());
    const [signing, encrypting] = [newKey(), rsaRequest()];
    const keys = [
      { csr: csrOf(signing), tag: mac(keyTagMessage(id, spkiSha256(signing.spki))) },
      { csr: encrypting.csr, tag: mac(keyTagMessage(id, spkiSha256(encrypting.spki))) },
    ];
    const statement = [...world.signer.chain.authority.recoveryAgents.keys()].at(-1) ?? '';
    const copyFor = async (agents: readonly TestAgent[], spki = encrypting.spki) => {
      const envelopes = await copyOf(encrypting.privateKey, agents);
      const digests = envelopes.map((each) => createHash('sha256').update(each).digest());
      const agentsDigest = Uint8Array.fromHex(statement);
      return { envelopes, agentsDigest, tag: mac(escrowTagMessage(id, spkiSha256(spki), agentsDigest, digests)) };
    };
    const good = await copyFor([ssc, treasury, treasury2]);
    const foreign = await copyFor([ssc, treasury, scene.bystander]);
    const sent = (copies: readonly (typeof good | undefined)[]) => ({
      keys: keys.map(({ csr, tag }, index) => {
        const copy = copies[index];
        const escrow = copy && {
          agents: statement,
          envelopes: copy.envelopes.map((each) => each.toBase64()),
          tag: copy.tag.toHex(),
        };
        return { csr: csr.toBase64(), tag: tag.toHex(), ...(escrow ? { escrow } : {}) };
      }),
    });
    const byRa = async (...copies: (typeof good | undefined)[]): Promise<readonly string[]> => {
      const answer = await calls.call(undefined, 'POST', `/api/v1/redemptions/${id}/redeem`, sent(copies));
      return [answer.body.code, ...codesOf(answer)];
    };
    expect(await byRa()).toEqual(['csr-refused', 'escrow-missing']);
    expect(await byRa(good, good)).toEqual(['csr-refused', 'escrow-unexpected']);
    expect(await byRa(undefined, foreign)).toEqual(['csr-refused', 'escrow-malformed']);

    // What ra would write if it did not look: the signer looks for itself.
    const bySigner = async (copy: typeof good | undefined): Promise<unknown> => {
      const attempt = await withTransaction(world.ra, async (tx) => {
        const attemptId = await insertRedeemAttempt(tx, id, keys);
        const copies = copy ? [{ ...copy, item: 1, spkiSha256: spkiSha256(encrypting.spki) }] : [];
        await insertEscrowedKeys(tx, attemptId, id, copies);
        return attemptId;
      });
      await world.signer.redemptions.run();
      const event = await sql<{ detail: { outcome: string; refused: string[] } }>`
        select detail from audit_events where kind = 'redemption.redeem' and (detail->>'attemptId')::bigint = ${attempt}`.execute(
        world.owner,
      );
      const { outcome, refused } = only(event.rows).detail;
      return [outcome, ...refused];
    };
    expect(await bySigner(undefined)).toEqual(['not-redeemable', 'escrow-missing']);
    expect(await bySigner(foreign)).toEqual(['not-redeemable', 'escrow-malformed']);
    expect(await bySigner({ ...good, tag: new Uint8Array(48) })).toEqual(['not-redeemable', 'escrow-tag']);
    expect(await bySigner(await copyFor([ssc, treasury, treasury2], signing.spki))).toEqual([
      'not-redeemable',
      'escrow-tag',
    ]);

    // And the database keeps no copy of a key that signs in, nor one for too few.
    const store = (item: number, envelopes: readonly Uint8Array[]) =>
      withTransaction(world.ra, async (tx) => {
        const attemptId = await insertRedeemAttempt(tx, id, keys);
        await insertEscrowedKeys(tx, attemptId, id, [
          { ...good, envelopes, item, spkiSha256: spkiSha256(signing.spki) },
        ]);
      });
    expect(await codeOf(store(0, good.envelopes))).toBe('SE018');
    expect(await codeOf(store(2, good.envelopes))).toBe('SE018');
    expect(await codeOf(store(1, good.envelopes.slice(1)))).toBe('SE018');
  }
});

/** What the database says to a move that nothing supports: approvals or an opening are missing. */
const moved = (id: string, event: RecoveryEvent): Promise<string> =>
  codeOf(withTransaction(world.ra, (tx) => moveRecovery(tx, id, event)));

describe('a recovery', () => {
  it('takes two agents, gives the key to the scene.recipient alone, and tells the holder', async () => {
    const wish = [
      '--certificate',
      scene.holder.sha256,
      '--capacity',
      'legal',
      '--legal-basis',
      'Public Records Act 2005',
    ];
    const span = ['--from', '2026-05-01', '--until', '2026-05-31', '--purpose', 'to read mail of May'];
    const asked = await scene.see(
      scene.hemi,
      'recovery',
      'request',
      ...wish,
      ...span,
      '--recipient',
      scene.recipient.pemFile,
    );
    expect([asked.code, asked.stderr]).toEqual([0, '']);
    const id = String(asked.json['id']);
    const out = join(scene.folder, 'recovered.p7m');

    const early = await scene.call(treasury, `/${id}/envelope`);
    expect([early.status, early.body.code]).toEqual([409, 'wrong-state']);
    const first = await scene.approveByCommand(ssc, id);
    expect(first.json).toMatchObject({ state: 'approved-1', opened: true });
    expect((await scene.call(ssc, `/${id}/release`)).body.code).toBe('wrong-state');
    const nowhere = await scene.approveByCommand(treasury, id);
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('out-needed')]);
    expect(await scene.stateOf(id)).toBe('approved-1');
    const second = await scene.approveByCommand(treasury, id, '--out', out);
    expect([second.stderr, second.json]).toEqual(['', expect.objectContaining({ state: 'released', file: out })]);
    const again = await scene.approveByCommand(treasury, id, '--out', `${out}.again`);
    expect(again.json).toMatchObject({ state: 'released' });
    expect((await scene.call(ssc, `/${id}/release`)).body.code).toBe('wrong-state');

    const stolen = openssl(readFileSync(out), ssc.pemFile)?.toHex();
    const args = [
      'cms',
      '-decrypt',
      '-inform',
      'DER',
      '-in',
      out,
      '-inkey',
      scene.recipient.keyFile,
      '-recip',
      scene.recipient.pemFile,
    ];
    const recovered = execFileSync('openssl', args);
    expect(stolen).not.toBe(new Uint8Array(recovered).toHex());
    expect(createPrivateKey(recovered).equals(createPrivateKey(readFileSync(scene.holder.keyFile)))).toBe(true);
    expect(recovered.toString()).toContain('BEGIN CERTIFICATE');

    expect(await scene.notices()).toBe(1);
    expect(await scene.notices()).toBe(0);
    const [letter = ''] = readdirSync(scene.worker.outbox).filter((name) => name.endsWith('-recovery.eml'));
    const mail = readFileSync(join(scene.worker.outbox, letter), 'utf8');
    expect(mail).toMatch(/To: grace\.liu@treasury\.govt\.nz\r\n/);
    expect(mail).toContain('2026-05-01 to 2026-05-31');

    const closed = await scene.see(scene.hemi, 'recovery', 'close', id, '--reason', 'the file arrived');
    expect(closed.json).toEqual({ id, state: 'closed' });
    expect(await scene.openings(id)).toBe(0);
    expect(await scene.events(id)).toEqual([
      'recovery.requested',
      'recovery.approved',
      'recovery.downloaded',
      'recovery.handed-in',
      'recovery.approved',
      'recovery.released',
      'recovery.released',
      'notice.due',
      'recovery.notified',
      'recovery.closed',
    ]);
    expect(await tablesWith(world, createPrivateKey(recovered))).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'a scene.recipient whom we did not certify',
      { recipient: encodePem('CERTIFICATE', new Uint8Array(10)) },
      'recipient-unknown',
    ],
    ['no certificate at all', { recipient: 'hello' }, 'recipient-not-pem'],
    ['somebody else under the holder’s own name', { capacity: 'self' }, 'recipient-not-holder'],
  ])('is not requested for %s', async (_name, change, code) => {
    expect(codesOf(await scene.request(change))).toEqual([code]);
  });

  it('is not requested for a key that is not kept, to the same key, or from another agency', async () => {
    const own = await world.owner
      .selectFrom('certificates')
      .selectAll()
      .where('sha256', '=', Uint8Array.fromHex(scene.holder.sha256))
      .executeTakeFirstOrThrow();
    const mine = await world.owner
      .selectFrom('certificate_bytes')
      .select('der')
      .where('certificate_id', '=', own.id)
      .executeTakeFirstOrThrow();
    expect(codesOf(await scene.request({ recipient: encodePem('CERTIFICATE', mine.der) }))).toEqual([
      'recipient-same-key',
    ]);
    const signing = await world.owner
      .selectFrom('certificates')
      .select('sha256')
      .where('order_id', '=', own.order_id)
      .where('profile_id', '=', 'user-auth')
      .executeTakeFirstOrThrow();
    expect(codesOf(await scene.request({ certificate: signing.sha256.toHex() }))).toEqual(['no-escrow']);
    const dpmc = await calls.registration.token(
      'registration-agent',
      calls.person['moana.brooks@dpmc.govt.nz'] ?? '',
      'dpmc',
    );
    expect((await scene.request({}, dpmc)).status).toBe(404);
  });

  it('counts no agent twice, nobody else, and not two of the agency that asks', async () => {
    const { id } = (await scene.request()).body;
    expect(await moved(id, 'approve')).toBe('SE019');
    expect((await scene.approve(scene.bystander, id)).body).toMatchObject({
      status: 403,
      violations: [{ code: 'no-agent' }],
    });
    expect((await scene.approve(treasury, id)).body.state).toBe('approved-1');
    expect((await scene.approve(treasury, id)).body).toMatchObject({ status: 409, code: 'already-exists' });
    expect((await scene.approve(treasury2, id)).body).toMatchObject({
      status: 403,
      violations: [{ code: 'agencies-not-apart' }],
    });
    const borrowed = await scene.call(ssc, `/${id}/approvals`, (await scene.approvalOf(treasury2, id)).body);
    expect(codesOf(borrowed)).toEqual(['agencies-not-apart']);
    const other = await scene.call(treasury2, `/${id}/approvals`, (await scene.approvalOf(ssc, id)).body);
    expect(codesOf(other)).toEqual(['other-person']);

    const insert = async (agent: TestAgent): Promise<string> => {
      const { digest, body } = await scene.approvalOf(agent, id);
      const row = { recoveryId: id, digest, personId: ssc.personId, ...body };
      return codeOf(withTransaction(world.ra, (tx) => insertRecoveryApproval(tx, row)));
    };
    expect([await insert(scene.bystander), await insert(treasury), await insert(treasury2)]).toEqual([
      'SE020',
      '23505',
      'SE021',
    ]);
    const party = async (column: string): Promise<string> => {
      await asSuperuser(
        world,
        ['recoveries'],
        `update recoveries set ${column} = '${ssc.personId}' where id = '${id}'`,
      );
      return insert(ssc);
    };
    expect([await party('requester_id'), await party('subject_id'), await party('recipient_id')]).toEqual([
      'SE006',
      'SE006',
      'SE006',
    ]);
    expect(await moved(id, 'complete')).toBe('SE019');
    expect(await scene.stateOf(id)).toBe('approved-1');
    const refused = await scene.see(
      treasury.token,
      'recovery',
      'refuse',
      id,
      '--reason',
      'the warrant is for another person',
    );
    expect(refused.json).toEqual({ id, state: 'refused' });
    expect((await scene.events(id)).at(-1)).toBe('recovery.refused');
  });

  it('is released with nothing but what was in the agent’s envelope, in form', async () => {
    const { id } = (await scene.request()).body;
    await scene.approve(treasury, id);
    await scene.approve(ssc, id);
    expect(await moved(id, 'release')).toBe('SE019');
    expect((await scene.call(ssc, `/${id}/release`)).body.code).toBe('wrong-state');
    const bad = async (envelope: Uint8Array) =>
      codesOf(await scene.call(ssc, `/${id}/opening`, { envelope: envelope.toBase64() }));
    expect(await bad(randomBytes(400))).toEqual(['opening-malformed']);
    const outer = await scene.call(ssc, `/${id}/envelope`);
    const { envelope } = outer.body as unknown as { envelope: string };
    expect(await bad(Uint8Array.fromBase64(envelope))).toEqual(['opening-for-others']);
    expect((await scene.call(treasury2, `/${id}/opening`, { envelope })).body.code).toBe('wrong-state');
    const stranger = await scene.call(scene.bystander, `/${id}/refuse`, { reason: 'I think not' });
    expect([stranger.status, ...codesOf(stranger)]).toEqual([403, 'no-agent']);

    // In form, and another key than the certificate's: the second agent's machine says so.
    const { privateKey } = rsaRequest();
    const [forged = new Uint8Array(0)] = await copyOf(privateKey, [ssc, treasury, treasury2]);
    expect(
      (await scene.call(ssc, `/${id}/opening`, { envelope: (openssl(forged, ssc.pemFile) ?? forged).toBase64() }))
        .status,
    ).toBe(201);
    const out = join(scene.folder, 'forged.p7m');
    const taken = await scene.approveByCommand(treasury, id, '--out', out);
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('does not hold the key')]);
    expect(readdirSync(scene.folder)).not.toContain('forged.p7m');
    expect(await scene.stateOf(id)).toBe('released');
  });

  it('ends after 72 hours, or a week after the release, and leaves nothing opened', async () => {
    const { id } = (await scene.request()).body;
    const first = await scene.approveByCommand(ssc, id);
    expect([first.json['state'], await scene.openings(id)]).toEqual(['approved-1', 1]);
    await asSuperuser(world, ['recoveries'], `update recoveries set expires_at = clock_timestamp() where id = '${id}'`);
    expect((await scene.approve(treasury, id)).body.code).toBe('wrong-state');
    const { digest, body } = await scene.approvalOf(treasury, id);
    const late = withTransaction(world.ra, (tx) =>
      insertRecoveryApproval(tx, { recoveryId: id, digest, personId: '-', ...body }),
    );
    expect(await codeOf(late)).toBe('SE003');
    const foreign = [
      sql`delete from recovery_openings`.execute(world.ra),
      sql`select envelope from recovery_openings`.execute(scene.worker.db),
      sql`select envelopes from escrowed_keys`.execute(scene.worker.db),
      sql`update escrowed_keys set tag = tag`.execute(world.ra),
    ];
    expect(await Promise.all(foreign.map((each) => codeOf(each)))).toEqual(['42501', '42501', '42501', '42501']);
    const released = await world.owner
      .selectFrom('recoveries')
      .select('id')
      .where('state', '=', 'released')
      .executeTakeFirstOrThrow();
    await asSuperuser(
      world,
      ['recoveries'],
      `update recoveries set released_at = clock_timestamp() - interval '8 days' where id = '${released.id}'`,
    );
    await endLateRecoveries(scene.worker.db, new AbortController().signal);
    expect([await scene.stateOf(id), await scene.openings(id)]).toEqual(['expired', 0]);
    expect([await scene.stateOf(released.id), await scene.openings(released.id)]).toEqual(['closed', 0]);
    expect((await scene.events(id)).at(-1)).toBe('recovery.expired');
    expect((await scene.events(released.id)).at(-1)).toBe('recovery.closed');
  });

  it('is not told to the scene.holder when two agents signed the reason, and the auditor sees that', async () => {
    expect(await scene.notices()).toBe(1);
    const { id } = (await scene.request({ suppressNotice: 'Search and Surveillance Act 2012, s 179' })).body;
    await scene.approveByCommand(treasury, id);
    expect(await scene.events(id)).not.toContain('recovery.notice-suppressed');
    await scene.approveByCommand(ssc, id, '--out', join(scene.folder, 'quiet.p7m'));
    expect(await scene.stateOf(id)).toBe('released');
    expect(await scene.notices()).toBe(0);
    const trail = await calls.call('auditor', 'GET', '/api/v1/audit-events?kind=recovery.notice-suppressed');
    expect(only(trail.body.items).detail).toMatchObject({
      reason: 'Search and Surveillance Act 2012, s 179',
      signedBy: [treasury.personId, ssc.personId],
    });
  });

  it('is not released to a recipient whose certificate was revoked meanwhile', async () => {
    const { id } = (await scene.request()).body;
    await scene.approveByCommand(ssc, id);
    await scene.approve(treasury, id);
    const reader = createHash('sha256').update(new X509Certificate(scene.recipient.pem).raw).digest('hex');
    const revoked = { certificate: reader, action: 'revoke', reason: 'superseded' };
    expect((await calls.call('operator', 'POST', '/api/v1/revocations', revoked)).status).toBe(201);
    expect(codesOf(await scene.call(treasury, `/${id}/release`))).toEqual(['recipient-not-good']);
    expect(await scene.stateOf(id)).toBe('approved-2');
    expect(codesOf(await scene.request())).toEqual(['recipient-not-good']);
    await asSuperuser(world, ['revocations'], 'delete from revocations');
  });

  it('takes no approval of an agent whose role has ended', async () => {
    const { id } = (await scene.request()).body;
    const { digest, body } = await scene.approvalOf(treasury2, id);
    const role = { personId: treasury2.personId, role: 'ca-operations' };
    const insert = () =>
      codeOf(
        withTransaction(world.ra, (tx) =>
          insertRecoveryApproval(tx, { recoveryId: id, digest, personId: '-', ...body }),
        ),
      );
    expect(await propose(world, 'role-remove', role, world.administrators)).toBe(1);
    await calls.registration.ra.authority.refresh();
    expect([(await scene.call(treasury2, `/${id}/approvals`, body)).status, await insert()]).toEqual([401, 'SE020']);
    expect(await propose(world, 'role-grant', role, world.administrators)).toBe(1);
    await calls.registration.ra.authority.refresh();
    expect(await insert()).toBe('done');
  });

  it('is seen by its requester, agents and the auditor, and by nobody else', async () => {
    const { id } = (await scene.request()).body;
    const sponsor = await calls.registration.token(
      'sponsor',
      calls.person['susan.grant@treasury.govt.nz'] ?? '',
      'treasury',
    );
    const look = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const [one, all] = [
        await calls.call(undefined, 'GET', `/api/v1/recoveries/${id}`, undefined, headers),
        await calls.call(undefined, 'GET', '/api/v1/recoveries', undefined, headers),
      ];
      return [one.status, all.body.items.some((each) => each.id === id)];
    };
    expect([await look(scene.hemi), await look(ssc.token), await look(sponsor)]).toEqual([
      [200, true],
      [200, true],
      [404, false],
    ]);
    expect((await calls.call('auditor', 'GET', `/api/v1/recoveries/${id}/content`)).status).toBe(200);
    expect((await scene.call(sponsor, `/${id}/close`, { reason: 'mine' })).status).toBe(404);
  });
});

describe('every event in every state of a recovery', () => {
  const MOVES = RECOVERY_MACHINE.transitions.filter(({ from }) => from !== null);
  const PAIRS = RECOVERY_STATES.flatMap((state) =>
    [...new Set(MOVES.map(({ event }) => event))].map((event) => [state, event] as const),
  );
  let id: string;
  beforeAll(async () => {
    ({ id } = (await scene.request()).body);
    await scene.approve(treasury, id);
    await scene.approve(ssc, id);
  });

  async function put(state: RecoveryState): Promise<void> {
    await asSuperuser(
      world,
      ['recoveries', 'recovery_openings'],
      `update recoveries set state = '${state}', state_reason = null where id = '${id}'`,
      `insert into recovery_openings (recovery_id, person_id, envelope) values ('${id}', '${ssc.personId}', '\\x00') on conflict do nothing`,
    );
  }

  it.each(PAIRS)('%s: %s', async (state, event) => {
    await put(state);
    const [{ by }] = MOVES.filter((row) => row.event === event) as [(typeof MOVES)[number]];
    const login = by === 'worker' ? scene.worker.db : world.ra;
    const moved = await withTransaction(login, (tx) => moveRecovery(tx, id, event, 'walk'));
    const next = nextState(RECOVERY_MACHINE, state, event);
    expect([moved, await scene.stateOf(id)]).toEqual([next !== undefined, next ?? state]);
    if (next !== undefined && RECOVERY_MACHINE.final.includes(next)) expect(await scene.openings(id)).toBe(0);
  });

  it('the database has the transitions of the machine and refuses every other one, whoever asks', async () => {
    const rows = await sql<{ before: string; after: string; login: string }>`
      select before, after, login from recovery_transitions`.execute(world.owner);
    const wanted = RECOVERY_MACHINE.transitions.flatMap(({ from, to, by }) =>
      (from ?? ['']).map((before) => `${before} ${to} see_${by}`),
    );
    expect(rows.rows.map(({ before, after, login }) => `${before} ${after} ${login}`).toSorted()).toEqual(
      wanted.toSorted(),
    );
    let refused = 0;
    for (const before of RECOVERY_STATES) {
      await put(before);
      for (const after of RECOVERY_STATES.filter((state) => state !== before)) {
        for (const [name, login] of [
          ['ra', world.ra],
          ['worker', scene.worker.db],
        ] as const) {
          const ways = MOVES.filter(({ from, to }) => to === after && from?.includes(before));
          if (ways.some(({ by }) => by === name)) continue;
          const change = sql`update recoveries set state = ${after} where id = ${id}`.execute(login);
          expect([before, after, name, await codeOf(change)]).toEqual([
            before,
            after,
            name,
            ways.length > 0 ? 'SE012' : 'SE003',
          ]);
          refused += 1;
        }
      }
      expect(await scene.stateOf(id)).toBe(before);
    }
    expect(refused).toBeGreaterThan(60);
  });

  it.each(RECOVERY_STATES)(
    'people who come too late or too early for one that is %s hear 409, on record',
    async (state) => {
      const steps: readonly [RecoveryEvent, string, () => Promise<Answer>][] = [
        ['refuse', 'recovery.refuse', () => scene.call(ssc, `/${id}/refuse`, { reason: 'the walk' })],
        ['close', 'recovery.close', () => scene.call(scene.hemi, `/${id}/close`, { reason: 'the walk' })],
        ['release', 'recovery.release', () => scene.call(treasury, `/${id}/release`)],
        ['complete', 'recovery.approve', () => scene.approve(treasury2, id)],
      ];
      let asked = 0;
      for (const [event, kind, ask] of steps) {
        const taken = state === 'released' && event === 'release';
        const open = event === 'complete' && state === 'requested';
        if (nextState(RECOVERY_MACHINE, state, event) !== undefined || taken || open) continue;
        await put(state);
        const answer = await ask();
        expect([event, answer.status, answer.body.code]).toEqual([event, 409, 'wrong-state']);
        expect(await scene.stateOf(id)).toBe(state);
        asked += 1;
        await waitUntil('the refusal in the audit trail', async () => {
          const found =
            await sql`select from audit_events where kind = ${kind} and outcome = 'failure' and object_id = ${id}`.execute(
              world.owner,
            );
          return found.rows.length > 0;
        });
      }
      expect(asked).toBeGreaterThan(0);
    },
  );
});
