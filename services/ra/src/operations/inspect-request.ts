import { activeProfile } from '@see/domain';
import { Refusal, type Violation } from '@see/http';
import { type CsrInspection, inspectCsr, keyGuard, profileOf, spkiSha256 } from '@see/policy';
import { parseCsr } from '@see/x509';
import type { Ra } from '../ra.ts';
import { violationOf } from '../refusal.ts';
import { knownKey } from './create-order.ts';
import { isSoundButShort } from './short-rsa.ts';

/** What we would make of a CSR, with what the registry knows of its key. */
export interface RequestInspection {
  readonly taken: CsrInspection['taken'];
  readonly ignored: CsrInspection['ignored'];
  readonly violations: readonly Violation[];
  /** No profile could ever take it: malformed, weak, blocked or without proof of possession. */
  readonly refused: boolean;
}

/** Looks at a CSR, also for a profile by its id; nothing is stored. Throws Refusal `not-found` for an unknown profile. */
export async function inspectRequest(ra: Ra, der: Uint8Array, profile?: string): Promise<RequestInspection> {
  const inspection = await inspectCsr(der, profileNamed(ra, profile));
  const { taken, ignored } = inspection;
  const short = taken === null && isMerelyShort(der, inspection);
  const blocked = taken || short ? await blockedKey(ra, parseCsr(der).spki) : undefined;
  const violations = [...inspection.violations, ...(blocked ? [blocked] : [])].map(violationOf);
  return { taken, ignored, violations, refused: blocked !== undefined || (taken === null && !short) };
}

function profileNamed(ra: Ra, id: string | undefined) {
  if (id === undefined) return undefined;
  const active = activeProfile(ra.authority.current, id);
  if (!active)
    throw new Refusal('not-found', 'There is no active profile with this id. GET /api/v1/profiles lists them.');
  return profileOf(active.content);
}

async function blockedKey(ra: Ra, spki: Uint8Array) {
  const known = await knownKey(ra, spkiSha256(spki));
  return known && keyGuard({ ...known, uses: [] }, '', '');
}

/** A request that is sound but for an RSA key shorter than any profile takes today. */
function isMerelyShort(der: Uint8Array, inspection: CsrInspection): boolean {
  return inspection.violations.every((violation) => violation.code === 'rsa-too-short') && isSoundButShort(der);
}
