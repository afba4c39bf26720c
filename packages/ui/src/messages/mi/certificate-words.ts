import type { Catalogue } from '@see/language';

/** What a certificate says. */
export const certificateWords: Catalogue = {
  'RSA, {0} bits': 'RSA, {0} moka',
  'Elliptic curve {0}': 'Ānau pororapa {0}',
  signing: 'te waitohu',
  'signing that binds': 'te waitohu whai here',
  'receiving encrypted keys': 'te whiwhi kī whakamuna',
  'receiving encrypted data': 'te whiwhi raraunga whakamuna',
  'agreeing on keys': 'te whakarite tahi i ngā kī',
  'signing certificates': 'te waitohu tiwhikete',
  'signing revocation lists': 'te waitohu rārangi whakakore',
  'TLS server': 'Tūmau TLS',
  'TLS client: signing in': 'Kiritaki TLS: te takiuru',
  'Mail (S/MIME)': 'Mēra (S/MIME)',
  'Answering OCSP': 'Te whakautu OCSP',
  'Key is for': 'Mō te kī',
  Purposes: 'Ngā kaupapa',
  'Certification authority': 'Mana tiwhikete',
  yes: 'āe',
  no: 'kāo',
  'Revocation list': 'Rārangi whakakore',
  'Issuer and status': 'Kaituku me te tūnga',
  'issuer {0}': 'kaituku {0}',
  'Key identifier': 'Tautuhi kī',
  'Issuer’s key identifier': 'Tautuhi kī o te kaituku',
  '{0} octets': '{0} paita',
};
