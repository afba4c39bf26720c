import type { Catalogue } from '@see/language';

/** What the scripts of signing in and of making passkeys say. */
export const signInIslands: Catalogue = {
  'Waiting for your passkey.': 'E tatari ana ki tō kī haumaru.',
  'Waiting for your device.': 'E tatari ana ki tō pūrere.',
  'No passkey was made.': 'Kāore he kī haumaru i hangaia.',
  'Say where this passkey is kept, so that you know it again.':
    'Kōrerotia te wāhi e puritia ana tēnei kī haumaru, kia mōhio anō ai koe.',
  'This device already holds a passkey of yours for signing in. Use that one, or another device.':
    'Kei tēnei pūrere kē tētahi o ō kī haumaru mō te takiuru. Whakamahia tērā, tētahi atu pūrere rānei.',
  'No passkey was made. You cancelled, it took too long, or this device cannot make one that asks for PIN, finger or face.':
    'Kāore he kī haumaru i hangaia. I whakakorea e koe, i roa rawa, kāore rānei tēnei pūrere e āhei ki te hanga kī e tono ana i te PIN, te matimati, te kanohi rānei.',
  'No passkey was made. This device has no passkeys of the kind that is needed (ES384 or ES256).':
    'Kāore he kī haumaru i hangaia. Kāore i tēnei pūrere te momo kī haumaru e hiahiatia ana (ES384, ES256 rānei).',
  'No passkey was made. The browser or the device reported a fault; try again.':
    'Kāore he kī haumaru i hangaia. I pūrongo hapa te pūtirotiro, te pūrere rānei; whakamātauria anō.',
  'There was no answer. Check your connection and try again.':
    'Kāore he whakautu. Tirohia tō hononga, ka whakamātau anō.',
  'Something went wrong on our side. Try again in a minute.':
    'I hē tētahi mea i tō mātou taha. Whakamātauria anō ā te meneti kotahi.',
  'SEE PKI approvals': 'Ngā whakaaetanga SEE PKI',
  'Say whose passkey it is and where it is kept, in at least 3 characters.':
    'Kōrerotia nō wai te kī haumaru, kei hea hoki e puritia ana, kia 3 ngā pūāhua, neke atu.',
  'Your browser does not say the public key of that passkey, so it is of no use; remove it from the device. Press the button again for one of another kind.':
    'Kāore tō pūtirotiro e whakaatu i te kī tūmatanui o taua kī haumaru, nō reira kāore he painga; tangohia i te pūrere. Pēhia anō te pātene mō tētahi momo kē.',
  'No passkey was made. This page is not open under the address for which passkeys are registered.':
    'Kāore he kī haumaru i hangaia. Kāore tēnei whārangi e tuwhera ana i te wāhitau i rēhitatia ai ngā kī haumaru.',
  'No passkey was made. This device has no passkeys of the kind that approvals need (ES384 or ES256).':
    'Kāore he kī haumaru i hangaia. Kāore i tēnei pūrere te momo kī haumaru e hiahiatia ana e ngā whakaaetanga (ES384, ES256 rānei).',
  'No passkey answered.': 'Kāore he kī haumaru i whakautu.',
  'You are not signed in. You cancelled, it took too long, or this device has no passkey for this service.':
    'Kāore koe i takiuru. I whakakorea e koe, i roa rawa, kāore rānei he kī haumaru mō tēnei ratonga i tēnei pūrere.',
  'You are not signed in. The browser or the device reported a fault; try again.':
    'Kāore koe i takiuru. I pūrongo hapa te pūtirotiro, te pūrere rānei; whakamātauria anō.',
  'This browser has no passkeys. Open this page in a current Chrome, Edge, Firefox or Safari.':
    'Kāore he kī haumaru o tēnei pūtirotiro. Whakatuwheratia tēnei whārangi i tētahi Chrome, Edge, Firefox, Safari hou rānei.',
};
