import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import {
  type Database,
  dropSchema,
  holdsInstance,
  insertCa,
  migrate,
  openDatabase,
  withTransaction,
  writeAudit,
} from '@see/db';
import { insertCrl } from '@see/db/signer';
import { type RiskPolicy, refused } from '@see/domain';
import { STANDARD_PROFILES, STANDARD_TYPES } from '@see/policy';
import { type Configuration, type Instance, type Layout, writeInstance } from '@see/process';
import type { CanonicalValue, PublicJwk } from '@see/statement';
import type { ApprovalKey } from '../keys/approval-key.ts';
import { ChainBuilder } from './chain-builder.ts';
import { type Hierarchy, makeHierarchy } from './hierarchy.ts';
import { clearStores, type NewServiceKey, newServiceKey, type StorePassphrases, sealStores } from './service-stores.ts';

/** One of the two first administrators, present with the key at init. */
export interface Administrator {
  readonly personId: string;
  readonly name: string;
  readonly key: ApprovalKey;
}

export interface InitOptions {
  readonly layout: Layout;
  readonly configuration: Configuration;
  readonly database: { readonly kind: 'embedded' | 'external'; readonly ownerUrl: string };
  readonly preset: 'evaluation' | 'production';
  readonly organization: string;
  readonly country: string;
  readonly policyArc: string;
  readonly permittedDomains: readonly string[];
  /** What raises the quorum of an order, signed with the rest of the configuration. */
  readonly risk: RiskPolicy;
  /** Called once the folders are clean: gives the keys and passphrases that this instance starts with. */
  readonly people: () => {
    readonly administrators: readonly [Administrator, Administrator];
    readonly recoveryKeys: readonly PublicJwk[];
    readonly passphrases: StorePassphrases;
  };
  readonly now: Date;
  readonly say: (message: string) => void;
}

export interface InitResult {
  readonly instance: Instance;
  readonly builder: ChainBuilder;
  readonly administrators: readonly [Administrator, Administrator];
}

/**
 * Makes an instance on a migrated, empty database: the hierarchy, the anchor, the first statements and the sealed
 * stores. `finish` adds what a preset starts with; the instance exists only when it has returned and instance.json is
 * written, so an interrupted init is simply run again. Refuses a database or folder that holds an instance.
 */
export async function initInstance(
  options: InitOptions,
  finish: (result: InitResult, db: Database) => Promise<void>,
): Promise<Instance> {
  const { layout, say } = options;
  const db = openDatabase(options.database.ownerUrl, { applicationName: 'see init', max: 2 });
  try {
    await startClean(options, db);
    clearStores(layout);
    mkdirSync(layout.evaluationDir, { recursive: true, mode: 0o700 });
    const { administrators, recoveryKeys, passphrases } = options.people();
    say('Making the root key and four issuing CA keys (P-384)');
    const hierarchy = await makeHierarchy({
      organization: options.organization,
      vaUrl: options.configuration.urls.va,
      names: { country: options.country, permittedDomains: options.permittedDomains },
      now: options.now,
    });
    const keys = await Promise.all((['va', 'worker', 'box', 'log'] as const).map(newServiceKey));
    const id = randomUUID();
    say('Writing the first statements, signed by both administrators');
    const { builder, anchor } = await startChain(options, db, id, administrators, recoveryKeys, keys);
    await storeHierarchy(db, hierarchy);
    const instance = describeInstance(options, id, hierarchy, anchor);
    await finish({ instance, builder, administrators }, db);
    sealStores(layout, passphrases, hierarchy, keys, anchor, builder.authority, options.now);
    writeInstance(layout.dataDir, instance);
    return instance;
  } finally {
    await db.destroy();
  }
}

/** An interrupted init of our own cluster is swept away; anybody else's database is never touched. */
async function startClean(options: InitOptions, db: Database): Promise<void> {
  if (!(await holdsInstance(db))) return;
  if (options.database.kind === 'external') {
    throw refused(
      'database-in-use',
      'the database holds an instance already, and this data folder does not belong to it',
      {
        remedy: 'give an empty database, or restore the data folder from its backup',
      },
    );
  }
  options.say('Sweeping away an init that was interrupted');
  await dropSchema(db);
  await migrate(options.database.ownerUrl);
}

async function startChain(
  options: InitOptions,
  db: Database,
  id: string,
  administrators: readonly [Administrator, Administrator],
  recoveryKeys: readonly PublicJwk[],
  keys: readonly NewServiceKey[],
): Promise<{ builder: ChainBuilder; anchor: Uint8Array }> {
  const { urls, rpId } = options.configuration;
  const seconds = Math.floor(options.now.getTime() / 1000);
  const genesis: { readonly [key: string]: CanonicalValue } = {
    configuration: {
      preset: options.preset,
      vaUrl: urls.va,
      portalUrl: urls.portal,
      deskUrl: urls.desk,
      rpId,
      policyArc: options.policyArc,
      country: options.country,
      permittedDomains: [...options.permittedDomains],
      risk: options.risk,
    },
    administrators: administrators.map(({ personId, name, key }) => ({
      personId,
      name,
      publicKey: { ...key.publicKey },
    })),
    recoveryKeys: recoveryKeys.map((key) => ({ ...key })),
  };
  const { builder, anchor } = await ChainBuilder.start(db, id, genesis, seconds);
  const signers = administrators.map(({ key }) => key);
  await builder.add('types-activate', { types: STANDARD_TYPES.map((type) => ({ ...type })) }, signers);
  for (const content of STANDARD_PROFILES) await builder.add('profile-activate', { content }, signers);
  for (const { service, publicKey } of keys)
    await builder.add('service-key-register', { service, publicKey: { ...publicKey } }, signers);
  return { builder, anchor };
}

async function storeHierarchy(db: Database, hierarchy: Hierarchy): Promise<void> {
  await withTransaction(db, async (tx) => {
    for (const { id, ca } of [hierarchy.root, ...hierarchy.issuing]) await insertCa(tx, { ...ca, id });
    const { number, der, thisUpdate, nextUpdate } = hierarchy.rootCrl;
    await insertCrl(tx, { ca: 'root', scope: 'full', number, der, entries: 0, thisUpdate, nextUpdate });
    await writeAudit(
      tx,
      [hierarchy.root, ...hierarchy.issuing].map(({ ca }) => ({
        kind: 'ca.made',
        outcome: 'success' as const,
        actor: { process: 'init' },
        objectType: 'ca',
        objectId: ca.id,
        detail: { sha256: fingerprint(ca.certificate), notAfter: ca.notAfter.toISOString() },
      })),
    );
  });
}

function describeInstance(options: InitOptions, id: string, hierarchy: Hierarchy, anchor: Uint8Array): Instance {
  const { configuration, layout } = options;
  return {
    v: 1,
    instance: id,
    preset: options.preset,
    createdAt: options.now.toISOString(),
    stateDir: layout.stateDir,
    database: options.database.kind,
    urls: configuration.urls,
    ports: configuration.ports,
    rpId: configuration.rpId,
    policyArc: options.policyArc,
    rootFingerprint: grouped(fingerprint(hierarchy.root.ca.certificate)),
    anchor: anchor.toHex(),
  };
}

function fingerprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex').toUpperCase();
}

/** Hex in groups of four, as people read it aloud. */
export function grouped(hex: string): string {
  return (hex.match(/.{4}/g) ?? []).join(' ');
}
