export { checkDer } from './check-der.ts';
export { DerError, type DerErrorCode } from './der-error.ts';
export { type BitString, type DerLimits, DerReader, defaultLimits, type RawElement } from './der-reader.ts';
export {
  compareBytes,
  concat,
  derBitString,
  derBmp,
  derBoolean,
  derEnumerated,
  derExplicit,
  derGeneralizedTime,
  derIa5,
  derImplicit,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derPrintable,
  derSequence,
  derSet,
  derSetOf,
  derTime,
  derUtcTime,
  derUtf8,
  equalBytes,
  headerLength,
  tlv,
  writeHeader,
} from './der-writer.ts';
export { isPrintableText } from './string-content.ts';
export { constructedContextTag, contextTag, tag } from './tag.ts';
