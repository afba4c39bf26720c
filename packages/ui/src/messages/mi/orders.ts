import type { Catalogue } from '@see/language';

/** The queue of orders, and an order. */
export const orders: Catalogue = {
  'Approve many orders at once': 'Whakaaetia ngā tono maha i te wā kotahi',
  All: 'Katoa',
  Risk: 'Tūraru',
  'With and without': 'He tūraru tō, kāore rānei',
  'Needs a second approval': 'Me whai whakaaetanga tuarua',
  'Start of the name, whole address, reference or key hash':
    'Te tīmatanga o te ingoa, te wāhitau katoa, te tohutoro, te hēhi kī rānei',
  Show: 'Whakaaturia',
  Profiles: 'Ngā kōtaha',
  'Nothing waits for approval.': 'Kāore he mea e tatari ana ki te whakaaetanga.',
  'There is no such order.': 'Kāore he tono pērā.',
  '{0} of {1}': '{0} o te {1}',
  'Order for {0}': 'Tono mō {0}',
  'Entered by {0} {1}.': 'I tāurua e {0} {1}.',
  'It lapses {0}.': 'Ka pau tōna wā {0}.',
  'The signer refused this order: {0}': 'I whakahē te kaiwaitohu i tēnei tono: {0}',
  'This order needs {0} approvals: {1}': 'Me whai whakaaetanga e {0} tēnei tono: {1}',
  'The code is being bound to this order. It takes a few seconds; load the page again.':
    'E herea ana te waehere ki tēnei tono. He hēkona torutoru noa; utaina anō te whārangi.',
  'Every field that is signed': 'Ngā āpure katoa ka waitohua',
  'This is what is signed, field by field. The desk shows the same, read from the bytes themselves.':
    'Ko te mea tēnei ka waitohua, ia āpure, ia āpure. He ōrite te whakaaturanga a te tēpu, i pānuitia i ngā paita tonu.',
  'Orders that wait for you': 'Ngā tono e tatari ana ki a koe',
  'Previous order': 'Te tono o mua',
  'Next order': 'Te tono e whai ake nei',
  'Go to the next order': 'Haere ki te tono e whai ake nei',
  'No other order waits for you.': 'Kāore he tono anō e tatari ana ki a koe.',
  'The evidence is not on record as it was ordered. Do not approve before you have seen it yourself.':
    'Kāore te taunakitanga i te mauhanga e rite ana ki tērā i tonoa ai. Kaua e whakaae kia kitea rā anō e koe.',
  'Evidence seen': 'Ngā taunakitanga i kitea',
  'Those who ordered gave no evidence with the order.': 'Kāore i tukuna he taunakitanga me te tono e ngā kaitono.',
  Approve: 'Whakaaetia',
  'Approving is a signature with your own approval key, made on your machine. The desk and the command show all of this again before they sign.':
    'He waitohu te whakaaetanga mā tō ake kī whakaae, ka hangaia i tō mīhini. Ka whakaatu anō te tēpu me te tohutono i ēnei katoa i mua i te waitohu.',
  'Two persons approve this order, one of them with a key file or a passkey that stays on its device. A passkey that is copied between devices does not count as that one.':
    'Ka whakaaetia tēnei tono e ngā tāngata e rua, ko tētahi mā te kōnae kī, mā te kī haumaru rānei ka noho ki tōna pūrere. Kāore tētahi kī haumaru ka tāruahia ki ngā pūrere maha e tatauria hei tērā.',
  'Link for the person': 'Hono mā te tangata',
  'The code goes to them by mail. Give them this link yourself, by another way: neither is of use without the other.':
    'Ka tukuna te waehere ki a ia mā te mēra. Māu tonu tēnei hono e hoatu ki a ia, mā tētahi atu ara: kāore he painga o tētahi ki te kore tētahi.',
  'Approvals: {0} of {1}': 'Ngā whakaaetanga: {0} o te {1}',
  'None yet.': 'Kāore anō.',
  'Code by mail': 'Waehere mā te mēra',
  'Link by mail': 'Hono mā te mēra',
  'News that it was issued': 'Pānui kua tukuna',
  Sent: 'I tukuna',
  To: 'Ki',
  When: 'Āhea',
  'The order is rejected. Those who ordered see why.': 'Kua whakahēngia te tono. Ka kite ngā kaitono i te take.',
  'Say it in 400 characters at most.': 'Kōrerotia kia 400 ngā pūāhua te nui rawa.',
  'Choose why the order is rejected, or say it in your own words.':
    'Kōwhiria te take i whakahēngia ai te tono, kōrerotia rānei ki ō ake kupu.',
  'Say in your own words, in 3 characters at least, why the order is rejected.':
    'Kōrerotia ki ō ake kupu, kia 3 ngā pūāhua, neke atu, te take i whakahēngia ai te tono.',
  Reject: 'Whakahē',
  'Reject the order': 'Whakahēngia te tono',
  'Why?': 'He aha ai?',
  'More about it': 'He kōrero anō',
  'Those who ordered read this. It cannot be undone; they make a new order.':
    'Ka pānuitia tēnei e ngā kaitono. Kāore e taea te whakahoki; mā rātou e hanga he tono hou.',
  'The agency does not confirm this person, gateway or server':
    'Kāore te umanga e whakaū i tēnei tangata, kūaha mēra, tūmau rānei',
  'A name or an address is wrong': 'He hē tētahi ingoa, tētahi wāhitau rānei',
  'It was ordered twice': 'E rua ngā wā i tonoa ai',
  'Evidence is missing or does not fit': 'E ngaro ana te taunakitanga, kāore rānei i hāngai',
  'The key is not acceptable, or was used for something else':
    'Kāore te kī e whakaaetia, i whakamahia kētia rānei mō tētahi atu mea',
  'The certificate is not needed any more': 'Kāore te tiwhikete e hiahiatia ana ināianei',
  'Something else, in my own words': 'Tētahi atu take, ki aku ake kupu',
  'Name (CN)': 'Ingoa (CN)',
  Surname: 'Ingoa whānau',
  'Given name': 'Ingoa tapa',
  Organisation: 'Whakahaere',
  Unit: 'Wāhanga',
  Locality: 'Wāhi',
  Country: 'Whenua',
  'Person number': 'Nama tangata',
  Identifier: 'Tautuhi',
  Field: 'Āpure',
  'Will be signed': 'Ka waitohua',
  'Asked for': 'I tonoa',
  Registry: 'Rēhita',
  Before: 'O mua',
  Difference: 'Rerekētanga',
  '“Before” is <a class="govuk-link" href="/console/certificates/{0}">the certificate that came before this one</a>.':
    'Ko “O mua” <a class="govuk-link" href="/console/certificates/{0}">te tiwhikete o mua i tēnei</a>.',
  'There was no certificate of this kind for this name before.':
    'Kāore he tiwhikete o tēnei momo mō tēnei ingoa i mua.',
  'Mail or host names': 'Ngā ingoa mēra, tūmau rānei',
  'Valid for, days': 'Te roa o te whaimana, ngā rā',
  'made later, with the code': 'ka hangaia ā muri ake, me te waehere',
  'Same key as before': 'Ko te kī anō o mua',
  'new key': 'kī hou',
  'Not as in the registry': 'Kāore i rite ki te rēhita',
  'Not as asked for': 'Kāore i rite ki te tono',
  Changed: 'Kua huri',
  'as before': 'he rite ki mua',
  'It stays with the order. It cannot be undone; order again when it is wanted after all.':
    'Ka noho tahi ki te tono. Kāore e taea te whakahoki; tonoa anō ki te hiahiatia.',
  'Withdraw the order': 'Tangohia te tono',
  'Withdraw this order': 'Tango i tēnei tono',
  'Agree to this renewal': 'Whakaae ki tēnei whakahoutanga',
  'The holder of the certificate asked for it. Nobody approves it before its sponsor agrees.':
    'Nā te kaipupuri o te tiwhikete i tono. Kāore tētahi e whakamana kia whakaae rā anō tōna kaitautoko.',
  'How you have the sponsor’s word': 'I pēhea tō whiwhi i te kupu a te kaitautoko',
  'Like the reference of a letter. You do not approve the order then.':
    'Pērā i te tohutoro o tētahi reta. Kāore koe e whakamana i te tono i muri.',
  'Agree to the renewal': 'Whakaae ki te whakahoutanga',
  'Record that the sponsor agrees': 'Mauhangatia e whakaae ana te kaitautoko',
  'Say how you have the sponsor’s word.': 'Kīia mai i pēhea tō whiwhi i te kupu a te kaitautoko.',
  'The order is withdrawn.': 'Kua tangohia te tono.',
  'It is recorded that the sponsor agrees. Operators can approve the renewal now.':
    'Kua mauhangatia e whakaae ana te kaitautoko. Ka taea e ngā kaiwhakahaere te whakaae ki te whakahoutanga ināianei.',
};
