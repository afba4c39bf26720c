import type { Catalogue } from '@see/language';

/** Te reo Māori: the policy page, but for what the authority says itself. */
export const mi: Catalogue = {
  'Certificate policies of the Secure Electronic Environment':
    'Ngā kaupapahere tiwhikete o te Secure Electronic Environment',
  'What a certificate of this authority stands for. Every certificate names a <a href="#types">type</a>, which says whom it stands for, and a <a href="#profiles">profile</a>, which says what it may be used for. Both are numbered under <code>{0}</code>.':
    'Ko te mea e tohua ana e tētahi tiwhikete a tēnei mana. Kei ia tiwhikete tētahi <a href="#types">momo</a>, e kī ana mō wai, me tētahi <a href="#profiles">kōtaha</a>, e kī ana mō ēhea mahi. Kei raro ngā tau o ngā mea e rua i te <code>{0}</code>.',
  'This is an evaluation instance. Do not rely on its certificates.':
    'He tāutanga whakamātau tēnei. Kaua e whakawhirinaki ki ōna tiwhikete.',
  Language: 'Reo',
  'In short': 'Hei whakarāpopoto',
  'Certificates stand for public servants, their roles and devices, and for the mail gateways and servers of government agencies.':
    'Ka tohu ngā tiwhikete i ngā kaimahi tūmatanui, i ō rātou tūranga me ā rātou pūrere, me ngā kūaha mēra me ngā tūmau o ngā umanga kāwanatanga.',
  'Names come from the registry and not from the request. Somebody else than the applicant approves each order.':
    'Nō te rēhita ngā ingoa, ehara nō te tono. Mā tētahi atu, kaua mā te kaitono, ia tono e whakaae.',
  'Keys for signing and for signing in are made by their holder and are never with us. Where the profile says so, a copy of a key for encryption is kept, which two recovery agents together can open.':
    'Nā te kaipupuri i hanga ngā kī waitohu me ngā kī takiuru, kāore rawa ērā i a mātou. Mehemea koinā tā te kōtaha, ka puritia tētahi tārua o te kī whakamuna, ka taea te whakatuwhera e ngā māngai whakaora tokorua i te taha o tētahi ki tētahi.',
  'A certificate can be revoked at any time, and that cannot be undone.':
    'Ka taea te tiwhikete te whakakore i ngā wā katoa, ā, kāore e taea te whakahoki.',
  'What types and profiles say is in English, and that text binds. Everything else on this page helps to read it.':
    'Kei te reo Ingarihi ngā kupu o ngā momo me ngā kōtaha, ā, ko aua kupu te mea whai mana. Ko ērā atu kupu o tēnei whārangi hei āwhina i te pānui.',
  Types: 'Ngā momo',
  Profiles: 'Ngā kōtaha',
  'Whether a certificate is still good': 'Mehemea e pai tonu ana tētahi tiwhikete',
  'Ask <code>{0}/ocsp</code> (RFC 6960) or take the list of the authority that issued it. A revocation shows in OCSP within a second and on the list within a minute; a revoked certificate never becomes good again. Serial numbers that were never issued are answered as revoked.':
    'Pātai ki <code>{0}/ocsp</code> (RFC 6960), tīkina rānei te rārangi a te mana nāna i tuku. Ka kitea te whakakorenga i te OCSP i roto i te hēkona, i te rārangi i roto i te meneti; kāore te tiwhikete kua whakakorea e pai anō. Ko te whakautu mō ngā tau rangatū kāore i tukuna, kua whakakorea.',
  Authorities: 'Ngā mana',
  'Not loaded at the moment.': 'Kāore i te utaina ināianei.',
  Policy: 'Kaupapahere',
  Assurance: 'Taumata tautuhi',
  Key: 'Kī',
  'In a hardware token': 'Kei tētahi tohu pūmārō',
  'In software or hardware': 'Kei te pūmanawa, kei te pūmārō rānei',
  'Name ends in': 'Ka mutu te ingoa ki',
  'None at the moment': 'Kāore i tēnei wā',
  'RSA of {0} to {1} bits': 'RSA, {0} ki te {1} moka',
  Version: 'Putanga',
  Keys: 'Ngā kī',
  Exception: 'Okotahi',
  'Valid for': 'Te roa o te whaimana',
  '{0} days, at most {1}': '{0} rā, kia {1} te nui rawa',
  'Approvals needed': 'Ngā whakaaetanga e hiahiatia ana',
  'One person': 'Kotahi te tangata',
  '{0} persons': 'Ngā tāngata e {0}',
  'Copy of the private key': 'Tārua o te kī tūmataiti',
  None: 'Kāore',
  'Kept; two recovery agents together can open it': 'Ka puritia; mā ngā māngai whakaora tokorua tahi e whakatuwhera',
  'May be on hold': 'Ka taea te whakatārewa',
  Yes: 'Āe',
  No: 'Kāo',
  Certificate: 'Tiwhikete',
  'Revocation list': 'Rārangi whakakore',
  'What changed since that list': 'Ngā panoni mai i taua rārangi',
  'Revocation lists in {0} parts': 'Ngā rārangi whakakore, e {0} ngā wāhanga',
};
