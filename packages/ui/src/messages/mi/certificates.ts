import type { Catalogue } from '@see/language';

/** Lists of certificates, a certificate, revoking one, and the search over everything. */
export const certificates: Catalogue = {
  'Download this list as CSV': 'Tikiake i tēnei rārangi hei CSV',
  '10,000 rows at most; narrow the list by its filters.':
    'Kia 10,000 ngā rārangi te nui rawa; whakawhāitihia te rārangi mā ōna tātari.',
  Find: 'Rapu',
  'Start of a name, mail address, host, serial number, fingerprint or key hash':
    'Te tīmatanga o te ingoa, te wāhitau mēra, te tūmau, te tau rangatū, te tapumatihi, te hēhi kī rānei',
  Status: 'Tūnga',
  Expires: 'Ka mutu',
  'At any time': 'Ahakoa āhea',
  'Within 7 days': 'I roto i te 7 rā',
  'Within 30 days': 'I roto i te 30 rā',
  'Within 90 days': 'I roto i te 90 rā',
  'Serial number': 'Tau rangatū',
  'No certificate has been issued yet.': 'Kāore anō he tiwhikete kia tukuna.',
  'No certificate was found. Serial numbers and fingerprints must be complete.':
    'Kāore he tiwhikete i kitea. Me oti katoa ngā tau rangatū me ngā tapumatihi.',
  Search: 'Rapu',
  'Search: {0}': 'Rapu: {0}',
  'Search everything': 'Rapu i ngā mea katoa',
  'People, agencies, orders and certificates': 'Ngā tāngata, ngā umanga, ngā tono me ngā tiwhikete',
  'Start of a name, mail address, host, order reference, serial number, fingerprint or key hash':
    'Te tīmatanga o te ingoa, te wāhitau mēra, te tūmau, te tohutoro tono, te tau rangatū, te tapumatihi, te hēhi kī rānei',
  'Nothing was found. Names are found by their start; addresses, serial numbers, fingerprints and hashes must be complete.':
    'Kāore he mea i kitea. Ka kitea ngā ingoa mā tō rātou tīmatanga; me oti katoa ngā wāhitau, ngā tau rangatū, ngā tapumatihi me ngā hēhi.',
  People: 'Ngā tāngata',
  Mail: 'Īmēra',
  'All that are found': 'Ngā mea katoa i kitea',
  'Download PEM with chain': 'Tikiake i te PEM me te mekameka',
  'until {0}': 'tae atu ki te {0}',
  'since {0}: {1}': 'mai i te {0}: {1}',
  'By its holder from {0}': 'Mā tōna kaipupuri mai i te {0}',
  'Superseded by <a class="govuk-link see-serial" href="/console/certificates/{0}">another one</a>.':
    'Kua whakakapia e <a class="govuk-link see-serial" href="/console/certificates/{0}">tētahi atu</a>.',
  'Both are good until {0}.': 'He pai tahi rāua tae atu ki te {0}.',
  'What it says': 'Ngā kōrero kei roto',
  Valid: 'E whai mana ana',
  '{0} to {1}': '{0} ki te {1}',
  Renewal: 'Whakahou',
  'Signed with': 'I waitohua mā',
  '(critical)': '(waiwai)',
  Chain: 'Mekameka',
  Revoke: 'Whakakore',
  'Certificates of this profile carry the mail of a whole agency. Two operators sign their revocation:':
    'Ka kawe ngā tiwhikete o tēnei kōtaha i te mēra a te umanga katoa. Mā ngā kaiwhakahaere e rua e waitohu te whakakorenga:',
  Release: 'Tuku anō',
  'Making it good again is a signature by an operator; after 30 days on hold, by two.':
    'Mā te waitohu a tētahi kaiwhakahaere e pai anō ai; i muri i te 30 rā e whakatārewa ana, mā ngā mea e rua.',
  'Revoke or put on hold': 'Whakakore, whakatārewa rānei',
  'First choose why; what it means is shown before anything happens.':
    'Kōwhiria te take i te tuatahi; ka whakaaturia te tikanga i mua i te mahi.',
  'Choose why': 'Kōwhiria te take',
  'Other certificates of the same holder': 'Ētahi atu tiwhikete a taua kaipupuri',
  'There are no other certificates of the same holder.': 'Kāore ētahi atu tiwhikete a taua kaipupuri.',
  History: 'Hītori',
  'by {0}': 'nā {0}',
  'in doubt since {0}': 'e rangirua ana mai i te {0}',
  statement: 'tauākī',
  Released: 'Kua tukuna',
  'Put on hold': 'Whakatārewa',
  'Revoked: {0}': 'Kua whakakorea: {0}',
  'Key compromise': 'Kua tūraru te kī',
  'Somebody else has, or may have, the private key: a lost or stolen device, a file that was sent around, a passphrase that others know. When in doubt, this one.':
    'Kei tētahi atu te kī tūmataiti, kei a ia pea: he pūrere ngaro, tāhae rānei, he kōnae i tukuna whānuitia, he kīanga huna e mōhiotia ana e ētahi atu. Ki te rangirua, ko tēnei.',
  'Affiliation changed': 'Kua huri te hononga',
  'The person has left the agency, or the name or the agency on the certificate is not right any more.':
    'Kua wehe te tangata i te umanga, kua hē rānei te ingoa, te umanga rānei i te tiwhikete.',
  Superseded: 'Kua whakakapia',
  'A newer certificate has taken its place; the key is not in doubt.':
    'Kua riro tōna wāhi i tētahi tiwhikete hou ake; kāore te kī i te rangirua.',
  'Cessation of operation': 'Kua mutu te whakahaere',
  'The gateway or server is no longer used; the key is not in doubt.':
    'Kāore te kūaha mēra, te tūmau rānei e whakamahia ana ināianei; kāore te kī i te rangirua.',
  'Privilege withdrawn': 'Kua tangohia te mana',
  'The agency or an operator took the right away, for example after a breach of the policy.':
    'I tangohia te mana e te umanga, e tētahi kaiwhakahaere rānei, pēnei i muri i te takahanga o te kaupapahere.',
  Unspecified: 'Kāore i whāitihia',
  'None of the others. Whoever checks learns nothing from it.':
    'Kāore tētahi o ērā atu. Kāore he mea e mōhiotia ana i tēnei e te tangata ka tirotiro.',
  'The key is missing and may turn up, like a card left at home. An operator’s signature makes the certificate good again.':
    'E ngaro ana te kī, ka kitea anō pea, pēnei i te kāri i waiho ki te kāinga. Mā te waitohu a tētahi kaiwhakahaere e pai anō ai te tiwhikete.',
  'Whoever checks it does not accept it any more.': 'Kāore e whakaaetia anō e te tangata ka tirotiro.',
  'Its holder can no longer sign in with it anywhere, and sessions here that were opened with it end.':
    'Kāore e taea e tōna kaipupuri te takiuru mā tērā i hea rānei, ka mutu hoki ngā nohoanga i konei i whakatuwheratia mā tērā.',
  'Mail is not affected: that has certificates of its own.': 'Kāore te mēra e pāngia: he tiwhikete anō ōna.',
  'Mail that is signed with it from now on is shown as not trustworthy.':
    'Ko ngā mēra ka waitohua mā tērā atu i nāianei, ka whakaaturia kāore e pono.',
  'Mail that was signed before stays valid for programs that know when it was signed; some programs will warn about all of it.':
    'Ko ngā mēra i waitohua i mua ka whaimana tonu ki ngā pūmanawa e mōhio ana nōnahea i waitohua ai; ka whakatūpato ētahi pūmanawa mō te katoa.',
  'The directory no longer lists it, and nobody should encrypt mail to its holder with it any more.':
    'Kāore te whaiaronga e rārangi anō i a ia, kaua hoki tētahi e whakamuna mēra ki tōna kaipupuri mā tērā.',
  'Mail that came encrypted can still be read as long as its holder keeps the key file.':
    'Ka taea tonu te pānui i ngā mēra kua whakamunaina mehemea kei te kaipupuri tonu te kōnae kī.',
  'The signature of the agency’s gateway is not accepted any more: its outgoing mail counts as unsigned.':
    'Kāore te waitohu a te kūaha mēra a te umanga e whakaaetia: ka kīia kāore āna mēra putaatu i waitohua.',
  'Other gateways no longer encrypt to the agency: its mail goes in the clear or not at all until there is a new certificate.':
    'Kāore ētahi atu kūaha mēra e whakamuna ki te umanga: ka haere noa āna mēra, kāore rānei e haere, kia whai tiwhikete hou rā anō.',
  'Browsers and programs refuse to connect to the server as soon as they check.':
    'Ka whakahē ngā pūtirotiro me ngā pūmanawa ki te hono ki te tūmau ina tirotiro rātou.',
  'Its holder can no longer sign in to this console with it, and sessions that were opened with it end.':
    'Kāore e taea e tōna kaipupuri te takiuru ki tēnei papatohu mā tērā, ka mutu hoki ngā nohoanga i whakatuwheratia mā tērā.',
  'Revoke a certificate': 'Whakakore i tētahi tiwhikete',
  'In doubt since (optional)': 'E rangirua ana mai i te (kōwhiringa)',
  'The day from which signatures should not be trusted, if it was before today':
    'Te rā kaua ngā waitohu e whakaponohia atu i reira, mehemea i mua i tēnei rā',
  'Show what it means': 'Whakaaturia te tikanga',
  'Put this certificate on hold?': 'Ka whakatārewahia tēnei tiwhikete?',
  'Revoke this certificate?': 'Ka whakakorea tēnei tiwhikete?',
  'Choose another reason': 'Kōwhiria tētahi atu take',
  Reason: 'Take',
  'In doubt since': 'E rangirua ana mai i te',
  'What stops working': 'Ngā mea ka mutu te mahi',
  'The key is never certified again, in whatever request it comes.':
    'Kāore te kī e whai tiwhikete anō, ahakoa te tono.',
  'From when, and who is told': 'Āhea, ka whakamōhiotia hoki ki a wai',
  'OCSP says so within a second, the revocation list within a minute. Programs that keep an older answer believe it until it is over.':
    'Ka pērā te kōrero a OCSP i roto i te hēkona, a te rārangi whakakore i roto i te meneti. Ka whakapono ngā pūmanawa e pupuri ana i te whakautu tawhito kia mutu rā anō tērā.',
  'Everybody who checks the certificate learns of it, with the reason. No mail is sent: tell the holder yourself.':
    'Ka mōhio ngā tāngata katoa ka tirotiro i te tiwhikete, me te take. Kāore he mēra e tukuna: māu tonu te kaipupuri e whakamōhio.',
  'It stays in the audit log, with your name.': 'Ka noho ki te rangitaki arotake, me tō ingoa.',
  'What to do next': 'Hei aha ināianei',
  'An operator’s signature makes it good again; after 30 days on hold, that takes two.':
    'Mā te waitohu a tētahi kaiwhakahaere e pai anō ai; i muri i te 30 rā e whakatārewa ana, me tokorua.',
  'This cannot be undone.': 'Kāore e taea tēnei te whakahoki.',
  'Revoke for good': 'Whakakore mō ake tonu',
  'Do nothing': 'Kaua e mahi',
  'Valid until': 'E mana ana tae atu ki',
  'If the holder goes on working, have a new certificate ordered: revoking orders nothing.':
    'Ki te mahi tonu te kaipupuri, tonoa he tiwhikete hou: kāore te whakakore e tono i tētahi mea.',
  'These certificates of the same holder stay good. Look whether they are affected too:':
    'Ka pai tonu ēnei tiwhikete a taua kaipupuri. Tirohia mehemea e pāngia ana hoki:',
  'The certificate is revoked. OCSP says so now, the revocation list within a minute.':
    'Kua whakakorea te tiwhikete. E pērā ana te kōrero a OCSP ināianei, a te rārangi whakakore i roto i te meneti.',
  'The certificate is on hold. OCSP says so now, the revocation list within a minute.':
    'Kei te whakatārewa te tiwhikete. E pērā ana te kōrero a OCSP ināianei, a te rārangi whakakore i roto i te meneti.',
  'Choose why the certificate is revoked.': 'Kōwhiria te take i whakakorea ai te tiwhikete.',
  'Give a day from the issue of the certificate to today.': 'Tukuna he rā mai i te tukunga o te tiwhikete ki tēnei rā.',
  'The directory waits until its holder has confirmed it.':
    'E tatari ana te rārangi kia whakaūngia rā anō e tōna kaipupuri.',
  'Confirm that it works': 'Whakaū e mahi ana',
  'The directory still offers the certificate before this one. When its holder says that mail to the new one can be read, record that.':
    'Kei te tuku tonu te rārangi i te tiwhikete i mua i tēnei. Ina kī tōna kaipupuri ka taea te pānui ngā īmēra ki te mea hou, mauhangatia tērā.',
  'The holder says that it works': 'E kī ana te kaipupuri e mahi ana',
  'It is recorded that the certificate works. The directory offers it from now on.':
    'Kua mauhangatia e mahi ana te tiwhikete. Ka tukuna e te rārangi mai i nāianei.',
  'Evidence for an auditor': 'He taunakitanga mā te kaiarotake',
  'One file with the order, its approvals with their signatures, every change of status, and the proof that all of it stands in the audit log.':
    'He kōnae kotahi: te tono, ngā whakaaetanga me ō rātou waitohu, ia huringa o te tūnga, me te whakaatu kei te rangitaki arotake te katoa.',
  'If the person leaves or loses a device, <a class="govuk-link" href="/console/people/{0}/declare">declare that instead</a>: it ends all that is affected at once.':
    'Ki te wehe te tangata, ki te ngaro rānei he pūrere, <a class="govuk-link" href="/console/people/{0}/declare">whakapuakina kētia tērā</a>: ka mutu tonu ngā mea katoa e pā ana.',
};
