import type { Catalogue } from '@see/language';

/** The first page of the portal, codes, mailboxes, lost keys and problems. */
export const portalStart: Catalogue = {
  'Page not found': 'Kāore i kitea te whārangi',
  'Check the address for typing errors. If you followed a link of ours, tell us the reference below.':
    'Tirohia te wāhitau mō ngā hapa patopato. Mehemea i whai koe i tētahi hono nā mātou, whakamōhiotia mai te tohutoro i raro.',
  'Sign in': 'Takiuru',
  'Go to the start page': 'Haere ki te whārangi tīmata',
  'Reference:': 'Tohutoro:',
  Renew: 'Whakahou',
  'Confirm your mailbox': 'Whakaūngia tō pouaka mēra',
  'Is this mailbox yours?': 'Nāu tēnei pouaka mēra?',
  'We sent the link to <strong class="see-lines">{0}</strong>. If you read that mailbox, confirm it here.':
    'I tukuna e mātou te hono ki <strong class="see-lines">{0}</strong>. Mehemea ka pānui koe i taua pouaka mēra, whakaūngia i konei.',
  Confirm: 'Whakaū',
  'This confirms the address and does nothing else. If it is not yours, close this page.':
    'Ka whakaū tēnei i te wāhitau anake. Mehemea ehara nāu, katia tēnei whārangi.',
  'Mailbox confirmed': 'Kua whakaūngia te pouaka mēra',
  '<span class="see-lines">{0}</span> is confirmed.': 'Kua whakaūngia <span class="see-lines">{0}</span>.',
  'You can close this page. Mail that waited for this is on its way.':
    'Ka taea te kati i tēnei whārangi. Kei te haere atu ngā mēra i tatari ki tēnei.',
  'Which link did your sponsor give you?': 'Ko tēhea te hono i hoatu e tō kaitautoko?',
  'Paste the link that your sponsor gave you, or its last part: 36 letters, digits and dashes. The 8 in the mail with the code are not enough.':
    'Whakapiria te hono i hoatu e tō kaitautoko, te wāhanga whakamutunga rānei: e 36 ngā pū, ngā mati me ngā tohu piko. Kāore e rahi ngā tohu e 8 i te mēra waehere.',
  Continue: 'Haere tonu',
  'I have no code, or it does not work': 'Kāore aku waehere, kāore rānei e mahi',
  'Paste the link that your sponsor gave you.': 'Whakapiria te hono i hoatu e tō kaitautoko.',
  'Paste the whole link, or its last part: 36 letters, digits and dashes, like 3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10.':
    'Whakapiria te hono katoa, te wāhanga whakamutunga rānei: e 36 ngā pū, ngā mati me ngā tohu piko, pēnei i te 3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10.',
  'A device is gone, a file was copied, a passphrase was seen: make the certificate worthless at once. A minute later nobody can use it. It cannot be undone; a new certificate takes five minutes.':
    'Kua ngaro he pūrere, kua tāruahia he kōnae, kua kitea rānei he kīanga huna: me whakakore wawe te tiwhikete. Kotahi meneti i muri, kāore e taea e tētahi te whakamahi. Kāore e taea te whakahoki; e rima meneti mō te tiwhikete hou.',
  'Your certificate for signing in still works in a browser':
    'Kei te mahi tonu tō tiwhikete takiuru i tētahi pūtirotiro',
  'Open your certificates with it, on this device or another one, and suspend or revoke any of them. Nobody has to be asked.':
    'Whakatuwherahia ō tiwhikete mā tēnā, i tēnei pūrere, i tētahi atu rānei, ka whakatārewa, ka whakakore rānei i tētahi o ērā. Kāore he tangata hei pātai.',
  'Open my certificates': 'Whakatuwhera i aku tiwhikete',
  'You no longer have the key': 'Kua kore te kī i a koe',
  "Tell your agency's sponsor or service desk now, by telephone. They reach an operator at any hour; an operator needs your name and a minute.":
    'Waea atu ināianei ki te kaitautoko, ki te tēpu āwhina rānei o tō umanga. Ka tae rātou ki tētahi kaiwhakahaere i ngā hāora katoa; ko tō ingoa me te meneti kotahi noa te hiahia.',
  'Have at hand, if you can: the serial number or the reference from your last page, and since when the key may be in other hands. If you have neither, your name is enough.':
    'Kia rite, mehemea ka taea: te tau rangatū, te tohutoro rānei o tō whārangi whakamutunga, me te wā i riro ai pea te kī i tētahi atu. Ki te kore, ka rahi tō ingoa.',
  'You may find it again': 'Tērā pea ka kitea anō e koe',
  'The certificate with which you sign in can be suspended, and an operator puts it back when you say so. Those for signing and encrypting mail cannot be suspended: revoke them.':
    'Ka taea te tiwhikete takiuru te whakatārewa, ā, ka whakahokia e tētahi kaiwhakahaere ina kī koe. Kāore e taea ērā mō te waitohu me te whakamuna mēra te whakatārewa: me whakakore.',
  'With the command line': 'Mā te rārangi tono',
  'Your key itself proves that you may. From a computer with the <span class="see-serial">see</span> command:':
    'Mā tō kī anō e whakaatu he mana tōu. Mai i te rorohiko kei reira te tono <span class="see-serial">see</span>:',
  'To suspend it instead:': 'Kia whakatārewatia kētia:',
  'The revocation lists and the OCSP service say so within a minute:':
    'Ka kīia e ngā rārangi whakakore me te ratonga OCSP i roto i te meneti:',
  'With other tools, send a request that is signed with the certificate\'s key to <span class="see-serial">{0}/api/v1/holder-revocations</span>. The <a class="govuk-link" href="/api/v1/openapi.json">API description</a> says how it looks.':
    'Mā ētahi atu taputapu, tukuna he tono kua waitohua ki te kī o te tiwhikete ki <span class="see-serial">{0}/api/v1/holder-revocations</span>. Kei te <a class="govuk-link" href="/api/v1/openapi.json">whakaahuatanga API</a> tōna āhua.',
  'Certificates for public servants and mail gateways': 'He tiwhikete mā ngā kaimahi tūmatanui me ngā kūaha mēra',
  'Get your certificate': 'Tīkina tō tiwhikete',
  "A certificate proves to other agencies' systems and mail that you are you. Getting one takes about five minutes.":
    'Ka whakaatu te tiwhikete ki ngā pūnaha me ngā mēra o ētahi atu umanga ko koe tonu koe. E rima meneti pea te tiki.',
  'You need': 'Me whai koe i',
  'the one-time code from the mail that we sent you': 'te waehere kotahi-wā i te mēra i tukuna atu e mātou',
  "the link that your agency's sponsor gave you": 'te hono i hoatu e te kaitautoko o tō umanga',
  'the computer or phone on which you want to use the certificate':
    'te rorohiko, te waea rānei ka whakamahia ai te tiwhikete',
  'a place to keep a file and a passphrase': 'he wāhi hei pupuri i te kōnae me te kīanga huna',
  'Start now': 'Tīmata ināianei',
  'I have no code': 'Kāore aku waehere',
  "The mail with the code comes after your agency's sponsor has ordered a certificate for you and it was approved. Ask your sponsor or your agency's registration agent; if you do not know them, your service desk does.":
    'Ka tae mai te mēra waehere i muri i te tono a te kaitautoko o tō umanga i tētahi tiwhikete māu, me tōna whakaaetanga. Pātai ki tō kaitautoko, ki te māngai rēhita rānei o tō umanga; ki te kore koe e mōhio ki a rāua, kei te mōhio tō tēpu āwhina.',
  'Other things to do here': 'Ētahi atu mahi i konei',
  'Install a certificate': 'Tāuta i tētahi tiwhikete',
  'Steps with pictures for Windows, Mac, iPhone, Android and Firefox.':
    'Ngā mahi me ngā pikitia mō Windows, Mac, iPhone, Android me Firefox.',
  'Test your certificate': 'Whakamātauria tō tiwhikete',
  'See in a minute whether it works on this device.': 'Kia kite i roto i te meneti mehemea e mahi ana i tēnei pūrere.',
  'Renew a certificate': 'Whakahou i tētahi tiwhikete',
  'With the file and the passphrase that you have, before it ends.':
    'Mā te kōnae me te kīanga huna kei a koe, i mua i tōna mutunga.',
  'My certificates': 'Aku tiwhikete',
  'See what you have and what was done with it; suspend or revoke it at once; what we hold about you.':
    'Tirohia āu tiwhikete me ngā mahi i mahia; whakatārewatia, whakakorea wawetia rānei; me ngā mōhiohio mōu e puritia ana e mātou.',
  'Make the certificate worthless before somebody uses it.':
    'Whakakorea te mana o te tiwhikete i mua i te whakamahinga a tētahi.',
  'How to get another one.': 'Me pēhea te whiwhi i tētahi atu.',
  'When the key with which it was encrypted is lost.': 'Ina ngaro te kī i whakamunatia ai.',
  'Mail gateways and servers': 'Ngā kūaha mēra me ngā tūmau',
  'Make a request with OpenSSL and check it before you send it.':
    'Hangaia he tono mā OpenSSL, ka tirotiro i mua i te tuku.',
  'For operators and sponsors': 'Mā ngā kaiwhakahaere me ngā kaitautoko',
  'Orders, certificates, agencies and the audit trail.': 'Ngā tono, ngā tiwhikete, ngā umanga me te ara arotake.',
  'How you know it is us': 'Me pēhea te mōhio ko mātou tēnei',
  'The SHA-256 fingerprint of our <a class="govuk-link" href="{0}/ca/root.cer">root certificate</a> is':
    'Ko te tapukara SHA-256 o tā mātou <a class="govuk-link" href="{0}/ca/root.cer">tiwhikete pūtake</a> ko',
  'Compare it with what you were given on paper or by telephone. The <a class="govuk-link" href="{0}/cp">certificate policy</a> says what our certificates stand for.':
    'Whakatauritea ki tērā i hoatu ki a koe mā te pepa, mā te waea rānei. Kei te <a class="govuk-link" href="{0}/cp">kaupapahere tiwhikete</a> te tikanga o ā mātou tiwhikete.',
};
