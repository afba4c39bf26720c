import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STANDARD_PROFILES } from '@see/policy';
import { signDigest, statementDigest } from '@see/statement';
import { encodePem } from '@see/x509';
import { rsaRequest } from '../../../../test/support/recovery-agents.ts';
import { runSee } from '../../../../test/support/see-command.ts';
import { waitUntil } from '../../../../test/support/wait-until.ts';
import { waitForCodes } from './redeem-codes.ts';
import type { MemberAgency, Scheme } from './scheme.ts';

interface Agent {
  readonly personId: string;
  readonly agencyId: string;
  readonly approvalFile: string;
  readonly keyFile: string;
  readonly token: string;
}

interface Ordered {
  readonly id: string;
}

/**
 * One encryption key is recovered, with the commands that people use: two agents are named, a profile keeps keys, a holder
 * enrols, somebody asks, both agents open, and what comes out is the holder's key and nobody else's. Returns the number of
 * certificates that this issued.
 */
export async function recoverKey(scheme: Scheme, agencies: readonly MemberAgency[]): Promise<number> {
  const [agency, other] = agencies;
  if (!agency || !other) throw new Error('two agencies are needed');
  const folder = scheme.evaluation('recovery');
  mkdirSync(folder);
  const recipient = await recipientOf(scheme, agency, folder);
  const agents = [await appoint(scheme, agency, folder, 'One'), await appoint(scheme, other, folder, 'Two')] as const;
  const named = agents.map((agent) => `${agent.personId}:${agent.agencyId}:${agent.keyFile}.public.json`);
  await signed(scheme, await scheme.instance.seeJson('recovery', 'agents', '--agent', ...named));
  const profile = join(folder, 'profile.json');
  writeFileSync(profile, JSON.stringify(KEEPING));
  await signed(scheme, await scheme.instance.seeJson('profile', 'activate', profile));
  const holder = await enrol(scheme, agency, folder);
  const asked = await scheme.instance.seeJson<Ordered>(
    ...[
      'recovery',
      'request',
      '--certificate',
      holder.serial,
      '--capacity',
      'legal',
      '--legal-basis',
      'a run of the scheme',
    ],
    ...[
      '--purpose',
      'to see that it works',
      '--from',
      '2026-01-01',
      '--until',
      '2026-02-01',
      '--recipient',
      recipient.pem,
    ],
  );
  const out = join(folder, 'recovered.p7m');
  await asAgent(scheme, agents[0], 'recovery', 'approve', asked.id, ...keysOf(agents[0]), '--yes');
  await asAgent(scheme, agents[1], 'recovery', 'approve', asked.id, ...keysOf(agents[1]), '--yes', '--out', out);
  const opened = execFileSync('openssl', ['cms', '-decrypt', '-inform', 'DER', '-in', out, '-inkey', recipient.key]);
  if (!createPrivateKey(opened).equals(createPrivateKey(readFileSync(holder.keyFile))))
    throw new Error('what was recovered is another key');
  await scheme.instance.seeJson('recovery', 'close', asked.id, '--reason', 'it arrived');
  return 2;
}

const KEEPING = {
  ...STANDARD_PROFILES.find(({ id }) => id === 'user-encrypt'),
  version: 2,
  description: 'Receiving encrypted e-mail (S/MIME). A copy of the key is kept for your agency.',
  keySources: ['code'],
  escrow: 'recovery-agents',
};

function keysOf({ approvalFile, keyFile }: Agent): readonly string[] {
  return ['--key', approvalFile, '--agent-key', keyFile];
}

async function asAgent({ instance }: Scheme, agent: Agent, ...args: readonly string[]): Promise<void> {
  const environment = { ...instance.environment, SEE_TOKEN: agent.token };
  const result = await runSee({ program: 'see', environment }, ...args);
  if (result.code !== 0) throw new Error(`see ${args.join(' ')}: ${result.stdout}${result.stderr}`);
}

/** Has both administrators sign a statement, and waits until it counts. */
async function signed(scheme: Scheme, { digest }: { readonly digest: string }): Promise<void> {
  for (const name of ['administrator1', 'administrator2']) {
    const key = scheme.evaluation(`${name}.key.json`);
    await scheme.instance.seeJson('statement', 'sign', digest, '--key', key, '--yes');
  }
  await waitUntil('the statement', async () => {
    const { state } = await scheme.operator.get<{ state: string }>(`/api/v1/statements/${digest}`);
    if (state === 'refused') throw new Error(`statement ${digest} was refused`);
    return state === 'accepted';
  });
}

