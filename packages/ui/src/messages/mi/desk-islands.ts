import type { Catalogue } from '@see/language';

/** What the scripts of the approval desk say. */
export const deskIslands: Catalogue = {
  'Waiting for your passkey.': 'E tatari ana ki tō kī haumaru.',
  'Signed. Going back to the console.': 'Kua waitohua. E hoki ana ki te papatohu.',
  'the bytes are those of another order': 'nō tētahi atu tono ngā paita',
  'There is nothing to approve here': 'Kāore he mea hei whakaae i konei',
  'Check the address, or open it from the queue of the console.':
    'Tirohia te wāhitau, whakatuwheratia rānei i te rārangi tatari o te papatohu.',
  'This takes no approval now': 'Kāore e taea te whakaae i tēnei ināianei',
  'Do not approve this': 'Kaua e whakaae i tēnei',
  'What the service sent is not what it should be ({0}). Nothing was signed. Tell whoever runs the service.':
    'Kāore i tika te mea i tukuna e te ratonga ({0}). Kāore he mea i waitohua. Whakamōhiotia te kaiwhakahaere o te ratonga.',
  'There was no answer': 'Kāore he whakautu',
  'Check your connection and load this page again.': 'Tirohia tō hononga, ka uta anō i tēnei whārangi.',
  'This cannot be shown': 'Kāore e taea te whakaatu i tēnei',
  'Something went wrong here; nothing was signed. Try again in a few minutes.':
    'I hē tētahi mea i konei; kāore he mea i waitohua. Whakamātauria anō ā ngā meneti torutoru.',
  'That passkey is not registered. Choose the one that two administrators registered for you.':
    'Kāore tēnā kī haumaru i rēhitatia. Kōwhiria te kī i rēhitatia mōu e ngā kaiwhakarite e rua.',
  'Nothing was signed. You cancelled, it took too long, or none of your registered passkeys is on this device.':
    'Kāore he mea i waitohua. I whakakorea e koe, i roa rawa, kāore rānei ō kī haumaru rēhita i tēnei pūrere.',
  'Nothing was signed. This page is not open under the address for which passkeys are registered.':
    'Kāore he mea i waitohua. Kāore tēnei whārangi e tuwhera ana i te wāhitau i rēhitatia ai ngā kī haumaru.',
  'Nothing was signed. The browser or the passkey reported a fault; try again, or use the command.':
    'Kāore he mea i waitohua. I pūrongo hapa te pūtirotiro, te kī haumaru rānei; whakamātauria anō, whakamahia rānei te tohutono.',
  'the bytes are those of another batch': 'nō tētahi atu puranga ngā paita',
  'orders are missing': 'e ngaro ana ētahi tono',
  'the orders are not those of the batch': 'ehara ēnei i ngā tono o te puranga',
  '{0} of {1} orders read.': 'Kua pānuitia ngā tono {0} o te {1}.',
  Orders: 'Ngā tono',
  Certificates: 'Ngā tiwhikete',
  Signatures: 'Ngā waitohu',
  Import: 'Kawemai',
  'Profile digests': 'Ngā hēhi kōtaha',
  'Root of the tree': 'Te pūtake o te rākau',
  Batch: 'Puranga',
  'What they have in common': 'Ngā mea e ōrite ana',
  '{0} of {1} orders differ from the others.': 'He rerekē ngā tono {0} o te {1} i ērā atu.',
  'yours is enough': 'ka rahi tāu anake',
  '{0} different persons sign; orders with a risk wait for all of them':
    'ka waitohu ngā tāngata rerekē e {0}; ka tatari ngā tono whai tūraru ki te katoa o rātou',
  '{0}: order {1}, applicant {2}': '{0}: tono {1}, kaitono {2}',
  'Code to {0}.': 'Ka tukuna te waehere ki {0}.',
};
