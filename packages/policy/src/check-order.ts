import {
  type AgencyScope,
  type Authority,
  isDelegated,
  type OrderContent,
  type OrderDraft,
  type OrderItem,
  quorumWithoutRisk,
  RAISED_QUORUM,
  type Refusal,
  RefusedError,
} from '@see/domain';
import { encodeGeneralNames, encodeName, type GeneralName, type Name, parseGeneralNames, parseName } from '@see/x509';
import { membershipViolation } from './membership.ts';
import { nameViolations } from './name-rules.ts';
import { signedRisks } from './order-risks.ts';
import { policyOids } from './policy-oids.ts';
import { type IssuingCaId, type Profile, profileOf } from './profile.ts';
import { requiredQuorum } from './required-quorum.ts';

/** What a CA is known by where orders are checked. */
export interface CaFacts {
  readonly id: IssuingCaId;
  /** subjectKeyIdentifier, hex. */
  readonly ski: string;
}

/** How far the clock that dates orders may be ahead of the one that checks them. */
const CLOCK_TOLERANCE_SECONDS = 300;

/**
 * Holds an order against the authority as it stands: agency, scope, delegations, profiles, types, names, validity and
 * quorum, which what is ordered asks for and what signed statements say is new. Runs when the order is made and again, on the
 * approved bytes, in the signer. All violations are returned; `at` is the time in seconds. Not checked: approvals, keys, one-time
 * use, and risks that follow from the database.
 */
export function orderViolations(
  order: OrderDraft | OrderContent,
  authority: Authority,
  cas: ReadonlyMap<string, CaFacts>,
  at: number,
): Refusal[] {
  const found: Refusal[] = [];
  const add = (code: string, message: string, source: string, remedy?: string) =>
    found.push({ code, message, source, ...(remedy ? { remedy } : {}) });
  if (order.instance !== authority.instance) add('other-instance', 'the order belongs to another instance', 'design 3');
  if (order.createdAt > at + CLOCK_TOLERANCE_SECONDS)
    add('order-from-future', 'the order was made later than now, so its time limits mean nothing', 'design 3');
  if (at > order.useBefore)
    add('order-lapsed', 'the time in which the order could be used is over', 'design 3', 'make a new order');
  const scope = authority.agencies.get(order.agencyId);
  if (!scope) {
    add('agency-unknown', `no agency ${order.agencyId} is a member`, 'WF-M');
    return found;
  }
  found.push(...partyViolations(order, scope, at), ...riskViolations(order, authority));
  const used = new Set<string>();
  for (const [index, item] of order.items.entries()) {
    const path = `items[${index}]`;
    for (const violation of itemViolations(order, item, { authority, cas, scope, at })) {
      found.push({ ...violation, path: `${path}${violation.path ? `.${violation.path}` : ''}` });
    }
    if (used.has(item.profileId)) add('profile-repeated', `${item.profileId} occurs twice`, 'design 3');
    used.add(item.profileId);
    if (item.spkiSha256 === null) continue;
    if (used.has(item.spkiSha256))
      add('same-key-twice', 'each certificate has a key of its own', 'GOV-4', 'make a key for each certificate');
    used.add(item.spkiSha256);
  }
  return found;
}

/** What stands against the agency of an order, its sponsor and its agent at a time (seconds): status, scope, review, delegations. */
export function partyViolations(order: OrderDraft, scope: AgencyScope, at: number): Refusal[] {
  const found: Refusal[] = [];
  if (scope.status !== 'active' && scope.status !== 'scoped')
    found.push({ code: 'agency-not-active', message: `agency ${scope.agencyId} is ${scope.status}`, source: 'WF-M' });
  if (order.scope !== scope.digest) {
    found.push({
      code: 'scope-changed',
      message: `the scope of agency ${scope.agencyId} changed after the order was made`,
      source: 'design 3',
      remedy: 'make the order again and have it approved again',
    });
  }
  if (at >= scope.nextReviewAt) {
    found.push({
      code: 'agency-stale',
      message: `the record of agency ${scope.agencyId} is past its review date`,
      source: 'GOV-20',
      remedy: 'review the agency and sign its scope again',
    });
  }
  if (!isDelegated(scope, order.sponsor, 'sponsor', at)) {
    found.push({
      code: 'sponsor-not-delegated',
      message: `person ${order.sponsor} is no sponsor of agency ${scope.agencyId} today`,
      source: 'SEE-26',
      path: 'sponsor',
    });
  }
  if (order.agent !== null && !isDelegated(scope, order.agent, 'registration-agent', at)) {
    found.push({
      code: 'agent-not-delegated',
      message: `person ${order.agent} is no registration agent of agency ${scope.agencyId} today`,
      source: 'SEE-26',
      path: 'agent',
    });
  }
  return found;
}

/** What signed statements say is new has to be in the order, so that approvers read it, and raises its quorum. */
function riskViolations(order: OrderDraft, authority: Authority): Refusal[] {
  const said = new Set(order.risk?.reasons.map(({ code }) => code));
  const remedy = 'make the order again';
  const found: Refusal[] = [];
  for (const { code, reason } of signedRisks(order, authority)) {
    if (order.quorum < RAISED_QUORUM) {
      const message = `${RAISED_QUORUM} approvals are needed: ${reason}`;
      found.push({ code: 'quorum-too-small', message, source: 'section 8.1', remedy });
    } else if (!said.has(code)) {
      found.push({
        code: 'risk-not-said',
        message: `the order does not say: ${reason}`,
        source: 'section 8.1',
        remedy,
      });
    }
  }
  return found;
}