async function personOf(scheme: Scheme, agency: MemberAgency, surname: string): Promise<{ id: string; email: string }> {
  const email = `${surname.toLowerCase()}@${agency.domain}`;
  const { id } = await scheme.operator.post<Ordered>('/api/v1/people', {
    agencyId: agency.id,
    givenName: 'Recovery',
    surname,
    email,
  });
  return { id, email };
}

/** A recovery agent with approval key, agent's key, role and token. */
async function appoint(scheme: Scheme, agency: MemberAgency, folder: string, name: string): Promise<Agent> {
  const { instance } = scheme;
  const { id } = await personOf(scheme, agency, `Agent${name}`);
  const [approvalFile, keyFile, tokenFile] = ['approval', 'agent', 'token'].map((kind) =>
    join(folder, `${name}.${kind}`),
  );
  if (!approvalFile || !keyFile || !tokenFile) throw new Error('no files');
  await instance.seeJson('operator', 'keygen', '--label', `Agent ${name}`, '--out', approvalFile);
  await signed(scheme, await instance.seeJson('operator', 'register', `${approvalFile}.public.json`, '--person', id));
  await signed(scheme, await instance.seeJson('operator', 'grant', id, '--role', 'ca-operations'));
  await instance.seeJson('recovery', 'keygen', '--label', `Agent ${name}`, '--out', keyFile);
  const holder = ['--role', 'ca-operations', '--person', id, '--name', 'run of the scheme'];
  await instance.seeJson('token', 'create', ...holder, '--out', tokenFile);
  const token = readFileSync(tokenFile, 'utf8').trim();
  return { personId: id, agencyId: agency.id, approvalFile, keyFile, token };
}

/** Somebody with an encryption certificate of before keys were kept, who will read. */
async function recipientOf(
  scheme: Scheme,
  agency: MemberAgency,
  folder: string,
): Promise<{ readonly pem: string; readonly key: string }> {
  const { id: applicantId } = await personOf(scheme, agency, 'Reader');
  const { csr, privateKey } = rsaRequest();
  const items = [{ profile: 'user-encrypt', csr: encodePem('CERTIFICATE REQUEST', csr) }];
  const order = await approved(scheme, agency, applicantId, items);
  const serial = await waitUntil('the certificate of the reader', async () => {
    const { certificates } = await scheme.operator.get<{ certificates: { serial: string }[] }>(
      `/api/v1/orders/${order}`,
    );
    return certificates[0]?.serial;
  });
  const [pem, key] = [join(folder, 'reader.pem'), join(folder, 'reader.key')];
  const found = await scheme.operator.get<{ pem: string }>(`/api/v1/certificates/${serial}`);
  writeFileSync(pem, found.pem);
  writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return { pem, key };
}

/** A holder who enrols with a profile that keeps a copy of the key. */
async function enrol(
  scheme: Scheme,
  agency: MemberAgency,
  folder: string,
): Promise<{ readonly serial: string; readonly keyFile: string }> {
  const { id: personId, email } = await personOf(scheme, agency, 'Holder');
  const orderId = await approved(scheme, agency, personId, [{ profile: 'user-encrypt' }]);
  const codes = await waitForCodes(scheme, [{ personId, email, orderId }]);
  const codeFile = join(folder, 'code');
  writeFileSync(codeFile, codes.get(email) ?? '');
  const keys = join(folder, 'holder');
  const { certificates } = await scheme.instance.seeJson<{ certificates: { serial: string }[] }>(
    ...['order', 'redeem', orderId, '--code-file', codeFile, '--out', keys, '--yes'],
  );
  return { serial: certificates[0]?.serial ?? '', keyFile: join(keys, 'user-encrypt.key') };
}

/** Orders for a person and approves, as the second operator. Returns the order's id. */
async function approved(
  scheme: Scheme,
  agency: MemberAgency,
  applicantId: string,
  items: readonly { readonly profile: string; readonly csr?: string }[],
): Promise<string> {
  const { id } = await agency.sponsor.post<Ordered>('/api/v1/orders', {
    agencyId: agency.id,
    applicantId,
    sponsorId: agency.sponsorId,
    type: 'business-card-software',
    items,
  });
  await waitUntil('the order to wait for approval', async () => {
    const { state } = await scheme.operator.get<{ state: string }>(`/api/v1/orders/${id}`);
    return state === 'pending';
  });
  const content = await scheme.operator2.bytes(`/api/v1/orders/${id}/content`);
  const [, { credentialId, privateKey }] = scheme.operators;
  const signature = signDigest(statementDigest('order', content), credentialId, privateKey);
  await scheme.operator2.post(`/api/v1/orders/${id}/approvals`, { credentialId, signature });
  return id;
}
