import { Refusal } from '@see/http';
import { decodeBase64, decodePem, PemError } from '@see/x509';

const REMEDY = 'Send a PEM file with BEGIN CERTIFICATE REQUEST, or DER: openssl req -new -key KEY -subj / -out FILE';

/** A CSR's DER from the text of a PEM file or from base64 of DER. What is inside is not looked at. */
export function csrOfText(text: string): Uint8Array {
  const trimmed = text.trim();
  const plain = trimmed.includes('-----') ? undefined : decodeBase64(trimmed.replaceAll(/\s+/g, ''));
  if (plain && plain.length > 0) return plain;
  const old = text.includes('BEGIN NEW CERTIFICATE REQUEST');
  return onlyBlock(text, old ? 'NEW CERTIFICATE REQUEST' : 'CERTIFICATE REQUEST');
}

/** The same from octets of a PEM file, which may be in an encoding that we name instead of guessing. */
export function csrOfPemOctets(octets: Uint8Array): Uint8Array {
  const [first, second] = octets;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || second === 0;
  if (utf16) throw unreadable('The file is UTF-16 text. Save it as UTF-8 or ANSI and send it again.', 'utf-16');
  try {
    return csrOfText(new TextDecoder('utf-8', { fatal: true }).decode(octets));
  } catch (error) {
    if (error instanceof TypeError)
      throw unreadable('The file is no text: send DER as application/pkcs10.', 'not-text');
    throw error;
  }
}

/** A CSR's DER from a file of unknown form: DER, or PEM, which is text. */
export function csrOfFile(octets: Uint8Array): Uint8Array {
  if (octets.length === 0) throw unreadable('The file is empty.', 'empty');
  return octets[0] === 0x30 && octets[1] !== 0 ? octets : csrOfPemOctets(octets);
}

function onlyBlock(text: string, label: string): Uint8Array {
  let blocks: Uint8Array[];
  try {
    blocks = decodePem(text, label);
  } catch (error) {
    if (error instanceof PemError) throw unreadable(error.message, error.code);
    throw error;
  }
  const [only] = blocks;
  if (!only || blocks.length !== 1)
    throw unreadable(`${blocks.length} requests were found; send one at a time.`, 'not-one');
  return only;
}

function unreadable(message: string, code: string): Refusal {
  return new Refusal('csr-refused', message, {
    violations: [{ code: `pem-${code}`, path: 'csr', message, source: 'RFC 7468', remedy: REMEDY }],
  });
}
