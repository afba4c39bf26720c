import type { Catalogue } from '@see/language';

/** Asking for the kept key of a certificate. */
export const recoveries: Catalogue = {
  'One is kept. Two recovery agents open it together, for a reason in law.':
    'Kei te puritia tētahi. Ka huakina ngātahi e ngā māngai whakaora tokorua, mō tētahi take ā-ture.',
  'Ask for a kept key': 'Tono mō tētahi kī e puritia ana',
  'The agents are asked. Tell them: no mail goes to them by itself.':
    'Kua pātaihia ngā māngai. Whakamōhiotia rātou: kāore he īmēra e tukuna aunoatia ki a rātou.',
  'Who needs it?': 'Mā wai?',
  'Keys are used on the machine of their owner and never sent here, so this is done by command:':
    'Ka whakamahia ngā kī ki te rorohiko o tō rātou rangatira, kāore e tukuna mai ki konei, nō reira ka mahia tēnei mā te whakahau:',
  'The holder needs it': 'Mā te kaipupuri',
  'They have lost the key. It goes to a certificate of their own, and they are told.':
    'Kua ngaro i a rātou te kī. Ka tukuna ki tētahi tiwhikete nō rātou ake, ā, ka whakamōhiotia rātou.',
  'The agency needs its mail': 'Mā te umanga, kia kite i ōna īmēra',
  'The holder is away or has left, and work depends on it.':
    'Kei wāhi kē te kaipupuri, kua wehe rānei, ā, e whirinaki ana te mahi ki tēnei.',
  'A law or warrant asks for it': 'Nā tētahi ture, whakamana rānei',
  'Name the provision, warrant or order below.': 'Whakaingoatia i raro te wāhanga ture, te whakamana, te ōta rānei.',
  'A request for official information': 'He tono mō ngā mōhiohio ōkawa',
  'The mail has to be searched to answer it.': 'Me rapu i ngā īmēra hei whakautu.',
  'A security incident is looked into': 'He maiki haumaru e tirohia ana',
  'By those who may, under the policy of the agency.': 'E te hunga e āhei ana, i raro i te kaupapahere o te umanga.',
  'Ask for this?': 'Tonoa tēnei?',
  'No copy of this key is kept. Nobody but its holder has it, so mail that was encrypted to it cannot be opened in any other way.':
    'Kāore he tārua o tēnei kī e puritia ana. Kei tōna kaipupuri anake, nō reira kāore he huarahi atu anō e huaki ai ngā īmēra i whakamunatia ki a ia.',
  'Why the law forbids to tell the holder': 'He aha ai te ture e aukati ana i te whakamōhio ki te kaipupuri',
  'Leave it empty, and the holder gets a mail when the key is released.':
    'Waiho kia putua, ā, ka whiwhi īmēra te kaipupuri ina tukuna te kī.',
  'Two recovery agents read what you write here, word for word, and sign it. It cannot be changed later. The next page says what it means; nothing is asked before.':
    'Ka pānuitia ō kupu i konei e ngā māngai whakaora tokorua, kupu mō te kupu, ka waitohua. Kāore e taea te whakarerekē ā muri. Mā te whārangi e whai ake nei e kī he aha te tikanga; kāore he mea e tonoa i mua.',
  'The provision, warrant or instrument, like “Public Records Act 2005, s 17”.':
    'Te wāhanga ture, te whakamana, te puka whakamana rānei, pērā i te “Public Records Act 2005, s 17”.',
  'What the key is needed for': 'He aha te take e hiahiatia ai te kī',
  'As little as the agents need to decide.': 'Ko te iti noa e hiahiatia ana e ngā māngai hei whakatau.',
  'First day of the mail that is to be read': 'Te rā tuatahi o ngā īmēra ka pānuitia',
  'Last day of that mail': 'Te rā whakamutunga o aua īmēra',
  'Certificate of whoever is to read it': 'Te tiwhikete a te tangata māna e pānui',
  'The key is handed over encrypted to it. Give a mail address, serial number or SHA-256 of a certificate for encryption that we issued, or paste it as PEM.':
    'Ka tukuna te kī, kua whakamunatia ki a ia. Homai he wāhitau īmēra, he tau rangatū, he SHA-256 rānei o tētahi tiwhikete whakamuna nā mātou i tuku, whakapiria rānei hei PEM.',
  'A law forbids to tell the holder': 'He ture e aukati ana i te whakamōhio ki te kaipupuri',
  'Handed over to': 'Ka tukuna ki',
  'What it means': 'Te tikanga',
  'Whoever gets the key can open all mail that was ever encrypted to it, also of other days. The days that you name say what they may read.':
    'Ka taea e te tangata whiwhi i te kī te huaki ngā īmēra katoa i whakamunatia ki a ia, o ngā rā atu anō hoki. Mā ngā rā ka whakaingoatia e koe e kī he aha ka āhei rātou te pānui.',
  'Two of these agents have to sign within 72 hours, one of them of another agency than yours; else it lapses: {0}.':
    'Me waitohu ētahi tokorua o ēnei māngai i roto i ngā hāora e 72, nō umanga kē i tōu tētahi; ki te kore, ka pahemo: {0}.',
  'The holder is not told, because: {0}. The auditor sees that, and why.':
    'Kāore te kaipupuri e whakamōhiotia, nā te mea: {0}. Ka kite te kaiarotake i tērā, me te take.',
  'The holder gets a mail when the key is released.': 'Ka whiwhi īmēra te kaipupuri ina tukuna te kī.',
  'You answer for the request. It stays in the audit log with your name, and you cannot be one of the agents.':
    'Ko koe te haepapa mō te tono. Ka mau ki te rangitaki arotake me tō ingoa, ā, kāore koe e āhei hei māngai.',
  'When the file has arrived, or is not needed any more, close the request: what was opened for it is erased. After a week that happens by itself.':
    'Ina tae te kōnae, kua kore rānei e hiahiatia, katia te tono: ka mukua ngā mea i huakina mō tērā. Ka pērā aunoa ā muri i te wiki.',
  'Not telling the holder needs a reason in law. Two agents sign that, too.':
    'Me whai take ā-ture te kore e whakamōhio ki te kaipupuri. Ka waitohua hoki tērā e ngā māngai tokorua.',
  'Ask the agents': 'Pātaihia ngā māngai',
  'Which key?': 'Ko tēhea kī?',
  'Mail address of the holder, or serial number or SHA-256 of the encryption certificate.':
    'Te wāhitau īmēra o te kaipupuri, te tau rangatū rānei, te SHA-256 rānei o te tiwhikete whakamuna.',
  'Find it': 'Kimihia',
  'No encryption certificate of a person was found by this. Try the address that the person had at that time.':
    'Kāore i kitea he tiwhikete whakamuna a te tangata mā tēnei. Whakamātauria te wāhitau o te tangata i taua wā.',
  'A copy of the key is kept.': 'Kei te puritia he tārua o te kī.',
  'No copy of the key is kept.': 'Kāore he tārua o te kī e puritia ana.',
  'Choose who needs it.': 'Kōwhiria mā wai.',
  'Name the law, in 3 to 400 characters.': 'Whakaingoatia te ture, kia 3 ki te 400 ngā pūāhua.',
  'Say what for, in 3 to 1,000 characters.': 'Kīia mai mō te aha, kia 3 ki te 1,000 ngā pūāhua.',
  'Give the first day.': 'Homai te rā tuatahi.',
  'Give the last day. It is not before the first.': 'Homai te rā whakamutunga. Kāore i mua i te rā tuatahi.',
  'Say to whom the key is handed over.': 'Kīia mai ka tukuna te kī ki a wai.',
  'Say why, in 3 to 400 characters, or leave it empty.':
    'Kīia mai he aha ai, kia 3 ki te 400 ngā pūāhua, waiho rānei kia putua.',
};
