import type { Catalogue } from '@see/language';

/** Entering one person, and ordering certificates for them. */
export const intake: Catalogue = {
  'Enter a person': 'Tāuru tangata',
  'Names and address go into certificates exactly as they stand here. For many people at once, <a class="govuk-link" href="/console/imports/new">import a spreadsheet</a>.':
    'Ka uru ngā ingoa me te wāhitau ki ngā tiwhikete pērā tonu i konei. Mō te tokomaha i te wā kotahi, <a class="govuk-link" href="/console/imports/new">kawea mai he ripanga</a>.',
  'Enter this person': 'Tāurua tēnei tangata',
  'What shows who the person is, and the order of certificates, come next, on the page of the person. Nothing is sent to them yet.':
    'Ka whai ake ngā taunakitanga ko wai te tangata me te tono tiwhikete, kei te whārangi o te tangata. Kāore anō he mea e tukuna ki a rātou.',
  'Agency: <strong>{0}</strong>': 'Umanga: <strong>{0}</strong>',
  'Choose an agency': 'Kōwhiria he umanga',
  'Choose an agency.': 'Kōwhiria he umanga.',
  'Given names': 'Ngā ingoa tapa',
  'All that shall stand in certificates, with macrons. Leave it empty for somebody with one name only.':
    'Ko ngā ingoa katoa ka tū ki ngā tiwhikete, me ngā tohutō. Waiho kia putua mō te tangata kotahi anake tōna ingoa.',
  'Surname, or the only name': 'Ingoa whānau, te ingoa kotahi rānei',
  'With macrons, as the person writes it.': 'Me ngā tohutō, pērā i tā te tangata tuhi.',
  'Name as it is shown, if it is another': 'Te ingoa ka whakaaturia, mehemea he rerekē',
  'Given names and surname if you leave it empty.': 'Ko ngā ingoa tapa me te ingoa whānau mehemea ka waiho kia putua.',
  'Work mail address': 'Wāhitau īmēra mahi',
  'It ends in {0}. The code for making keys is sent there.':
    'Ka mutu ki {0}. Ka tukuna ki reira te waehere mō te hanga kī.',
  'Of a domain of the agency. The code for making keys is sent there.':
    'Nō tētahi rohe o te umanga. Ka tukuna ki reira te waehere mō te hanga kī.',
  'Number of the person at the agency, if there is one': 'Te tau o te tangata i te umanga, mehemea he tau tōna',
  'The employee number by which a HR system names them. It is in no certificate.':
    'Te tau kaimahi e tapaina ai rātou e tētahi pūnaha pūmanawa tangata. Kāore i roto i tētahi tiwhikete.',
  'Is it somebody else?': 'He tangata kē?',
  'Yes: I have looked, and this is another person': 'Āe: kua tirohia e au, he tangata kē tēnei',
  'There already:': 'Kei reira kē:',
  'Enter the surname, or the only name.': 'Tāurua te ingoa whānau, te ingoa kotahi rānei.',
  'Enter the work mail address.': 'Tāurua te wāhitau īmēra mahi.',
  'Enter at most 64 letters, digits and signs, without macrons.':
    'Tāurua kia 64 rawa ngā reta, ngā mati me ngā tohu, kāore he tohutō.',
  'Somebody is registered with this mail address already.': 'Kua rēhitatia kē tētahi ki tēnei wāhitau īmēra.',
  'Somebody with this or a similar name is there already. Look whether it is the same person.':
    'Kei reira kē tētahi ko tēnei te ingoa, he āhua rite rānei. Tirohia mehemea ko te tangata kotahi.',
  'The person is in the registry. Next: order certificates for them.':
    'Kei te rēhita te tangata. E whai ake nei: tonoa he tiwhikete mō rātou.',
  'Order certificates': 'Tono tiwhikete',
  'Order certificates for {0}': 'Tono tiwhikete mō {0}',
  'Under way for this person already:': 'Kei te haere kē mō tēnei tangata:',
  'The person has left. An operator declares where they are now: <a class="govuk-link" href="{0}/declare">Something has changed</a>.':
    'Kua wehe te tangata. Mā tētahi kaiwhakahaere e whakapuaki kei hea rātou ināianei: <a class="govuk-link" href="{0}/declare">Kua rerekē tētahi mea</a>.',
  'The record has no mail address, so no code could be sent. <a class="govuk-link" href="{0}/declare?kind=name-change">Give one</a>.':
    'Kāore he wāhitau īmēra i te mauhanga, nō reira e kore e taea te tuku waehere. <a class="govuk-link" href="{0}/declare?kind=name-change">Homai tētahi</a>.',
  'Mail to the address comes back, so no code would arrive. <a class="govuk-link" href="{0}">Ask by mail whether the mailbox is theirs</a>, or correct the address.':
    'E hoki mai ana ngā mēra ki te wāhitau, nō reira e kore te waehere e tae. <a class="govuk-link" href="{0}">Pātai mā te īmēra mehemea nō rātou te pouaka mēra</a>, whakatikaina rānei te wāhitau.',
  'The record is past its review. <a class="govuk-link" href="{0}">Look at it and confirm it</a> first.':
    'Kua pahure te arotakenga o te mauhanga. <a class="govuk-link" href="{0}">Tirohia, whakaūngia</a> i te tuatahi.',
  'The agency has no sponsor today. Two operators sign its scope with one.':
    'Kāore he kaitautoko o te umanga i tēnei rā. Mā ngā kaiwhakahaere tokorua e waitohu tōna whānuitanga me tētahi kaitautoko.',
  'The scope of the agency has no certificates for people. Two operators sign a scope that has.':
    'Kāore he tiwhikete mō te tangata i te whānuitanga o te umanga. Mā ngā kaiwhakahaere tokorua e waitohu tētahi whānuitanga he tiwhikete pērā ōna.',
  'The person is with no agency.': 'Kāore te tangata i tētahi umanga.',
  'The agency is past its review. Two operators sign its scope again.':
    'Kua pahure te arotakenga o te umanga. Mā ngā kaiwhakahaere tokorua e waitohu anō tōna whānuitanga.',
  'The agency is not active, so its people get no certificates.':
    'Kāore te umanga i te hohe, nō reira kāore he tiwhikete mā ōna tāngata.',
  'The agency is a member with its mail gateways only. Two operators set the phase from which its people get certificates.':
    'He mema te umanga mō ōna kūaha mēra anake. Mā ngā kaiwhakahaere tokorua e whakarite te wāhanga ka whai tiwhikete ōna tāngata.',
  'Nothing can be ordered yet.': 'Kāore anō e taea te tono.',
  'To sign in to shared applications.': 'Hei takiuru ki ngā taupānga tiri.',
  'To sign mail.': 'Hei waitohu īmēra.',
  'So that others can encrypt mail to this person.': 'Kia taea ai e ētahi atu te whakamuna īmēra ki tēnei tangata.',
  'Which certificates?': 'Ko ēhea tiwhikete?',
  'Up to three. The person makes the keys for all of them in one go.':
    'Kia toru rawa. Ka hangaia e te tangata ngā kī mō te katoa i te wā kotahi.',
  Order: 'Tono',
  'What happens then': 'Ka aha i muri',
  'Operators read the order and approve it. Where something is unusual, it takes two of them.':
    'Ka pānui ngā kaiwhakahaere i te tono, ka whakaae. Mehemea he mea rerekē, mā te tokorua.',
  'A code goes to {0} by mail. You give the person the link to the page where it is used, which stands on the page of the order.':
    'Ka tukuna he waehere ki {0} mā te īmēra. Māu te hono ki te whārangi e whakamahia ai e hoatu ki te tangata; kei te whārangi o te tono taua hono.',
  'The person makes the keys on their own device, within 30 days.':
    'Ka hangaia e te tangata ngā kī ki tōna ake pūrere, i roto i ngā rā e 30.',
  'Good for {0} days.': 'E whai mana ana mō ngā rā e {0}.',
  'A copy of the key is kept, which two recovery agents open together.':
    'Ka puritia he tārua o te kī, ka huakina ngātahi e ngā māngai whakaora tokorua.',
  'What does it say about the person?': 'He aha tāna kōrero mō te tangata?',
  'For staff: the agency answers for who they are. The key is in a file on their device.':
    'Mā ngā kaimahi: ko te umanga te kaiwhakaū ko wai rātou. Kei tētahi kōnae i tō rātou pūrere te kī.',
  'For somebody outside the agency whom it has admitted for its own purposes.':
    'Mā tētahi i waho i te umanga kua whakaaetia e ia mō āna ake take.',
  'For a role that such a person has.': 'Mō tētahi tūranga a taua tū tangata.',
  'Evidence is missing': 'Kei te ngaro he taunakitanga',
  'What is missing is recorded on <a class="govuk-link" href="/console/people/{0}#evidence">the page of the person</a>, or given by the sponsor, who orders in their own name.':
    'Ka mauhangatia te mea e ngaro ana ki <a class="govuk-link" href="/console/people/{0}#evidence">te whārangi o te tangata</a>, ka homai rānei e te kaitautoko ka tono i runga i tōna ake ingoa.',
  'You order as the sponsor: with the order you give your word that the agency knows this person.':
    'Ka tono koe hei kaitautoko: mā te tono ka homai koe i tō kupu e mōhio ana te umanga ki tēnei tangata.',
  Sponsor: 'Kaitautoko',
  'Who answers for the order at the agency. Somebody else than the person.':
    'Te tangata o te umanga ka noho haepapa mō te tono. Ehara ko te tangata anō.',
  'Choose a sponsor': 'Kōwhiria he kaitautoko',
  'Choose a sponsor.': 'Kōwhiria he kaitautoko.',
  'Does it replace one of these?': 'Ka whakakapi i tētahi o ēnei?',
  'The approvers see it, and the old one is shown as replaced. It stays good until its end or until somebody revokes it.':
    'Ka kitea e ngā kaiwhakaae, ā, ka whakaaturia te mea tawhito kua whakakapia. Ka whai mana tonu kia mutu rā anō, kia whakakorea rānei e tētahi.',
  'until {0}': 'tae atu ki te {0}',
  'Name of the agency in the certificate': 'Te ingoa o te umanga i te tiwhikete',
  'Days for which it is good, if other than usual': 'Ngā rā e whai mana ai, mehemea he rerekē i te tikanga',
  'More than usual is an exception, which two operators approve.':
    'He okotahi te mea nui ake i te tikanga, mā ngā kaiwhakahaere tokorua e whakaae.',
  'Other than usual': 'He rerekē i te tikanga',
  'Choose at least one certificate.': 'Kōwhiria kia kotahi neke atu ngā tiwhikete.',
  'Choose three certificates at most.': 'Kōwhiria kia toru rawa ngā tiwhikete.',
  'Choose what it says about the person.': 'Kōwhiria he aha tāna kōrero mō te tangata.',
  'Give a number of days, at most 825.': 'Homai te maha o ngā rā, kia 825 rawa.',
  'The order is made. Operators approve it; then the code goes to the person by mail.':
    'Kua hangaia te tono. Ka whakaae ngā kaiwhakahaere; kātahi ka tukuna te waehere ki te tangata mā te īmēra.',
};
