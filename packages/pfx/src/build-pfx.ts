import {
  DerError,
  derBmp,
  derExplicit,
  derImplicit,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
} from '@see/asn1';
import { type Encryption, encodeEncryption, encrypt } from './encryption.ts';
import { makeMac } from './mac.ts';
import { pfxOid } from './oids.ts';
import { PfxError } from './pfx-error.ts';

/**
 * `modern`: AES-256-CBC under PBKDF2-HMAC-SHA-256, MAC with SHA-256. `compatible`: 3DES and a SHA-1 MAC, for Apple and old
 * Android; only with a generated password, since it resists guessing poorly.
 */
export type PfxFlavour = 'modern' | 'compatible';

/** Iterations where the caller gives none: compatible readers refuse or crawl above a few thousand. */
export const defaultIterations: Readonly<Record<PfxFlavour, number>> = { modern: 100_000, compatible: 2048 };

export interface PfxTemplate {
  /** PrivateKeyInfo, DER. */
  readonly privateKeyPkcs8: Uint8Array;
  /** DER, the key's own certificate first, then its issuers. */
  readonly certificates: readonly Uint8Array[];
  /** What the certificate is called in the store of the device. */
  readonly friendlyName: string;
  readonly password: string;
  readonly flavour: PfxFlavour;
  readonly iterations?: number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly subtle: SubtleCrypto;
}

/**
 * A PKCS#12 file (RFC 7292) in DER: certificates encrypted, key shrouded, everything under a MAC, all with one password.
 * Runs in browsers and in Node. Throws PfxError `bad-password`, `bad-friendly-name`, `no-certificate`. NOT checked: that
 * key and certificate belong together, the strength of the password.
 */
export async function buildPfx(template: PfxTemplate): Promise<Uint8Array> {
  const { subtle, password, certificates } = template;
  const [leaf] = certificates;
  if (leaf === undefined) throw new PfxError('no-certificate', 'there is no certificate to put into the file');
  const localKeyId = new Uint8Array(await subtle.digest('SHA-1', new Uint8Array(leaf)));
  const attributes = encodeAttributes(template.friendlyName, localKeyId);
  const certBags = certificates.map((der, index) => encodeCertBag(der, index === 0 ? attributes : undefined));
  const certEncryption = chooseEncryption(template);
  const encryptedCerts = await encrypt(subtle, certEncryption, password, derSequence(...certBags));
  const keyEncryption = chooseEncryption(template);
  const shroudedKey = derSequence(
    encodeEncryption(keyEncryption),
    derOctetString(await encrypt(subtle, keyEncryption, password, template.privateKeyPkcs8)),
  );
  const keyBag = derSequence(derOid(pfxOid.shroudedKeyBag), derExplicit(0, shroudedKey), attributes);
  const authSafe = derSequence(encodeEncryptedData(certEncryption, encryptedCerts), encodeData(derSequence(keyBag)));
  const hash = template.flavour === 'modern' ? 'SHA-256' : 'SHA-1';
  const mac = { hash, salt: template.randomBytes(16), iterations: iterationsOf(template) } as const;
  return derSequence(derInteger(3), encodeData(authSafe), await makeMac(subtle, mac, password, authSafe));
}

function iterationsOf({ flavour, iterations }: PfxTemplate): number {
  return iterations ?? defaultIterations[flavour];
}

function chooseEncryption(template: PfxTemplate): Encryption {
  const iterations = iterationsOf(template);
  if (template.flavour === 'compatible') return { kind: 'pbe-3des', salt: template.randomBytes(8), iterations };
  const salt = template.randomBytes(16);
  const iv = template.randomBytes(16);
  return { kind: 'pbes2', salt, iterations, prf: 'SHA-256', cipher: 'aes', keyOctets: 32, iv };
}

function encodeAttributes(friendlyName: string, localKeyId: Uint8Array): Uint8Array {
  let name: Uint8Array;
  try {
    name = derBmp(friendlyName);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new PfxError('bad-friendly-name', 'the name has a character that PKCS#12 cannot carry', { cause: error });
  }
  return derSetOf([
    derSequence(derOid(pfxOid.friendlyName), derSetOf([name])),
    derSequence(derOid(pfxOid.localKeyId), derSetOf([derOctetString(localKeyId)])),
  ]);
}

function encodeCertBag(der: Uint8Array, attributes: Uint8Array | undefined): Uint8Array {
  const bag = derSequence(derOid(pfxOid.x509Certificate), derExplicit(0, derOctetString(der)));
  const parts = [derOid(pfxOid.certBag), derExplicit(0, bag)];
  if (attributes !== undefined) parts.push(attributes);
  return derSequence(...parts);
}

function encodeData(content: Uint8Array): Uint8Array {
  return derSequence(derOid(pfxOid.data), derExplicit(0, derOctetString(content)));
}

function encodeEncryptedData(encryption: Encryption, ciphertext: Uint8Array): Uint8Array {
  const content = derSequence(
    derOid(pfxOid.data),
    encodeEncryption(encryption),
    derImplicit(0, derOctetString(ciphertext)),
  );
  return derSequence(derOid(pfxOid.encryptedData), derExplicit(0, derSequence(derInteger(0), content)));
}
