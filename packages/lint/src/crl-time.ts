import { DerReader, tag } from '@see/asn1';
import type { TbsCertList } from '@see/x509';
import { hasRightTimeType } from './time-type.ts';

/** Whether thisUpdate or nextUpdate of a CRL that was read before has the wrong type for its date. */
export function wrongCrlTime({ tbs, version }: TbsCertList): boolean {
  const reader = DerReader.of(tbs, { maxBytes: tbs.length }).sequence();
  if (version === 2) reader.any();
  reader.any();
  reader.any();
  if (isWrong(reader)) return true;
  return (reader.peekTag() === tag.utcTime || reader.peekTag() === tag.generalizedTime) && isWrong(reader);
}

function isWrong(reader: DerReader): boolean {
  const identifier = reader.peekTag();
  return !hasRightTimeType(identifier, reader.time());
}
