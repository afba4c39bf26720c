import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, insertPerson, insertToken, withTransaction } from '@see/db';
import { EVALUATION_RISK_POLICY, personId } from '@see/domain';
import { formatToken, tokenDigest } from '@see/http';
import { PROFILE_IDS } from '@see/policy';
import type { Configuration, Instance, Layout } from '@see/process';
import { type ApprovalKey, generateApprovalKey, writeApprovalKey, writePublicKey } from '../keys/approval-key.ts';
import type { ChainBuilder } from './chain-builder.ts';
import { EVALUATION_AGENCIES, EVALUATION_PEOPLE, EVALUATION_PERMITTED_DOMAINS } from './evaluation-scheme.ts';
import { generatePassphraseFile } from './generated-secret.ts';
import { type Administrator, initInstance } from './init-instance.ts';
import { evaluationPolicyArc } from './policy-arc.ts';

const YEAR = 365 * 86_400;

/** What stands in the place of the digest of a report: nobody tested a site. */
const NO_SITE_TEST = createHash('sha256').update('Evaluation preset: no site was tested').digest('hex');
const TOKEN_DAYS = 90;

/** Where an evaluation instance keeps one of its generated keys. */
export function evaluationKeyFile(layout: Pick<Layout, 'evaluationDir'>, name: string): string {
  return join(layout.evaluationDir, `${name}.key.json`);
}

/**
 * Makes an instance to try things on: every key and passphrase is generated and lies in `evaluation/` (mode 0600), so
 * it proves nothing about people. Starts with Treasury, State Services Commission and DPMC.
 */
export async function initEvaluation(
  layout: Layout,
  database: { readonly kind: 'embedded' | 'external'; readonly ownerUrl: string },
  configuration: Configuration,
  now: Date,
  say: (message: string) => void,
): Promise<Instance> {
  const ids = new Map(EVALUATION_PEOPLE.map((person) => [person.key, personId(randomBytes(10))]));
  const idOf = (key: string): string => ids.get(key) ?? '';
  const keyFor = (name: string): ApprovalKey => {
    const key = generateApprovalKey(name);
    writeApprovalKey(evaluationKeyFile(layout, name), key, undefined);
    writePublicKey(join(layout.evaluationDir, `${name}.public.json`), key);
    return key;
  };
  const administrator = (name: string): Administrator => ({ personId: idOf(name), name, key: keyFor(name) });
  const instance = await initInstance(
    {
      layout,
      configuration,
      database,
      preset: 'evaluation',
      organization: 'SEE Evaluation',
      country: 'NZ',
      policyArc: evaluationPolicyArc(),
      permittedDomains: EVALUATION_PERMITTED_DOMAINS,
      risk: EVALUATION_RISK_POLICY,
      people: () => ({
        administrators: [administrator('administrator1'), administrator('administrator2')],
        recoveryKeys: ['recovery1', 'recovery2', 'recovery3'].map((name) => keyFor(name).publicKey),
        passphrases: {
          root: generatePassphraseFile(layout.evaluationDir, 'root'),
          signer: generatePassphraseFile(layout.evaluationDir, 'signer'),
          va: generatePassphraseFile(layout.evaluationDir, 'va'),
          worker: generatePassphraseFile(layout.evaluationDir, 'worker'),
        },
      }),
      now,
      say,
    },
    async ({ builder, administrators }, db) => {
      const signers = administrators.map(({ key }) => key);
      say('Registering two operators and three agencies: Treasury, State Services Commission, DPMC');
      const operators = [keyFor('operator1'), keyFor('operator2')];
      for (const key of operators) await registerOperator(builder, signers, idOf(key.label), key);
      await admitAgencies(builder, operators, idOf, Math.floor(now.getTime() / 1000));
      await storePeople(db, idOf, now);
      await makeTokens(db, layout, idOf, now);
    },
  );
  say('Two approvals are asked for a name close to that of somebody else; the other risks are off: see risk show');
  say(
    `The keys and passphrases of this evaluation instance lie in ${layout.evaluationDir}: whoever reads them is everybody`,
  );
  return instance;
}

async function registerOperator(
  builder: ChainBuilder,
  signers: readonly ApprovalKey[],
  person: string,
  key: ApprovalKey,
): Promise<void> {
  await builder.add(
    'credential-register',
    { personId: person, publicKey: { ...key.publicKey }, label: key.label },
    signers,
  );
  await builder.add('role-grant', { personId: person, role: 'operator' }, signers);
}

async function admitAgencies(
  builder: ChainBuilder,
  operators: readonly ApprovalKey[],
  idOf: (key: string) => string,
  now: number,
): Promise<void> {
  for (const agency of EVALUATION_AGENCIES) {
    const delegation = (key: string, role: string) => ({
      personId: idOf(key),
      role,
      from: now,
      until: now + 2 * YEAR,
      instrument: 'Evaluation preset: no instrument exists',
    });
    await builder.add(
      'agency-scope',
      {
        agencyId: agency.id,
        name: agency.name,
        organizationNames: [agency.name],
        organizationIdentifier: 'GOVNZ',
        locality: agency.locality,
        domains: [...agency.domains],
        profiles: PROFILE_IDS.filter((id) => id !== 'ocsp-responder'),
        delegations: [delegation(agency.sponsor, 'sponsor'), delegation(agency.agent, 'registration-agent')],
        lastVerifiedAt: now,
        nextReviewAt: now + YEAR,
      },
      operators,
    );
    await builder.add(
      'agency-activate',
      { agencyId: agency.id, phase: 2, start: now, certification: NO_SITE_TEST },
      operators,
    );
  }
}

async function storePeople(db: Database, idOf: (key: string) => string, now: Date): Promise<void> {
  await withTransaction(db, async (tx) => {
    for (const person of EVALUATION_PEOPLE) {
      await insertPerson(tx, {
        id: idOf(person.key),
        agencyId: person.agency,
        givenName: person.givenName,
        surname: person.surname,
        displayName: `${person.givenName} ${person.surname}`,
        email: person.email,
        verifiedAt: now,
        reviewAt: new Date(now.getTime() + YEAR * 1000),
      });
    }
  });
}

const TOKENS = [
  { person: 'administrator1', role: 'administrator', agency: null },
  { person: 'operator1', role: 'operator', agency: null },
  { person: 'operator2', role: 'operator', agency: null },
  { person: 'treasury-sponsor', role: 'sponsor', agency: 'treasury' },
  { person: 'ssc-sponsor', role: 'sponsor', agency: 'ssc' },
  { person: 'dpmc-sponsor', role: 'sponsor', agency: 'dpmc' },
] as const;

async function makeTokens(db: Database, layout: Layout, idOf: (key: string) => string, now: Date): Promise<void> {
  for (const { person, role, agency } of TOKENS) {
    const token = formatToken(randomBytes(32));
    await insertToken(db, {
      id: randomUUID(),
      secretSha256: tokenDigest(token),
      name: `evaluation ${person}`,
      role,
      agencyId: agency,
      personId: idOf(person),
      expiresAt: new Date(now.getTime() + TOKEN_DAYS * 86_400_000),
    });
    writeFileSync(join(layout.evaluationDir, `${person}.token`), `${token}\n`, { mode: 0o600, flag: 'wx' });
  }
}
