import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refused } from '@see/domain';
import type { Instance, Layout } from '@see/process';
import { signDigest } from '@see/statement';
import { ApiClient } from '../api-client.ts';
import { renderOrder } from '../commands/render-order.ts';
import { readApprovalKey } from '../keys/approval-key.ts';
import { SERVER_CERTIFICATE, type ServerCertificateView } from '../server-certificate.ts';
import { EVALUATION_AGENCIES, EVALUATION_PEOPLE } from './evaluation-scheme.ts';
import { evaluationKeyFile } from './init-evaluation.ts';

/** The agency to which `localhost` belongs, and who asks for the certificate of this machine. */
const AGENCY = 'ssc';
const APPLICANT = 'ssc-custodian';
const OPERATORS = ['operator1', 'operator2'];
const PATIENCE = 15_000;
const OPENING = 2_000;

/**
 * Gets a running evaluation instance the certificate of its TLS doors, if it has none or one that ends soon: by an order
 * of the sponsor's token, approved with the operators' keys as `see order approve` does, all generated at init.
 * So it is a normal order, in the audit trail like any other. Throws RefusedError; a start goes on without.
 */
export async function orderEvaluationServerCertificate(instance: Instance, layout: Layout): Promise<void> {
  const url = `http://localhost:${instance.ports.portal}`;
  const client = (name: string): ApiClient =>
    new ApiClient(url, readFileSync(join(layout.evaluationDir, `${name}.token`), 'utf8').trim());
  const operator = client('operator1');
  const { state, certificate, request, hosts } = await operator.get<ServerCertificateView>(SERVER_CERTIFICATE);
  // With a certificate the doors may be closed for another reason, such as a port that is taken.
  if (!request || (certificate && state !== 'ending')) return;
  const sponsor = EVALUATION_AGENCIES.find(({ id }) => id === AGENCY)?.sponsor ?? '';
  const people = await operator.get<{ items: readonly { id: string; email: string | null }[] }>(
    `/api/v1/people?agency=${AGENCY}&limit=100`,
  );
  const idOf = (key: string): string => {
    const email = EVALUATION_PEOPLE.find((person) => person.key === key)?.email;
    const found = people.items.find((person) => person.email === email);
    if (!found) throw refused('person-unknown', `there is no ${email ?? key}`);
    return found.id;
  };
  const order = await client(sponsor).post<{ id: string }>('/api/v1/orders', {
    agencyId: AGENCY,
    applicantId: idOf(APPLICANT),
    sponsorId: idOf(sponsor),
    items: [{ profile: 'tls-server', csr: request.csr, domains: hosts }],
  });
  const { digest } = renderOrder(await operator.bytes(`/api/v1/orders/${order.id}/content`, 'application/json'));
  // The second one where the risk asks for two: out of hours, or a host that is new.
  for (const name of OPERATORS) {
    const key = readApprovalKey(evaluationKeyFile(layout, name), undefined);
    const { state: now } = await client(name).post<{ state: string }>(`/api/v1/orders/${order.id}/approvals`, {
      credentialId: key.credentialId,
      signature: signDigest(digest, key.credentialId, key.privateKey),
    });
    if (now !== 'pending') break;
  }
  await untilTakenUp(operator, order.id, request.spkiSha256);
}

/** Waits until another request waits in place of the one that was ordered, and a moment for the doors to open. */
async function untilTakenUp(operator: ApiClient, orderId: string, spkiSha256: string): Promise<void> {
  let deadline = performance.now() + PATIENCE;
  let isTakenUp = false;
  for (;;) {
    const { state, detail, request } = await operator.get<ServerCertificateView>(SERVER_CERTIFICATE);
    if (!isTakenUp && request?.spkiSha256 !== spkiSha256) {
      isTakenUp = true;
      deadline = performance.now() + OPENING;
    }
    if (isTakenUp && (state !== 'closed' || performance.now() > deadline)) return;
    if (performance.now() > deadline) {
      const order = await operator.get<{ state: string; stateReason: string | null }>(`/api/v1/orders/${orderId}`);
      throw refused(
        'doors-late',
        `order ${orderId} is ${order.state} (${order.stateReason ?? 'no reason'}). ${detail}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
