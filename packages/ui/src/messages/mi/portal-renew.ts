import type { Catalogue } from '@see/language';

/** The page on which a certificate is renewed with its own key. */
export const portalRenew: Catalogue = {
  'This page makes your new key on this device, so it needs a browser of the last two years with scripts switched on. If nothing changes here in a few seconds, use a current Chrome, Edge, Firefox or Safari, or ask your sponsor for a new order.':
    'Ka hangaia e tēnei whārangi tō kī hou i runga i tēnei pūrere, nō reira me pūtirotiro o ngā tau e rua kua hipa, kia kā hoki ngā hōtuhi. Ki te kore he panonitanga i ngā hēkona ruarua, whakamahia te Chrome, Edge, Firefox, Safari hou rānei, tonoa rānei tō kaitautoko kia hanga tono hou.',
  'It is too old, or the address does not begin with https. Use a current Chrome, Edge, Firefox or Safari.':
    'He tawhito rawa, kāore rānei te wāhitau e tīmata ana ki te https. Whakamahia te Chrome, Edge, Firefox, Safari hou rānei.',
  'Its passphrase': 'Tōna kīanga huna',
  'You renew a certificate with its own file. A new key is made here; an operator approves; then you save the new file.':
    'Ka whakahoungia te tiwhikete mā tōna kōnae anō. Ka hangaia he kī hou i konei; ka whakaae tētahi kaiwhakahaere; kātahi koe ka tiaki i te kōnae hou.',
  'The file of your certificate': 'Te kōnae o tō tiwhikete',
  'The .p12 file that you got here, or the file of a renewal that waits for its approval.':
    'Ko te kōnae .p12 i whiwhi koe i konei, ko te kōnae rānei o tētahi whakahoutanga e tatari ana ki tōna whakaaetanga.',
  'File and passphrase do not leave this device. What is sent is a request that is signed with your key.':
    'Kāore te kōnae me te kīanga huna e puta i tēnei pūrere. Ko te mea ka tukuna he tono kua waitohua ki tō kī.',
  'When can it be renewed?': 'Āhea ka taea te whakahou?',
  'You get mails before it ends. A certificate of a year can be renewed in its last 60 days; the calendar file and <a class="govuk-link" href="/my">My certificates</a> say the day.':
    'Ka whiwhi mēra koe i mua i tōna mutunga. Ka taea te tiwhikete kotahi tau te whakahou i ōna rā whakamutunga e 60; kei te kōnae maramataka me <a class="govuk-link" href="/my">Aku tiwhikete</a> te rā.',
  'I do not have the file any more': 'Kua kore te kōnae i a au',
  'Then ask your sponsor for a new order: see <a class="govuk-link" href="/lost">Lost a file, a passphrase or a code?</a>':
    'Nā, tonoa tō kaitautoko kia hanga tono hou: tirohia <a class="govuk-link" href="/lost">Kua ngaro he kōnae, he kīanga huna, he waehere rānei?</a>',
  'Is this the certificate?': 'Ko tēnei te tiwhikete?',
  'It is for encrypted mail and cannot sign, so you need the file of your certificate for signing in or for signing mail too.':
    'Mō te mēra whakamuna tēnei, ā, kāore e taea te waitohu, nō reira me whai hoki koe i te kōnae o tō tiwhikete mō te takiuru, mō te waitohu mēra rānei.',
  'The old certificate stays good until it ends. Keep its file: it opens old mail.':
    'Ka mana tonu te tiwhikete tawhito kia mutu rā anō. Puritia tōna kōnae: ka whakatuwhera i ngā mēra tawhito.',
  'Renew it': 'Whakahoungia',
  'Sign with another certificate of yours': 'Waitohua ki tētahi atu o ō tiwhikete',
  'The file of your certificate for signing in or signing mail':
    'Te kōnae o tō tiwhikete mō te takiuru, mō te waitohu mēra rānei',
  'It has to be good today.': 'Me mana i tēnei rā.',
  'Making your new key on this device': 'E hanga ana i tō kī hou i runga i tēnei pūrere',
  'Keep this page open. The key is made here and does not leave this device.':
    'Waiho tēnei whārangi kia tuwhera. Ka hangaia te kī i konei, ā, kāore e puta i tēnei pūrere.',
  'An operator has to approve': 'Me whakaae tētahi kaiwhakahaere',
  'It mostly takes some hours on working days. Save this file now, so that you can close the page: it holds your new key, which is nowhere else.':
    'He hāora ruarua i te nuinga o te wā i ngā rā mahi. Tiakina tēnei kōnae ināianei, kia taea ai te kati i te whārangi: kei roto tō kī hou, kāore i wāhi kē.',
  'Save the file for later': 'Tiakina te kōnae mō ā muri ake',
  'Come back to this page tomorrow, choose that file and type the passphrase of your old file: it opens this one too. If you leave the page open, it goes on by itself.':
    'Hoki mai ki tēnei whārangi āpōpō, kōwhiria taua kōnae, ka pato i te kīanga huna o tō kōnae tawhito: ka whakatuwhera hoki i tēnei. Ki te waiho te whārangi kia tuwhera, ka haere tonu anō.',
  'Save your new file and its passphrase': 'Tiakina tō kōnae hou me tōna kīanga huna',
  'Your new certificate is ready. The passphrase is a new one too.':
    'Kua rite tō tiwhikete hou. He hou hoki te kīanga huna.',
  'Others encrypt to your old key until you or your sponsor has confirmed the new one. Tell your sponsor when you have installed it.':
    'Ka whakamuna ētahi atu ki tō kī tawhito kia whakaūngia rā anō te mea hou e koe, e tō kaitautoko rānei. Kōrero ki tō kaitautoko ina tāutahia e koe.',
  'Choose another file': 'Kōwhiria he kōnae kē',
};
