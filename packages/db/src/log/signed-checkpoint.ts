import { type Authority, refused } from '@see/domain';
import { auditLogOrigin, type CheckpointNote, parseCheckpointNote } from '@see/merkle';
import { importPublicJwk, signatureFault, statementDigest } from '@see/statement';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Reads a note and verifies that it is of this instance's log and signed by a `log` key that the authority chain registered, be it
 * removed since. Signatures by others (witnesses) are left aside; each one in the name of a log key must hold. Throws RefusedError
 * `checkpoint-other-log`, `checkpoint-unsigned`, `checkpoint-bad-signature`, or CheckpointNoteError. Whether the root is that of
 * the log is not checked.
 */
export function readSignedCheckpoint(note: string, authority: Authority): CheckpointNote {
  const read = parseCheckpointNote(note);
  const origin = auditLogOrigin(authority.instance);
  if (read.origin !== origin)
    throw refused('checkpoint-other-log', `the checkpoint is of ${read.origin}, not of ${origin}`);
  const digest = statementDigest('checkpoint', encoder.encode(read.text));
  let signers = 0;
  for (const { name, value } of read.signatures) {
    const key = authority.serviceKeys.get(name);
    if (key?.service !== 'log') continue;
    const signature = { form: 'jws', jws: decoder.decode(value) };
    const fault = signatureFault(signature, digest, name, importPublicJwk(key.publicKey));
    if (fault) throw refused('checkpoint-bad-signature', `the signature of log key ${name} does not hold (${fault})`);
    signers++;
  }
  if (signers === 0) throw refused('checkpoint-unsigned', 'no registered log key signed the checkpoint');
  return read;
}
