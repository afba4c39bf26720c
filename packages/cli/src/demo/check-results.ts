import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refused } from '@see/domain';
import { openssl } from './openssl.ts';

const PURPOSES: Readonly<Record<string, string>> = {
  'gateway-sign': 'smimesign',
  'gateway-encrypt': 'smimeencrypt',
  'user-auth': 'sslclient',
  'user-sign': 'smimesign',
  'user-encrypt': 'smimeencrypt',
  'tls-server': 'sslserver',
};

/** Has the openssl command judge what the demo made. Returns what was checked, in words; throws at the first failure. */
export async function checkResults(folder: string, vaUrl: string, say: (text: string) => void): Promise<string[]> {
  const checks: string[] = [];
  const done = (text: string): void => {
    checks.push(text);
    say(`  ${text}`);
  };
  const at = (name: string): string => join(folder, name);
  const strict = [
    '-x509_strict',
    '-crl_check_all',
    '-policy_check',
    '-CAfile',
    at('root.pem'),
    '-untrusted',
    at('chain.pem'),
    '-CRLfile',
    at('crls.pem'),
  ];
  for (const [name, purpose] of Object.entries(PURPOSES)) {
    await openssl('verify', ...strict, '-purpose', purpose, at(`${name}.pem`));
    done(`${name}: chain, CRLs, policies and purpose ${purpose} verify`);
    await ocsp(folder, vaUrl, name, 'good');
    done(`${name}: OCSP says good`);
  }
  const verdict = await openssl('verify', ...strict, '-purpose', 'sslclient', at('revoked.pem')).catch(
    (error: Error) => error.message,
  );
  if (!verdict.includes('certificate revoked'))
    throw refused('demo-check', `openssl accepts the revoked certificate: ${verdict}`);
  done('revoked: refused by its CRL');
  await ocsp(folder, vaUrl, 'revoked', 'revoked');
  done('revoked: OCSP says revoked');
  await openssl(
    'pkcs12',
    '-in',
    at('user-auth.p12'),
    '-passin',
    `file:${at('user-auth.p12.password')}`,
    '-nokeys',
    '-noout',
  );
  done('user-auth.p12: opens with its password');
  rmSync(at('.issuer.pem'), { force: true });
  return checks;
}

async function ocsp(folder: string, vaUrl: string, name: string, wanted: 'good' | 'revoked'): Promise<void> {
  const chain =
    readFileSync(join(folder, 'chain.pem'), 'utf8').match(
      /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g,
    ) ?? [];
  const issuer = await openssl('x509', '-in', join(folder, `${name}.pem`), '-noout', '-issuer_hash');
  for (const pem of chain) {
    const file = join(folder, '.issuer.pem');
    writeFileSync(file, pem);
    if ((await openssl('x509', '-in', file, '-noout', '-subject_hash')) !== issuer) continue;
    const answer = await openssl(
      'ocsp',
      '-sha256',
      '-issuer',
      file,
      '-cert',
      join(folder, `${name}.pem`),
      '-url',
      `${vaUrl}/ocsp`,
      '-CAfile',
      join(folder, 'root.pem'),
    );
    if (answer.includes('Response verify OK') && answer.includes(`.pem: ${wanted}`)) return;
    throw refused('demo-check', `OCSP of ${name} is not ${wanted}: ${answer.trim()}`);
  }
  throw refused('demo-check', `the issuer of ${name} is not in chain.pem`);
}
