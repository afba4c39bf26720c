import type { CertificateRule } from '../rule.ts';
import { akiCritical } from './aki-critical.ts';
import { akiMissing } from './aki-missing.ts';
import { akiMoreThanKey } from './aki-more-than-key.ts';
import { akiOfIssuer } from './aki-of-issuer.ts';
import { alreadyExpired } from './already-expired.ts';
import { attributeEmpty } from './attribute-empty.ts';
import { attributeEncoding } from './attribute-encoding.ts';
import { attributeMeaningless } from './attribute-meaningless.ts';
import { attributeNotText } from './attribute-not-text.ts';
import { attributeTooLong } from './attribute-too-long.ts';
import { attributeTwice } from './attribute-twice.ts';
import { attributeUnsafe } from './attribute-unsafe.ts';
import { attributeUntrimmed } from './attribute-untrimmed.ts';
import { basicConstraintsNotCritical } from './basic-constraints-not-critical.ts';
import { caIssuersMissing } from './ca-issuers-missing.ts';
import { caKeyNotP384 } from './ca-key-not-p384.ts';
import { caNameOfIssuer } from './ca-name-of-issuer.ts';
import { caNotCa } from './ca-not-ca.ts';
import { caSubject } from './ca-subject.ts';
import { cdpCritical } from './cdp-critical.ts';
import { cdpForm } from './cdp-form.ts';
import { cdpMissing } from './cdp-missing.ts';
import { cdpNotHttp } from './cdp-not-http.ts';
import { countryCode } from './country-code.ts';
import { cpsUri } from './cps-uri.ts';
import { cpsUriMissing } from './cps-uri-missing.ts';
import { delegateLongLived } from './delegate-long-lived.ts';
import { delegateNames } from './delegate-names.ts';
import { delegatePointers } from './delegate-pointers.ts';
import { ekuCritical } from './eku-critical.ts';
import { extensionNotInProfile } from './extension-not-in-profile.ts';
import { extensionUnreadable } from './extension-unreadable.ts';
import { freshestCrlCritical } from './freshest-crl-critical.ts';
import { freshestCrlForm } from './freshest-crl-form.ts';
import { gatewayEncryptCommonName } from './gateway-encrypt-common-name.ts';
import { gatewayEncryptExtKeyUsage } from './gateway-encrypt-ext-key-usage.ts';
import { gatewayEncryptKeyUsage } from './gateway-encrypt-key-usage.ts';
import { gatewayEncryptMailAddress } from './gateway-encrypt-mail-address.ts';
import { gatewayNames } from './gateway-names.ts';
import { gatewaySignCommonName } from './gateway-sign-common-name.ts';
import { gatewaySignExtKeyUsage } from './gateway-sign-ext-key-usage.ts';
import { gatewaySignKeyUsage } from './gateway-sign-key-usage.ts';
import { gatewaySignMailAddress } from './gateway-sign-mail-address.ts';
import { infoAccessCritical } from './info-access-critical.ts';
import { infoAccessNotHttp } from './info-access-not-http.ts';
import { issuerBytes } from './issuer-bytes.ts';
import { issuerEmpty } from './issuer-empty.ts';
import { issuerNotCa } from './issuer-not-ca.ts';
import { issuingCaEkuMixed } from './issuing-ca-eku-mixed.ts';
import { issuingCaExtKeyUsage } from './issuing-ca-ext-key-usage.ts';
import { issuingCaKeyUsage } from './issuing-ca-key-usage.ts';
import { issuingCaOcspPointer } from './issuing-ca-ocsp-pointer.ts';
import { issuingCaPathLength } from './issuing-ca-path-length.ts';
import { issuingCaValidity } from './issuing-ca-validity.ts';
import { keyNotAllowed } from './key-not-allowed.ts';
import { keyNotNzism } from './key-not-nzism.ts';
import { keyOfIssuer } from './key-of-issuer.ts';
import { keyUnreadable } from './key-unreadable.ts';
import { keyUsageMissing } from './key-usage-missing.ts';
import { keyUsageNotCritical } from './key-usage-not-critical.ts';
import { keyUsageOfAlgorithm } from './key-usage-of-algorithm.ts';
import { leafAnyPolicy } from './leaf-any-policy.ts';
import { leafBasicConstraints } from './leaf-basic-constraints.ts';
import { leafIsCa } from './leaf-is-ca.ts';
import { mailAddressMissing } from './mail-address-missing.ts';
import { mailCaNamesHosts } from './mail-ca-names-hosts.ts';
import { mailInSubject } from './mail-in-subject.ts';
import { mailNotInSan } from './mail-not-in-san.ts';
import { nameConstraintsDnsDot } from './name-constraints-dns-dot.ts';
import { nameConstraintsElsewhere } from './name-constraints-elsewhere.ts';
import { nameConstraintsHalf } from './name-constraints-half.ts';
import { nameConstraintsMailbox } from './name-constraints-mailbox.ts';
import { nameConstraintsMissing } from './name-constraints-missing.ts';
import { nameConstraintsNotCritical } from './name-constraints-not-critical.ts';
import { nameConstraintsPermitNothing } from './name-constraints-permit-nothing.ts';
import { noCheckCritical } from './no-check-critical.ts';
import { noCheckMissing } from './no-check-missing.ts';
import { noRevAvailCritical } from './no-rev-avail-critical.ts';
import { noRevAvailLong } from './no-rev-avail-long.ts';
import { noRevAvailWithPointers } from './no-rev-avail-with-pointers.ts';
import { notBeforeFar } from './not-before-far.ts';
import { ocspPointerMissing } from './ocsp-pointer-missing.ts';
import { ocspResponderExtKeyUsage } from './ocsp-responder-ext-key-usage.ts';
import { ocspResponderKeyUsage } from './ocsp-responder-key-usage.ts';
import { operatorExtKeyUsage } from './operator-ext-key-usage.ts';
import { operatorKeyUsage } from './operator-key-usage.ts';
import { organizationIdentifier } from './organization-identifier.ts';
import { organizationIdentifierMissing } from './organization-identifier-missing.ts';
import { organizationMissing } from './organization-missing.ts';
import { outlivesIssuer } from './outlives-issuer.ts';
import { outsideConstraints } from './outside-constraints.ts';
import { personIdMissing } from './person-id-missing.ts';
import { policiesCritical } from './policies-critical.ts';
import { policiesMissing } from './policies-missing.ts';
import { policiesOfProfile } from './policies-of-profile.ts';
import { qualifierElsewhere } from './qualifier-elsewhere.ts';
import { rdnMultiValued } from './rdn-multi-valued.ts';
import { reservedName } from './reserved-name.ts';
import { rootExtKeyUsage } from './root-ext-key-usage.ts';
import { rootKeyUsage } from './root-key-usage.ts';
import { rootNotBefore } from './root-not-before.ts';
import { rootNotSelfIssued } from './root-not-self-issued.ts';
import { rootPathLength } from './root-path-length.ts';
import { rootPointers } from './root-pointers.ts';
import { rootPolicies } from './root-policies.ts';
import { rootValidity } from './root-validity.ts';
import { rsaExponent } from './rsa-exponent.ts';
import { rsaModulusOctets } from './rsa-modulus-octets.ts';
import { rsaSmallFactor } from './rsa-small-factor.ts';
import { sanCriticality } from './san-criticality.ts';
import { sanTwice } from './san-twice.ts';
import { sanUnfit } from './san-unfit.ts';
import { selfIssued } from './self-issued.ts';
import { serialNotPositive } from './serial-not-positive.ts';
import { serialTooLong } from './serial-too-long.ts';
import { serialTooShort } from './serial-too-short.ts';
import { signatureAlgorithmNotAllowed } from './signature-algorithm-not-allowed.ts';
import { signatureAlgorithmOfKey } from './signature-algorithm-of-key.ts';
import { signsAndEncrypts } from './signs-and-encrypts.ts';
import { skiCritical } from './ski-critical.ts';
import { skiMethod } from './ski-method.ts';
import { skiMissing } from './ski-missing.ts';
import { skiMissingLeaf } from './ski-missing-leaf.ts';
import { smimeCapabilitiesCritical } from './smime-capabilities-critical.ts';
import { streetAddress } from './street-address.ts';
import { subjectEmpty } from './subject-empty.ts';
import { timeType } from './time-type.ts';
import { tlsCommonName } from './tls-common-name.ts';
import { tlsInternalName } from './tls-internal-name.ts';
import { tlsNames } from './tls-names.ts';
import { tlsServerExtKeyUsage } from './tls-server-ext-key-usage.ts';
import { tlsServerKeyUsage } from './tls-server-key-usage.ts';
import { tlsSubject } from './tls-subject.ts';
import { tlsValidity } from './tls-validity.ts';
import { typeAndProfilePolicy } from './type-and-profile-policy.ts';
import { uniqueIdentifiers } from './unique-identifiers.ts';
import { userAuthExtKeyUsage } from './user-auth-ext-key-usage.ts';
import { userAuthKeyUsage } from './user-auth-key-usage.ts';
import { userCommonName } from './user-common-name.ts';
import { userEncryptExtKeyUsage } from './user-encrypt-ext-key-usage.ts';
import { userEncryptKeyUsage } from './user-encrypt-key-usage.ts';
import { userNameForms } from './user-name-forms.ts';
import { userNameMissing } from './user-name-missing.ts';
import { userNames } from './user-names.ts';
import { userNotice } from './user-notice.ts';
import { userOrganization } from './user-organization.ts';
import { userSignExtKeyUsage } from './user-sign-ext-key-usage.ts';
import { userSignKeyUsage } from './user-sign-key-usage.ts';
import { validityOfProfile } from './validity-of-profile.ts';
import { validityOrder } from './validity-order.ts';
import { validityRecommended } from './validity-recommended.ts';
import { validityTooLong } from './validity-too-long.ts';
import { versionNotV3 } from './version-not-v3.ts';

