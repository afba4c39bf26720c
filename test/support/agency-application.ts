import type { Calls } from './registration-calls.ts';

/** Has one operator enter the application of an agency and the other verify it, so that its scope can be proposed. */
export async function verifiedApplication(calls: Calls, agencyId: string, name: string): Promise<void> {
  const letter = { reference: 'T-1', signedBy: 'its chief executive', signedOn: '2026-10-01' };
  const wish = { agencyId, name, organizationIdentifier: 'GOVNZ', letter };
  const made = await calls.call('operator', 'POST', '/api/v1/agency-applications', wish);
  const register = { name: 'gazette', entry: '2026-go1', extractOf: '2026-10-02' };
  const path = `/api/v1/agency-applications/${made.body.id}/verification`;
  const verified = await calls.call('operator2', 'POST', path, register);
  if (verified.status !== 200) throw new Error(`the application was not verified: ${verified.raw.toString()}`);
}
