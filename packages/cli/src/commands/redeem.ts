import { createHash, createHmac, generateKeyPairSync, type KeyObject, pbkdf2, randomBytes, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPairEnvelopes, keyIdOf } from '@see/cms';
import { codeProofMessage, ENROLMENT_KDF, escrowTagMessage, keyTagMessage, normaliseCode, refused } from '@see/domain';
import { buildPfx } from '@see/pfx';
import { spkiSha256 } from '@see/policy';
import { assembleSigned, buildCsrInfo, encodeName, encodePem, signatureAlgorithm } from '@see/x509';
import type { ApiClient } from '../api-client.ts';
import { generatedPassphrase } from './generated-passphrase.ts';

interface Details {
  readonly displayName: string;
  readonly profiles: readonly {
    readonly id: string;
    readonly key: 'P-384' | 'RSA-3072';
    readonly escrow: KeptFor | null;
  }[];
}

/** The agents of whom any two can open the copy of a key; `statement` names them (digest, hex). */
interface KeptFor {
  readonly statement: string;
  readonly agents: readonly { readonly label: string; readonly publicKey: string }[];
}

interface Redeemed {
  readonly profile: string;
  readonly serial: string;
  readonly notAfter: string;
  readonly certificate: string;
  readonly chain: readonly string[];
}

export interface RedemptionFiles {
  readonly files: readonly string[];
  readonly certificates: readonly { readonly profile: string; readonly serial: string; readonly notAfter: string }[];
}

/**
 * Redeems an enrolment code as the portal does, with keys made here, one a profile, which never leave this machine but
 * for the copy that a profile may keep: `agree` is told before any key is made who can open it, and throws to stop.
 * Writes NAME.key (0600), NAME.pem (with its chain), NAME.p12 and NAME.p12.password (0600).
 */
export async function redeem(
  api: ApiClient,
  orderId: string,
  typedCode: string,
  folder: string,
  agree: (agents: readonly string[]) => Promise<void>,
): Promise<RedemptionFiles> {
  const code = normaliseCode(typedCode);
  if (code === undefined) throw refused('code-form', 'a code has sixteen letters and digits, in groups of four');
  const key = await promisify(pbkdf2)(
    code,
    orderId,
    ENROLMENT_KDF.iterations,
    ENROLMENT_KDF.octets,
    ENROLMENT_KDF.digest,
  );
  const hmac = (message: Uint8Array): string => createHmac('sha384', key).update(message).digest('hex');
  const details = await api.post<Details>(`/api/v1/redemptions/${orderId}/check`, {
    proof: hmac(codeProofMessage(orderId)),
  });
  const [kept] = details.profiles.flatMap(({ escrow }) => (escrow ? [escrow] : []));
  if (kept) await agree(kept.agents.map(({ label }) => label));
  const keys = details.profiles.map(({ key: kind }) =>
    kind === 'P-384'
      ? generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
      : generateKeyPairSync('rsa', { modulusLength: 3072 }),
  );
  const body = {
    keys: await Promise.all(
      keys.map(async ({ privateKey, publicKey }, index) => {
        const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
        const keptFor = details.profiles[index]?.escrow;
        return {
          csr: csrFor(privateKey, spki).toBase64(),
          tag: hmac(keyTagMessage(orderId, spkiSha256(spki))),
          ...(keptFor ? { escrow: await copyKey(orderId, privateKey, spki, keptFor, hmac) } : {}),
        };
      }),
    ),
  };
  // On disk before they are used: a certificate whose key is gone would be worth nothing.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [index, { id }] of details.profiles.entries()) {
    const pkcs8 = keys[index]?.privateKey.export({ format: 'der', type: 'pkcs8' });
    if (pkcs8) writeFileSync(join(folder, `${id}.key`), encodePem('PRIVATE KEY', pkcs8), { mode: 0o600 });
  }
  const certificates = await waitFor(api, orderId, body);
  const files: string[] = [];
  for (const [index, redeemed] of certificates.entries()) {
    const pair = keys[index];
    if (pair) files.push(...(await writeIdentity(folder, redeemed, pair.privateKey, details.displayName)));
  }
  return { files, certificates: certificates.map(({ profile, serial, notAfter }) => ({ profile, serial, notAfter })) };
}

/** The copy of a key for its agents: two of them together open it and nobody else. */
async function copyKey(
  orderId: string,
  privateKey: KeyObject,
  spki: Uint8Array,
  { statement, agents }: KeptFor,
  hmac: (message: Uint8Array) => string,
) {
  const recipients = agents.map(({ publicKey }) => {
    const agentKey = Uint8Array.fromBase64(publicKey);
    return { spki: agentKey, identifier: { kind: 'key', keyId: keyIdOf(agentKey) } as const };
  });
  const envelopes = await buildPairEnvelopes(privateKey.export({ format: 'der', type: 'pkcs8' }), recipients, {
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    subtle: globalThis.crypto.subtle,
  });
  const digests = envelopes.map((each) => createHash('sha256').update(each).digest());
  const message = escrowTagMessage(orderId, spkiSha256(spki), Uint8Array.fromHex(statement), digests);
  return { agents: statement, envelopes: envelopes.map((each) => each.toBase64()), tag: hmac(message) };
}

/** The same keys are sent until the certificates are there: sending them again is always safe. */
async function waitFor(api: ApiClient, orderId: string, body: unknown): Promise<readonly Redeemed[]> {
  for (let tries = 0; tries < 30; tries += 1) {
    const answer = await api.post<{ certificates?: readonly Redeemed[] }>(
      `/api/v1/redemptions/${orderId}/redeem`,
      body,
    );
    if (answer.certificates) return answer.certificates;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw refused('not-issued-yet', 'the certificates are not there yet', {
    remedy: 'see order show tells the state of the order',
  });
}

function csrFor(privateKey: KeyObject, spki: Uint8Array): Uint8Array {
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki });
  const algorithm = privateKey.asymmetricKeyType === 'rsa' ? 'rsa-sha384' : 'ecdsa-sha384';
  return assembleSigned(info, signatureAlgorithm(algorithm), sign('sha384', info, privateKey));
}

async function writeIdentity(
  folder: string,
  redeemed: Redeemed,
  privateKey: KeyObject,
  name: string,
): Promise<string[]> {
  const certificates = [redeemed.certificate, ...redeemed.chain].map((text) => Uint8Array.fromBase64(text));
  const pkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
  const password = generatedPassphrase();
  const pfx = await buildPfx({
    privateKeyPkcs8: pkcs8,
    certificates,
    friendlyName: `${name} (${redeemed.profile})`,
    password,
    flavour: 'modern',
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    subtle: globalThis.crypto.subtle,
  });
  const write = (extension: string, content: string | Uint8Array, mode: number): string => {
    const file = `${redeemed.profile}.${extension}`;
    writeFileSync(join(folder, file), content, { mode });
    return file;
  };
  return [
    `${redeemed.profile}.key`,
    write(
      'pem',
      certificates
        .slice(0, 2)
        .map((der) => encodePem('CERTIFICATE', der))
        .join(''),
      0o644,
    ),
    write('p12', pfx, 0o600),
    write('p12.password', `${password}\n`, 0o600),
  ];
}
