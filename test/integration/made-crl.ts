import { notify } from '@see/db';
import { type CrlScope, crlUrl, RevokedSet, type StreamSigningKey, streamCrl } from '@see/issuance';
import { deltaCrlIndicator, type Extension, issuingDistributionPoint } from '@see/x509';
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
    set.put({ serial, reason, revokedAt: Math.floor(revokedAt.getTime() / 1000), invalidSince: 0, expires: 0 });
  const from = new Date(Math.floor(thisUpdate.getTime() / 1000) * 1000);
  const until = new Date(from.getTime() + DAYS_2);
  const parts: Uint8Array[] = [];
  const extensions: Extension[] = base === undefined ? [] : [deltaCrlIndicator(base)];
  if (scope !== 'full' && scope !== 'delta')
    extensions.push(issuingDistributionPoint({ uris: [crlUrl(world.instance.urls.va, caId, scope)] }));
  const key = ca.key as StreamSigningKey;
  const { head } = await streamCrl(
    { ca, key, number, extensions, thisUpdate: from, nextUpdate: until, entries: () => set.cursor() },
    { write: (octets) => parts.push(octets.slice()) },
  );
  const der = new Uint8Array(Buffer.concat([head, ...parts]));
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
