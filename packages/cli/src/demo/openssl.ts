import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { refused } from '@see/domain';

const run = promisify(execFile);

/** Runs the openssl command; throws RefusedError with what it said when it fails. */
export async function openssl(...args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run('openssl', [...args], { timeout: 60_000 });
    return stdout + stderr;
  } catch (error) {
    const { code, stderr, stdout } = error as { code?: string | number; stderr?: string; stdout?: string };
    if (code === 'ENOENT')
      throw refused('openssl-missing', 'the openssl command is not installed', {
        remedy: 'install the package openssl',
      });
    throw refused('openssl-failed', `openssl ${args[0]}: ${(stderr || stdout || String(error)).trim()}`);
  }
}

/** Makes a key and a CSR with the openssl command, as a gateway administrator would. Returns the CSR as PEM file path. */
export async function opensslCsr(folder: string, name: string, kind: 'P-384' | 'RSA-3072'): Promise<string> {
  const key = `${folder}/${name}.key`;
  const algorithm =
    kind === 'P-384'
      ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp384r1']
      : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'];
  await openssl('genpkey', ...algorithm, '-out', key);
  const csr = `${folder}/${name}.csr`;
  await openssl('req', '-new', '-key', key, '-subj', `/CN=${name}`, '-out', csr);
  return csr;
}
