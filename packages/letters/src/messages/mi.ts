import type { Catalogue } from '@see/language';

/** Te reo Māori: every text of the letters and of the calendar of renewals. */
export const mi: Catalogue = {
  'Hello,': 'Kia ora,',
  'What to do:': 'Hei mahi māu:',

  // The code.
  'Your one-time code for certificate request {0}': 'Tō waehere kotahi-wā mō te tono tiwhikete {0}',
  'your certificate request {0} has been approved. This is your one-time code:':
    'Kua whakaaetia tō tono tiwhikete {0}. Ko tō waehere kotahi-wā tēnei:',
  "Get the link to your enrolment page from your agency's sponsor, the person who asked for your certificate. It is not in this mail on purpose: the code is of no use without it.":
    'Tīkina te hono ki tō whārangi whakauru i te kaitautoko o tō umanga, arā, i te tangata nāna tō tiwhikete i tono. He mea āta waiho ki waho o tēnei īmēra: kāore he painga o te waehere me te kore o te hono.',
  'Open the link on the computer on which you will use the certificate and check that the page shows the same reference, {0}.':
    'Whakatuwherahia te hono i te rorohiko ka whakamahia ai te tiwhikete e koe, ka taki mehemea e whakaatu ana te whārangi i taua tohutoro anō, i te {0}.',
  'Enter the code. Capital or small letters and dashes do not matter.':
    'Tāuruhia te waehere. Ahakoa te pū matua, te pū riki, ngā tohu piko rānei, he pai noa.',
  'The code can be used once, until {0}. After five wrong tries it is locked.':
    'Kotahi anake te whakamahinga o te waehere, ā tae noa ki te {0}. I muri i ngā whakamātau hē e rima, ka rakaina.',
  "Nobody will ever ask you for this code by mail or telephone. If you did not expect this mail, do not use the code and tell your agency's sponsor.":
    'Kāore rawa tētahi e tono i tēnei waehere i a koe mā te īmēra, mā te waea rānei. Mehemea kāore koe i tatari ki tēnei īmēra, kaua e whakamahi i te waehere, engari me kōrero ki te kaitautoko o tō umanga.',

  // The link.
  'Enrolment link for {0}, request {1}': 'Hono whakauru mō {0}, tono {1}',
  'certificate request {0}, which you sponsor for {1}, has been approved. This is the link to the enrolment page:':
    'Kua whakaaetia te tono tiwhikete {0} e tautokona ana e koe mō {1}. Ko te hono tēnei ki te whārangi whakauru:',
  'It renews certificates: the old ones stay good until their end, so tell them to keep the old files too.':
    'Ka whakahou i ētahi tiwhikete: ka mana tonu ngā mea tawhito tae noa ki tō rātou mutunga, nō reira me kī atu kia puritia hoki ngā kōnae tawhito.',
  'Give the link to {0} in person or by a way on which you know them. Do not forward this mail to the mailbox that gets the code.':
    'Hoatu te hono ki a {0} kanohi ki te kanohi, mā tētahi ara rānei e mōhio ai koe ko ia tonu. Kaua e tuku i tēnei īmēra ki te pouaka mēra ka whiwhi i te waehere.',
  'The code comes to them in a mail of its own. You do not need it: do not ask for it.':
    'Ka tae te waehere ki a ia i tētahi īmēra kē. Kāore koe e hiahia i tērā: kaua e tono.',
  'The link can be used until {0}. If you did not sponsor this request, tell an operator at once.':
    'Ka taea te hono te whakamahi tae noa ki te {0}. Mehemea kāore koe i tautoko i tēnei tono, kōrero wawe ki tētahi kaiwhakahaere.',

  // The links of a batch.
  'Enrolment links, 1 approved request': 'Ngā hono whakauru, kotahi te tono kua whakaaetia',
  'Enrolment links, {0} approved requests': 'Ngā hono whakauru, e {0} ngā tono kua whakaaetia',
  '1 certificate request that you sponsor has been approved.':
    'Kua whakaaetia tētahi tono tiwhikete e tautokona ana e koe.',
  '{0} certificate requests that you sponsor have been approved.':
    'Kua whakaaetia ngā tono tiwhikete e {0} e tautokona ana e koe.',
  'The table with this mail has a row for each person, with the link to their enrolment page. Any spreadsheet program opens it.':
    'Kei te ripanga o tēnei īmēra tētahi rārangi mō ia tangata, me te hono ki tōna whārangi whakauru. Ka taea te whakatuwhera e ngā papatono ripanga katoa.',
  'Give each person their own link, in person or by a way on which you know them. Do not send the links to the mailboxes that get the codes.':
    'Hoatu ki ia tangata tōna ake hono, kanohi ki te kanohi, mā tētahi ara rānei e mōhio ai koe ko ia tonu. Kaua e tuku i ngā hono ki ngā pouaka mēra ka whiwhi i ngā waehere.',
  'Each code comes to its person in a mail of its own. You do not need it: do not ask for it.':
    'Ka tae ia waehere ki tōna tangata i tētahi īmēra kē. Kāore koe e hiahia i ērā: kaua e tono.',
  'Delete the table when all have enrolled.': 'Mukua te ripanga ina oti te whakauru a te katoa.',
  'The first links end at {0}; the table says when each does. If you did not sponsor these requests, tell an operator at once.':
    'Ka mutu ngā hono tuatahi ā te {0}; kei te ripanga te wā e mutu ai tēnā me tēnā. Mehemea kāore koe i tautoko i ēnei tono, kōrero wawe ki tētahi kaiwhakahaere.',
  name: 'ingoa',
  person: 'tangata',
  request: 'tono',
  link: 'hono',
  'usable until': 'ka taea te whakamahi tae noa ki',

  // Certificates that end, and their calendar.
  'signing in': 'te takiuru',
  'signing mail and documents': 'te waitohu īmēra me ngā tuhinga',
  'receiving encrypted mail': 'te whiwhi īmēra whakamuna',
  'the mail gateway, signing': 'te kūaha mēra, waitohu',
  'the mail gateway, encryption': 'te kūaha mēra, whakamuna',
  'a server': 'tētahi tūmau',
  'operating this service': 'te whakahaere i tēnei ratonga',
  'within one day': 'i roto i te rā kotahi',
  'within {0} days': 'i roto i ngā rā e {0}',
  'A certificate of yours ends {0}': 'Ka mutu tētahi o ō tiwhikete {0}',
  '{0} certificates of yours end {1}': 'Ka mutu ō tiwhikete e {0} {1}',
  'this certificate ends {0}:': 'Ka mutu tēnei tiwhikete {0}:',
  'these certificates end {0}:': 'Ka mutu ēnei tiwhikete {0}:',
  'ends {0}, for {1}, serial number {2}': 'ka mutu ā te {0}, mō {1}, tau rangatū {2}',
  "What to do: renew it yourself with its own key, on the portal under My certificates (for a gateway or server as the portal's page for gateways says), or ask your agency's sponsor, the person who asked for your certificate, to order the next one now. The old one stays good until its end, so there is time to change over.":
    'Hei mahi māu: māu anō e whakahou ki tōna ake kī, i te tomokanga i raro i Aku tiwhikete (mō te kūaha, mō te tūmau rānei, whāia te whārangi mō ngā kūaha o te tomokanga), tonoa rānei te kaitautoko o tō umanga, arā, te tangata nāna tō tiwhikete i tono, kia tonoa te mea hou ināianei. Ka mana tonu te mea tawhito tae noa ki tōna mutunga, nō reira he wā anō hei huri.',
  'For your calendar, the days on which to renew and on which it ends:':
    'Mō tō maramataka, ko ngā rā hei whakahou, me te rā e mutu ai:',
  'No other mail of ours about this has a link, and nobody will ask you by mail for a code or a password. If you no longer need the certificate, you need not do anything: it ends by itself.':
    'Kāore he hono i ētahi atu īmēra a mātou mō tēnei take, ā, kāore tētahi e tono waehere, kupuhipa rānei i a koe mā te īmēra. Mehemea kua kore koe e hiahia i te tiwhikete, kāore he mahi māu: ka mutu noa.',
  'SEE certificate': 'Tiwhikete SEE',
  'SEE certificates, {0}': 'Ngā tiwhikete SEE, {0}',
  'The certificate for {0} ends': 'Ka mutu te tiwhikete mō {0}',
  'It ends on this day, serial number {0}. The next one has to be in use before.':
    'Ka mutu i tēnei rā, tau rangatū {0}. Me whakamahi kē te mea hou i mua i tēnei rā.',
  'Renew the certificate for {0}': 'Whakahoutia te tiwhikete mō {0}',
  'From this day on it can be renewed with its own key, serial number {0}; it ends on {1}. How: see cert renew, or the page for gateways on the portal.':
    'Mai i tēnei rā ka taea te whakahou ki tōna ake kī, tau rangatū {0}; ka mutu ā te {1}. Me pēhea: te tohutono see cert renew, te whārangi mō ngā kūaha rānei i te tomokanga.',

  // The check of a mailbox.
  'Confirm that this mailbox is yours': 'Whakaūngia nāu tēnei pouaka mēra',
  'this address is on record as the mail address of {0}. If that is you, open this page and press Confirm:':
    'Kei te mauhanga tēnei wāhitau hei wāhitau īmēra mō {0}. Mehemea ko koe tēnā, whakatuwherahia tēnei whārangi, ka pēhi i Whakaū:',
  'The link works once, until {0}. It confirms the address and does nothing else: it gives no certificate and asks for no code or password.':
    'Kotahi anake te mahi a te hono, ā tae noa ki te {0}. Ka whakaū i te wāhitau, kāore he mahi kē atu: kāore e hoatu tiwhikete, kāore e tono waehere, kupuhipa rānei.',
  "If this is not you, do not open the link, and tell your agency's registration agent that the address is wrong.":
    'Mehemea ehara koe i tēnei, kaua e whakatuwhera i te hono, ka kōrero ki te māngai rēhita o tō umanga kei te hē te wāhitau.',

  // New certificates in place of lost ones.
  'New certificates in place of lost ones': 'He tiwhikete hou hei whakakapi i ngā mea kua ngaro',
  'somebody said in our portal that the certificate files of {0}, or their passphrase, are lost. If that was you, open this page and say what is to happen:':
    'I kī mai tētahi i tō mātou tomokanga kua ngaro ngā kōnae tiwhikete o {0}, tō rātou kīanga huna rānei. Mehemea nāu tērā, whakatuwherahia tēnei whārangi, ka kī mai me aha:',
  'The link works once, until {0}. It gives no certificate: an order comes of it that operators approve, and then you get a code by mail and the link from your sponsor, as for the first one.':
    'Kotahi anake te mahi a te hono, ā tae noa ki te {0}. Kāore e hoatu tiwhikete: ka puta mai he tono mā ngā kaiwhakahaere e whakaae, kātahi ka whiwhi koe i te waehere mā te īmēra, i te hono hoki i tō kaitautoko, pērā i te mea tuatahi.',
  'If it was not you, do nothing: nothing has happened. If such mails keep coming, tell your service desk.':
    'Mehemea ehara nāu, kaua e aha: kāore he mea i pā. Ki te tae tonu mai ēnei īmēra, kōrero ki tō tēpu āwhina.',

  // The opening of a kept key.
  'The copy of your encryption key was opened': 'I whakatuwherahia te tārua o tō kī whakamuna',
  'two recovery agents have opened the copy of your encryption key that is kept for your agency.':
    'Kua whakatuwherahia e ngā māngai whakaora tokorua te tārua o tō kī whakamuna e puritia ana mō tō umanga.',
  'opened on {0}': 'i whakatuwherahia i te {0}',
  'of the certificate with serial number {0}': 'nō te tiwhikete tau rangatū {0}',
  'to read messages of {0} to {1}': 'hei pānui i ngā karere o te {0} ki te {1}',
  'reference {0}': 'tohutoro {0}',
  "If you asked for it, there is nothing to do. If you did not, give the reference to your agency's sponsor: who asked, and on what ground, is on record with the auditor. Nobody can sign or sign in as you with this key.":
    'Mehemea nāu i tono, kāore he mahi māu. Ki te kore, hoatu te tohutoro ki te kaitautoko o tō umanga: kei te kaiarotake te mauhanga mō te tangata nāna i tono me tōna take. Kāore e taea e tētahi te waitohu, te takiuru rānei hei koe mā tēnei kī.',
  'This mail has no link on purpose, and nobody will ask you by mail for a code or a password.':
    'He mea āta waiho te hono ki waho o tēnei īmēra, ā, kāore tētahi e tono waehere, kupuhipa rānei i a koe mā te īmēra.',

  // The digest of operators.
  'SEE PKI on {0}: {1} waiting, {2} failed, {3} ending':
    'SEE PKI i te {0}: {1} e tatari ana, {2} kua hapa, {3} ka mutu',
  'Hello, this is how things stand on {0}.': 'Kia ora, ko te āhua tēnei o ngā mea i te {0}.',
  'and {0} more': 'me ētahi atu e {0}',
  'Waiting for a decision:': 'E tatari ana ki te whakatau:',
  '1 order': '1 tono',
  '{0} orders': '{0} tono',
  '{0}, the oldest since {1}': '{0}, ko te mea tawhito rawa nō te {1}',
  'Failed since yesterday:': 'I hapa mai inanahi:',
  '1 order that the signer refused': '1 tono i whakahēngia e te kaiwaitohu',
  '{0} orders that the signer refused': '{0} tono i whakahēngia e te kaiwaitohu',
  '1 mail that could not be handed over: see mail list --state failed':
    '1 īmēra kāore i taea te tuku: te tohutono see mail list --state failed',
  '{0} mails that could not be handed over: see mail list --state failed':
    '{0} īmēra kāore i taea te tuku: te tohutono see mail list --state failed',
  'Ending soon, and without a successor:': 'Ka mutu ākuanei, kāore anō he mea hou hei whakakapi:',
  '1 certificate': '1 tiwhikete',
  '{0} certificates': '{0} tiwhikete',
  '{0}: {1} for {2}{3}, the first on {4}': '{0}: {1} mō {2}{3}, ko te tuatahi ā te {4}',
  'serial number {0}, {1}{2}, since {3}': 'tau rangatū {0}, {1}{2}, mai i te {3}',
  'New encryption certificates that nobody has confirmed for 30 days, so that the directory does not have them:':
    'Ngā tiwhikete whakamuna hou kāore anō tētahi kia whakaū i roto i ngā rā e 30, nō reira kāore i te whaiaronga:',
  'Replaced gateway certificates whose overlap is over; they may be revoked as superseded:':
    'Ngā tiwhikete kūaha kua whakakapia, kua mutu te wā inaki; ka taea te whakakore hei mea kua whakakapia:',
  'Everything is on the console:': 'Kei te papatohu te katoa:',
};
