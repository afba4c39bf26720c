import { DerReader, tag } from '@see/asn1';
import type { TbsCertList } from '@see/x509';
import { hasRightTimeType } from './time-type.ts';

/** Whether any time of a CRL that was read before has the wrong type for its date. One pass over the octets. */
export function wrongCrlTime({ tbs, version, entries }: TbsCertList): boolean {
  const reader = DerReader.of(tbs, { maxBytes: tbs.length }).sequence();
  if (version === 2) reader.any();
  reader.any();
  reader.any();
  if (isWrong(reader)) return true;
  if ((reader.peekTag() === tag.utcTime || reader.peekTag() === tag.generalizedTime) && isWrong(reader)) return true;
  const scanner = entries.scan();
  while (scanner.next()) {
    // Those in our own form have UTCTime, which is right for every date that it can say.
    if (!scanner.unusual) continue;
    const entry = DerReader.of(scanner.octets.subarray(scanner.from, scanner.to)).sequence();
    entry.any();
    if (isWrong(entry)) return true;
  }
  return false;
}

function isWrong(reader: DerReader): boolean {
  const identifier = reader.peekTag();
  return !hasRightTimeType(identifier, reader.time());
}
