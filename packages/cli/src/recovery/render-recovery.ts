import { type RecoveryContent, readRecoveryContent, recoveryDigest } from '@see/domain';
import { formatName, parseCertificate, printable, sha256 } from '@see/x509';

/** What an agent reads before signing: every field of the bytes, in words. */
export interface RenderedRecovery {
  readonly content: RecoveryContent;
  readonly digest: Uint8Array;
  readonly text: string;
}

/**
 * Renders the canonical bytes that will be signed. Everything comes from these bytes, nothing from what the service says
 * about them, so what is seen is what is signed. Throws when they are not canonical or no recovery.
 */
export function renderRecovery(bytes: Uint8Array): RenderedRecovery {
  const content = readRecoveryContent(bytes);
  const der = Uint8Array.fromBase64(content.recipient);
  const recipient = parseCertificate(der);
  const lines: readonly (readonly [string, string])[] = [
    ['Recovery', content.recoveryId],
    ['Certificate (SHA-256)', content.certificate],
    ['Its key (SHA-256)', content.spkiSha256],
    ['Holder', content.subject],
    ['Asked for by', content.requester],
    ['For agency', content.agencyId],
    ['In the capacity', content.capacity],
    ['Legal basis', printable(content.legalBasis)],
    ['Purpose', printable(content.purpose)],
    ['Messages', `${time(content.messagesFrom)} to ${time(content.messagesUntil)}`],
    ['The key goes to', printable(formatName(recipient.subject))],
    ['  certificate (SHA-256)', sha256(der).toHex()],
    ['  person', content.recipientPerson ?? 'none'],
    ['The holder is told', content.suppressNotice === null ? 'yes' : `NO: ${printable(content.suppressNotice)}`],
    ['Agents’ statement', content.agents],
    ['Made', time(content.createdAt)],
    ['Ends', time(content.expiresAt)],
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  const text = lines.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
  return { content, digest: recoveryDigest(bytes), text };
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ');
}
