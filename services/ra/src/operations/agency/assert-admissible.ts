import { listAgencyCertificates, listApplications, listRevocations, listSiteReports } from '@see/db/ra';
import { certificateStatus, type Refusal } from '@see/domain';
import { type SiteReport, siteReportViolations } from '@see/policy';
import type { Statement } from '@see/statement';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';

/**
 * Refuses to propose what the records do not bear out (WF-M): the scope of an agency whose application nobody verified, with
 * another name or identifier, and an activation without the report and the gateway certificates. The signer does not know
 * these records: two operators sign, and they are who must not be fooled.
 */
export async function assertAdmissible(ra: Ra, { kind, subject }: Statement): Promise<void> {
  const violations =
    kind === 'agency-scope'
      ? await admissionViolations(ra, subject)
      : kind === 'agency-activate'
        ? await activationViolations(ra, subject)
        : [];
  if (violations.length > 0) throw refusedFor('evidence-missing', violations);
}

type Subject = Statement['subject'];

async function admissionViolations(ra: Ra, subject: Subject): Promise<Refusal[]> {
  const agencyId = subject['agencyId'] as string;
  if (ra.authority.current.agencies.has(agencyId)) return [];
  const application = (await listApplications(ra.db, { agencyId })).find(({ state }) => state === 'verified');
  const fault = (code: string, message: string, path: string, remedy: string): Refusal[] => [
    { code, message, path, source: 'WF-M', remedy },
  ];
  if (!application)
    return fault(
      'application-missing',
      `no application of agency ${agencyId} was verified`,
      'agencyId',
      'enter it and have another operator verify it: see agency apply, see agency verify',
    );
  const { name, organizationIdentifier } = application;
  if (!(subject['organizationNames'] as readonly unknown[]).includes(name))
    return fault(
      'other-name',
      `what was verified is ${name}`,
      'organizationNames',
      'name it as the register does, beside other names that it may use',
    );
  if (subject['organizationIdentifier'] !== organizationIdentifier)
    return fault(
      'other-identifier',
      `what was verified is ${organizationIdentifier}`,
      'organizationIdentifier',
      'give the identifier that was verified',
    );
  return [];
}

async function activationViolations(ra: Ra, subject: Subject): Promise<Refusal[]> {
  const agencyId = subject['agencyId'] as string;
  const scope = ra.authority.current.agencies.get(agencyId);
  const gateways = (scope?.profiles ?? []).filter((profile) => profile.startsWith('gateway-'));
  if (gateways.length === 0) return [];
  const found: Refusal[] = [];
  const report = (await listSiteReports(ra.db, agencyId)).find(
    ({ digest }) => digest.toHex() === subject['certification'],
  );
  if (report) {
    const content = JSON.parse(new TextDecoder().decode(report.content)) as SiteReport;
    found.push(...siteReportViolations(content, ra.now()));
  } else
    found.push({
      code: 'report-missing',
      message: `there is no such report on the site of agency ${agencyId}`,
      path: 'certification',
      source: 'SEE-10',
      remedy: 'record it: see agency certify',
    });
  const held = await goodProfiles(ra, agencyId);
  for (const profile of gateways.filter((id) => !held.has(id)))
    found.push({
      code: 'gateway-certificate-missing',
      message: `agency ${agencyId} has no good certificate of profile ${profile}`,
      source: 'WF-M',
      remedy: 'order it; without one nobody can send to the agency, or believe what it sends',
    });
  return found;
}

async function goodProfiles(ra: Ra, agencyId: string): Promise<ReadonlySet<string>> {
  const certificates = await listAgencyCertificates(ra.db, agencyId, ra.now());
  const rows = await listRevocations(
    ra.db,
    certificates.map(({ id }) => id),
  );
  const good = certificates.filter(({ id }) => {
    const events = (rows.get(id) ?? []).map(({ id: event, kind, reason, revokedAt }) => ({
      id: event,
      kind,
      reason,
      revokedAt,
    }));
    return certificateStatus(events, () => true).kind === 'good';
  });
  return new Set(good.map(({ profileId }) => profileId));
}
