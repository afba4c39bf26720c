import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { REVOCATION_REASONS, refused } from '@see/domain';
import { lintCertificate } from '@see/lint';
import { decodePem, encodePem, formatName, parseCertificate } from '@see/x509';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { table } from '../table.ts';
import { addRenewalCommands } from './cert-renewal.ts';
import { addStatusQuery } from './cert-status.ts';
import { type RevocationWish, readKeys, signRevocation } from './revoke-statement.ts';

interface CertificateView {
  readonly sha256: string;
  readonly serial: string;
  readonly ca: string;
  readonly profile: string;
  readonly subject: string;
  readonly notAfter: string;
  readonly status: { readonly kind: string; readonly reason?: string };
  readonly history?: readonly {
    readonly id: number;
    readonly kind: string;
    readonly at: string;
    readonly reason: string;
  }[];
  readonly renewal?: {
    readonly opensAt: string | null;
    readonly supersededBy: string | null;
    readonly overlapEndsAt: string | null;
    readonly directory: 'waits' | 'listed' | null;
  };
  readonly pem?: string;
}

const FORMS = {
  pem: 'application/pem-certificate-chain',
  der: 'application/pkix-cert',
  p7: 'application/pkcs7-mime',
} as const;

/** `see cert …` */
export function addCertCommands(program: Command, context: CommandContext): void {
  const cert = program.command('cert').description('certificates');
  cert
    .command('list')
    .description('search certificates: by name, mail address, host, serial number, fingerprint or key hash')
    .argument('[search]')
    .option('--json', 'print as JSON')
    .action(async (search: string | undefined, _options: unknown, command: Command) => {
      const query = search === undefined ? '' : `?q=${encodeURIComponent(search)}`;
      const page = await context.api().get<{ items: CertificateView[] }>(`/api/v1/certificates${query}`);
      const rows = page.items.map((one) => [
        one.serial,
        one.ca,
        one.profile,
        one.status.kind,
        one.notAfter.slice(0, 10),
        one.subject,
      ]);
      context.print(
        command,
        page,
        table(['SERIAL', 'CA', 'PROFILE', 'STATUS', 'EXPIRES', 'SUBJECT'], rows, 'No certificate found'),
      );
    });
  cert
    .command('show <certificate>')
    .description('show a certificate and its history; named by serial number or SHA-256')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const found = await context.api().get<CertificateView>(`/api/v1/certificates/${id}`);
      const history = (found.history ?? []).map((event) => `  ${event.at}  ${event.kind} (${event.reason})`);
      const status = found.status.reason ? `${found.status.kind} (${found.status.reason})` : found.status.kind;
      const text = [
        `${found.subject}`,
        `${found.profile} by CA ${found.ca}, serial ${found.serial}`,
        `SHA-256 ${found.sha256}`,
        `Status: ${status}, expires ${found.notAfter}`,
      ];
      context.print(command, found, [...text, ...renewalLines(found.renewal), ...history].join('\n'));
    });
  cert
    .command('get <certificate>')
    .description('download a certificate: pem with its chain, der, or p7')
    .option('--form <form>', 'pem, der or p7', 'pem')
    .requiredOption('--out <file>', 'where it goes')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { form: string; out: string }, command: Command) => {
      const accept = FORMS[options.form as keyof typeof FORMS];
      if (!accept) throw refused('bad-form', `${options.form} is none of pem, der, p7`);
      writeFileSync(options.out, await context.api().bytes(`/api/v1/certificates/${id}/file`, accept));
      context.print(command, { file: options.out }, `Written to ${options.out}`);
    });
  cert
    .command('inspect <file>')
    .description('look at a certificate or CSR: what is in it, and for a CSR what we would take, ignore and refuse')
    .option('--profile <profile>', 'for a CSR: also hold it against this profile')
    .option('--json', 'print as JSON')
    .action(async (file: string, options: { profile?: string }, command: Command) =>
      inspect(context, file, options.profile, command),
    );
  cert
    .command('verify <file>')
    .description('verify a certificate file against the local instance: chain, dates, status by OCSP is not asked')
    .option('--json', 'print as JSON')
    .action(async (file: string, _options: unknown, command: Command) => verifyFile(context, file, command));
  cert
    .command('lint <file>')
    .description('run the lints over a certificate file')
    .requiredOption('--purpose <purpose>', 'root, issuing-ca, or the profile')
    .option('--json', 'print as JSON')
    .action((file: string, options: { purpose: string }, command: Command) => {
      const certificate = parseCertificate(readCertificate(file));
      const findings = lintCertificate(certificate.tbs, {
        purpose: options.purpose as 'root',
        now: certificate.notBefore,
      });
      const rows = findings.map((finding) => [finding.severity, finding.id, finding.message]);
      context.print(command, { findings }, table(['SEVERITY', 'RULE', 'FINDING'], rows, 'No finding'));
      if (findings.some((finding) => finding.severity === 'error')) process.exitCode = 1;
    });
  addStatusCommands(cert, context);
  addStatusQuery(cert, context);
  addRenewalCommands(cert, context);
}

