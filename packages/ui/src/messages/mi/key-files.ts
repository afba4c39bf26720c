import type { Catalogue } from '@see/language';

/** What the scripts that make keys and their files say. */
export const keyFilesMi: Catalogue = {
  'Making key {0} of {1} on this device': 'E hanga ana i te kī {0} o te {1} i runga i tēnei pūrere',
  'Putting keys and certificates into files': 'E whakauru ana i ngā kī me ngā tiwhikete ki ngā kōnae',
  'Download the form for newer systems': 'Tikiake i te momo mā ngā pūnaha hou ake',
  'Download the form for older Apple, Android and Windows':
    'Tikiake i te momo mā ngā Apple, Android me Windows tawhito ake',
  'Download {0}': 'Tikiake {0}',
};
