import type { Catalogue } from '@see/language';

/** Signing in, and registering a passkey for it. */
export const signIn: Catalogue = {
  'Signing in': 'Te takiuru',
  'Signing in with {0}': 'E takiuru ana mā {0}',
  '<a class="govuk-link" href="{0}">Go on</a>, if this page stays.':
    '<a class="govuk-link" href="{0}">Haere tonu</a>, ki te noho tonu tēnei whārangi.',
  'Sign in': 'Takiuru',
  'Sign in with your certificate': 'Takiuru mā tō tiwhikete',
  'You are signed out after ten minutes without use. The session is good with this certificate only.':
    'Ka takiputaina koe i muri i te tekau meneti kāore e whakamahia ana. Mō tēnei tiwhikete anake te nohoanga.',
  'Your certificate names you, {0}.': 'E whakahua ana tō tiwhikete i a koe, {0}.',
  'Number {0}, until {1}.': 'Nama {0}, tae atu ki te {1}.',
  'You have several roles': 'He maha ō tūranga',
  'To act in another one later, sign in again.': 'Mō tētahi atu tūranga ā muri ake, takiuru anō.',
  'Choose your role': 'Kōwhiria tō tūranga',
  'What are you here for?': 'He aha tō take i konei?',
  'Go on': 'Haere tonu ai',
  'Register a passkey': 'Rēhita i tētahi kī haumaru',
  'Passkeys are made by a script on your own machine, so this page needs a current browser with scripts switched on.':
    'Ka hangaia ngā kī haumaru e tētahi hōtuhi i tō ake mīhini, nō reira me pūtirotiro hou tēnei whārangi, me whakakā hoki ngā hōtuhi.',
  'This browser has no passkeys': 'Kāore he kī haumaru o tēnei pūtirotiro',
  'Open the link in a current Chrome, Edge, Firefox or Safari.':
    'Whakatuwheratia te hono i tētahi Chrome, Edge, Firefox, Safari hou rānei.',
  'There are no passkeys here': 'Kāore he kī haumaru i konei',
  'The link is not complete': 'Kāore i oti te hono',
  'Open it exactly as you were given it: what stands behind the # belongs to it.':
    'Whakatuwheratia kia rite tonu ki tērā i hoatu ai ki a koe: nō te hono anō te mea i muri i te #.',
  'This link opens nothing': 'Kāore tēnei hono e whakatuwhera i tētahi mea',
  'Your passkey is registered': 'Kua rēhitatia tō kī haumaru',
  'You sign in with it from now on, without a name and without a password.':
    'Ka takiuru koe mā tērā atu i nāianei, kāore he ingoa, kāore he kupuhipa.',
  'Register a passkey for {0}': 'Rēhita i tētahi kī haumaru mō {0}',
  'If this is not your name, close the page and tell the administrator who gave you the link.':
    'Ki te kore tēnei e tō ingoa, katia te whārangi, ka whakamōhio i te kaiwhakarite nāna te hono i hoatu.',
  'A passkey lives in your security key, phone or computer and signs you in after a touch with PIN, finger or face. It approves nothing: passkeys for approvals are made on the approval desk.':
    'Kei tō kī whakahaumaru, tō waea, tō rorohiko rānei te kī haumaru, ā, ka takiuru i a koe i muri i te pā me te PIN, te matimati, te kanohi rānei. Kāore e whakaae i tētahi mea: ka hangaia ngā kī haumaru mō ngā whakaaetanga i te tēpu whakaae.',
  'Where is it kept?': 'Kei hea e puritia ana?',
  'For example: blue security key, work laptop': 'Hei tauira: kī whakahaumaru kikorangi, rorohiko pōnaho mahi',
  'Make a passkey': 'Hangaia he kī haumaru',
  'You were signed out meanwhile. Your approval is kept, and handed in once you are signed in.':
    'I takiputaina koe i taua wā. Kei te puritia tō whakaaetanga, ka tukuna ina takiuru koe.',
  'Or <a class="govuk-link" href="{0}">sign in with your operator certificate</a>, if it is installed in this browser.':
    'Me <a class="govuk-link" href="{0}">takiuru rānei mā tō tiwhikete kaiwhakahaere</a>, mehemea kua tāutahia ki tēnei pūtirotiro.',
  'You are signed out after ten minutes without use.':
    'Ka takiputaina koe i muri i te tekau meneti kāore e whakamahia ana.',
  'Sign in with your passkey': 'Takiuru mā tō kī haumaru',
  'A script asks your device for the passkey, so this needs a current browser with scripts switched on.':
    'Mā tētahi hōtuhi e tono te kī haumaru i tō pūrere, nō reira me pūtirotiro hou, me whakakā hoki ngā hōtuhi.',
  'Your security key, phone or computer asks for PIN, finger or face.':
    'Ka tono tō kī whakahaumaru, tō waea, tō rorohiko rānei i te PIN, te matimati, te kanohi rānei.',
  'Sign in with a passkey': 'Takiuru mā te kī haumaru',
  'I have no passkey': 'Kāore aku kī haumaru',
  'An administrator makes a link for you, by which your passkey is registered. They find it on your page, under People.':
    'Ka hanga tētahi kaiwhakarite i tētahi hono māu, e rēhitatia ai tō kī haumaru. Kei tō whārangi i raro i Ngā tāngata.',
  'An administrator makes a new one, on your page under People.':
    'Ka hanga tētahi kaiwhakarite i tētahi mea hou, kei tō whārangi i raro i Ngā tāngata.',
  'Sign in with {0}': 'Takiuru mā {0}',
  'Or with your account': 'Mā tō pūkete rānei',
  'Sign in with your account': 'Takiuru mā tō pūkete',
  'Or with an access token': 'Mā te tohu āheinga rānei',
  'Your access token': 'Tō tohu āheinga',
  'Sign in with your access token': 'Takiuru mā tō tohu āheinga',
  'It starts with see_ and was shown once, when it was made.':
    'Ka tīmata ki see_, ā, kotahi anake te wā i whakaaturia ai, i te wā i hangaia ai.',
  'I have no token': 'Kāore aku tohu',
  'An administrator makes one on the machine that runs SEE PKI:':
    'Ka hangaia e tētahi kaiwhakarite i te mīhini e whakahaere ana i a SEE PKI:',
  'Enter your access token.': 'Tāurua tō tohu āheinga.',
};
