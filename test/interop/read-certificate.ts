import { readFileSync } from 'node:fs';
import { decodePem, parseCertificate } from '@see/x509';

/** The first certificate of a PEM file. */
export function readCertificate(file: string) {
  const [der] = decodePem(readFileSync(file, 'utf8'), 'CERTIFICATE');
  if (!der) throw new Error(`no certificate in ${file}`);
  return parseCertificate(der);
}
