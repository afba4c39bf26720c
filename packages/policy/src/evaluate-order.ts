import { createHash } from 'node:crypto';
import { DerError } from '@see/asn1';
import {
  type AgencyScope,
  APPROVE_WITHIN_SECONDS,
  type Authority,
  activeProfile,
  type CertificateType,
  type OrderDraft,
  type OrderItem,
  type Refusal,
} from '@see/domain';
import { type CanonicalValue, canonicalBytes } from '@see/statement';
import { encodeGeneralNames, encodeName } from '@see/x509';
import { type CaFacts, orderViolations } from './check-order.ts';
import { mixedScript, readDnsName } from './dns-name.ts';
import { type KnownKey, keyGuard } from './key-guard.ts';
import { orderRisk, type RiskReadings, withRisk } from './order-risks.ts';
import { policyOids } from './policy-oids.ts';
import { type Profile, profileOf } from './profile.ts';
import { keyViolations, spkiSha256 } from './public-key.ts';
import { requiredQuorum } from './required-quorum.ts';
import { type SubjectPerson, subjectAltNames, subjectName } from './subject.ts';
import { type VerifiedCsr, verifyCsr } from './verify-csr.ts';

/** What somebody asks for. Names that a CSR holds are not among it: they come from the registry. */
export interface OrderRequest {
  readonly kind: 'csr' | 'person';
  readonly agencyId: string;
  readonly applicant: string;
  readonly sponsor: string;
  readonly agent: string | null;
  readonly typeId: string;
  /** One of the agency's names; its first one when absent. */
  readonly organizationName?: string;
  /** The person the certificates stand for: always the applicant. Null for gateways and servers. */
  readonly person: SubjectPerson | null;
  readonly items: readonly {
    readonly profileId: string;
    readonly csr: Uint8Array | null;
    readonly dnsNames: readonly string[];
  }[];
  readonly evidence: CanonicalValue;
  /** SHA-256 of the certificates that these replace, hex. */
  readonly replaces: readonly string[];
  readonly validityDays?: number;
}

export interface OrderSurroundings {
  readonly authority: Authority;
  readonly cas: ReadonlyMap<string, CaFacts>;
  /** Seconds since 1970 UTC. */
  readonly now: number;
  readonly orderId: string;
  readonly nonce: string;
  /** What the registry knows of a key; CA keys count as blocked. */
  readonly knownKey: (spkiSha256: Uint8Array) => Promise<KnownKey | undefined>;
  /** What the registry says that may raise the quorum. */
  readonly readings: RiskReadings;
}

export type OrderEvaluation =
  | {
      readonly ok: true;
      readonly draft: OrderDraft;
      readonly csrs: readonly (VerifiedCsr | null)[];
      readonly warnings: readonly Refusal[];
    }
  | { readonly ok: false; readonly violations: readonly Refusal[]; readonly warnings: readonly Refusal[] };

const USE_WITHIN_SECONDS = 30 * 86_400;

/**
 * Turns a request into the draft that approvers will see, or says everything that is wrong with it at once: the CSR,
 * its key, the profile, the names, the parties. Nothing is stored and nothing is decided here.
 */
export async function evaluateOrder(request: OrderRequest, around: OrderSurroundings): Promise<OrderEvaluation> {
  const { authority, now } = around;
  const scope = authority.agencies.get(request.agencyId);
  const type = authority.types.get(request.typeId);
  const violations: Refusal[] = [];
  if (!scope)
    violations.push({
      code: 'agency-unknown',
      message: `no agency ${request.agencyId} is a member`,
      source: 'WF-M',
      path: 'agencyId',
    });
  if (!type)
    violations.push({ code: 'type-unknown', message: `no type ${request.typeId}`, source: 'SEE-R1', path: 'typeId' });
  if (!scope || !type) return { ok: false, violations, warnings: [] };
  const warnings: Refusal[] = [];
  const items: OrderItem[] = [];
  const csrs: (VerifiedCsr | null)[] = [];
  let quorum = 1;
  for (const [index, wanted] of request.items.entries()) {
    const at = (refusal: Refusal): Refusal => ({
      ...refusal,
      path: `items[${index}]${refusal.path ? `.${refusal.path}` : ''}`,
    });
    const active = activeProfile(authority, wanted.profileId);
    const profile = active && profileOf(active.content);
    if (!profile || profile.ca === 'any') {
      violations.push(
        at({
          code: 'profile-unknown',
          message: `no profile ${wanted.profileId} can be ordered`,
          source: 'design 6',
          path: 'profile',
        }),
      );
      continue;
    }
    const csr = await evaluateKey(request, wanted.csr, profile, around, (refusal) => violations.push(at(refusal)));
    csrs.push(csr);
    const dnsNames = hostNames(wanted.dnsNames, (refusal) => violations.push(at(refusal)));
    if (wanted.dnsNames.length === 0 && profile.names.form === 'dNSName')
      violations.push(
        at({ code: 'names-missing', message: 'a host name is needed', source: 'PRF-T', path: 'dnsNames' }),
      );
    warnings.push(...nameWarnings(dnsNames).map(at));
    const item = orderItem(request, dnsNames, profile, { scope, type, authority, ca: around.cas.get(profile.ca), csr });
    quorum = Math.max(quorum, requiredQuorum(profile, dnsNames, item.validitySeconds));
    items.push(item);
  }
  const plain: OrderDraft = {
    v: 1,
    instance: authority.instance,
    orderId: around.orderId,
    nonce: around.nonce,
    kind: request.kind,
    createdAt: now,
    approveBefore: now + APPROVE_WITHIN_SECONDS,
    useBefore: now + USE_WITHIN_SECONDS,
    agencyId: request.agencyId,
    scope: scope.digest,
    applicant: request.applicant,
    sponsor: request.sponsor,
    agent: request.agent,
    evidence: createHash('sha384').update(canonicalBytes(request.evidence)).digest('hex'),
    replaces: request.replaces,
    quorum,
    deliverTo: request.kind === 'person' ? (request.person?.email ?? null) : null,
    items,
  };
  const draft = withRisk(plain, orderRisk(plain, authority, around.readings));
  violations.push(...orderViolations(draft, authority, around.cas, now), ...requestViolations(request, type));
  if (violations.length > 0) return { ok: false, violations, warnings };
  return { ok: true, draft, csrs, warnings };
}

