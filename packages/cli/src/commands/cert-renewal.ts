import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { buildSignedData } from '@see/cms';
import { refused } from '@see/domain';
import { assembleSigned, buildCsrInfo, decodePem, encodeName, encodePem, signatureAlgorithm } from '@see/x509';
import type { Command } from 'commander';
import { fetchBundle } from '../bundle/fetch-bundle.ts';
import type { CommandContext } from '../command-context.ts';

interface RenewOptions {
  readonly key: string;
  readonly csr?: string;
  readonly newKey?: string;
  readonly rsa?: boolean;
  readonly replaces?: string;
  readonly out?: string;
}

interface Renewal {
  readonly [member: string]: unknown;
  readonly orderId: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly certificate: { readonly pem: string; readonly chain: readonly string[]; readonly serial: string } | null;
}

/** `see cert renew`, `confirm` and `calendar`: what holders do when a certificate nears its end (docs/renewal.md). */
export function addRenewalCommands(cert: Command, context: CommandContext): void {
  cert
    .command('renew <file>')
    .description('renew a certificate with its own key; run it again to get the new one when it is issued')
    .requiredOption('--key <file>', 'private key of the certificate (PKCS#8 PEM)')
    .option('--csr <file>', 'CSR of the new key')
    .option(
      '--new-key <file>',
      'make the new key here, with its CSR beside it; both are used again when they are there',
    )
    .option('--rsa', 'make an RSA key of 3072 bits instead of P-384')
    .option('--replaces <file>', 'an encryption certificate of the same holder, which is renewed instead')
    .option('--out <file>', 'where the new certificate goes, with its chain')
    .option('--json', 'print as JSON')
    .action(async (file: string, options: RenewOptions, command: Command) => {
      const csr = encodePem('CERTIFICATE REQUEST', csrOf(options));
      const other = options.replaces === undefined ? '' : encodePem('CERTIFICATE', certificateOf(options.replaces));
      const request = signRequest(file, options.key, `${other}${csr}`);
      const answer = await context.api().post<Renewal>('/api/v1/renewals', { request });
      context.print(command, answer, renewalText(answer, options.out));
    });
  cert
    .command('confirm <certificate>')
    .description('say that the key of a new encryption certificate works: the directory has it from then on')
    .option(
      '--signer <file>',
      'current signing certificate of the same holder: then no token is needed, and <certificate> is a file',
    )
    .option('--key <file>', 'its private key (PKCS#8 PEM)')
    .option('--json', 'print as JSON')
    .action(async (named: string, options: { signer?: string; key?: string }, command: Command) => {
      const api = context.api();
      const { signer, key } = options;
      if ((signer === undefined) !== (key === undefined))
        throw refused('usage', '--signer and --key belong together', { remedy: 'give both, or neither' });
      const answer =
        signer === undefined || key === undefined
          ? await api.post(`/api/v1/certificates/${named}/confirm`, {})
          : await api.post('/api/v1/confirmations', {
              request: signRequest(signer, key, encodePem('CERTIFICATE', certificateOf(named))),
            });
      context.print(command, answer, `Confirmed: the directory has ${String(answer['serial'])} from now on`);
    });
  cert
    .command('evidence <certificate>')
    .description('get the evidence behind a certificate as a bundle that proves itself (see audit verify-bundle)')
    .requiredOption('--out <file>', 'where it goes')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { out: string }, command: Command) => {
      await fetchBundle(context.api(), `/api/v1/certificates/${id}/evidence`, options.out);
      context.print(command, { file: options.out }, `Written to ${options.out}`);
    });
  cert
    .command('calendar <file>')
    .description('get the days on which to renew a certificate as a calendar file (.ics)')
    .requiredOption('--out <file>', 'where it goes')
    .option('--json', 'print as JSON')
    .action(async (file: string, options: { out: string }, command: Command) => {
      const sha256 = createHash('sha256').update(certificateOf(file)).digest('hex');
      const calendar = await context.api().bytes(`/api/v1/certificates/${sha256}/renewal.ics`, 'text/calendar');
      writeFileSync(options.out, calendar);
      context.print(command, { file: options.out }, `Written to ${options.out}`);
    });
}

function renewalText({ orderId, state, stateReason, certificate }: Renewal, out: string | undefined): string {
  if (!certificate) {
    const reason = stateReason === null ? '' : ` (${stateReason})`;
    return `Renewal ${orderId} is ${state}${reason}. Run the same command again later to get the certificate.`;
  }
  if (out === undefined) return `Issued, serial number ${certificate.serial}. Give --out to have it written.`;
  writeFileSync(out, [certificate.pem, ...certificate.chain.slice(0, -1)].join(''));
  return `Issued, serial number ${certificate.serial}, written to ${out}`;
}

/** CMS SignedData over a text by a certificate's key, base64. */
function signRequest(certificateFile: string, keyFile: string, content: string): string {
  const certificate = certificateOf(certificateFile);
  const privateKey = createPrivateKey(readFileSync(keyFile));
  if (!new X509Certificate(certificate).checkPrivateKey(privateKey))
    throw refused('other-key', `${keyFile} is not the key of ${certificateFile}`);
  const signer = {
    certificate,
    algorithm: privateKey.asymmetricKeyType === 'rsa' ? 'rsa-sha384' : 'ecdsa-sha384',
    digest: (octets: Uint8Array) => new Uint8Array(createHash('sha384').update(octets).digest()),
    sign: (octets: Uint8Array) => new Uint8Array(sign('sha384', octets, privateKey)),
  } as const;
  return buildSignedData(new TextEncoder().encode(content), signer, new Date()).toBase64();
}

function csrOf({ csr, newKey, rsa }: RenewOptions): Uint8Array {
  if ((csr === undefined) === (newKey === undefined))
    throw refused('usage', 'the new key comes by --csr or is made by --new-key', { remedy: 'give one of them' });
  if (csr !== undefined) return requestOf(csr);
  const keyFile = newKey ?? '';
  const csrFile = `${keyFile}.csr`;
  if (existsSync(keyFile) && existsSync(csrFile)) return requestOf(csrFile);
  const { privateKey, publicKey } =
    rsa === true
      ? generateKeyPairSync('rsa', { modulusLength: 3072 })
      : generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  // Never over a key that is there: its certificate may be on the way. On disk before it is used.
  const pem = encodePem('PRIVATE KEY', new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })));
  writeFileSync(keyFile, pem, { mode: 0o600, flag: 'wx' });
  const der = newRequest(privateKey, new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })));
  writeFileSync(csrFile, encodePem('CERTIFICATE REQUEST', der));
  return der;
}

function newRequest(privateKey: KeyObject, spki: Uint8Array): Uint8Array {
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki });
  const algorithm = privateKey.asymmetricKeyType === 'rsa' ? 'rsa-sha384' : 'ecdsa-sha384';
  return assembleSigned(info, signatureAlgorithm(algorithm), sign('sha384', info, privateKey));
}

function requestOf(file: string): Uint8Array {
  const bytes = readFileSync(file);
  if (!bytes.includes('-----BEGIN')) return bytes;
  const [der] = decodePem(bytes, ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']);
  if (!der) throw refused('no-csr', `${file} holds no CSR`);
  return der;
}

/** The first certificate of a file: PEM, with its chain or without, or DER. */
function certificateOf(file: string): Uint8Array {
  const bytes = readFileSync(file);
  if (!bytes.includes('-----BEGIN')) return bytes;
  const [der] = decodePem(bytes, 'CERTIFICATE');
  if (!der) throw refused('no-certificate', `${file} holds no certificate`);
  return der;
}
