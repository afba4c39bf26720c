import { argon2Sync, createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { durableWrite } from './durable-write.ts';

export type SealedStoreErrorCode =
  | 'no-store'
  | 'store-exists'
  | 'wrong-passphrase'
  | 'damaged'
  | 'no-entry'
  | 'bad-name'
  | 'weak-passphrase';

/** A sealed store that could not be made, opened or read. Never carries a secret. */
export class SealedStoreError extends Error {
  readonly code: SealedStoreErrorCode;
  constructor(code: SealedStoreErrorCode, message: string) {
    super(message);
    this.name = 'SealedStoreError';
    this.code = code;
  }
}

/** Cost of the passphrase: argon2id (RFC 9106) with memory in KiB. */
interface KdfParameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const COST: KdfParameters = { memory: 65_536, passes: 3, parallelism: 1 };
const LIMIT: KdfParameters = { memory: 1_048_576, passes: 16, parallelism: 8 };

interface Header {
  readonly v: 1;
  readonly kdf: 'argon2id';
  readonly cost: KdfParameters;
  readonly salt: string;
  readonly wrapped: string;
}

/**
 * A folder whose files are sealed with AES-256-GCM under one master key, which itself is sealed under a passphrase by
 * argon2id. The name of an entry is authenticated with its content, so entries can not be swapped. Writes are durable
 * when they return. Not protected: an old state of the whole folder put back (see the signer's anchor for what notices
 * that), and the memory of the process that has it open.
 */
export class SealedStore {
  readonly #folder: string;
  readonly #master: Uint8Array;

  private constructor(folder: string, master: Uint8Array) {
    this.#folder = folder;
    this.#master = master;
  }

  /** Makes an empty store. The passphrase has at least 16 characters (GOV-15). */
  static create(folder: string, passphrase: Uint8Array): SealedStore {
    if (passphrase.length < 16)
      throw new SealedStoreError('weak-passphrase', 'a passphrase has at least 16 characters');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'store.json');
    if (existsSync(path)) throw new SealedStoreError('store-exists', 'there is a sealed store already');
    const salt = randomBytes(32);
    const master = randomBytes(32);
    const header: Header = {
      v: 1,
      kdf: 'argon2id',
      cost: COST,
      salt: salt.toString('base64'),
      wrapped: Buffer.from(seal(stretch(passphrase, salt, COST), 'master', master)).toString('base64'),
    };
    durableWrite(path, Buffer.from(`${JSON.stringify(header, null, 2)}\n`));
    return new SealedStore(folder, master);
  }

  /** Opens a store; takes about a quarter of a second on purpose. */
  static open(folder: string, passphrase: Uint8Array): SealedStore {
    const path = join(folder, 'store.json');
    if (!existsSync(path)) throw new SealedStoreError('no-store', 'there is no sealed store');
    const header = readHeader(readFileSync(path, 'utf8'));
    const key = stretch(passphrase, Buffer.from(header.salt, 'base64'), header.cost);
    try {
      return new SealedStore(folder, unseal(key, 'master', Buffer.from(header.wrapped, 'base64')));
    } catch {
      throw new SealedStoreError('wrong-passphrase', 'the passphrase does not open this store');
    }
  }

  has(name: string): boolean {
    return existsSync(this.#path(name));
  }

  read(name: string): Uint8Array {
    const path = this.#path(name);
    if (!existsSync(path)) throw new SealedStoreError('no-entry', `the store has no ${name}`);
    try {
      return unseal(this.#entryKey(name), name, readFileSync(path));
    } catch {
      throw new SealedStoreError('damaged', `${name} was changed or is damaged`);
    }
  }

  write(name: string, bytes: Uint8Array): void {
    durableWrite(this.#path(name), seal(this.#entryKey(name), name, bytes));
  }

  /** HMAC-SHA-384 with a key of this store: what only its holder can make. `purpose` separates uses. */
  mac(purpose: string, message: Uint8Array): Uint8Array {
    const key = hkdfSync('sha384', this.#master, new Uint8Array(0), `see-pki/mac/${purpose}`, 48);
    return new Uint8Array(createHmac('sha384', new Uint8Array(key)).update(message).digest());
  }

  #path(name: string): string {
    if (!/^[a-z0-9][a-z0-9.-]{0,60}$/.test(name)) throw new SealedStoreError('bad-name', `${name} is no entry name`);
    return join(this.#folder, `${name}.sealed`);
  }

  #entryKey(name: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha384', this.#master, new Uint8Array(0), `see-pki/entry/${name}`, 32));
  }
}

function readHeader(text: string): Header {
  let header: Header;
  try {
    header = JSON.parse(text) as Header;
  } catch {
    throw new SealedStoreError('damaged', 'store.json is damaged');
  }
  const { cost } = header;
  const bounded =
    header.v === 1 &&
    header.kdf === 'argon2id' &&
    cost.memory <= LIMIT.memory &&
    cost.passes <= LIMIT.passes &&
    cost.parallelism <= LIMIT.parallelism;
  if (!bounded) throw new SealedStoreError('damaged', 'store.json asks for what this version does not do');
  return header;
}

function stretch(passphrase: Uint8Array, salt: Uint8Array, cost: KdfParameters): Uint8Array {
  const key = argon2Sync('argon2id', {
    message: passphrase,
    nonce: salt,
    memory: cost.memory,
    passes: cost.passes,
    parallelism: cost.parallelism,
    tagLength: 32,
  });
  return new Uint8Array(key);
}

const NONCE = 12;
const TAG = 16;

/** nonce || tag || ciphertext, with the name as associated data. */
function seal(key: Uint8Array, name: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function unseal(key: Uint8Array, name: string, bytes: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]));
}
