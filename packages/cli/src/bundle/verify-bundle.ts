import { createHash, X509Certificate } from 'node:crypto';
import { readSignedCheckpoint } from '@see/db/log';
import {
  type Authority,
  acceptStatement,
  approversFault,
  genesisAuthority,
  orderApprovers,
  readOrderContent,
  refused,
  type SignedBy,
} from '@see/domain';
import { inclusionFault, leafHash } from '@see/merkle';
import { type CanonicalValue, canonicalBytes, readStatement, statementDigest } from '@see/statement';
import { parseCertificate } from '@see/x509';

interface Entry {
  readonly seq: number;
  readonly event: {
    readonly kind: string;
    readonly outcome: string;
    readonly at: string;
    readonly detail?: { readonly sha256?: unknown };
  };
  readonly proof: readonly string[];
}

interface Bundle {
  readonly content: { readonly [member: string]: CanonicalValue };
  readonly log: { readonly checkpoint: string; readonly entries: readonly Entry[] };
  readonly authority: readonly { readonly statement: string; readonly signatures: readonly SignedBy[] }[];
}

/** What a bundle was found to be. Everything in it holds; what does not is thrown. */
export interface BundleReport {
  readonly kind: string;
  readonly instance: string;
  readonly exportedAt: string;
  readonly entries: number;
  readonly treeSize: number;
  /**
   * Of a certificate: how many different operators' approvals hold by the authority in the bundle, of how many that were needed. One by
   * a key that was removed since does not count.
   */
  readonly approvals: { readonly hold: number; readonly needed: number } | null;
}

/**
 * Verifies a bundle from the instance's anchor alone, without the service: the authority chain, the checkpoint by its log key, each
 * event's place under it, that the log has the digest of the content; and of a certificate that its order is the approved one, that its
 * chain holds up to the root with this fingerprint (when given), and its key. Throws RefusedError `bundle-broken` and those of the parts.
 * NOT verified: that nothing was left out which the log does not speak of.
 */
export async function verifyBundle(text: string, anchor: string, root?: string): Promise<BundleReport> {
  const bundle = JSON.parse(text) as Bundle;
  const authority = chainOf(bundle, anchor);
  const { content } = bundle;
  if (content['format'] !== 'see-bundle/v1' || content['instance'] !== authority.instance)
    throw broken('it is of another format or another instance');
  const checkpoint = readSignedCheckpoint(bundle.log.checkpoint, authority);
  for (const entry of bundle.log.entries) {
    const fault = inclusionFault({
      index: entry.seq,
      size: checkpoint.size,
      root: checkpoint.root,
      leafHash: leafHash(canonicalBytes(entry.event)),
      proof: entry.proof.map((hash) => Uint8Array.fromBase64(hash)),
    });
    if (fault) throw broken(`entry ${entry.seq} is not in the signed log (${fault})`);
  }
  const sha256 = createHash('sha256').update(canonicalBytes(content)).digest('hex');
  const seal = bundle.log.entries.find(
    ({ event }) => event.kind === 'record.exported' && event.outcome === 'success' && event.detail?.sha256 === sha256,
  );
  if (!seal) throw broken('the log does not have the digest of what it says: it was changed after it was given out');
  const kind = content['kind'] === 'person-access' ? 'person-access' : 'certificate-evidence';
  return {
    kind,
    instance: authority.instance,
    exportedAt: seal.event.at,
    entries: bundle.log.entries.length,
    treeSize: checkpoint.size,
    approvals: kind === 'certificate-evidence' ? await certificateApprovals(content, authority, root) : null,
  };
}

function chainOf(bundle: Bundle, anchor: string): Authority {
  let authority: Authority | undefined;
  for (const { statement, signatures } of bundle.authority) {
    const read = readStatement(Uint8Array.fromBase64(statement));
    authority = authority
      ? acceptStatement(authority, read, signatures, undefined)
      : genesisAuthority(read, Uint8Array.fromHex(anchor));
  }
  if (!authority) throw broken('it has no authority chain');
  return authority;
}

interface EvidenceParts {
  readonly certificate: { readonly der: string; readonly sha256: string };
  readonly chain: readonly string[];
  readonly order: { readonly content: string; readonly digest: string; readonly approvals: readonly SignedBy[] } | null;
}

async function certificateApprovals(
  content: Bundle['content'],
  authority: Authority,
  root: string | undefined,
): Promise<BundleReport['approvals']> {
  const { certificate, chain, order } = content as unknown as EvidenceParts;
  const der = Uint8Array.fromBase64(certificate.der);
  const [issuer, top] = chain.map((one) => new X509Certificate(Uint8Array.fromBase64(one)));
  const leaf = new X509Certificate(der);
  if (!issuer || !top || !leaf.verify(issuer.publicKey) || !issuer.verify(top.publicKey) || !top.verify(top.publicKey))
    throw broken('the certificate is not signed by the chain that comes with it');
  if (
    root !== undefined &&
    top.fingerprint256.replaceAll(':', '').toLowerCase() !== root.replaceAll(/[ :]/g, '').toLowerCase()
  )
    throw broken('its chain ends at another root');
  if (!order) return null;
  const bytes = Uint8Array.fromBase64(order.content);
  const digest = statementDigest('order', bytes);
  if (digest.toHex() !== order.digest) throw broken('the order has another digest than the one that was approved');
  const read = readOrderContent(bytes);
  const parsed = parseCertificate(der);
  const subject = Buffer.from(parsed.subjectDer).toString('base64');
  const key = createHash('sha256').update(parsed.spki).digest('hex');
  if (!read.items.some((item) => item.subject === subject && (item.spkiSha256 === null || item.spkiSha256 === key)))
    throw broken('the certificate is not one of its order');
  const approvers = await orderApprovers(authority, read, digest, order.approvals);
  const fault = approversFault(read, approvers);
  if (fault && approvers.size >= read.quorum) throw broken(fault.message);
  return { hold: approvers.size, needed: read.quorum };
}

function broken(message: string) {
  return refused('bundle-broken', message);
}
