import type { Catalogue } from '@see/language';

/** From a code to a certificate that works. */
export const portalEnrol: Catalogue = {
  'Step {0} of {1}': 'Mahi {0} o te {1}',
  'Enter your code': 'Tāuruhia tō waehere',
  'The code came by mail, for the request with the reference <strong class="see-serial">{0}</strong>. You need about five minutes on the device that you want to use.':
    'I tae mai te waehere mā te mēra, mō te tono me te tohutoro <strong class="see-serial">{0}</strong>. E rima meneti pea te roa, i runga i te pūrere ka whakamahia e koe.',
  'One-time code': 'Waehere kotahi-wā',
  '16 letters and digits in four groups, like 7K3M-9QF2-XT0A-BC4D. Capitals, spaces and dashes do not matter.':
    'E 16 ngā pū me ngā mati i ngā rōpū e whā, pēnei i te 7K3M-9QF2-XT0A-BC4D. Kāore he take o ngā pū matua, ngā mokowā me ngā tohu piko.',
  'The code stays on this device. What we receive proves that you have it.':
    'Ka noho te waehere ki tēnei pūrere. Ko tā mātou ka whiwhi he tohu kei a koe te waehere.',
  'Try again': 'Whakamātau anō',
  'I used the code, and the file or its passphrase is lost':
    'I whakamahia e au te waehere, ā, kua ngaro te kōnae, te kīanga huna rānei',
  'Check your details': 'Tirohia ō taipitopito',
  Name: 'Ingoa',
  'E-mail': 'Īmēra',
  Agency: 'Umanga',
  'You will get certificates for': 'Ka whiwhi koe i ngā tiwhikete mō',
  'There is no copy of your encryption key anywhere else. Keep the file and its passphrase: without them, mail that was encrypted to you stays closed for ever.':
    'Kāore he tārua o tō kī whakamuna i wāhi kē. Puritia te kōnae me tōna kīanga huna: ki te kore, ka kati mō ake tonu ngā mēra i whakamunatia ki a koe.',
  'A copy of your encryption key is kept for your agency. Two of these people together can open it, never one alone: <strong id="escrow-agents"></strong>. They may do so when you ask for it, or when the law gives your agency the right to read mail sent to you. You are told when it happens, unless two of them have recorded a reason in law why not. The keys with which you sign and sign in are never copied.':
    'Ka puritia he tārua o tō kī whakamuna mō tō umanga. Mā ngā tāngata tokorua o ēnei e whakatuwhera, kaua rawa mā te kotahi: <strong id="escrow-agents"></strong>. Ka pērā rātou ina tono koe, ina whai mana rānei tō umanga i raro i te ture ki te pānui i ngā mēra i tukuna ki a koe. Ka whakamōhiotia koe ina pērā, hāunga mehemea kua tuhia e rāua tētahi take ā-ture e kore ai. Kāore rawa ngā kī waitohu me ngā kī takiuru e tāruahia.',
  'Something is not right': 'Kei te hē tētahi mea',
  'Stop here; nothing has been made yet. Tell the person who ordered your certificate what has to change. They make a new order, and you get a new code.':
    'Me mutu i konei; kāore anō tētahi mea i hangaia. Kōrerotia ki te tangata nāna i tono tō tiwhikete te mea hei huri. Ka hanga tono hou ia, ā, ka whiwhi waehere hou koe.',
  'My details are right': 'Kei te tika aku taipitopito',
  'Where will you use your certificates?': 'Ka whakamahia e koe ō tiwhikete ki hea?',
  'We have chosen what this looks like. Change it if you are on another device now than the one that you will use.':
    'Kua kōwhiria e mātou te āhua o tēnei pūrere. Hurihia mehemea he pūrere kē tēnei i tērā ka whakamahia e koe.',
  'Do this on a device that is yours alone. On a shared computer, others could take the file.':
    'Mahia tēnei i runga i te pūrere nāu anake. I te rorohiko tiritiri, ka taea e ētahi atu te tango te kōnae.',
  'Make my keys': 'Hangaia aku kī',
  Back: 'Hoki',
  'Get your certificates': 'Tīkina ō tiwhikete',
  'This page makes your keys on this device, so it needs a browser of the last two years with scripts switched on. If nothing changes here in a few seconds, open the same address in a current Chrome, Edge, Firefox or Safari. Your code stays good.':
    'Ka hangaia e tēnei whārangi ō kī i runga i tēnei pūrere, nō reira me pūtirotiro o ngā tau e rua kua hipa, kia kā hoki ngā hōtuhi. Ki te kore he panonitanga i ngā hēkona ruarua, whakatuwherahia taua wāhitau anō ki te Chrome, Edge, Firefox, Safari hou rānei. Ka mana tonu tō waehere.',
  'Those who know the command line can use this command instead:':
    'Ka taea e te hunga mōhio ki te rārangi tono tēnei tono te whakamahi:',
  'This browser cannot make keys': 'Kāore e taea e tēnei pūtirotiro te hanga kī',
  'It is too old, or the address does not begin with https. Open the link of your sponsor in a current Chrome, Edge, Firefox or Safari, on the device that you want to use. Your code is still good.':
    'He tawhito rawa, kāore rānei te wāhitau e tīmata ana ki te https. Whakatuwherahia te hono a tō kaitautoko ki te Chrome, Edge, Firefox, Safari hou rānei, i te pūrere ka whakamahia e koe. Kei te mana tonu tō waehere.',
  'Making your keys on this device': 'E hanga ana i ō kī i runga i tēnei pūrere',
  'Keep this page open. The keys are made here and do not leave this device.':
    'Waiho tēnei whārangi kia tuwhera. Ka hangaia ngā kī i konei, ā, kāore e puta i tēnei pūrere.',
  'The one exception is the copy of the encryption key that you read about.':
    'Hāunga ko te tārua o te kī whakamuna i pānuitia e koe.',
  'Save your files and the passphrase': 'Tiakina ō kōnae me te kīanga huna',
  'Your certificates are ready. Save each file now: when this page closes, nobody can make it again.':
    'Kua rite ō tiwhikete. Tiakina ia kōnae ināianei: ina kati te whārangi, kāore e taea e tētahi te hanga anō.',
  '2. Save the files': '2. Tiakina ngā kōnae',
  'These files have the form that older Apple and Android systems open too.':
    'Ko te momo o ēnei kōnae ka tuwhera hoki i ngā pūnaha Apple me Android tawhito ake.',
  'Valid until <strong id="valid-until"></strong>. Reference: <span id="serials" class="see-serial"></span>':
    'E mana ana tae atu ki <strong id="valid-until"></strong>. Tohutoro: <span id="serials" class="see-serial"></span>',
  '3. Check that you have both': '3. Tirohia kei a koe ngā mea e rua',
  'Tick the box when the files and the passphrase are saved.':
    'Tohua te pouaka ina tiakina ngā kōnae me te kīanga huna.',
  'I have saved the files and the passphrase in different places':
    'Kua tiakina e au ngā kōnae me te kīanga huna ki ngā wāhi rerekē',
  'Continue to installing': 'Haere tonu ki te tāuta',
  'This page closed too early? <a class="govuk-link" href="/lost">What to do when the files are lost</a>':
    'I kati moata tēnei whārangi? <a class="govuk-link" href="/lost">Me aha ina ngaro ngā kōnae</a>',
  '1. Write down or copy the passphrase': '1. Tuhia, tāruahia rānei te kīanga huna',
  'It opens every file below. The dashes belong to it.':
    'Ka whakatuwhera i ngā kōnae katoa i raro. Nōna hoki ngā tohu piko.',
  'Copy the passphrase': 'Tārua i te kīanga huna',
  'Print it': 'Tāia',
  'It says that the passphrase is wrong': 'E kī ana kei te hē te kīanga huna',
  'Some systems say so when they cannot read the form of the file. This one has the same key, certificate and passphrase:':
    'Ka pērā ētahi pūnaha ina kore e taea te pānui te momo o te kōnae. He ōrite te kī, te tiwhikete me te kīanga huna o tēnei:',
  'All done': 'Kua oti katoa',
  'Your reference': 'Tō tohutoro',
  Certificate: 'Tiwhikete',
  'Valid until': 'E mana ana tae atu ki',
  'Can be renewed from': 'Ka taea te whakahou mai i',
  'Put the dates into my calendar': 'Whakaurua ngā rā ki taku maramataka',
  'What happens next': 'Ka aha i muri',
  'Before it ends, you get mails about a new one. Renewing takes five minutes: <a class="govuk-link" href="/renew">Renew a certificate</a>.':
    'I mua i tōna mutunga, ka whiwhi mēra koe mō tētahi mea hou. E rima meneti te whakahou: <a class="govuk-link" href="/renew">Whakahou i tētahi tiwhikete</a>.',
  'Keep one copy of the file and its passphrase in a safe place, apart from each other.':
    'Puritia he tārua kotahi o te kōnae me tōna kīanga huna ki te wāhi haumaru, kia wehe tētahi i tētahi.',
  'When the device or a file is lost, <a class="govuk-link" href="/revoke">report it at once</a>.':
    'Ina ngaro te pūrere, tētahi kōnae rānei, <a class="govuk-link" href="/revoke">pūrongotia wawetia</a>.',
  'You can see at any time what you have and what was done with it: <a class="govuk-link" href="/my">My certificates</a>.':
    'Ka taea e koe te kite i ngā wā katoa he aha āu me ngā mahi i mahia: <a class="govuk-link" href="/my">Aku tiwhikete</a>.',
};
