import type { Catalogue } from '@see/language';

/** A feed of a HR system: how it is registered, what it told, how it ends. */
export const hrFeeds: Catalogue = {
  'The feed is revoked. Nothing that it tells is taken any more.':
    'Kua whakakorea te whāngai. Kāore e tangohia tētahi mea ka kōrero mai ia.',
  'The feed is registered.': 'Kua rēhitatia te whāngai.',
  'Signed webhook': 'Webhook kua waitohua',
  'People a day': 'Ngā tāngata i te rā',
  Ends: 'Ka mutu',
  'Settings of the HR system': 'Ngā tautuhinga o te pūnaha pūmanawa tangata',
  'What it told': 'Ngā mea i kōrero mai ai',
  'It has told nothing yet.': 'Kāore anō ia kia kōrero mai.',
  'Waits for somebody': 'E tatari ana ki tētahi',
  Dismissed: 'Kua whakarerea',
  Confirmed: 'Kua whakaūngia',
  'From that moment nothing that it tells is taken.': 'Mai i taua wā kāore e tangohia tētahi mea ka kōrero mai ia.',
  'What it had declared for a day to come stays: call it off on the page of the person where it is wrong.':
    'Ka mau tonu ngā mea i whakapuakina mō tētahi rā e heke mai ana: whakakāhoretia i te whārangi o te tangata mehemea he hē.',
  'It cannot be undone. Register a new feed instead.': 'Kāore e taea te whakahoki. Rēhitatia kē he whāngai hou.',
  'Revoke the feed': 'Whakakorea te whāngai',
  'A new token or key, and the end': 'He tokena, he kī hou rānei, me te mutunga',
  'Nothing of a feed is changed. To replace its token or key: register another feed, enter that one in the HR system, then revoke this one. A token or key that may be in other hands: revoke first.':
    'Kāore he mea o tētahi whāngai e whakarerekētia. Hei whakakapi i tōna tokena, kī rānei: rēhitatia tētahi atu whāngai, tāurua tērā ki te pūnaha pūmanawa tangata, kātahi ka whakakore i tēnei. He tokena, he kī rānei kei ētahi atu ringa pea: whakakorea i te tuatahi.',
  'Register another feed': 'Rēhita i tētahi atu whāngai',
  'There is more: it is shown here when some of this is decided.':
    'He nui atu anō: ka whakaaturia i konei ina whakatauhia ētahi o ēnei.',
  'Register a feed': 'Rēhita whāngai',
  'Told last': 'Te kōrero whakamutunga',
  'nothing yet': 'kāore anō',
  'There is no feed.': 'Kāore he whāngai.',
  'A key or token may be in other hands? Open the feed and revoke it, at once.':
    'He kī, he tokena rānei kei ētahi atu ringa pea? Huakina te whāngai, whakakorea ināianei tonu.',
  'The HR system of an agency says by it who leaves, and their certificates end at once. It orders nothing, enters nobody and sees the people of this agency only.':
    'Mā tēnei e kī ai te pūnaha pūmanawa tangata a tētahi umanga ko wai ka wehe, ā, ka mutu tonu ā rātou tiwhikete. Kāore ia e tono, kāore e tāuru tangata, ā, ka kite i ngā tāngata o tēnei umanga anake.',
  'By which people know the system, like “Payroll”.': 'Te ingoa e mōhiotia ana te pūnaha, pērā i te “Utu kaimahi”.',
  'How does it tell?': 'Ka pēhea tāna kōrero mai?',
  'For Entra ID, Okta and others. It gets a token, which is shown once.':
    'Mō Entra ID, Okta me ētahi atu. Ka whiwhi tokena, kotahi anake te whakaaturanga.',
  'For systems that can run a script. It signs with a key of its own; we get the public half.':
    'Mō ngā pūnaha e taea ana te whakahaere tuhinga hōtaka. Ka waitohu mā tōna ake kī; ka whiwhi mātou i te haurua tūmatanui.',
  'Public key, for a signed webhook': 'Kī tūmatanui, mō te webhook kua waitohua',
  'PEM, elliptic curve P-384. The private key stays with the HR system.':
    'PEM, kōpiko pororapa P-384. Ka noho te kī tūmataiti ki te pūnaha pūmanawa tangata.',
  'How the key is made': 'Te hanganga o te kī',
  'How many may leave by this feed within 24 hours; more wait for somebody to confirm. This is what a stolen token can do at most. From 0 to 200.':
    'Te tokomaha ka āhei te wehe mā tēnei whāngai i roto i ngā hāora e 24; ka tatari ētahi atu kia whakaūngia e tētahi. Koinei te nuinga ka taea e tētahi tokena kua tāhaetia. Mai i te 0 ki te 200.',
  'Days until it ends': 'Ngā rā kia mutu rā anō',
  'At most 366. A new one is registered before.': 'Kia 366 rawa. Ka rēhitatia he mea hou i mua.',
  'Register the feed': 'Rēhitatia te whāngai',
  'The token of the feed': 'Te tokena o te whāngai',
  '{0} of {1}. Enter these two in the HR system:': '{0} o {1}. Tāurua ēnei e rua ki te pūnaha pūmanawa tangata:',
  'Base address (tenant URL)': 'Wāhitau taketake (tenant URL)',
  'Token (bearer, secret token)': 'Tokena (bearer, secret token)',
  'It is shown this once: we keep only its hash. Put it into the HR system now, and nowhere else.':
    'Kotahi anake tēnei whakaaturanga: ko tōna hash anake ka puritia e mātou. Tāurua ki te pūnaha pūmanawa tangata ināianei, kaua ki wāhi kē.',
  'Settings there': 'Ngā tautuhinga i reira',
  'Map the attribute {0} and nothing else; match people by {1} (the work mail address) or {2} (the employee number).':
    'Maheretia te āhuatanga {0} anake; whakaritea ngā tāngata mā {1} (te wāhitau īmēra mahi), mā {2} rānei (te tau kaimahi).',
  'Let it update and disable, not create and not delete.':
    'Tukua kia whakahou, kia whakakāhore, kaua kia waihanga, kaua kia muku.',
  'Try it with one person who has left already.': 'Whakamātauria ki tētahi tangata kua wehe kē.',
  'It is entered: show the feed': 'Kua tāurua: whakaaturia te whāngai',
  'Its key id (kid)': 'Te tuakiri o tōna kī (kid)',
  Signature: 'Waitohu',
  'A detached JWS (ES384) over the body in {0}, as the <a class="govuk-link" href="/api/v1/openapi.json">API description</a> says.':
    'He JWS wehe (ES384) mō te tinana i {0}, e ai ki te <a class="govuk-link" href="/api/v1/openapi.json">whakaahuatanga API</a>.',
  'Say why, in 3 to 500 characters.': 'Kīia mai he aha ai, kia 3 ki te 500 ngā pūāhua.',
  'Give the feed a name of at most 100 characters.': 'Hoatu he ingoa ki te whāngai, kia 100 rawa ngā pūāhua.',
  'Choose how it tells.': 'Kōwhiria ka pēhea tāna kōrero mai.',
  'Paste the public key by which the webhook is recognised.': 'Whakapiria te kī tūmatanui e mōhiotia ai te webhook.',
  'Give a number from 0 to 200.': 'Homai he tau mai i te 0 ki te 200.',
  'Give a number from 1 to 366.': 'Homai he tau mai i te 1 ki te 366.',
};
