export { buildEnvelope, type EnvelopeTools, type Recipient } from './build-envelope.ts';
export {
  assembleSignedData,
  buildSignedData,
  type SignedDataSigner,
  signedAttributes,
} from './build-signed-data.ts';
export { certsOnly } from './certs-only.ts';
export { CmsError, type CmsErrorCode } from './cms-error.ts';
export { type OpeningKey, openEnvelope } from './open-envelope.ts';
export { buildPairEnvelopes } from './pair-envelopes.ts';
export { type Envelope, MAX_ENVELOPE_OCTETS, readEnvelope } from './read-envelope.ts';
export { MAX_SIGNED_OCTETS, readSignedData, type SignedContent } from './read-signed-data.ts';
export { keyIdOf, type RecipientIdentifier, sameRecipient } from './recipient-identifier.ts';
export type { SignedDigest } from './signed-digest.ts';
