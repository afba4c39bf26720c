import { DerError, DerReader, equalBytes } from '@see/asn1';
import { decrypt, type Encryption, readEncryption } from './encryption.ts';
import { checkMac, readMac } from './mac.ts';
import { pfxOid } from './oids.ts';
import { PfxError } from './pfx-error.ts';
import { type Bag, readSafeContents } from './safe-contents.ts';

export interface PfxContents {
  readonly privateKeyPkcs8: Uint8Array;
  /** The key's own certificate first where the file says which it is. */
  readonly certificates: readonly Uint8Array[];
  readonly friendlyName?: string;
}

export interface PfxReadOptions {
  readonly subtle: SubtleCrypto;
  /** Most iterations of all derivations together; 10,000,000 unless given. */
  readonly maxIterations?: number;
}

const MAX_BYTES = 1024 * 1024;
const MAX_SAFES = 16;
const MAX_ITERATIONS = 10_000_000;

/**
 * Reads a PKCS#12 file in DER of at most 1 MiB, as we, OpenSSL, NSS (since 3.90), Java and Windows write it: password
 * integrity, AES or 3DES, exactly one key. The iterations that the file asks for are added up and limited before anything
 * is derived (`too-many-iterations`); the MAC is checked before anything is decrypted (`wrong-password`). Throws PfxError.
 * NOT read: BER, RC2 and RC4, PBMAC1, files without MAC. NOT checked: the certificates.
 */
export async function readPfx(der: Uint8Array, password: string, options: PfxReadOptions): Promise<PfxContents> {
  try {
    return await read(der, password, options);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    const code = error.code === 'too-large' && der.length > MAX_BYTES ? 'too-large' : 'malformed';
    throw new PfxError(code, error.message, { cause: error });
  }
}

interface Safe {
  readonly content: Uint8Array;
  readonly encryption?: Encryption;
}

async function read(der: Uint8Array, password: string, options: PfxReadOptions): Promise<PfxContents> {
  const budget = new IterationBudget(options.maxIterations ?? MAX_ITERATIONS);
  const reader = DerReader.of(der, { maxBytes: MAX_BYTES });
  const pfx = reader.sequence();
  reader.end();
  if (pfx.smallInteger() !== 3) throw new PfxError('malformed', 'the version of the file is not 3');
  const content = readData(pfx.sequence());
  if (pfx.atEnd) throw new PfxError('no-mac', 'the file has no MAC: nothing shows that it is whole');
  const mac = readMac(pfx.sequence());
  pfx.end();
  // SHA-384 and SHA-512 go through WebCrypto one by one, which costs ten times as much.
  budget.spend(mac.iterations, mac.hash === 'SHA-1' || mac.hash === 'SHA-256' ? 1 : 10);
  const safes = readAuthenticatedSafe(content);
  const open: Bag[] = [];
  for (const safe of safes) {
    if (safe.encryption !== undefined) budget.spendOn(safe.encryption);
    else open.push(...readSafeContents(safe.content));
  }
  for (const bag of open) if (bag.kind === 'shrouded-key') budget.spendOn(bag.encryption);
  await checkMac(options.subtle, mac, password, content);
  const bags = [...open];
  for (const { encryption, content: ciphertext } of safes) {
    if (encryption === undefined) continue;
    const hidden = readSafeContents(await decrypt(options.subtle, encryption, password, ciphertext));
    for (const bag of hidden) if (bag.kind === 'shrouded-key') budget.spendOn(bag.encryption);
    bags.push(...hidden);
  }
  return collect(bags, password, options.subtle);
}

async function collect(bags: readonly Bag[], password: string, subtle: SubtleCrypto): Promise<PfxContents> {
  const keys = bags.filter((bag) => bag.kind !== 'certificate');
  const [key] = keys;
  if (key === undefined) throw new PfxError('no-key', 'there is no private key in the file');
  if (keys.length > 1) throw new PfxError('unsupported', 'there is more than one private key in the file');
  const privateKeyPkcs8 =
    key.kind === 'key' ? key.content : await decrypt(subtle, key.encryption, password, key.content);
  const certificates = bags.filter((bag) => bag.kind === 'certificate');
  const { localKeyId } = key;
  const own = localKeyId && certificates.find((bag) => bag.localKeyId && equalBytes(bag.localKeyId, localKeyId));
  const ordered = own === undefined ? certificates : [own, ...certificates.filter((bag) => bag !== own)];
  const friendlyName = key.friendlyName ?? own?.friendlyName;
  const contents = { privateKeyPkcs8, certificates: ordered.map((bag) => bag.content) };
  return friendlyName === undefined ? contents : { ...contents, friendlyName };
}

function readData(info: DerReader): Uint8Array {
  const type = info.oid();
  if (type !== pfxOid.data) throw new PfxError('unsupported', `the content type ${type} is not supported`);
  const wrapper = info.explicit(0);
  info.end();
  const content = wrapper.octetString();
  wrapper.end();
  return content;
}

function readAuthenticatedSafe(content: Uint8Array): Safe[] {
  const reader = DerReader.of(content);
  const sequence = reader.sequence();
  reader.end();
  const safes: Safe[] = [];
  while (!sequence.atEnd) {
    if (safes.length === MAX_SAFES) throw new PfxError('unsupported', `more than ${MAX_SAFES} parts`);
    const at = sequence.any();
    const info = DerReader.of(at).sequence();
    safes.push(
      info.oid() === pfxOid.encryptedData
        ? readEncryptedData(info)
        : { content: readData(DerReader.of(at).sequence()) },
    );
  }
  return safes;
}

function readEncryptedData(info: DerReader): Safe {
  const wrapper = info.explicit(0);
  info.end();
  const data = wrapper.sequence();
  wrapper.end();
  if (data.smallInteger() !== 0) throw new PfxError('malformed', 'EncryptedData is not of version 0');
  const inner = data.sequence();
  data.end();
  if (inner.oid() !== pfxOid.data) throw new PfxError('unsupported', 'something other than data is encrypted');
  const encryption = readEncryption(inner.sequence());
  const content = inner.octetString(0x80);
  inner.end();
  return { content, encryption };
}

// What the file may cost. 3DES needs three hashes an iteration (24 octets of key, 8 of IV), PBKDF2 up to two blocks.
class IterationBudget {
  private left: number;

  constructor(left: number) {
    this.left = left;
  }

  spend(iterations: number, times: number): void {
    if (iterations < 1) throw new PfxError('malformed', 'a key derivation without iterations');
    this.left -= iterations * times;
    if (this.left < 0) {
      throw new PfxError(
        'too-many-iterations',
        `the file asks for more work (${iterations} iterations) than is done here`,
      );
    }
  }

  spendOn(encryption: Encryption): void {
    this.spend(encryption.iterations, encryption.kind === 'pbe-3des' ? 3 : 1);
  }
}
