import type { Catalogue } from '@see/language';

/** What to do when something is lost, and how old mail is read again. */
export const portalLost: Catalogue = {
  'Lost a file, a passphrase or a code?': 'Kua ngaro he kōnae, he kīanga huna, he waehere rānei?',
  'Nobody can make the same file again: the key in it was made on your device and is nowhere else. You make a new one in five minutes, once an order for it is approved.':
    'Kāore e taea e tētahi taua kōnae anō te hanga: i hangaia te kī i roto i runga i tō pūrere, kāore i wāhi kē. E rima meneti te hanga i tētahi mea hou, ina whakaaetia tōna tono.',
  'May somebody else have the file, the passphrase or the device? Then <a class="govuk-link" href="/revoke">report it first</a>.':
    'Kei tētahi atu pea te kōnae, te kīanga huna, te pūrere rānei? Nā, <a class="govuk-link" href="/revoke">me pūrongo i te tuatahi</a>.',
  'The page closed before you saved the files': 'I kati te whārangi i mua i tō tiaki i ngā kōnae',
  'If your certificates were ready already, the code is used up and the keys are gone. If they were not, your code is still good: open the link of your sponsor again and start over. When it says that the code can no longer be used, ask for a new order as below.':
    'Mehemea kua rite kē ō tiwhikete, kua pau te waehere, kua ngaro ngā kī. Ki te kore, kei te mana tonu tō waehere: whakatuwherahia anō te hono a tō kaitautoko, ka tīmata anō. Ki te kīia kāore e taea te waehere te whakamahi, tonoa he tono hou pēnei i raro.',
  'The file or its passphrase is gone': 'Kua ngaro te kōnae, tōna kīanga huna rānei',
  'Ask your sponsor for a new order. It replaces the old certificates, and you get a new code by mail. This text says all that they need:':
    'Tonoa tō kaitautoko kia hanga tono hou. Ka whakakapi i ngā tiwhikete tawhito, ā, ka whiwhi koe i te waehere hou mā te mēra. Kei tēnei kupu ngā mea katoa e hiahiatia ana e rātou:',
  'I can no longer use my certificate files. Please order new certificates for me in the SEE PKI portal that replace the ones I have, and revoke the old ones as superseded when I have the new ones. Nobody else has the files, as far as I know.':
    'Kua kore e taea e au aku kōnae tiwhikete te whakamahi. Tēnā koa, tonoa he tiwhikete hou māku i te tomokanga SEE PKI hei whakakapi i aku mea o nāianei, ka whakakore i ngā mea tawhito hei mea kua whakakapia ina whiwhi au i ngā mea hou. Ki tōku mōhio, kāore i tētahi atu ngā kōnae.',
  'The code does not work': 'Kāore te waehere e mahi',
  "<strong>It is wrong:</strong> compare it with the mail, sign by sign. The reference in the mail has to be the start of the link's last part: a code belongs to one order.":
    '<strong>Kei te hē:</strong> whakatauritea ki te mēra, ia pū, ia pū. Ko te tohutoro i te mēra te tīmatanga o te wāhanga whakamutunga o te hono: nō te tono kotahi te waehere.',
  '<strong>It is locked:</strong> a wrong code was entered five times. Ask your sponsor for a new order.':
    '<strong>Kua rakaina:</strong> e rima ngā wā i tāuruhia he waehere hē. Tonoa tō kaitautoko kia hanga tono hou.',
  '<strong>It has expired or was used:</strong> ask your sponsor for a new order, with the text above if you had certificates.':
    '<strong>Kua mutu, kua whakamahia rānei:</strong> tonoa tō kaitautoko kia hanga tono hou, me te kupu i runga mehemea i a koe he tiwhikete.',
  '<strong>It never came:</strong> look into the folder for spam. Otherwise ask your sponsor whether the order was approved and which mail address we have.':
    '<strong>Kāore i tae mai:</strong> tirohia te kōpaki mēra paraurehe. Ki te kore, pātai ki tō kaitautoko mehemea i whakaaetia te tono, ā, ko tēhea te wāhitau mēra kei a mātou.',
  'The browser is too old': 'He tawhito rawa te pūtirotiro',
  'Open the link of your sponsor in a current Chrome, Edge, Firefox or Safari. Your code stays good, as nothing has been made yet.':
    'Whakatuwherahia te hono a tō kaitautoko ki te Chrome, Edge, Firefox, Safari hou rānei. Ka mana tonu tō waehere, nō te mea kāore anō tētahi mea i hangaia.',
  'You do not know your sponsor': 'Kāore koe e mōhio ki tō kaitautoko',
  "Your agency's service desk does. It reaches an operator too.":
    'Kei te mōhio te tēpu āwhina o tō umanga. Ka tae hoki ki tētahi kaiwhakahaere.',
  'You need to read old encrypted mail': 'Me pānui koe i ngā mēra whakamuna tawhito',
  'A new certificate does not open mail that was encrypted to the old one: see <a class="govuk-link" href="/recover">Read old encrypted mail</a>.':
    'Kāore te tiwhikete hou e whakatuwhera i ngā mēra i whakamunatia ki te mea tawhito: tirohia <a class="govuk-link" href="/recover">Pānui i ngā mēra whakamuna tawhito</a>.',
  'Read old encrypted mail': 'Pānui i ngā mēra whakamuna tawhito',
  'Mail that was encrypted to an old certificate opens with the key of that certificate and with nothing else.':
    'Ko te mēra i whakamunatia ki tētahi tiwhikete tawhito, ka tuwhera ki te kī o taua tiwhikete anake.',
  'You still have the old file and its passphrase': 'Kei a koe tonu te kōnae tawhito me tōna kīanga huna',
  '<a class="govuk-link" href="/install">Install it</a> beside the new one. It opens old mail even when its certificate has expired or was revoked.':
    '<a class="govuk-link" href="/install">Tāutahia</a> i te taha o te mea hou. Ka whakatuwhera i ngā mēra tawhito ahakoa kua mutu, kua whakakorea rānei tōna tiwhikete.',
  'The old file is gone': 'Kua ngaro te kōnae tawhito',
  'Only a kept copy helps then. Whether one was made was said on the page on which you made your keys, and <a class="govuk-link" href="/my">My certificates</a> says it for each of them.':
    'Ko te tārua e puritia ana anake ka āwhina. I kīia i te whārangi i hangaia ai ō kī mehemea i hangaia he tārua, ā, kei <a class="govuk-link" href="/my">Aku tiwhikete</a> te kōrero mō tēnā, mō tēnā.',
  'Of encryption keys that are made today a copy is kept. Two of these people together open it: <strong>{0}</strong>.':
    'Ka puritia he tārua o ngā kī whakamuna e hangaia ana i tēnei rā. Mā ngā tāngata tokorua o ēnei e whakatuwhera: <strong>{0}</strong>.',
  'Of encryption keys that are made today no copy is kept. Copies of older keys are still there where they were made.':
    'Kāore he tārua o ngā kī whakamuna e hangaia ana i tēnei rā e puritia. Kei reira tonu ngā tārua o ngā kī tawhito ake i hangaia ai.',
  'How to ask': 'Me pēhea te tono',
  'Get a new certificate for encrypted mail first, if you have none: the old key is handed over encrypted to it.':
    'Tīkina he tiwhikete hou mō te mēra whakamuna i te tuatahi, mehemea kāore āu: ka tukuna te kī tawhito i whakamunatia ki tēnā.',
  "Ask your sponsor, your agency's registration agent or an operator. You cannot enter the request yourself, since whoever enters it answers for it.":
    'Pātai ki tō kaitautoko, ki te māngai rēhita o tō umanga, ki tētahi kaiwhakahaere rānei. Kāore e taea e koe anō te tāuru i te tono, nō te mea ka noho te haepapa ki te tangata nāna i tāuru.',
  'I have lost the key of my old encryption certificate and need to read mail that was encrypted to it. Please request the recovery of the key for me, in the capacity “self”, encrypted to my new encryption certificate. The mail is from the days between [DAY] and [DAY]. The serial number of the old certificate is [NUMBER].':
    'Kua ngaro te kī o taku tiwhikete whakamuna tawhito, ā, me pānui e au ngā mēra i whakamunatia ki tēnā. Tēnā koa, tonoa te whakaora i te kī māku, i raro i te tūnga “self”, kia whakamunatia ki taku tiwhikete whakamuna hou. Nō ngā rā i waenga i te [RĀ] me te [RĀ] ngā mēra. Ko te tau rangatū o te tiwhikete tawhito ko [TAU].',
  'What happens then': 'Ka aha i muri',
  'Two agents look at the request, neither of them its author, and one of another agency. They have 72 hours.':
    'Ka tirohia te tono e ngā māngai tokorua, ehara rāua i te kaituhi, ā, nō umanga kē tētahi. E 72 ā rāua hāora.',
  'The key comes to you encrypted; your new certificate opens it. You get a mail when it is released.':
    'Ka tae whakamuna mai te kī ki a koe; mā tō tiwhikete hou e whakatuwhera. Ka whiwhi mēra koe ina tukuna.',
  '<a class="govuk-link" href="/my">My certificates</a> shows how far it is, with the certificate that it is about.':
    'Ka whakaatu a <a class="govuk-link" href="/my">Aku tiwhikete</a> kua tae ki hea, i te taha o te tiwhikete e pā ana.',
  'If this is the address that we have of you, a mail with a link is on its way.':
    'Mehemea ko tēnei te wāhitau mōu kei a mātou, kei te haere atu he mēra me te hono.',
  'You get a mail with a link; it goes only to the address that we have of you. By the link you order new certificates with one button.':
    'Ka whiwhi mēra koe me te hono; ka tukuna anake ki te wāhitau mōu kei a mātou. Mā te hono ka tono koe i ngā tiwhikete hou ki te pātene kotahi.',
  'Your mail address at work': 'Tō wāhitau mēra i te mahi',
  'Send me the link': 'Tukuna mai te hono',
  'I no longer read that mailbox': 'Kua kore au e pānui i taua pouaka mēra',
  'Type your mail address at work, like name@agency.govt.nz.':
    'Patohia tō wāhitau mēra i te mahi, pēnei i te name@agency.govt.nz.',
  'Say whether somebody else may have it.': 'Kīia mai mehemea kei tētahi atu pea.',
  'Get new certificates': 'Tīkina he tiwhikete hou',
  'We sent the link to <strong class="see-lines">{0}</strong>. These certificates are to be replaced:':
    'I tukuna e mātou te hono ki <strong class="see-lines">{0}</strong>. Ko ēnei ngā tiwhikete hei whakakapi:',
  'There is nothing to replace any more. Ask your sponsor for a new order.':
    'Kua kore he mea hei whakakapi. Tonoa tō kaitautoko kia hanga tono hou.',
  'May somebody else have the file, the passphrase or the device?':
    'Kei tētahi atu pea te kōnae, te kīanga huna, te pūrere rānei?',
  'No, it is only lost': 'Kāo, kua ngaro noa',
  'The old certificates are revoked when the new ones are made.':
    'Ka whakakorea ngā tiwhikete tawhito ina hangaia ngā mea hou.',
  'Yes, or I am not sure': 'Āe, kāore rānei au i te tino mōhio',
  'All of them are revoked at once. It cannot be undone.': 'Ka whakakorea wawetia te katoa. Kāore e taea te whakahoki.',
  'Your old encrypted mail does not open with the new certificates.':
    'Kāore ō mēra whakamuna tawhito e tuwhera ki ngā tiwhikete hou.',
  'Order new certificates': 'Tonoa he tiwhikete hou',
  'This was not you? Then close this page. Nothing has happened.':
    'Ehara nāu? Nā, katia tēnei whārangi. Kāore tētahi mea i mahia.',
  'New certificates are ordered': 'Kua tonoa he tiwhikete hou',
  'The old certificates are revoked. In a minute nobody accepts them any more.':
    'Kua whakakorea ngā tiwhikete tawhito. I roto i te meneti kāore tētahi e whakaae ki a rātou.',
  'Operators look at the order. They may ask you or your sponsor whether it was you.':
    'Ka tirohia te tono e ngā kaiwhakahaere. Tērā pea ka pātai ki a koe, ki tō kaitautoko rānei mehemea nāu.',
  'You get a mail with a new code, and your sponsor gets the link. Ask your sponsor for it.':
    'Ka whiwhi koe i te mēra me te waehere hou, ā, ka whiwhi tō kaitautoko i te hono. Tonoa ki tō kaitautoko.',
  'You make new keys with both, as the first time.':
    'Mā ngā mea e rua ka hanga koe i ngā kī hou, pērā i te wā tuatahi.',
};
