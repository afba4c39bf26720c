import { checkDer, DerError, DerReader } from '@see/asn1';
import { type Extension, findExtension, parseExtensions } from './extension.ts';
import { parseBasicConstraints } from './extensions/basic-constraints.ts';
import { parseExtKeyUsage } from './extensions/ext-key-usage.ts';
import { parseKeyUsage } from './extensions/key-usage.ts';
import { parseSubjectAltName } from './extensions/subject-alt-name.ts';
import type { GeneralName } from './general-name.ts';
import type { Name } from './name.ts';
import { hasForbiddenCharacter } from './name-characters.ts';
import { oid } from './oids.ts';
import { parseName } from './parse-name.ts';
import {
  parseSignatureAlgorithm,
  type SignatureAlgorithmName,
  signatureKeyKind,
  type UnknownAlgorithm,
} from './signature-algorithm.ts';
import { readSigned } from './signed.ts';
import { parseSpki, type SubjectPublicKey } from './spki.ts';
import { X509Error } from './x509-error.ts';

const MAX_CSR_BYTES = 64 * 1024;
const MAX_ATTRIBUTES = 32;
const MAX_VALUES = 32;

export interface CsrAttribute {
  readonly oid: string;
  readonly values: readonly Uint8Array[];
}

/** A certification request (RFC 2986) taken apart. Byte arrays are views on `der`. */
export interface ParsedCsr {
  readonly der: Uint8Array;
  /** certificationRequestInfo: the octets that are signed. */
  readonly info: Uint8Array;
  readonly subject: Name;
  readonly subjectDer: Uint8Array;
  readonly spki: Uint8Array;
  readonly publicKey: SubjectPublicKey;
  readonly attributes: readonly CsrAttribute[];
  readonly extensions: readonly Extension[];
  readonly subjectAltName?: readonly GeneralName[];
  readonly challengePassword?: string;
  readonly signatureAlgorithm: SignatureAlgorithmName | UnknownAlgorithm;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Reads a certification request from outside: at most 64 KiB, all of it DER, at most 100 alternative names, every name
 * fit to be certified, no attribute or extension twice, the signature algorithm one that this kind of key can make.
 * Throws DerError or X509Error with `path` set. NOT checked: the signature, the strength of the key, whether the names
 * may be had. The SET OF order of attributes is not insisted on, since some clients write them as they come.
 */
export function parseCsr(der: Uint8Array): ParsedCsr {
  const state = { path: 'request' };
  try {
    return readCsr(der, state);
  } catch (error) {
    if (error instanceof DerError || error instanceof X509Error) error.path ??= state.path;
    throw error;
  }
}

function readCsr(der: Uint8Array, state: { path: string }): ParsedCsr {
  checkDer(der, { maxBytes: MAX_CSR_BYTES });
  const { tbs: info, signatureAlgorithmDer, signature } = readSigned(der);
  const infoReader = DerReader.of(info);
  const sequence = infoReader.sequence();
  state.path = 'version';
  if (sequence.smallInteger() !== 0) throw new X509Error('bad-version', 'RFC 2986 4.1', 'the version is not v1(0)');
  state.path = 'subject';
  const subjectDer = sequence.any();
  const subject = parseName(subjectDer);
  state.path = 'subjectPublicKeyInfo';
  const spki = sequence.any();
  const publicKey = parseSpki(spki);
  state.path = 'attributes';
  const attributes = readAttributes(sequence.explicit(0));
  sequence.end();
  state.path = 'attributes.challengePassword';
  const challengePassword = readChallengePassword(attributes);
  state.path = 'attributes.extensionRequest';
  const extensions = readRequestedExtensions(attributes);
  const subjectAltName = checkKnownExtensions(extensions, state);
  state.path = 'signatureAlgorithm';
  const signatureAlgorithm = parseSignatureAlgorithm(signatureAlgorithmDer);
  checkKeyFitsAlgorithm(publicKey, signatureAlgorithm);
  return {
    der,
    info,
    subject,
    subjectDer,
    spki,
    publicKey,
    attributes,
    extensions,
    signatureAlgorithm,
    signatureAlgorithmDer,
    signature,
    ...(subjectAltName === undefined ? {} : { subjectAltName }),
    ...(challengePassword === undefined ? {} : { challengePassword }),
  };
}

function readAttributes(reader: DerReader): CsrAttribute[] {
  const attributes: CsrAttribute[] = [];
  while (!reader.atEnd) {
    if (attributes.length === MAX_ATTRIBUTES) {
      throw new X509Error('bad-attribute', 'limit', `more than ${MAX_ATTRIBUTES} attributes`);
    }
    const item = reader.sequence();
    const type = item.oid();
    const set = item.set();
    item.end();
    const values: Uint8Array[] = [];
    while (!set.atEnd) {
      if (values.length === MAX_VALUES) {
        throw new X509Error('bad-attribute', 'limit', `the attribute ${type} has more than ${MAX_VALUES} values`);
      }
      values.push(set.any());
    }
    if (values.length === 0) throw new X509Error('bad-attribute', 'RFC 2986 4.1', `the attribute ${type} has no value`);
    if (attributes.some((each) => each.oid === type)) {
      throw new X509Error('duplicate-attribute', 'RFC 2986 4.1', `the attribute ${type} is there twice`);
    }
    attributes.push({ oid: type, values });
  }
  return attributes;
}

function singleValue(attributes: readonly CsrAttribute[], type: string): Uint8Array | undefined {
  const attribute = attributes.find((each) => each.oid === type);
  if (attribute === undefined) return undefined;
  if (attribute.values.length !== 1) {
    throw new X509Error('duplicate-attribute', 'RFC 2985 5.4', `the attribute ${type} has more than one value`);
  }
  return attribute.values[0];
}

function readChallengePassword(attributes: readonly CsrAttribute[]): string | undefined {
  const value = singleValue(attributes, oid.challengePassword);
  if (value === undefined) return undefined;
  const text = DerReader.of(value).anyString();
  if (text.length === 0 || text.length > 255 || hasForbiddenCharacter(text)) {
    throw new X509Error(
      'bad-attribute',
      'RFC 2985 5.4.1',
      'challengePassword is empty, too long or holds a control character',
    );
  }
  return text;
}

function readRequestedExtensions(attributes: readonly CsrAttribute[]): Extension[] {
  const value = singleValue(attributes, oid.extensionRequest);
  if (value === undefined) return [];
  const extensions = parseExtensions(value);
  for (const extension of extensions) checkDer(extension.value);
  return extensions;
}

// What we know must be well formed even where it will be ignored: a request that contradicts itself is not guessed at.
function checkKnownExtensions(extensions: readonly Extension[], state: { path: string }): GeneralName[] | undefined {
  let names: GeneralName[] | undefined;
  for (const { oid: type, value } of extensions) {
    state.path = `attributes.extensionRequest.${type}`;
    switch (type) {
      case oid.subjectAltName:
        names = parseSubjectAltName(value);
        break;
      case oid.basicConstraints:
        parseBasicConstraints(value);
        break;
      case oid.keyUsage:
        parseKeyUsage(value);
        break;
      case oid.extKeyUsage:
        parseExtKeyUsage(value);
        break;
    }
  }
  return names;
}

function checkKeyFitsAlgorithm(key: SubjectPublicKey, algorithm: SignatureAlgorithmName | UnknownAlgorithm): void {
  if (typeof algorithm !== 'string' || key.kind === 'other') return;
  if (signatureKeyKind(algorithm) !== key.kind) {
    throw new X509Error(
      'algorithm-mismatch',
      'RFC 2986 4.2',
      `a key of kind ${key.kind} cannot make ${algorithm} signatures`,
    );
  }
}

/** The requested extension with this object identifier. */
export function csrExtension(csr: ParsedCsr, type: string): Extension | undefined {
  return findExtension(csr.extensions, type);
}