/** Every rule of this folder. */
export const certificateRules: readonly CertificateRule[] = [
  akiCritical,
  akiMissing,
  akiMoreThanKey,
  akiOfIssuer,
  alreadyExpired,
  attributeEmpty,
  attributeEncoding,
  attributeMeaningless,
  attributeNotText,
  attributeTooLong,
  attributeTwice,
  attributeUnsafe,
  attributeUntrimmed,
  basicConstraintsNotCritical,
  caIssuersMissing,
  caKeyNotP384,
  caNameOfIssuer,
  caNotCa,
  caSubject,
  cdpCritical,
  cdpForm,
  cdpMissing,
  cdpNotHttp,
  countryCode,
  cpsUri,
  cpsUriMissing,
  delegateLongLived,
  delegateNames,
  delegatePointers,
  ekuCritical,
  extensionNotInProfile,
  extensionUnreadable,
  freshestCrlCritical,
  freshestCrlForm,
  gatewayEncryptCommonName,
  gatewayEncryptExtKeyUsage,
  gatewayEncryptKeyUsage,
  gatewayEncryptMailAddress,
  gatewayNames,
  gatewaySignCommonName,
  gatewaySignExtKeyUsage,
  gatewaySignKeyUsage,
  gatewaySignMailAddress,
  infoAccessCritical,
  infoAccessNotHttp,
  issuerBytes,
  issuerEmpty,
  issuerNotCa,
  issuingCaEkuMixed,
  issuingCaExtKeyUsage,
  issuingCaKeyUsage,
  issuingCaOcspPointer,
  issuingCaPathLength,
  issuingCaValidity,
  keyNotAllowed,
  keyNotNzism,
  keyOfIssuer,
  keyUnreadable,
  keyUsageMissing,
  keyUsageNotCritical,
  keyUsageOfAlgorithm,
  leafAnyPolicy,
  leafBasicConstraints,
  leafIsCa,
  mailAddressMissing,
  mailCaNamesHosts,
  mailInSubject,
  mailNotInSan,
  nameConstraintsDnsDot,
  nameConstraintsElsewhere,
  nameConstraintsHalf,
  nameConstraintsMailbox,
  nameConstraintsMissing,
  nameConstraintsNotCritical,
  nameConstraintsPermitNothing,
  noCheckCritical,
  noCheckMissing,
  noRevAvailCritical,
  noRevAvailLong,
  noRevAvailWithPointers,
  notBeforeFar,
  ocspPointerMissing,
  ocspResponderExtKeyUsage,
  ocspResponderKeyUsage,
  operatorExtKeyUsage,
  operatorKeyUsage,
  organizationIdentifier,
  organizationIdentifierMissing,
  organizationMissing,
  outlivesIssuer,
  outsideConstraints,
  personIdMissing,
  policiesCritical,
  policiesMissing,
  policiesOfProfile,
  qualifierElsewhere,
  rdnMultiValued,
  reservedName,
  rootExtKeyUsage,
  rootKeyUsage,
  rootNotBefore,
  rootNotSelfIssued,
  rootPathLength,
  rootPointers,
  rootPolicies,
  rootValidity,
  rsaExponent,
  rsaModulusOctets,
  rsaSmallFactor,
  sanCriticality,
  sanTwice,
  sanUnfit,
  selfIssued,
  serialNotPositive,
  serialTooLong,
  serialTooShort,
  signatureAlgorithmNotAllowed,
  signatureAlgorithmOfKey,
  signsAndEncrypts,
  skiCritical,
  skiMethod,
  skiMissing,
  skiMissingLeaf,
  smimeCapabilitiesCritical,
  streetAddress,
  subjectEmpty,
  timeType,
  tlsCommonName,
  tlsInternalName,
  tlsNames,
  tlsServerExtKeyUsage,
  tlsServerKeyUsage,
  tlsSubject,
  tlsValidity,
  typeAndProfilePolicy,
  uniqueIdentifiers,
  userAuthExtKeyUsage,
  userAuthKeyUsage,
  userCommonName,
  userEncryptExtKeyUsage,
  userEncryptKeyUsage,
  userNameForms,
  userNameMissing,
  userNames,
  userNotice,
  userOrganization,
  userSignExtKeyUsage,
  userSignKeyUsage,
  validityOfProfile,
  validityOrder,
  validityRecommended,
  validityTooLong,
  versionNotV3,
];