function itemViolations(
  order: OrderDraft,
  item: OrderItem,
  around: { authority: Authority; cas: ReadonlyMap<string, CaFacts>; scope: AgencyScope; at: number },
): Refusal[] {
  const { authority, cas, scope, at } = around;
  const found: Refusal[] = [];
  const add = (code: string, message: string, source: string) => found.push({ code, message, source });
  const active = authority.profiles.get(item.profileDigest);
  if (!active?.active || active.id !== item.profileId) {
    add('profile-not-active', `profile ${item.profileId} with this content is not active`, 'design 3');
    return found;
  }
  const profile = readable(active.content);
  if (!profile) {
    add(
      'profile-unreadable',
      `profile ${item.profileId} breaks a rule that came after it; activate a new version`,
      'design 6',
    );
    return found;
  }
  const type = authority.types.get(item.typeId);
  if (!type || !profile.types.includes(item.typeId)) {
    add('type-not-allowed', `type ${item.typeId} is not one of ${profile.types.join(', ')}`, 'SEE-R1');
    return found;
  }
  const membership = membershipViolation(scope, profile.id, at);
  if (membership) found.push(membership);
  if (!scope.profiles.includes(profile.id))
    add('profile-not-in-scope', `agency ${scope.agencyId} is not admitted for ${profile.id}`, 'SEE-26');
  if (profile.ca !== item.ca || cas.get(item.ca)?.ski !== item.issuerSki)
    add('wrong-issuer', `profile ${profile.id} is issued by CA ${profile.ca} with its present key`, 'design 6');
  const expected = policyOids(authority.configuration.policyArc, type, profile);
  if (JSON.stringify(item.policyOids) !== JSON.stringify(expected))
    add('wrong-policies', `certificatePolicies are ${expected.join(', ')}`, 'SEE-R1');
  if (item.validitySeconds > profile.maxValidityDays * 86_400)
    add('validity-too-long', `valid for at most ${profile.maxValidityDays} days`, 'PRF-G');
  if (!profile.keySources.includes(order.kind === 'csr' ? 'csr' : 'code'))
    add('key-source', `${profile.id} does not take keys this way`, profile.id);
  if (type.hardwareToken && order.kind === 'person')
    add('hardware-token', `type ${type.id} needs a key in a hardware token, not in a browser`, 'SEE-R23');
  found.push(...nameFindings(order, item, profile, { authority, scope, typeId: item.typeId }));
  return found;
}

/** The profile, unless it no longer keeps the rules that profiles have to keep. */
function readable(content: unknown): Profile | undefined {
  try {
    return profileOf(content);
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

function nameFindings(
  order: OrderDraft,
  item: OrderItem,
  profile: Profile,
  where: { authority: Authority; scope: AgencyScope; typeId: string },
): Refusal[] {
  let names: ReturnType<typeof readNames>;
  try {
    names = readNames(item);
  } catch (error) {
    const message = `subject or subjectAltName can not be certified: ${(error as Error).message}`;
    return [{ code: 'bad-name-encoding', message, source: 'PRF-0.7', remedy: 'give a shorter or plainer name' }];
  }
  const type = where.authority.types.get(where.typeId);
  if (!type) return [];
  const quorum = requiredQuorum(
    profile,
    names.altNames.flatMap((name) => (name.kind === 'dNSName' ? [name.value] : [])),
    item.validitySeconds,
  );
  const personal = profile.names.form === 'rfc822Name' && profile.names.localPart === null;
  const found = nameViolations(names.subject, names.altNames, {
    profile,
    scope: where.scope,
    type,
    country: where.authority.configuration.country,
    subjectPerson: personal ? order.applicant : null,
  });
  if (quorumWithoutRisk(order) < quorum) {
    found.push({ code: 'quorum-too-small', message: `${profile.id} needs ${quorum} approvals`, source: 'design 3' });
  }
  const mail = names.altNames.find((name) => name.kind === 'rfc822Name');
  if (order.deliverTo !== null && (mail === undefined || !('value' in mail) || mail.value !== order.deliverTo)) {
    found.push({
      code: 'deliver-elsewhere',
      message: 'a code is sent only to the address in the certificate',
      source: 'design 3',
      path: 'deliverTo',
    });
  }
  return found;
}

/** Subject and names of an item; undefined unless they are DER in the one form that we write. */
export function decodeNames(
  item: Pick<OrderItem, 'subject' | 'subjectAltName'>,
): { subject: Name; altNames: GeneralName[] } | undefined {
  try {
    return readNames(item);
  } catch {
    return undefined;
  }
}

function readNames(item: Pick<OrderItem, 'subject' | 'subjectAltName'>): { subject: Name; altNames: GeneralName[] } {
  const subjectDer = Uint8Array.fromBase64(item.subject);
  const altDer = Uint8Array.fromBase64(item.subjectAltName);
  // Without the string types that were found, so that another one than ours shows below.
  const subject = parseName(subjectDer).map((rdn) => rdn.map(({ type, value }) => ({ type, value })));
  const altNames = parseGeneralNames(altDer);
  if (encodeName(subject).toHex() !== subjectDer.toHex() || encodeGeneralNames(altNames).toHex() !== altDer.toHex())
    throw new TypeError('it is not in its one DER form');
  return { subject, altNames: [...altNames] };
}
