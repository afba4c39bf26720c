import type { Catalogue } from '@see/language';
import { keyFilesMi } from './key-files.ts';
import { profileWordsMi } from './profile-words.ts';

/** What the script of the enrolment page says. */
export const enrolmentIsland: Catalogue = {
  ...profileWordsMi,
  ...keyFilesMi,
  'A code has 16 letters and digits, like 7K3M-9QF2-XT0A-BC4D. Check that all four groups are there.':
    'E 16 ngā pū me ngā mati o te waehere, pēnei i te 7K3M-9QF2-XT0A-BC4D. Tirohia kei reira ngā rōpū e whā.',
  'Checking your code. This takes a few seconds.': 'E taki ana i tō waehere. He hēkona ruarua noa.',
  'Asking for your certificates': 'E tono ana i ō tiwhikete',
  '{0} and {1}': '{0} me {1}',
  'There were too many tries in a short time. Wait a minute, then try again.':
    'He nui rawa ngā whakamātau i te wā poto. Tāria kia kotahi meneti, ka whakamātau anō.',
  'We could not reach the service. Check your connection and try again; nothing is lost.':
    'Kāore i tae ki te ratonga. Tirohia tō hononga, ka whakamātau anō; kāore tētahi mea i ngaro.',
  'The service has a problem at the moment. Try again in a few minutes; your code stays good.':
    'He raru o te ratonga ināianei. Whakamātauria anō ā ngā meneti ruarua; ka mana tonu tō waehere.',
  'The code is not right. Compare it with your mail, sign by sign.':
    'Kei te hē te waehere. Whakatauritea ki tō mēra, ia pū, ia pū.',
  'The code is not right. You have 1 try left. Compare it with your mail, sign by sign.':
    'Kei te hē te waehere. Kotahi te whakamātau e toe ana. Whakatauritea ki tō mēra, ia pū, ia pū.',
  'The code is not right. You have {0} tries left. Compare it with your mail, sign by sign.':
    'Kei te hē te waehere. E {0} ngā whakamātau e toe ana. Whakatauritea ki tō mēra, ia pū, ia pū.',
  'The service could not be reached': 'Kāore i tae ki te ratonga',
  'Your keys are still here. Leave this page open, check your connection and try again below. If you close it, you need a new code.':
    'Kei konei tonu ō kī. Waiho tēnei whārangi kia tuwhera, tirohia tō hononga, ka whakamātau anō i raro. Ki te katia e koe, me whiwhi waehere hou.',
  'This code is locked': 'Kua rakaina tēnei waehere',
  'A wrong code was entered five times, so nobody can use this one any more. Ask the person who ordered your certificate for a new one. They do not need to explain why.':
    'E rima ngā wā i tāuruhia he waehere hē, nō reira kāore e taea e tētahi te whakamahi i tēnei. Tonoa he waehere hou i te tangata nāna i tono tō tiwhikete. Kāore he take kia whakamārama mai ia.',
  'This code can no longer be used': 'Kāore e taea tēnei waehere te whakamahi ināianei',
  'It was used already, it has expired, or the order was withdrawn. If you used it yourself and have the file, there is nothing to do. Otherwise ask the person who ordered your certificate for a new one.':
    'Kua whakamahia kētia, kua mutu rānei, kua unuhia rānei te tono. Mehemea nāu i whakamahi, ā, kei a koe te kōnae, kāore he mahi māu. Ki te kore, tonoa he waehere hou i te tangata nāna i tono tō tiwhikete.',
  'Your certificates are taking longer than usual': 'Kua roa ake i te tikanga ō tiwhikete',
  'Leave this page open and try again below. If you close it, the keys made here are gone and you need a new code.':
    'Waiho tēnei whārangi kia tuwhera, ka whakamātau anō i raro. Ki te katia e koe, ka ngaro ngā kī i hangaia i konei, ā, me whiwhi waehere hou.',
  'Your certificates could not be made': 'Kāore i taea ō tiwhikete te hanga',
  'Something about the order changed since it was approved. Ask the person who ordered your certificate; tell them the reference below.':
    'I rerekē tētahi āhuatanga o te tono i muri i te whakaaetanga. Pātai ki te tangata nāna i tono tō tiwhikete; whakamōhiotia te tohutoro i raro.',
  'Something went wrong': 'I raru tētahi mea',
  'Your keys were not kept and no file was made. Load this page and try again; if it happens twice, tell the person who ordered your certificate the reference below.':
    'Kāore ō kī i puritia, kāore hoki he kōnae i hangaia. Utaina anō te whārangi, ka whakamātau anō; ki te puta tuarua, whakamōhiotia te tohutoro i raro ki te tangata nāna i tono tō tiwhikete.',
};
