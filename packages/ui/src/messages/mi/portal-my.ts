import type { Catalogue } from '@see/language';

/** A holder's own pages, and what is wrong with a certificate that a browser showed. */
export const portalMy: Catalogue = {
  'It has been so since {0}. If you or your sponsor asked for that, it worked.':
    'Kua pēnei mai i {0}. Mehemea nāu, nā tō kaitautoko rānei te tono, kua oti.',
  'A browser remembers the choice of a certificate. To choose another one, close all windows of the browser and open it again.':
    'Ka maumahara te pūtirotiro ki te tiwhikete i kōwhiria. Hei kōwhiri i tētahi atu, katia ngā matapihi katoa o te pūtirotiro, ka whakatuwhera anō.',
  'Go to the test page': 'Haere ki te whārangi whakamātau',
  'My certificate or its file is lost': 'Kua ngaro taku tiwhikete, tōna kōnae rānei',
  'What the service said': 'Te kōrero a te ratonga',
  'No certificate came': 'Kāore he tiwhikete i tae mai',
  'Your browser sent no certificate. Either it is not installed on this device, or no certificate was chosen when the browser asked.':
    'Kāore tō pūtirotiro i tuku tiwhikete. Kāore rānei i tāutahia ki tēnei pūrere, kāore rānei he tiwhikete i kōwhiria i te pātaitanga a te pūtirotiro.',
  'This certificate is not one of ours': 'Ehara tēnei tiwhikete i a mātou',
  'The certificate that your browser sent was not issued here. Choose the one with your name that we issued.':
    'Kāore te tiwhikete i tukuna e tō pūtirotiro nō konei. Kōwhiria tērā me tō ingoa i tukuna e mātou.',
  'This certificate does not sign in': 'Kāore tēnei tiwhikete mō te takiuru',
  'The certificate that your browser sent is for something else, like mail. Choose the one for signing in.':
    'Mō tētahi mea kē, pēnei i te mēra, te tiwhikete i tukuna e tō pūtirotiro. Kōwhiria tērā mō te takiuru.',
  'Your certificate has expired': 'Kua mutu tō tiwhikete',
  'Its time is over, so nobody accepts it any more. Ask your sponsor for a new one.':
    'Kua pau tōna wā, nō reira kāore tētahi e whakaae ki a ia. Tonoa tō kaitautoko mō tētahi mea hou.',
  'Your certificate is not valid yet': 'Kāore anō tō tiwhikete kia mana',
  'It starts to count later, or the clock of this device is wrong. Check the clock.':
    'Ka tīmata tōna mana ā muri ake, kei te hē rānei te karaka o tēnei pūrere. Tirohia te karaka.',
  'Your certificate is revoked': 'Kua whakakorea tō tiwhikete',
  'Nobody accepts it any more, and that cannot be undone. If you need a certificate, ask your sponsor for a new one.':
    'Kāore tētahi e whakaae ki a ia ināianei, ā, kāore e taea te whakahoki. Ki te hiahia tiwhikete koe, tonoa tō kaitautoko mō tētahi mea hou.',
  'Your certificate is suspended': 'Kua whakatārewatia tō tiwhikete',
  'Nobody accepts it until an operator releases it. If you have found the key again, tell your sponsor or your service desk.':
    'Kāore tētahi e whakaae ki a ia kia tukuna rā anō e tētahi kaiwhakahaere. Mehemea kua kitea anō e koe te kī, kōrero ki tō kaitautoko, ki tō tēpu āwhina rānei.',
  'This is a personal certificate': 'He tiwhikete whaiaro tēnei',
  'It is good, and it opens nothing of the console. Operators sign in with their operator certificate.':
    'Kei te pai, engari kāore e whakatuwhera i te papatohu. Ka takiuru ngā kaiwhakahaere mā tō rātou tiwhikete kaiwhakahaere.',
  'This is not your personal certificate': 'Ehara tēnei i tō tiwhikete whaiaro',
  'It is good, but this page is opened with the personal certificate for signing in. Choose that one.':
    'Kei te pai, engari ka tuwhera tēnei whārangi ki te tiwhikete whaiaro mō te takiuru. Kōwhiria tēnā.',
  State: 'Tūnga',
  'Valid from': 'E mana ana mai i',
  'Copy of the key': 'Tārua o te kī',
  'What was done with it': 'Ngā mahi i mahia',
  'Requests for the copy of its key': 'Ngā tono mō te tārua o tōna kī',
  'One is kept for your agency': 'E puritia ana tētahi mō tō umanga',
  'None is kept': 'Kāore tētahi e puritia ana',
  'by you': 'nāu',
  'by {0}': 'nā {0}',
  Issued: 'Kua tukuna',
  'Issued, ordered by {0}': 'Kua tukuna, nā {0} i tono',
  'Replaced by a new one': 'Kua whakakapia e tētahi mea hou',
  Suspended: 'Kua whakatārewatia',
  'Released, so that it counts again': 'Kua whakahokia, kei te mana anō',
  Revoked: 'Kua whakakorea',
  'No reason was given.': 'Kāore he take i hoatu.',
  'Because somebody else may have the key.': 'Nō te mea tērā pea kei tētahi atu te kī.',
  'Because name, agency or work changed.': 'Nō te mea i rerekē te ingoa, te umanga, te mahi rānei.',
  'Because there is a new one.': 'Nō te mea he mea hou.',
  'Because it is not needed any more.': 'Nō te mea kua kore e hiahiatia.',
  'Because the right to it ended.': 'Nō te mea kua mutu te mana ki tēnei.',
  'asked for; two agents have to decide': 'kua tonoa; mā ngā māngai tokorua e whakatau',
  'one agent agreed; another one has to decide': 'kua whakaae tētahi māngai; mā tētahi atu e whakatau',
  'two agents agreed; it is being opened': 'kua whakaae ngā māngai tokorua; kei te whakatuwherahia',
  'the key was released': 'kua tukuna te kī',
  'the key was released, and the matter is closed': 'kua tukuna te kī, ā, kua kati te take',
  refused: 'kua whakahēngia',
  'not decided in time': 'kāore i whakatauria i te wā tika',
  'Suspend it': 'Whakatārewatia',
  'For when you may find it again. Nobody accepts it from now on; an operator releases it when you say so. After 30 days two operators have to.':
    'Mō te wā ka kitea anō pea e koe. Kāore tētahi e whakaae ki a ia mai ināianei; ka whakahokia e tētahi kaiwhakahaere ina kī koe. I muri i ngā rā e 30, mā ngā kaiwhakahaere tokorua.',
  'You opened this page with it, so you cannot open it again until it is released.':
    'I whakatuwherahia e koe tēnei whārangi mā tēnei, nō reira kāore e taea te whakatuwhera anō kia whakahokia rā anō.',
  'Suspend it now': 'Whakatārewatia ināianei',
  'Revoke it': 'Whakakorea',
  'Nobody accepts it from now on.': 'Kāore tētahi e whakaae ki a ia mai ināianei.',
  'Why?': 'He aha ai?',
  'Somebody else may have the key, the file or the passphrase':
    'Tērā pea kei tētahi atu te kī, te kōnae, te kīanga huna rānei',
  'The key is never certified again, and readers of the revocation list see that it was stolen.':
    'Kāore te kī e whiwhi tiwhikete anō, ā, ka kite ngā kaipānui o te rārangi whakakore i tāhaetia.',
  'I have a new one': 'He mea hou tāku',
  'Only when the new one is installed everywhere.': 'Kia tāutahia anake te mea hou ki ngā wāhi katoa.',
  'I do not need it any more': 'Kua kore au e hiahia',
  'It cannot be undone. You need a new order by your sponsor to get another one.':
    'Kāore e taea te whakahoki. Me tono hou tō kaitautoko kia whiwhi koe i tētahi atu.',
  'Yes, revoke this certificate for good': 'Āe, whakakorea tēnei tiwhikete mō ake tonu',
  'Revoke it now': 'Whakakorea ināianei',
  'In a minute no website or service accepts it any more, these pages included.':
    'I roto i te meneti, kāore tētahi pae tukutuku, ratonga rānei e whakaae ki a ia, tae atu ki ēnei whārangi.',
  'In a minute your signatures with it no longer count for those who check them; mail that you signed before shows a warning in some programs.':
    'I roto i te meneti, kāore ō waitohu mā tēnei e mana ki te hunga taki; ka puta he whakatūpato i ētahi papatono mō ngā mēra i waitohua e koe i mua.',
  'Others can no longer encrypt mail to you with it. You still open the mail that you have: keep the file.':
    'Kāore e taea e ētahi atu te whakamuna mēra ki a koe mā tēnei. Ka taea tonu e koe te whakatuwhera i ngā mēra kei a koe: puritia te kōnae.',
  'Choose why it is to be revoked.': 'Kōwhiria te take e whakakorea ai.',
  'Tick the box: it cannot be undone.': 'Tohua te pouaka: kāore e taea te whakahoki.',
  'See what you have and what was done with it, suspend or revoke it at once, and read what we hold about you.':
    'Tirohia āu tiwhikete me ngā mahi i mahia, whakatārewatia, whakakorea wawetia rānei, ka pānui i ngā mōhiohio mōu e puritia ana e mātou.',
  'You open these pages with your certificate for signing in; there is no password. The browser asks which certificate to show: choose the one with your name.':
    'Ka tuwhera ēnei whārangi ki tō tiwhikete takiuru; kāore he kupuhipa. Ka pātai te pūtirotiro ko tēhea tiwhikete hei whakaatu: kōwhiria tērā me tō ingoa.',
  'These pages are not open at the moment. Try again later; in an emergency tell your sponsor or your service desk.':
    'Kāore ēnei whārangi e tuwhera ana ināianei. Whakamātauria anō ā muri ake; i te ohotata kōrero ki tō kaitautoko, ki tō tēpu āwhina rānei.',
  'It does not work any more, or you do not have it here': 'Kua kore e mahi, kāore rānei i a koe i konei',
  'Then nobody can tell that it is you. Your sponsor or your service desk helps: see <a class="govuk-link" href="/lost">Lost a file, a passphrase or a code?</a> or, in haste, <a class="govuk-link" href="/revoke">Report a lost key</a>.':
    'Nā, kāore e taea e tētahi te mōhio ko koe tēnā. Ka āwhina tō kaitautoko, tō tēpu āwhina rānei: tirohia <a class="govuk-link" href="/lost">Kua ngaro he kōnae, he kīanga huna, he waehere rānei?</a>, mehemea rānei he kōhukihuki, <a class="govuk-link" href="/revoke">Pūrongo kī ngaro</a>.',
  'Certificates that you can use': 'Ngā tiwhikete ka taea e koe te whakamahi',
  'None of your certificates is good today.': 'Kāore tētahi o ō tiwhikete e mana ana i tēnei rā.',
  'What we hold about you': 'Ngā mōhiohio mōu e puritia ana e mātou',
  'Certificates that are over': 'Ngā tiwhikete kua mutu',
  'The certificate is suspended. Nobody accepts it any more until an operator releases it.':
    'Kua whakatārewatia te tiwhikete. Kāore tētahi e whakaae ki a ia kia whakahokia rā anō e tētahi kaiwhakahaere.',
  'The certificate is revoked. In a minute nobody accepts it any more.':
    'Kua whakakorea te tiwhikete. I roto i te meneti kāore tētahi e whakaae ki a ia.',
  'Valid until {0}': 'E mana ana tae atu ki {0}',
  'You can renew it now.': 'Ka taea e koe te whakahou ināianei.',
  'Can be renewed from {0}': 'Ka taea te whakahou mai i {0}',
  'You opened this page with it.': 'I whakatuwherahia e koe tēnei whārangi mā tēnei.',
  Good: 'E pai ana',
  Expired: 'Kua mutu',
  'The file is being sealed by the log. Press the button again in a few seconds.':
    'E hīritia ana te kōnae e te rangitaki. Pēhia anō te pātene ā ngā hēkona ruarua.',
  'We never have your private keys for signing and signing in, your passphrases or your codes. Numbers of documents are not kept.':
    'Kāore rawa i a mātou ō kī tūmataiti mō te waitohu me te takiuru, ō kīanga huna, ō waehere rānei. Kāore ngā tau o ngā tuhinga e puritia.',
  "Something is wrong? Tell your agency's registration agent or service desk: they correct the record.":
    'Kei te hē tētahi mea? Kōrero ki te māngai rēhita, ki te tēpu āwhina rānei o tō umanga: mā rātou te mauhanga e whakatika.',
  'Download all of it as a file': 'Tikiakehia te katoa hei kōnae',
  'What is in the file': 'Kei roto i te kōnae',
  'Everything on this page in full, with your certificates, as JSON, and a proof that it is what the log has. It can be checked without us: <code class="see-lines">see audit verify-bundle FILE</code>. That you took it is in the log.':
    'Ngā mea katoa o tēnei whārangi, tae atu ki ō tiwhikete, hei JSON, me te tohu e ōrite ana ki tā te rangitaki. Ka taea te taki me te kore mātou: <code class="see-lines">see audit verify-bundle FILE</code>. Kei te rangitaki i tangohia e koe.',
  'Number at the agency': 'Tau i te umanga',
  'Number with us': 'Tau ki a mātou',
  'In the registry since': 'I te rēhita mai i',
  'Last confirmed': 'I whakaūngia whakamutunga',
  'To be confirmed again by': 'Me whakaū anō i mua i',
  'Your mailbox was proved': 'I whakaaturia tō pouaka mēra',
  'Mail to it comes back since': 'E hoki mai ana ngā mēra mai i',
  'What was seen to know that it is you': 'Ngā mea i kitea kia mōhiotia ko koe tēnā',
  What: 'He aha',
  'By whom issued': 'Nā wai i tuku',
  'Seen on': 'I kitea i te',
  Withdrawn: 'Kua unuhia',
  Counts: 'E whai mana ana',
  'No documents about you were recorded.': 'Kāore he tuhinga mōu i tuhia.',
  'Orders for you': 'Ngā tono māu',
  When: 'Āhea',
  'Nothing was ordered for you.': 'Kāore tētahi mea i tonoa māu.',
  'Mails to you': 'Ngā mēra ki a koe',
  Kind: 'Momo',
  'No mail was sent to you.': 'Kāore he mēra i tukuna ki a koe.',
  'Your sign-ins to the console': 'Ō takiurunga ki te papatohu',
  How: 'Me pēhea',
  'From where': 'Nō hea',
  'You have not signed in to the console.': 'Kāore anō koe kia takiuru ki te papatohu.',
  'What you did here': 'Āu mahi i konei',
  'Nothing that you did here is recorded.': 'Kāore he mahi nāu i konei i tuhia.',
};
