import type { Catalogue } from '@see/language';

/** The pages of the approval desk. */
export const desk: Catalogue = {
  'This page hashes what you approve on your own machine, so it needs a current browser with scripts switched on. Without it, use your key file:':
    'Ka tātai hēhi tēnei whārangi i te mea e whakaae ana koe i tō ake mīhini, nō reira me pūtirotiro hou, me whakakā hoki ngā hōtuhi. Ki te kore, whakamahia tō kōnae kī:',
  'Open this page in a current Chrome, Edge, Firefox or Safari, under its own address. Or use your key file:':
    'Whakatuwheratia tēnei whārangi i tētahi Chrome, Edge, Firefox, Safari hou rānei, i tōna ake wāhitau. Whakamahia rānei tō kōnae kī:',
  'Fetching what you approve': 'E tiki ana i te mea ka whakaaetia e koe',
  'It takes a moment.': 'He wā poto noa.',
  Digest: 'Hēhi',
  'No operator has a registered passkey yet. Make one, and have two administrators register it.':
    'Kāore anō tētahi kaiwhakahaere kia whai kī haumaru rēhita. Hangaia tētahi, kātahi ka rēhitatia e ngā kaiwhakarite e rua.',
  'Approve with my passkey': 'Whakaae mā taku kī haumaru',
  'Something is wrong with it? <a class="govuk-link" href="{0}">Go back to the console</a> and reject it there.':
    'He hē kei roto? <a class="govuk-link" href="{0}">Hoki ki te papatohu</a>, ka whakahē i reira.',
  'With a key file instead': 'Mā te kōnae kī kē',
  'Back to the console': 'Hoki ki te papatohu',
  'Approve a batch of orders': 'Whakaae i tētahi puranga tono',
  'Approve all of these orders?': 'Ka whakaaetia ēnei tono katoa?',
  'Your passkey signs this once, for all of these orders and no others. It must be the digest that the console shows.':
    'Ka waitohu tō kī haumaru i tēnei kia kotahi, mō ēnei tono katoa, kaua mō ētahi atu. Me ōrite ki te hēhi e whakaaturia ana e te papatohu.',
  'Every order was fetched and hashed here, and all of them together are what will be signed. Look at what stands out, and at some of the others.':
    'I tīkina, i tātai hēhitia hoki ngā tono katoa i konei, ā, ko te katoa o ērā ka waitohua. Tirohia ngā mea rerekē, me ētahi o ērā atu.',
  'What stands out': 'Ngā mea rerekē',
  'Every order': 'Ngā tono katoa',
  'Approve an order': 'Whakaae i tētahi tono',
  'Approve this order?': 'Ka whakaaetia tēnei tono?',
  'Your passkey signs this. It must be the digest that the console shows.':
    'Ka waitohu tō kī haumaru i tēnei. Me ōrite ki te hēhi e whakaaturia ana e te papatohu.',
  'This order needs a second person, for these reasons:': 'Me whai tangata tuarua tēnei tono, mō ēnei take:',
  'This is every field of what will be signed, read from the bytes themselves. People and agencies are shown by their ids; the console shows their names.':
    'Ko ngā āpure katoa ēnei o te mea ka waitohua, i pānuitia i ngā paita tonu. Ka whakaaturia ngā tāngata me ngā umanga mā ō rātou tuakiri; kei te papatohu ō rātou ingoa.',
  'This order is on the dual list: two persons approve it, one of them with a key file or with a passkey that stays on its device. An approval by a passkey that is copied between devices does not count as that one.':
    'Kei te rārangi takirua tēnei tono: ka whakaaetia e ngā tāngata e rua, ko tētahi mā te kōnae kī, mā te kī haumaru rānei ka noho ki tōna pūrere. Kāore te whakaaetanga mā tētahi kī haumaru ka tāruahia ki ngā pūrere maha e tatauria hei tērā.',
  'Make a passkey for approvals': 'Hangaia he kī haumaru mō ngā whakaaetanga',
  'A passkey lives in your security key, phone or computer, and signs orders after a touch with PIN, finger or face. It approves nothing before two administrators have registered it.':
    'Kei tō kī whakahaumaru, tō waea, tō rorohiko rānei te kī haumaru, ā, ka waitohu tono i muri i te pā me te PIN, te matimati, te kanohi rānei. Kāore e whakaae i tētahi mea kia rēhitatia rawatia e ngā kaiwhakarite e rua.',
  'Whose passkey is it, and where is it kept?': 'Nō wai te kī haumaru, kei hea hoki e puritia ana?',
  'For example: Mary Tane, blue security key': 'Hei tauira: Mary Tane, kī whakahaumaru kikorangi',
  'Have your passkey registered': 'Kia rēhitatia tō kī haumaru',
  'Send this file to an administrator. Nothing in it is secret.':
    'Tukuna tēnei kōnae ki tētahi kaiwhakarite. Kāore he mea huna kei roto.',
  'Download the file': 'Tikiake i te kōnae',
  'Two administrators propose and sign it. They ask you, in person or by telephone, for this fingerprint:':
    'Ka marohitia, ka waitohua hoki e ngā kaiwhakarite e rua. Ka tonoa tēnei tapumatihi i a koe, kanohi ki te kanohi, mā te waea rānei:',
  'This passkey is copied between devices by whoever makes your device. It approves orders, but where two persons approve, the other one has to use a key that stays in one place.':
    'Ka tāruahia tēnei kī haumaru ki ngā pūrere maha e te kaihanga o tō pūrere. Ka whakaae i ngā tono, engari ina tokorua ngā kaiwhakaae, me whakamahi te tuarua i tētahi kī ka noho ki te wāhi kotahi.',
  'Keep this page open until you have read the fingerprint out. If it is gone, make another passkey.':
    'Waiho tēnei whārangi kia tuwhera kia pānuitia rā anō te tapumatihi. Ki te ngaro, hangaia tētahi atu kī haumaru.',
  'Open this page in a current Chrome, Edge, Firefox or Safari, under its own address. Or use a key file:':
    'Whakatuwheratia tēnei whārangi i tētahi Chrome, Edge, Firefox, Safari hou rānei, i tōna ake wāhitau. Whakamahia rānei tētahi kōnae kī:',
  Approvals: 'Ngā whakaaetanga',
  'Orders are approved with your own approval key: a passkey in your browser, or a key file on your machine.':
    'Ka whakaaetia ngā tono mā tō ake kī whakaae: he kī haumaru i tō pūtirotiro, he kōnae kī rānei i tō mīhini.',
  'Find the order in the <a class="govuk-link" href="{0}/console/orders">queue of the console</a> and choose to approve it with a passkey: it opens here, shows every field of what will be signed, and asks for your touch. With a key file, use the command where the key is:':
    'Kimihia te tono i te <a class="govuk-link" href="{0}/console/orders">rārangi tatari o te papatohu</a>, ka kōwhiri kia whakaaetia mā te kī haumaru: ka tuwhera i konei, ka whakaatu i ngā āpure katoa ka waitohua, ka tono i tō pā. Mā te kōnae kī, whakamahia te tohutono i te wāhi kei reira te kī:',
  'Either way the order’s bytes are read and hashed on your machine. Compare the digest with the one that the console shows.':
    'Ahakoa tēhea, ka pānuitia, ka tātai hēhitia hoki ngā paita o te tono i tō mīhini. Whakatauritea te hēhi ki tērā e whakaaturia ana e te papatohu.',
  'You have no approval key yet': 'Kāore anō ō kī whakaae',
  '<a class="govuk-link" href="/register">Make a passkey</a>, or a key file:':
    '<a class="govuk-link" href="/register">Hangaia he kī haumaru</a>, he kōnae kī rānei:',
  'Then two administrators check that it is you and register its public half.':
    'Kātahi ka tirohia e ngā kaiwhakarite e rua ko koe tonu, ka rēhita i tōna wāhanga tūmatanui.',
  'Why apart from the console: whoever takes over the web server must not be able to approve anything. The signer checks each approval itself, against keys that are not in the database.':
    'He aha i wehea ai i te papatohu: kia kore ai e taea e te tangata ka riro i a ia te tūmau paetukutuku te whakaae i tētahi mea. Mā te kaiwaitohu tonu e tirotiro ia whakaaetanga, ki ngā kī kāore i te pātengi raraunga.',
};