function renewalLines(renewal: CertificateView['renewal']): string[] {
  if (!renewal) return [];
  const { opensAt, supersededBy, overlapEndsAt, directory } = renewal;
  return [
    ...(opensAt === null ? [] : [`Its holder can renew it from ${opensAt}`]),
    ...(supersededBy === null
      ? []
      : [`Superseded by ${supersededBy}; both are good until ${overlapEndsAt ?? 'the end'}`]),
    ...(directory === 'waits' ? ['The directory waits for its holder: see cert confirm'] : []),
  ];
}

interface StatusOptions {
  readonly reason?: string;
  readonly invalidityDate?: string;
  readonly key?: readonly string[];
  readonly passphraseFile?: string;
}

function addStatusCommands(cert: Command, context: CommandContext): void {
  cert
    .command('revoke <certificate>')
    .description('revoke a certificate; gateway certificates need --key of two operators')
    .option('--reason <reason>', Object.keys(REVOCATION_REASONS).join(', '), 'unspecified')
    .option('--invalidity-date <time>', 'since when the key was unsafe (ISO 8601)')
    .option('--key <file...>', 'approval keys of two operators, where a statement is needed')
    .option('--passphrase-file <file>', "file with the keys' passphrase")
    .option('--json', 'print as JSON')
    .action(async (id: string, options: StatusOptions, command: Command) => {
      const answer = options.key
        ? await byStatement(context, id, 'revoke', options)
        : await byRequest(context, id, 'revoke', options);
      context.print(command, answer, `Revoked at ${String(answer['at'])}`);
    });
  cert
    .command('hold <certificate>')
    .description('suspend a certificate, where its profile permits')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: StatusOptions, command: Command) => {
      const answer = await byRequest(context, id, 'hold', options);
      context.print(command, answer, `On hold since ${String(answer['at'])}`);
    });
  cert
    .command('release <certificate>')
    .description('end a hold, by a statement of one operator (two after 30 days)')
    .requiredOption('--key <file...>', 'approval keys')
    .option('--passphrase-file <file>', "file with the keys' passphrase")
    .option('--json', 'print as JSON')
    .action(async (id: string, options: StatusOptions, command: Command) => {
      const answer = await byStatement(context, id, 'release', options);
      context.print(command, answer, `Released at ${String(answer['at'])}`);
    });
  cert
    .command('revoke-own <file>')
    .description('revoke or hold a certificate with its own private key, without an operator')
    .requiredOption('--key <file>', 'the private key (PKCS#8 PEM)')
    .option('--reason <reason>', 'keyCompromise, superseded …', 'keyCompromise')
    .option('--hold', 'suspend instead of revoking')
    .option('--json', 'print as JSON')
    .action(async (file: string, options: { key: string; reason: string; hold?: boolean }, command: Command) => {
      const answer = await context
        .api()
        .post('/api/v1/holder-revocations', { request: await holderRequest(context, file, options) });
      context.print(command, answer, `Done at ${String(answer['at'])}`);
    });
}

async function byRequest(context: CommandContext, id: string, action: 'revoke' | 'hold', options: StatusOptions) {
  return context.api().post('/api/v1/revocations', {
    certificate: id,
    action,
    ...(action === 'revoke' ? { reason: options.reason ?? 'unspecified' } : {}),
    ...(options.invalidityDate ? { invalidityDate: new Date(options.invalidityDate).toISOString() } : {}),
  });
}

/** Has a statement carried out that is made here, from what the service says of the certificate. */
async function byStatement(context: CommandContext, id: string, kind: 'revoke' | 'release', options: StatusOptions) {
  const api = context.api();
  const found = await api.get<CertificateView>(`/api/v1/certificates/${id}`);
  const hold = found.history?.findLast((event) => event.kind === 'hold');
  if (kind === 'release' && !hold) throw refused('not-on-hold', 'the certificate is not on hold');
  const one = { ca: found.ca, serial: found.serial };
  const wish: RevocationWish =
    kind === 'release'
      ? { kind: 'hold-release', subject: { ...one, holdId: hold?.id ?? 0 } }
      : {
          kind: 'certificate-revoke',
          subject: { kind, reason: options.reason ?? 'unspecified', certificates: [one] },
        };
  const keys = readKeys(options.key ?? [], passphraseFrom(options.passphraseFile));
  return api.post('/api/v1/revocations', { statement: await signRevocation(api, wish, keys) });
}

