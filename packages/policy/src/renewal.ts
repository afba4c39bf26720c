import type { Refusal } from '@see/domain';
import { LEAST_GATEWAY_OVERLAP_DAYS, type Profile, type RenewalRule } from './profile.ts';

/** What renewal has to know of a certificate. */
export interface RenewableCertificate {
  readonly profileId: string;
  readonly agencyId: string | null;
  readonly personId: string | null;
  /** Mail addresses and host names in it, lower case. */
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly status: 'good' | 'held' | 'revoked' | 'expired';
  /** Whether its keyUsage has digitalSignature. */
  readonly signs: boolean;
}

const DAY = 86_400_000;

/**
 * When the holder of a certificate may renew it by themselves: the profile's days before its end, and never more than the
 * second half of its life (section 8.4).
 */
export function renewalOpensAt(
  rule: RenewalRule,
  certificate: { readonly notBefore: Date; readonly notAfter: Date },
): Date {
  const { notBefore, notAfter } = certificate;
  const half = (notAfter.getTime() - notBefore.getTime()) / 2;
  return new Date(notAfter.getTime() - Math.min(rule.windowDays * DAY, half));
}

/** Until when a replaced certificate is left alone: the overlap after its successor, or its own end when that is first. */
export function overlapEndsAt(rule: RenewalRule, successorFrom: Date, notAfter: Date): Date {
  return new Date(Math.min(successorFrom.getTime() + rule.overlapDays * DAY, notAfter.getTime()));
}

/**
 * Whether a certificate speaks for another: it is the same one, or it signs for an encryption certificate of the same
 * person, or of the same gateway, whose key can not sign. Nothing is said of their status.
 */
export function speaksFor(
  signer: RenewableCertificate & { readonly id: number },
  target: RenewableCertificate & { readonly id: number },
): boolean {
  if (!signer.signs || signer.agencyId !== target.agencyId) return false;
  if (signer.id === target.id) return true;
  if (target.profileId === 'gateway-encrypt') return signer.profileId === 'gateway-sign' && sameGateway(signer, target);
  if (target.profileId !== 'user-encrypt') return false;
  const personal = signer.profileId === 'user-sign' || signer.profileId === 'user-auth';
  return personal && signer.personId !== null && signer.personId === target.personId;
}

/** Every domain of the one is a domain of the other: the local parts differ by what the certificates are for (RFC 3183). */
function sameGateway(signer: RenewableCertificate, target: RenewableCertificate): boolean {
  const domains = new Set(signer.names.map(domainOf));
  return target.names.length > 0 && target.names.every((name) => domains.has(domainOf(name)));
}

function domainOf(name: string): string {
  return name.slice(name.lastIndexOf('@') + 1);
}

/**
 * What stands against the renewal of a certificate by its holder now: its profile, its status, that of the certificate
 * which signed for it, and the window. Empty when nothing does. NOT checked: whether the one speaks for the other.
 */
export function renewalViolations(
  profile: Profile | undefined,
  signer: RenewableCertificate,
  target: RenewableCertificate,
  now: Date,
): Refusal[] {
  const rule = profile?.renewal;
  if (!rule)
    return [
      fault('not-renewed', `certificates of ${target.profileId} are not renewed by their holders`, 'order a new one'),
    ];
  const statuses =
    signer === target
      ? [statusFault(target, 'the certificate')]
      : [
          statusFault(signer, 'the certificate that signed the request'),
          statusFault(target, 'the certificate that is to be replaced'),
        ];
  const found = statuses.filter((one) => one !== undefined);
  if (found.length > 0) return found;
  const opensAt = renewalOpensAt(rule, target);
  if (now < opensAt)
    return [
      fault(
        'renewal-too-early',
        `the certificate is good until ${day(target.notAfter)}; it can be renewed from ${day(opensAt)} on`,
        'send it again then, or have your sponsor order another one now if the key is lost',
      ),
    ];
  return [];
}

function statusFault({ status }: RenewableCertificate, what: string): Refusal | undefined {
  if (status === 'good') return undefined;
  const said = status === 'held' ? 'on hold' : status;
  return fault(
    'not-current',
    `${what} is ${said}: routine renewal is for certificates that are good now`,
    'have your sponsor order a new one',
  );
}

/** Told to those who approve: less is left of a gateway's old certificate than the sites need to change over (SEE-7). */
export function overlapWarning(target: RenewableCertificate, now: Date): Refusal | undefined {
  const left = Math.floor((target.notAfter.getTime() - now.getTime()) / DAY);
  if (!target.profileId.startsWith('gateway-') || left >= LEAST_GATEWAY_OVERLAP_DAYS) return undefined;
  return {
    code: 'overlap-short',
    message: `the certificate that it replaces ends in ${left} days: less than the ${LEAST_GATEWAY_OVERLAP_DAYS} for which both are to be good`,
    source: 'SEE-7',
    path: 'replaces',
    remedy: 'decide today, so that other members still have time to change over',
  };
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function fault(code: string, message: string, remedy: string): Refusal {
  return { code, message, source: 'section 8.4', path: 'request', remedy };
}
