import { createHash } from 'node:crypto';
import { type AuditActor, readChain, writeAudit } from '@see/db';
import { proveEntries } from '@see/db/log';
import { findExportEvent } from '@see/db/ra';
import { type CanonicalValue, canonicalBytes } from '@see/statement';
import type { Ra } from '../../ra.ts';

/** What a bundle is about, and what it says. `content` must come out the same while nothing has changed. */
export interface BundleContent {
  readonly kind: 'certificate-evidence' | 'person-access';
  readonly objectType: 'certificate' | 'person';
  readonly objectId: string;
  readonly content: { readonly [member: string]: CanonicalValue };
  /** Events to be proven beside the one that records the export. */
  readonly eventIds: readonly number[];
}

const decoder = new TextDecoder();

/**
 * A bundle that proves itself: the SHA-256 of its content stands in an event of the audit log, and the bundle has the proof that this
 * event is under the last checkpoint, the checkpoint as the signer signed it, and every statement of the authority chain by which its
 * key is known. Undefined until a checkpoint covers the event: asking again gives the same bundle, and records it once.
 */
export async function sealBundle(ra: Ra, by: AuditActor, bundle: BundleContent): Promise<string | undefined> {
  const { kind, objectType, objectId, eventIds } = bundle;
  const content = { format: 'see-bundle/v1', instance: ra.instance, kind, ...bundle.content };
  const sha256 = createHash('sha256').update(canonicalBytes(content)).digest('hex');
  const sealId = (await findExportEvent(ra.db, objectId, sha256)) ?? (await record());
  if (sealId === undefined) return undefined;
  const proven = await proveEntries(ra.db, ra.authority.current, [...eventIds, sealId]);
  if (!proven || proven.missing.length > 0) return undefined;
  const chain = await readChain(ra.db, 0);
  return `${JSON.stringify({
    content,
    log: {
      checkpoint: proven.note,
      entries: proven.entries.map(({ seq, data, proof }) => ({
        seq,
        event: JSON.parse(decoder.decode(data)) as unknown,
        proof: proof.map((hash) => hash.toBase64()),
      })),
    },
    authority: chain.map(({ bytes, signatures }) => ({ statement: bytes.toBase64(), signatures })),
  })}\n`;

  async function record(): Promise<number | undefined> {
    const detail = { sha256, bundle: kind };
    await writeAudit(ra.db, [{ kind: 'record.exported', outcome: 'success', actor: by, objectType, objectId, detail }]);
    return findExportEvent(ra.db, objectId, sha256);
  }
}

/** A value of rows as canonical JSON has it: times as ISO 8601 in UTC, octets as base64. */
export function plain(value: unknown): CanonicalValue {
  return JSON.parse(
    JSON.stringify(value, (_name, inner: unknown) => (inner instanceof Uint8Array ? inner.toBase64() : inner)),
  ) as CanonicalValue;
}
