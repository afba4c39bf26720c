import type { Catalogue } from '@see/language';
import { keyFilesMi } from './key-files.ts';
import { profileWordsMi } from './profile-words.ts';

/** What the script of the renewal page says. */
export const renewalIsland: Catalogue = {
  ...profileWordsMi,
  ...keyFilesMi,
  'Choose the file.': 'Kōwhiria te kōnae.',
  'Type the passphrase of the file.': 'Patohia te kīanga huna o te kōnae.',
  'This certificate cannot sign either. Choose the one for signing in or signing mail.':
    'Kāore hoki e taea e tēnei tiwhikete te waitohu. Kōwhiria tērā mō te takiuru, mō te waitohu mēra rānei.',
  'Making the new key on this device': 'E hanga ana i te kī hou i runga i tēnei pūrere',
  'Signing the request with your key of today': 'E waitohu ana i te tono ki tō kī o tēnei rā',
  'The passphrase does not open the file. It is the one that you got with this file; the dashes belong to it.':
    'Kāore te kīanga huna e whakatuwhera i te kōnae. Ko tērā i whiwhi koe i te taha o tēnei kōnae; nōna hoki ngā tohu piko.',
  'The file has a form that is not read here. Use the file as you got it from this portal.':
    'Kāore te momo o te kōnae e pānuitia i konei. Whakamahia te kōnae pēnei i tāu i whiwhi ai i tēnei tomokanga.',
  'This is not a file from this portal. Its name ends in .p12, or in .pem for a renewal that waits.':
    'Ehara tēnei i te kōnae nō tēnei tomokanga. Ka mutu tōna ingoa ki te .p12, ki te .pem rānei mō te whakahoutanga e tatari ana.',
  'The certificate cannot be renewed here': 'Kāore e taea te tiwhikete te whakahou i konei',
  'Ask your sponsor to order a new certificate for you that replaces this one. You get a code by mail, and it takes five minutes.':
    'Tonoa tō kaitautoko kia tono i tētahi tiwhikete hou māu hei whakakapi i tēnei. Ka whiwhi waehere koe mā te mēra, ā, e rima meneti te roa.',
  'Your keys are still here. Leave this page open, check your connection and try again below.':
    'Kei konei tonu ō kī. Waiho tēnei whārangi kia tuwhera, tirohia tō hononga, ka whakamātau anō i raro.',
  'It is too early to renew': 'He moata rawa te whakahou',
  'The certificate is not good any more': 'Kua kore te tiwhikete e mana',
  'Your name, agency or address has changed': 'Kua rerekē tō ingoa, tō umanga, tō wāhitau rānei',
  'It is being renewed already': 'Kei te whakahoungia kētia',
  'The service could not be reached': 'Kāore i tae ki te ratonga',
  'You get a mail when it can be renewed. What the service said below names the day. Have you lost the key? Then ask your sponsor for a new order now.':
    'Ka whiwhi mēra koe ina taea te whakahou. Kei te kōrero a te ratonga i raro te rā. Kua ngaro te kī? Nā, tonoa tō kaitautoko kia hanga tono hou ināianei.',
  'It has expired, or is revoked or suspended. Ask your sponsor to order a new certificate for you.':
    'Kua mutu, kua whakakorea, kua whakatārewatia rānei. Tonoa tō kaitautoko kia tono i tētahi tiwhikete hou māu.',
  'A renewal changes the key and the dates only. Ask your sponsor to order a new certificate with your name of today.':
    'Ka huri te whakahoutanga i te kī me ngā rā anake. Tonoa tō kaitautoko kia tono i tētahi tiwhikete hou me tō ingoa o tēnei rā.',
  'Another order replaces this certificate. Have you a file of a renewal that waits? Choose that one. Otherwise ask your sponsor.':
    'Kei te whakakapi tētahi atu tono i tēnei tiwhikete. Kei a koe tētahi kōnae o te whakahoutanga e tatari ana? Kōwhiria tērā. Ki te kore, pātai ki tō kaitautoko.',
  '{0} of {1} operators have approved.': 'Kua whakaae ngā kaiwhakahaere {0} o te {1}.',
  'It is approved; the certificate is being made.': 'Kua whakaaetia; kei te hangaia te tiwhikete.',
  'The operators did not approve it.': 'Kāore ngā kaiwhakahaere i whakaae.',
};
