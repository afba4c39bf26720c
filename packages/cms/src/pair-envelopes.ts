import { buildEnvelope, type EnvelopeTools, type Recipient } from './build-envelope.ts';

/**
 * Envelopes of which any two recipients together open one, and no single recipient any: for each recipient one envelope,
 * in their order, and in it another one to all the others. So as many envelopes as recipients suffice, in whatever order
 * the two come, and any CMS reader opens them, used twice. Two recipients or more.
 */
export async function buildPairEnvelopes(
  content: Uint8Array,
  recipients: readonly Recipient[],
  tools: EnvelopeTools,
): Promise<Uint8Array[]> {
  if (recipients.length < 2) throw new TypeError('two recipients are needed');
  return Promise.all(
    recipients.map(async (first) => {
      const others = recipients.filter((recipient) => recipient !== first);
      return buildEnvelope(await buildEnvelope(content, others, tools), [first], tools);
    }),
  );
}
