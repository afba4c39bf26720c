import { DerReader, derIa5, derOid, derSequence, derUtf8 } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { checkUri } from '../uri.ts';
import { X509Error } from '../x509-error.ts';

export interface PolicyInformation {
  readonly oid: string;
  readonly cpsUri?: string;
  /** explicitText of a user notice. */
  readonly userNotice?: string;
}

/** Not critical. Throws `bad-extension` for none or one twice (RFC 5280 4.2.1.4), `bad-uri`. */
export function certificatePolicies(policies: readonly PolicyInformation[]): Extension {
  checkPolicies(policies);
  return { oid: oid.certificatePolicies, critical: false, value: derSequence(...policies.map(encodePolicy)) };
}

function encodePolicy({ oid: policy, cpsUri, userNotice }: PolicyInformation): Uint8Array {
  const qualifiers: Uint8Array[] = [];
  if (cpsUri !== undefined) {
    checkUri(cpsUri);
    qualifiers.push(derSequence(derOid(oid.cps), derIa5(cpsUri)));
  }
  if (userNotice !== undefined) {
    if (userNotice.length > 200) {
      throw new X509Error('bad-extension', 'RFC 5280 4.2.1.4', 'explicitText has more than 200 characters');
    }
    qualifiers.push(derSequence(derOid(oid.userNotice), derSequence(derUtf8(userNotice))));
  }
  return qualifiers.length === 0
    ? derSequence(derOid(policy))
    : derSequence(derOid(policy), derSequence(...qualifiers));
}

/** Unknown qualifiers and noticeRef are passed over. Throws for none, one twice, an empty list of qualifiers. */
export function parseCertificatePolicies(value: Uint8Array): PolicyInformation[] {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  const policies: PolicyInformation[] = [];
  while (!sequence.atEnd) {
    if (policies.length === 256) throw new X509Error('bad-extension', 'limit', 'more than 256 policies');
    policies.push(readPolicy(sequence.sequence()));
  }
  checkPolicies(policies);
  return policies;
}

function readPolicy(item: DerReader): PolicyInformation {
  const policy: { oid: string; cpsUri?: string; userNotice?: string } = { oid: item.oid() };
  if (item.atEnd) return policy;
  const qualifiers = item.sequence();
  item.end();
  if (qualifiers.atEnd) throw new X509Error('bad-extension', 'RFC 5280 4.2.1.4', 'policyQualifiers is empty');
  while (!qualifiers.atEnd) {
    const qualifier = qualifiers.sequence();
    const type = qualifier.oid();
    if (type === oid.cps) policy.cpsUri ??= qualifier.ia5();
    else if (type === oid.userNotice) readNotice(qualifier.sequence(), policy);
    if (!qualifier.atEnd) qualifier.any();
    qualifier.end();
  }
  return policy;
}

function readNotice(notice: DerReader, policy: { userNotice?: string }): void {
  if (notice.peekTag() === 0x30) notice.sequence();
  if (!notice.atEnd) policy.userNotice ??= notice.anyString();
  notice.end();
}

function checkPolicies(policies: readonly PolicyInformation[]): void {
  if (policies.length === 0) throw new X509Error('bad-extension', 'RFC 5280 4.2.1.4', 'no certificate policy');
  for (let index = 1; index < policies.length; index++) {
    const policy = (policies[index] as PolicyInformation).oid;
    if (policies.findIndex((each) => each.oid === policy) !== index) {
      throw new X509Error('bad-extension', 'RFC 5280 4.2.1.4', `the certificate policy ${policy} is there twice`);
    }
  }
}