async function holderRequest(
  context: CommandContext,
  file: string,
  options: { key: string; reason: string; hold?: boolean },
): Promise<string> {
  const certificate = new X509Certificate(readFileSync(file));
  const key = createPrivateKey(readFileSync(options.key));
  const algorithm =
    key.asymmetricKeyType === 'rsa'
      ? 'PS384'
      : key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
        ? 'ES256'
        : 'ES384';
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = {
    v: 1,
    instance: (await context.api().get<{ instance: string }>('/api/v1/instance')).instance,
    certificate: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    action: options.hold ? 'hold' : 'revoke',
    reason: options.hold ? 'certificateHold' : options.reason,
    issuedAt: Math.floor(Date.now() / 1000),
  };
  const input = `${encode({ alg: algorithm, typ: 'see-revocation' })}.${encode(payload)}`;
  const hash = algorithm === 'ES256' ? 'sha256' : 'sha384';
  const settings =
    algorithm === 'PS384' ? { key, padding: 6, saltLength: 48 } : { key, dsaEncoding: 'ieee-p1363' as const };
  return `${input}.${sign(hash, Buffer.from(input), settings).toString('base64url')}`;
}

async function inspect(
  context: CommandContext,
  file: string,
  profile: string | undefined,
  command: Command,
): Promise<void> {
  const bytes = readFileSync(file);
  const text = bytes.toString('latin1');
  if (!text.includes('REQUEST') && (text.includes('BEGIN CERTIFICATE') || isCertificate(bytes))) {
    const certificate = parseCertificate(readCertificate(file));
    const value = {
      subject: formatName(certificate.subject),
      issuer: formatName(certificate.issuer),
      serial: certificate.serialHex,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      extensions: certificate.extensions.map(({ oid, critical }) => ({ oid, critical })),
    };
    context.print(
      command,
      value,
      `${new X509Certificate(encodePem('CERTIFICATE', certificate.der)).toString()}${value.subject}`,
    );
    return;
  }
  const query = profile === undefined ? '' : `?profile=${encodeURIComponent(profile)}`;
  const csr = text.includes('-----BEGIN') ? bytes.toString('utf8') : bytes.toString('base64');
  const answer = await context.api().post<{
    acceptable: boolean;
    taken: { key: string; spkiSha256: string } | null;
    ignored: { what: string; value: string; why: string }[];
    violations: { code: string; message: string; remedy?: string }[];
  }>(`/api/v1/csr-inspections${query}`, { csr });
  const lines = [
    answer.taken ? `We would take: the ${answer.taken.key} key ${answer.taken.spkiSha256}` : 'We would take nothing',
    ...answer.ignored.map((one) => `Ignored: ${one.what} (${one.value}): ${one.why}`),
    ...answer.violations.map((one) => `Refused: ${one.message} (${one.code})${one.remedy ? `; ${one.remedy}` : ''}`),
  ];
  context.print(command, answer, lines.join('\n'));
  if (!answer.acceptable) process.exitCode = 1;
}

async function verifyFile(context: CommandContext, file: string, command: Command): Promise<void> {
  const leaf = new X509Certificate(encodePem('CERTIFICATE', readCertificate(file)));
  const chain =
    (await (await fetch(`${context.vaUrl()}/ca/chain.pem`)).text()).match(
      /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
    ) ?? [];
  const cas = chain.map((pem) => new X509Certificate(pem));
  const issuer = cas.find((ca) => leaf.checkIssued(ca) && leaf.verify(ca.publicKey));
  const root = issuer && cas.find((ca) => issuer.checkIssued(ca) && issuer.verify(ca.publicKey));
  const expected = context.local().instance.rootFingerprint.replaceAll(' ', '');
  const now = Date.now();
  const faults = [
    ...(issuer ? [] : ['no CA of this instance issued it']),
    ...(root?.fingerprint256.replaceAll(':', '') === expected
      ? []
      : ["its chain does not end at this instance's root"]),
    ...(leaf.validFromDate.getTime() <= now && now <= leaf.validToDate.getTime() ? [] : ['it is not valid now']),
  ];
  context.print(
    command,
    { valid: faults.length === 0, faults },
    faults.length === 0 ? 'Issued here, valid now' : `Not valid: ${faults.join('; ')}`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

function readCertificate(file: string): Uint8Array {
  const bytes = readFileSync(file);
  if (!bytes.includes('-----BEGIN')) return bytes;
  const [der] = decodePem(bytes, 'CERTIFICATE');
  if (!der) throw refused('no-certificate', `${file} holds no certificate`);
  return der;
}

function isCertificate(bytes: Uint8Array): boolean {
  try {
    parseCertificate(bytes);
    return true;
  } catch {
    return false;
  }
}
