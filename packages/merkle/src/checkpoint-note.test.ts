import { describe, expect, it } from 'vitest';
import { auditLogOrigin, checkpointText, parseCheckpointNote, writeCheckpointNote } from './checkpoint-note.ts';
import { leafHash } from './hash.ts';

const checkpoint = {
  origin: auditLogOrigin('6b1f0f0e-8c1a-4d58-9c56-6f9b1a52f1d3'),
  size: 20_852_163,
  root: leafHash(Uint8Array.of(1)),
};
const signatures = [{ name: 'log-key_1', value: Uint8Array.of(1, 2, 3, 4) }];
const note = writeCheckpointNote(checkpoint, signatures);

describe('a checkpoint note', () => {
  it('has the lines of the format, in this order', () => {
    expect(note).toBe(
      `see-pki/6b1f0f0e-8c1a-4d58-9c56-6f9b1a52f1d3/log\n20852163\n${checkpoint.root.toBase64()}\n\n— log-key_1 AQIDBA==\n`,
    );
  });

  it('is read as it was written', () => {
    expect(parseCheckpointNote(note)).toEqual({ ...checkpoint, text: checkpointText(checkpoint), signatures });
    const many = [...signatures, { name: 'witness.example/w1', value: new Uint8Array(104) }];
    expect(parseCheckpointNote(writeCheckpointNote(checkpoint, many)).signatures).toEqual(many);
    const empty = { ...checkpoint, size: 0 };
    expect(parseCheckpointNote(writeCheckpointNote(empty, signatures)).size).toBe(0);
  });

  const root = checkpoint.root.toBase64();
  it.each([
    ['nothing', ''],
    ['no signature', note.slice(0, note.indexOf('—'))],
    ['no end of the last line', note.slice(0, -1)],
    ['a line after the signatures', `${note}\n`],
    ['carriage returns', note.replaceAll('\n', '\r\n')],
    ['a size with a sign', note.replace('\n2', '\n+2')],
    ['a size with a leading zero', note.replace('\n2', '\n02')],
    ['a size that is no safe integer', note.replace('20852163', '9007199254740992')],
    ['a negative size', note.replace('\n2', '\n-2')],
    ['a shorter root', note.replace(root, 'AQID')],
    ['a root in base64url', note.replace(root, root.replaceAll('/', '_').replaceAll('+', '-').replace('=', ''))],
    ['a root with other trailing bits', note.replace(root, `${root.slice(0, -2)}${next(root.at(-2))}=`)],
    ['an extension line', note.replace('\n\n', '\nmore\n\n')],
    ['an origin with a space', note.replace('/log', '/ log')],
    ['another dash', note.replace('—', '-')],
    ['a name with a plus', note.replace('log-key_1', 'log+key')],
    ['two spaces', note.replace('log-key_1 ', 'log-key_1  ')],
    ['a signature without octets', note.replace('AQIDBA==', '')],
    ['a signature without padding', note.replace('AQIDBA==', 'AQIDBA')],
    ['seventeen signatures', note + '— more AQID\n'.repeat(16)],
    ['16 KiB and more', note + 'x'.repeat(16_384)],
  ])('is refused with %s', (_, text) => {
    expect(text).not.toBe(note);
    expect(() => parseCheckpointNote(text)).toThrow(expect.objectContaining({ name: 'CheckpointNoteError' }));
  });

  it.each([
    ['an origin over two lines', { ...checkpoint, origin: 'a\nb' }],
    ['a fraction of a leaf', { ...checkpoint, size: 0.5 }],
    ['a short root', { ...checkpoint, root: new Uint8Array(31) }],
  ])('is not written with %s', (_, bad) => {
    expect(() => writeCheckpointNote(bad, signatures)).toThrow(RangeError);
  });
  it.each([
    ['none', []],
    ['one whose name ends the line', [{ name: 'a\nb', value: Uint8Array.of(1) }]],
    ['an empty one', [{ name: 'a', value: new Uint8Array() }]],
  ])('is not written with these signatures: %s', (_, bad) => {
    expect(() => writeCheckpointNote(checkpoint, bad)).toThrow(RangeError);
  });
});

function next(character = 'A'): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return alphabet.charAt(alphabet.indexOf(character) ^ 1);
}
