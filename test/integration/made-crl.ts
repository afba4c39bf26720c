import { notify } from '@see/db';
import { type CrlForm, type CrlScope, crlUrl, RevokedSet, signCrl } from '@see/issuance';
import type { World } from '../support/world.ts';

/** A CRL that a CA's own key signs, besides those that the signer makes. */
export interface MadeCrl {
  readonly ca: string;
  readonly scope: CrlScope;
  readonly number: bigint;
  readonly entries?: readonly { readonly serial: Uint8Array; readonly reason: number; readonly revokedAt?: Date }[];
  /** Of a delta. */
  readonly base?: bigint;
  readonly thisUpdate?: Date;
  readonly quiet?: boolean;
}

const DAYS_2 = 2 * 86_400_000;

/** Makes a CRL and puts it into the database as the signer would; returns its octets. */
export async function publishCrl(world: World, crl: MadeCrl): Promise<Uint8Array> {
  const { ca: caId, scope, number, base, entries = [], thisUpdate = new Date() } = crl;
  const ca = world.signer.cas.get(caId);
  if (!ca) throw new Error(`no CA ${caId}`);
  const set = new RevokedSet();
  for (const { serial, reason, revokedAt = new Date(thisUpdate.getTime() - 60_000) } of entries)
    set.put({ serial, reason, revokedAt: Math.floor(revokedAt.getTime() / 1000), invalidSince: 0 });
  const from = new Date(Math.floor(thisUpdate.getTime() / 1000) * 1000);
  const until = new Date(from.getTime() + DAYS_2);
  const url = crlUrl(world.instance.urls.va, caId, scope);
  const form: CrlForm =
    base !== undefined
      ? { kind: 'delta', base }
      : scope === 'full'
        ? { kind: 'full', freshest: undefined }
        : { kind: 'part', url };
  const der = await signCrl({ ca, form, number, thisUpdate: from, nextUpdate: until, entries: set.entries() });
  await storeCrl(world, { ca: caId, scope, number, der, thisUpdate: from, nextUpdate: until });
  if (!crl.quiet) await notify(world.owner, 'see_crls', number);
  return der;
}

/** Puts any octets into the database as a CRL. */
export async function storeCrl(
  world: World,
  crl: {
    readonly ca: string;
    readonly scope: CrlScope;
    readonly number: bigint;
    readonly der: Uint8Array;
    readonly thisUpdate: Date;
    readonly nextUpdate: Date;
  },
): Promise<void> {
  const { thisUpdate, nextUpdate, ...row } = crl;
  await world.owner
    .insertInto('crls')
    .values({ ...row, entries: 0, this_update: thisUpdate, next_update: nextUpdate })
    .execute();
}
