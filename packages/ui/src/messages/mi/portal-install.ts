import type { Catalogue } from '@see/language';

/** How a certificate is installed and tried out. Words on the screens of others are left in English. */
export const portalInstall: Catalogue = {
  'You need the .p12 file and its passphrase. Where do you want to use it?':
    'Me whai koe i te kōnae .p12 me tōna kīanga huna. Ka whakamahia e koe ki hea?',
  'Our root certificate': 'Tā mātou tiwhikete pūtake',
  'Managed devices trust our root already. On others, install the <a class="govuk-link" href="{0}/ca/root.cer">root certificate</a> only after you compared its fingerprint with the one on the <a class="govuk-link" href="/">start page</a> and on paper.':
    'Kei te whakawhirinaki kē ngā pūrere whakahaere ki tā mātou pūtake. I ērā atu, tāutahia te <a class="govuk-link" href="{0}/ca/root.cer">tiwhikete pūtake</a> i muri anake i tō whakatairite i tōna tapukara ki tērā i te <a class="govuk-link" href="/">whārangi tīmata</a> me te pepa.',
  'Install on {0}': 'Tāuta ki {0}',
  'Another device': 'Pūrere kē',
  'Is it there?': 'Kei reira?',
  'It says that the password is wrong': 'E kī ana kei te hē te kupuhipa',
  'Then delete the file from Downloads, and keep one copy with its passphrase in a safe place.':
    'Nā, mukua te kōnae i Downloads, ka pupuri i tētahi tārua me tōna kīanga huna ki te wāhi haumaru.',
  'Test whether it works': 'Whakamātauria mehemea e mahi ana',
  'Continue: test it': 'Haere tonu: whakamātauria',
  Windows: 'Windows',
  Mac: 'Mac',
  Android: 'Android',
  'Drawing: a folder with files; the file with the key symbol is selected.':
    'Tuhinga: he kōpaki me ngā kōnae; kua tīpakohia te kōnae me te tohu kī.',
  'Drawing: a window with two choices; the first one is selected and the button to go on is marked.':
    'Tuhinga: he matapihi me ngā kōwhiringa e rua; kua tīpakohia te tuatahi, kua tohua te pātene haere tonu.',
  'Drawing: a window with a field for the password; the button to go on is marked.':
    'Tuhinga: he matapihi me te āpure kupuhipa; kua tohua te pātene haere tonu.',
  'Drawing: a list of certificates; one of them is marked.': 'Tuhinga: he rārangi tiwhikete; kua tohua tētahi.',
  'Drawing: the settings of a telephone; one line is marked.':
    'Tuhinga: ngā tautuhinga o te waea; kua tohua tētahi rārangi.',
  'Drawing: a telephone that asks for the password.': 'Tuhinga: he waea e tono ana i te kupuhipa.',
  'Windows, in Edge, Chrome or Outlook': 'Windows, i Edge, Chrome, Outlook rānei',
  'Edge, Chrome and Outlook use the certificates of Windows.':
    'Ka whakamahi a Edge, Chrome me Outlook i ngā tiwhikete o Windows.',
  'Open the folder with the file, which is usually Downloads, and open the .p12 file with a double click. The Certificate Import Wizard starts.':
    'Whakatuwherahia te kōpaki o te kōnae, ko Downloads i te nuinga o te wā, ka pāwhiri rua i te kōnae .p12. Ka tīmata te “Certificate Import Wizard”.',
  'Leave “Current User” selected and choose “Next” twice.':
    'Waiho a “Current User” kia tīpakohia tonu, ka kōwhiri i “Next” kia rua ngā wā.',
  'Type or paste the passphrase with its dashes. Leave the boxes below it as they are, unless your service desk told you otherwise. Choose “Next”.':
    'Patohia, whakapiria rānei te kīanga huna me ngā tohu piko. Waiho ngā pouaka i raro, hāunga mehemea i kī kē tō tēpu āwhina. Kōwhiria “Next”.',
  'Leave “Automatically select the certificate store” selected, choose “Next”, then “Finish”.':
    'Waiho a “Automatically select the certificate store” kia tīpakohia tonu, kōwhiria “Next”, kātahi ko “Finish”.',
  'Close Edge, Chrome and Outlook, and open them again.': 'Katia a Edge, Chrome me Outlook, ka whakatuwhera anō.',
  'Press the Windows key, type “Manage user certificates”, open “Personal”, then “Certificates”: your name is in the list.':
    'Pēhia te pātuhi Windows, patohia “Manage user certificates”, whakatuwherahia “Personal”, kātahi ko “Certificates”: kei te rārangi tō ingoa.',
  'Windows 7, 8 and early versions of Windows 10 say that the password is incorrect. Use the form of the file for older systems.':
    'Ka kī a Windows 7, 8 me ngā putanga tōmua o Windows 10 kei te hē te kupuhipa. Whakamahia te momo kōnae mā ngā pūnaha tawhito ake.',
  'Safari, Chrome and Mail use the certificates of the keychain.':
    'Ka whakamahi a Safari, Chrome me Mail i ngā tiwhikete o te keychain.',
  'Open the .p12 file with a double click. Keychain Access starts.':
    'Pāwhiri ruatia te kōnae .p12. Ka tīmata a Keychain Access.',
  'When it asks for a keychain, choose “login”.': 'Ina tono keychain, kōwhiria “login”.',
  'Type or paste the passphrase with its dashes, then the password of your Mac when it asks for that.':
    'Patohia, whakapiria rānei te kīanga huna me ngā tohu piko, kātahi ko te kupuhipa o tō Mac ina tonoa.',
  'Close Safari, Chrome and Mail, and open them again.': 'Katia a Safari, Chrome me Mail, ka whakatuwhera anō.',
  'In Keychain Access open “My Certificates”: your name is in the list.':
    'I Keychain Access whakatuwherahia “My Certificates”: kei te rārangi tō ingoa.',
  '“Wrong password” mostly means that this version of macOS does not read the form of the file. Use the one for older systems, which has the same key and passphrase.':
    'Ko te tikanga o “Wrong password” i te nuinga o te wā, kāore tēnei putanga macOS e pānui i te momo o te kōnae. Whakamahia tērā mā ngā pūnaha tawhito ake, he ōrite te kī me te kīanga huna.',
  'iPhone and iPad': 'iPhone me iPad',
  'iPhone or iPad': 'iPhone, iPad rānei',
  'Safari and Mail use the certificates of the system.': 'Ka whakamahi a Safari me Mail i ngā tiwhikete o te pūnaha.',
  'Open the .p12 file in Files, where it is in Downloads. The message “Profile Downloaded” appears. On an iPad or with a watch it asks for the device first.':
    'Whakatuwherahia te kōnae .p12 i Files, kei Downloads. Ka puta te karere “Profile Downloaded”. I te iPad, mehemea rānei he mataaho, ka pātai i te tuatahi mō te pūrere.',
  'Open Settings. Near the top, tap “Profile Downloaded”, then “Install”.':
    'Whakatuwherahia a Settings. Kei te taha runga, pātōhia “Profile Downloaded”, kātahi ko “Install”.',
  'Enter the code of the device, then the passphrase with its dashes.':
    'Tāuruhia te waehere o te pūrere, kātahi ko te kīanga huna me ngā tohu piko.',
  'For signed mail: Settings, Apps, Mail, Mail Accounts, your account, Advanced; switch “Sign” on.':
    'Mō te mēra waitohu: Settings, Apps, Mail, Mail Accounts, tō pūkete, Advanced; whakakāngia “Sign”.',
  'Open Settings, General, VPN & Device Management: your certificate is in the list.':
    'Whakatuwherahia Settings, General, VPN & Device Management: kei te rārangi tō tiwhikete.',
  '“Wrong password” mostly means that this version of iOS does not read the form of the file. Use the one for older systems, which has the same key and passphrase.':
    'Ko te tikanga o “Wrong password” i te nuinga o te wā, kāore tēnei putanga iOS e pānui i te momo o te kōnae. Whakamahia tērā mā ngā pūnaha tawhito ake, he ōrite te kī me te kīanga huna.',
  'Chrome and mail programs use the certificates of the system.':
    'Ka whakamahi a Chrome me ngā papatono mēra i ngā tiwhikete o te pūnaha.',
  'Open Settings and search for “Install a certificate”.':
    'Whakatuwherahia Settings, ka rapu i “Install a certificate”.',
  'Choose “VPN & app user certificate” and select the .p12 file in Downloads.':
    'Kōwhiria “VPN & app user certificate”, ka tīpako i te kōnae .p12 i Downloads.',
  'Type the passphrase with its dashes, and give the certificate a name.':
    'Patohia te kīanga huna me ngā tohu piko, ka tapa ingoa ki te tiwhikete.',
  'Android may ask you to set a screen lock first. It does so to protect your key.':
    'Tērā pea ka tono a Android kia whakaritea he raka mata i te tuatahi. He tiaki tēnā i tō kī.',
  'Open Settings, Security, Encryption & credentials, User credentials: your certificate is in the list.':
    'Whakatuwherahia Settings, Security, Encryption & credentials, User credentials: kei te rārangi tō tiwhikete.',
  'Android 12 and older say that the password is wrong for the newer form of the file. Use the one for older systems.':
    'Ka kī a Android 12 me ngā mea tawhito ake kei te hē te kupuhipa o te momo kōnae hou ake. Whakamahia tērā mā ngā pūnaha tawhito ake.',
  'Firefox and Thunderbird': 'Firefox me Thunderbird',
  'Firefox or Thunderbird on a computer': 'Firefox, Thunderbird rānei i te rorohiko',
  'Both keep certificates of their own, apart from those of the system.':
    'He tiwhikete anō ā rāua tahi, wehe kē i ērā o te pūnaha.',
  'Open Settings, then “Privacy & Security”. At the bottom, under “Certificates”, choose “View Certificates”.':
    'Whakatuwherahia Settings, kātahi ko “Privacy & Security”. Kei raro rawa, i raro i “Certificates”, kōwhiria “View Certificates”.',
  'On the tab “Your Certificates” choose “Import” and select the .p12 file.':
    'I te ripa “Your Certificates” kōwhiria “Import”, ka tīpako i te kōnae .p12.',
  'Drawing: a window with tabs; the first tab and the button to import are marked.':
    'Tuhinga: he matapihi me ngā ripa; kua tohua te ripa tuatahi me te pātene kawemai.',
  'Type or paste the passphrase with its dashes.': 'Patohia, whakapiria rānei te kīanga huna me ngā tohu piko.',
  'For mail in Thunderbird: Account Settings, “End-To-End Encryption”, “S/MIME”; select your certificates for signing and for encryption.':
    'Mō te mēra i Thunderbird: Account Settings, “End-To-End Encryption”, “S/MIME”; tīpakohia ō tiwhikete mō te waitohu me te whakamuna.',
  'Your name is on the tab “Your Certificates”.': 'Kei te ripa “Your Certificates” tō ingoa.',
  'Check that you typed the dashes too. Very old versions need the form of the file for older systems.':
    'Tirohia i patohia hoki e koe ngā tohu piko. Me whai ngā putanga tawhito rawa i te momo kōnae mā ngā pūnaha tawhito ake.',
  'Other systems and the command line': 'Ētahi atu pūnaha me te rārangi tono',
  'Something else': 'He mea kē',
  'Chrome on Linux uses the NSS store in your home folder.':
    'Ka whakamahi a Chrome i Linux i te toa NSS i tō kōpaki kāinga.',
  'For Chrome: <code class="see-lines">pk12util -d sql:$HOME/.pki/nssdb -i user-auth.p12</code>':
    'Mō Chrome: <code class="see-lines">pk12util -d sql:$HOME/.pki/nssdb -i user-auth.p12</code>',
  'Drawing: a console window with a command.': 'Tuhinga: he matapihi papatohu me tētahi tono.',
  'For PEM files: <code class="see-lines">openssl pkcs12 -in user-auth.p12 -out user-auth.pem</code>':
    'Mō ngā kōnae PEM: <code class="see-lines">openssl pkcs12 -in user-auth.p12 -out user-auth.pem</code>',
  'For curl: <code class="see-lines">curl --cert user-auth.p12 --cert-type P12 --pass PASSPHRASE https://…</code>':
    'Mō curl: <code class="see-lines">curl --cert user-auth.p12 --cert-type P12 --pass PASSPHRASE https://…</code>',
  '<code class="see-lines">certutil -L -d sql:$HOME/.pki/nssdb</code> lists your name with <code>u,u,u</code>.':
    'Ka rārangi a <code class="see-lines">certutil -L -d sql:$HOME/.pki/nssdb</code> i tō ingoa me te <code>u,u,u</code>.',
  'Programs older than OpenSSL 1.1 need the form of the file for older systems.':
    'Me whai ngā papatono tawhito ake i OpenSSL 1.1 i te momo kōnae mā ngā pūnaha tawhito ake.',
  'The next page asks your browser for the certificate and greets you by name when it works.':
    'Ka tono te whārangi e whai ake nei i te tiwhikete i tō pūtirotiro, ka mihi ki a koe mā tō ingoa ina mahi.',
  'The browser shows the certificates that you have. Choose the one with your name and confirm.':
    'Ka whakaatu te pūtirotiro i ō tiwhikete. Kōwhiria tērā me tō ingoa, ka whakaū.',
  'Drawing: the browser asks which certificate to show; the first one is marked.':
    'Tuhinga: e pātai ana te pūtirotiro ko tēhea tiwhikete hei whakaatu; kua tohua te tuatahi.',
  'Test it now': 'Whakamātauria ināianei',
  'The test is not open at the moment. Your certificate is not affected; try again later.':
    'Kāore te whakamātau e tuwhera ana ināianei. Kāore he pānga ki tō tiwhikete; whakamātauria anō ā muri ake.',
  'The browser warns of the site, or asks for nothing':
    'Ka whakatūpato te pūtirotiro mō te pae, kāore rānei e tono i tētahi mea',
  'A warning means that this device does not trust our root certificate yet: see <a class="govuk-link" href="/install">Install a certificate</a>. When nothing is asked, the certificate is not installed in this browser; close all its windows, open it again and repeat.':
    'Ko te tikanga o te whakatūpato, kāore anō tēnei pūrere kia whakawhirinaki ki tā mātou tiwhikete pūtake: tirohia <a class="govuk-link" href="/install">Tāuta i tētahi tiwhikete</a>. Ina kore e tonoa tētahi mea, kāore te tiwhikete i tāutahia ki tēnei pūtirotiro; katia ōna matapihi katoa, whakatuwherahia anō, ka mahi anō.',
  'Continue without the test': 'Haere tonu me te kore e whakamātau',
  'Your certificate works': 'Kei te mahi tō tiwhikete',
  'Kia ora, {0}': 'Kia ora, {0}',
  Reference: 'Tohutoro',
  'Sign in to the console': 'Takiuru ki te papatohu',
};