/** The names that are wanted as A-labels; what is no name is told and left out. */
function hostNames(wanted: readonly string[], add: (refusal: Refusal) => void): string[] {
  return wanted.flatMap((text) => {
    const name = readDnsName(text);
    if (name !== undefined) return name;
    add({
      code: 'bad-dns-name',
      message: `${JSON.stringify(text)} is no host name`,
      source: 'PRF-T',
      path: 'dnsNames',
    });
    return [];
  });
}

function orderItem(
  request: OrderRequest,
  dnsNames: readonly string[],
  profile: Profile,
  where: {
    scope: AgencyScope;
    type: CertificateType;
    authority: Authority;
    ca: CaFacts | undefined;
    csr: VerifiedCsr | null;
  },
): OrderItem {
  const { scope, type, authority } = where;
  const facts = {
    configuration: authority.configuration,
    scope,
    organizationName: request.organizationName ?? scope.organizationNames[0] ?? '',
    person: request.person,
    type,
    dnsNames:
      dnsNames.length > 0
        ? dnsNames
        : profile.names.form === 'rfc822Name'
          ? scope.domains.filter((domain) => domain.includes('.'))
          : [],
  };
  return {
    ca: profile.ca === 'any' ? 'operations' : profile.ca,
    issuerSki: where.ca?.ski ?? '',
    profileId: profile.id,
    profileDigest: profile.digest,
    typeId: type.id,
    subject: encoded(() => encodeName(subjectName(profile, facts))),
    subjectAltName: encoded(() => encodeGeneralNames(subjectAltNames(profile, facts))),
    policyOids: policyOids(authority.configuration.policyArc, type, profile),
    validitySeconds: (request.validityDays ?? profile.validityDays) * 86_400,
    spkiSha256: where.csr ? where.csr.key.sha256.toHex() : null,
  };
}

/** Base64 of DER; empty, which no check lets pass, when a name has characters that can not be encoded. */
function encoded(encode: () => Uint8Array): string {
  try {
    return encode().toBase64();
  } catch (error) {
    if (error instanceof DerError) return '';
    throw error;
  }
}

async function evaluateKey(
  request: OrderRequest,
  csr: Uint8Array | null,
  profile: Profile,
  around: OrderSurroundings,
  add: (refusal: Refusal) => void,
): Promise<VerifiedCsr | null> {
  if (request.kind === 'person') {
    if (csr !== null)
      add({
        code: 'csr-unexpected',
        message: "a person's order has no CSR: the key is made when the code is used",
        source: 'design 3',
        path: 'csr',
      });
    return null;
  }
  if (csr === null) {
    add({
      code: 'csr-missing',
      message: 'a CSR is needed',
      source: 'RFC 2986',
      path: 'csr',
      remedy: 'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -nodes -keyout KEY -out CSR -subj /',
    });
    return null;
  }
  const result = await verifyCsr(csr);
  const parsed = result.ok ? result.verified.csr : result.csr;
  if (!result.ok) for (const violation of result.violations) add(violation);
  else for (const violation of keyViolations(result.verified.key.key, profile)) add(violation);
  const known = parsed && (await around.knownKey(spkiSha256(parsed.spki)));
  const fault = keyGuard(known, subjectKey(request.person?.id ?? null, request.agencyId), profile.id);
  if (fault) add(fault);
  return result.ok ? result.verified : null;
}

/** Whom a key is certified for: the person, or the agency where no person is in the certificate. */
export function subjectKey(personId: string | null, agencyId: string): string {
  return personId === null ? `agency:${agencyId}` : `person:${personId}`;
}

function requestViolations(request: OrderRequest, type: CertificateType): Refusal[] {
  const found: Refusal[] = [];
  const keys = request.items.length;
  if (keys < 1 || keys > 3)
    found.push({ code: 'bad-item-count', message: 'an order names one to three profiles', source: 'issue 2' });
  if (request.person && request.person.id !== request.applicant) {
    found.push({
      code: 'person-mismatch',
      message: 'the person in the certificate is the applicant',
      source: 'RP-5',
      path: 'applicant',
    });
  }
  const evidence = request.evidence as { hardwareToken?: unknown } | null;
  if (type.hardwareToken && !(typeof evidence === 'object' && evidence?.hardwareToken)) {
    found.push({
      code: 'hardware-token',
      message: `type ${type.id} needs evidence of a hardware token (evidence.hardwareToken)`,
      source: 'SEE-R23',
      path: 'evidence',
    });
  }
  const distinct = new Set([request.applicant, request.sponsor, ...(request.agent ? [request.agent] : [])]);
  if (distinct.size !== (request.agent ? 3 : 2)) {
    found.push({
      code: 'parties-not-different',
      message: 'applicant, sponsor and registration agent are different persons',
      source: 'WF-INV1',
    });
  }
  return found;
}

function nameWarnings(names: readonly string[]): Refusal[] {
  return names.filter(mixedScript).map((name) => ({
    code: 'mixed-script',
    message: `${name} shows letters of other scripts; check that it is no look-alike`,
    path: 'dnsNames',
  }));
}
