import type { Catalogue } from '@see/language';

/** What certificates are for. */
export const profileWordsMi: Catalogue = {
  'Signing in': 'Te takiuru',
  'You show it to websites and services of agencies, so that they know it is you.':
    'Ka whakaaturia e koe ki ngā pae tukutuku me ngā ratonga o ngā umanga, kia mōhio ai rātou ko koe tēnā.',
  'Signing mail and documents': 'Te waitohu mēra me ngā tuhinga',
  'Those who read your mail see that it is from you and that nobody has changed it.':
    'Ka kite te hunga pānui i ō mēra nāu ake, ā, kāore tētahi i huri.',
  'Receiving encrypted mail': 'Te whiwhi mēra whakamuna',
  'Others encrypt mail to you with it, and only your key opens it.':
    'Ka whakamunatia e ētahi atu te mēra ki a koe mā tēnei, ā, ko tō kī anake ka whakatuwhera.',
  'Signing mail as the gateway': 'Te waitohu mēra hei kūaha mēra',
  'Receiving encrypted mail as the gateway': 'Te whiwhi mēra whakamuna hei kūaha mēra',
  'Website or server (TLS)': 'Te pae tukutuku, te tūmau rānei (TLS)',
};
