import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEnvelope, openEnvelope } from '@see/cms';
import { afterAll, describe, expect, it } from 'vitest';
import { generateAgentKey, openingKey, readAgentKey, readAgentPublicKey, writeAgentKey } from './agent-key.ts';
import { generateApprovalKey, writeApprovalKey } from './approval-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-agent-key-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

const key = generateAgentKey('Ann Agent, SSC');
const passphrase = Buffer.from('correct horse battery');
writeAgentKey(at('plain'), key, undefined);
writeAgentKey(at('closed'), key, passphrase);

describe('a recovery agent’s key', () => {
  it('comes back from its file, with and without a passphrase, and opens what is for it', async () => {
    const { subtle } = globalThis.crypto;
    const tools = { subtle, randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
    const content = new TextEncoder().encode('kept');
    const recipient = { spki: key.publicKey, identifier: openingKey(key).identifier };
    const envelope = await buildEnvelope(content, [recipient], tools);
    for (const read of [readAgentKey(at('plain'), undefined), readAgentKey(at('closed'), passphrase)]) {
      expect([read.label, read.keyId]).toEqual([key.label, key.keyId]);
      expect(await openEnvelope(envelope, openingKey(read), subtle)).toEqual(content);
    }
    expect(key.privateKey.asymmetricKeyDetails?.modulusLength).toBe(4096);
  });

  it('is for its owner’s eyes, and its public part holds nothing else', () => {
    expect(statSync(at('closed')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('closed'), 'utf8')).not.toContain('BEGIN PRIVATE KEY');
    const shared = readFileSync(at('plain.public.json'), 'utf8');
    expect(shared).not.toContain('PRIVATE KEY');
    const wanted = { label: key.label, publicKey: Buffer.from(key.publicKey).toString('base64') };
    expect(readAgentPublicKey(at('plain.public.json'))).toEqual(wanted);
    expect(readAgentPublicKey(at('closed'))).toEqual(wanted);
  });

  it('is refused where it is none, and never replaced', () => {
    writeApprovalKey(at('approval'), generateApprovalKey('x'), undefined);
    writeFileSync(at('text'), 'hello');
    const codeOf = (run: () => unknown): string => {
      try {
        run();
        return 'read';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    };
    expect(codeOf(() => readAgentKey(at('closed'), undefined))).toBe('passphrase-needed');
    expect(codeOf(() => readAgentKey(at('closed'), Buffer.from('wrong')))).toBe('wrong-passphrase');
    for (const name of ['approval', 'text', 'plain.public.json', 'nowhere'])
      expect([name, codeOf(() => readAgentKey(at(name), undefined))]).toEqual([name, 'bad-key-file']);
    expect(codeOf(() => readAgentPublicKey(at('approval')))).toBe('bad-key-file');
    expect(codeOf(() => writeAgentKey(at('plain'), key, undefined))).toBe('file-exists');
  });
});
