import { decodeBase64, encodeBase64 } from './base64.ts';
import { printable } from './name-characters.ts';

export type PemErrorCode =
  | 'utf-16'
  | 'not-pem'
  | 'wrong-label'
  | 'unterminated'
  | 'bad-base64'
  | 'too-large'
  | 'too-many';

/** Why a text is not the PEM that was asked for. */
export class PemError extends Error {
  override readonly name = 'PemError';
  readonly code: PemErrorCode;

  constructor(code: PemErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const MAX_TEXT = 16 * 1024 * 1024;
const MAX_BLOCKS = 1000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The DER of every block in a PEM text (RFC 7468), in order; at least one. Text before, between and after blocks, CR LF,
 * a UTF-8 byte order mark and lines of any length are taken; encapsulated headers, other labels, UTF-16 and base64 that is
 * not canonical are refused. NOT checked: the DER.
 */
export function decodePem(input: string | Uint8Array, label: string | readonly string[]): Uint8Array[] {
  const text = typeof input === 'string' ? input : decodeText(input);
  if (text.length > MAX_TEXT) throw new PemError('too-large', 'the text is longer than 16 MiB');
  if (text.includes('\u0000') || text.startsWith('\ufffe')) utf16();
  const labels = typeof label === 'string' ? [label] : label;
  const blocks: Uint8Array[] = [];
  let body: string[] | undefined;
  let current = '';
  for (const rawLine of text.split(/\r\n|\n|\r/)) {
    const line = rawLine.trim();
    if (line.startsWith('-----BEGIN ')) {
      if (body !== undefined) throw new PemError('unterminated', `the block ${printable(current)} does not end`);
      current = readLabel(line, '-----BEGIN ');
      if (!labels.includes(current)) wrongLabel(current, labels);
      if (blocks.length === MAX_BLOCKS) throw new PemError('too-many', `more than ${MAX_BLOCKS} blocks`);
      body = [];
    } else if (line.startsWith('-----END ')) {
      if (body === undefined || readLabel(line, '-----END ') !== current) {
        throw new PemError('unterminated', 'an END line does not belong to the BEGIN line before it');
      }
      blocks.push(decodeBody(body.join('')));
      body = undefined;
    } else if (body !== undefined) {
      body.push(line);
    }
  }
  if (body !== undefined) throw new PemError('unterminated', `the block ${printable(current)} does not end`);
  if (blocks.length === 0) throw new PemError('not-pem', `there is no -----BEGIN ${labels[0]}----- line`);
  return blocks;
}

function decodeText(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.includes(0))
    utf16();
  try {
    return utf8.decode(bytes);
  } catch {
    throw new PemError('not-pem', 'the bytes are not text');
  }
}

function utf16(): never {
  throw new PemError('utf-16', 'the text is UTF-16 or holds NUL: save it as plain text (UTF-8) and send it again');
}

function readLabel(line: string, prefix: string): string {
  if (!line.endsWith('-----') || line.length < prefix.length + 5) {
    throw new PemError('not-pem', `the line ${printable(line)} is not a PEM boundary`);
  }
  return line.slice(prefix.length, -5);
}

function wrongLabel(found: string, wanted: readonly string[]): never {
  throw new PemError('wrong-label', `the block is a ${printable(found)}, wanted is ${wanted.join(' or ')}`);
}

function decodeBody(body: string): Uint8Array {
  const bytes = decodeBase64(body);
  if (bytes === undefined || bytes.length === 0) throw new PemError('bad-base64', 'a block does not hold base64');
  return bytes;
}

/** One PEM block with lines of 64 characters and LF, ending in a line break. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
