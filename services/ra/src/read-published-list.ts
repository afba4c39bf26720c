import { type CrlScope, crlUrl } from '@see/issuance';
import { isSignedBy } from '@see/verify';
import { type Certificate, type CertificateList, oid, parseCrl, parseIssuingDistributionPoint } from '@see/x509';
import type { FetchFault } from './published-status.ts';

/** How far a list's thisUpdate may lie ahead of our clock. */
const SKEW_MS = 300_000;

/** What was asked for. */
export interface WantedList {
  readonly ca: string;
  readonly certificate: Certificate;
  readonly scope: CrlScope;
  /** The public URL of va, which parts name. */
  readonly vaUrl: string;
  readonly now: Date;
}

type ReadList =
  | { readonly ok: true; readonly number: number; readonly until: Date }
  | { readonly ok: false; readonly fault: FetchFault };

/**
 * Reads a CRL as a client does that fetched it: whether the CA signed it, it is valid now and covers what its address says
 * (RFC 5280 6.3.3). NOT checked: its entries, and whether there is a newer one.
 */
export function readPublishedList(der: Uint8Array, wanted: WantedList): ReadList {
  let crl: CertificateList;
  let covers: boolean;
  try {
    crl = parseCrl(der);
    covers = isOfScope(crl, wanted);
  } catch {
    return { ok: false, fault: 'unreadable' };
  }
  const { crlNumber, thisUpdate, nextUpdate } = crl;
  if (!isSignedBy(crl, wanted.certificate)) return { ok: false, fault: 'signature' };
  if (!covers || crlNumber === undefined) return { ok: false, fault: 'unreadable' };
  const begun = thisUpdate.getTime() <= wanted.now.getTime() + SKEW_MS;
  if (!begun || !nextUpdate || nextUpdate <= wanted.now) return { ok: false, fault: 'time' };
  return { ok: true, number: Number(crlNumber), until: nextUpdate };
}

function isOfScope(crl: CertificateList, { ca, scope, vaUrl }: WantedList): boolean {
  const critical = crl.extensions.filter((extension) => extension.critical).map((extension) => extension.oid);
  const point = crl.extension(oid.issuingDistributionPoint);
  if (scope === 'full') return critical.length === 0 && !point && crl.baseCrlNumber === undefined;
  if (critical.length !== 1) return false;
  if (scope === 'delta') return critical[0] === oid.deltaCrlIndicator && !point;
  if (!point || critical[0] !== oid.issuingDistributionPoint) return false;
  const names = parseIssuingDistributionPoint(point.value).distributionPoint?.fullName ?? [];
  const [name] = names;
  return names.length === 1 && name?.kind === 'uniformResourceIdentifier' && name.value === crlUrl(vaUrl, ca, scope);
}
