import type { CrlScope } from '@see/issuance/crl-scope';
import type { Remembered } from '../status/effective-status.ts';
import type { ListView } from '../status/shown-by-list.ts';
import { partOf } from './crl-list.ts';
import type { ListedEntries } from './listed-entries.ts';

/** A CRL that was verified. */
export interface ShelvedCrl {
  readonly ca: string;
  readonly scope: CrlScope;
  readonly number: bigint;
  readonly der: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Hex SHA-256 of the octets. */
  readonly sha256: string;
  readonly entries: ListedEntries;
}

/** The newest verified CRL of each scope of each CA. */
export class CrlShelf {
  readonly #crls = new Map<string, Map<CrlScope, ShelvedCrl>>();
  /** In how many parts a CA has lists. */
  readonly #counts = new Map<string, Set<number>>();

  get(ca: string, scope: CrlScope = 'full'): ShelvedCrl | undefined {
    return this.#crls.get(ca)?.get(scope);
  }

  *all(): Generator<ShelvedCrl> {
    for (const crls of this.#crls.values()) yield* crls.values();
  }

  /**
   * What the newest CRLs of a CA say of a serial number: the full one, the delta, and those of the parts in which it is. That
   * a delta tells of its release (removeFromCRL) does not take away what another list says.
   */
  listed(ca: string, serial: string): Remembered[] {
    const parts = [...(this.#counts.get(ca) ?? [])].map((count) => partOf(serial, count));
    return ['full' as const, 'delta' as const, ...parts].flatMap((scope) => {
      const said = scope && this.get(ca, scope)?.entries.find(serial);
      return said ? [said] : [];
    });
  }

  /** The newest full CRL of a CA, and what it says of a serial number. */
  viewOf(ca: string, serial: string): ListView | undefined {
    const crl = this.get(ca);
    return crl && viewOf(crl, serial);
  }

  /** Puts a CRL on the shelf in place of an older one; returns whether it is newer than what was there. */
  put(crl: ShelvedCrl): boolean {
    const { ca, scope } = crl;
    const present = this.get(ca, scope);
    if (present && present.number >= crl.number) return false;
    of(this.#crls, ca, () => new Map<CrlScope, ShelvedCrl>()).set(scope, crl);
    if (scope !== 'full' && scope !== 'delta')
      of(this.#counts, ca, () => new Set<number>()).add(Number.parseInt(scope, 10));
    return true;
  }
}

/** What a list says of a serial number, hex. */
export function viewOf(crl: ShelvedCrl, serial: string): ListView {
  return { thisUpdate: crl.thisUpdate, listed: crl.entries.find(serial) };
}

function of<T>(map: Map<string, T>, key: string, make: () => T): T {
  const made = map.get(key) ?? make();
  map.set(key, made);
  return made;
}
