import { evaluateOrder, type KnownKey, type OrderEvaluation, type OrderRequest } from '@see/policy';
import { type Ra, seconds } from '../ra.ts';
import type { ReadRisks } from './risk-readings.ts';
import { type Trying, tryCertificates } from './try-certificates.ts';

/** What evaluating a wish takes of ra. */
export type OrderMaking = Trying & Pick<Ra, 'randomBytes'>;

/**
 * Evaluates what somebody asks for by policy and, when that finds nothing wrong, by making each certificate as far as the
 * signature. `knownKey` says what the registry knows of a key, `risks` what it knows that may raise the quorum.
 */
export async function evaluateWish(
  making: OrderMaking,
  request: OrderRequest,
  orderId: string,
  knownKey: (spkiSha256: Uint8Array) => Promise<KnownKey | undefined>,
  risks: ReadRisks,
): Promise<OrderEvaluation> {
  const evaluation = await evaluateOrder(request, {
    authority: making.authority.current,
    cas: making.cas.facts(),
    now: seconds(making.now()),
    orderId,
    nonce: Buffer.from(making.randomBytes(16)).toString('base64url'),
    knownKey,
    readings: await risks(request),
  });
  if (!evaluation.ok) return evaluation;
  const violations = await tryCertificates(making, evaluation.draft, evaluation.csrs);
  return violations.length === 0 ? evaluation : { ok: false, violations, warnings: evaluation.warnings };
}
