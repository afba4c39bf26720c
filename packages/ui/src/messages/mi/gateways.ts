import type { Catalogue } from '@see/language';

/** Pages for those who run mail gateways and servers. */
export const gateways: Catalogue = {
  'Error: check a request': 'Hapa: tirohia tētahi tono',
  'Check a request': 'Tirohia tētahi tono',
  'Mail gateways and servers': 'Ngā kūaha mēra me ngā tūmau',
  'Give us a certificate request (CSR) and read what we would take of it, what we ignore and what is wrong. Nothing is stored.':
    'Homai tētahi tono tiwhikete (CSR), ka pānui ai i ngā mea ka tangohia e mātou, ngā mea ka waiho, me ngā mea hē. Kāore he mea e rokiroki.',
  'Check another one': 'Tirohia tētahi atu',
  'The file': 'Te kōnae',
  'PEM or DER, as your gateway or OpenSSL wrote it, up to 300 kB. Never the private key.':
    'PEM, DER rānei, pērā i tā tō kūaha mēra, i tā OpenSSL rānei i tuhi ai, kia 300 kB te nui rawa. Kaua rawa te kī tūmataiti.',
  'Or its text': 'Tōna kupu rānei',
  'From this line to the end:': 'Mai i tēnei rārangi ki te mutunga:',
  'What it is for': 'He aha te take',
  'I do not know yet': 'Kāore anō au kia mōhio',
  Check: 'Tirohia',
  'We would take this request': 'Ka tangohia e mātou tēnei tono',
  'We would not take this request': 'Kāore mātou e tango i tēnei tono',
  Good: 'E pai ana',
  'Not good': 'Kāore i te pai',
  'What we take': 'Ngā mea ka tangohia',
  Key: 'Kī',
  'Proof that you have the private key': 'Te tohu kei a koe te kī tūmataiti',
  holds: 'e tika ana',
  'SHA-256 of the key': 'SHA-256 o te kī',
  'What we ignore': 'Ngā mea ka waiho',
  'There is nothing else in it.': 'Kāore he mea kē atu kei roto.',
  'Next: your agency’s registration agent orders with this file. See <a class="govuk-link" href="/gateways">Mail gateways and servers</a>, step 3.':
    'Ka whai ake: ka tono te māngai rēhita o tō umanga mā tēnei kōnae. Tirohia <a class="govuk-link" href="/gateways">Ngā kūaha mēra me ngā tūmau</a>, hipanga 3.',
  'What is wrong': 'He aha te hē',
  'rule {0}': 'ture {0}',
  'How to make a right one': 'Me pēhea te hanga i tētahi tika',
  'The signature does not show that you have the private key.':
    'Kāore te waitohu e whakaatu kei a koe te kī tūmataiti.',
  'The request is signed in a way that is too weak.': 'He ngoikore rawa te āhua o te waitohu i te tono.',
  'This key is known to others, or was lost. Make a new one.':
    'E mōhiotia ana tēnei kī e ētahi atu, kua ngaro rānei. Hangaia he kī hou.',
  'This is not a well-formed request.': 'Ehara tēnei i te tono i hanga tikahia.',
  'We cannot read a request in what you gave us.': 'Kāore e taea te pānui he tono i roto i tāu i homai ai.',
  'The key is not one that we certify.': 'Ehara tēnei i te kī ka whakatūturuhia e mātou.',
  What: 'He aha',
  'In the request': 'Kei te tono',
  Why: 'He aha ai',
  'and {0} more': 'me ētahi atu e {0}',
  Subject: 'Ingoa o te kaipupuri',
  'Alternative names': 'Ingoa kē',
  'Challenge password': 'Kupuhipa wero',
  'Extension {0}': 'Toronga {0}',
  'is there': 'kei reira',
  critical: 'hira',
  'not critical': 'kāore i te hira',
  '{0} characters': '{0} pūāhua',
  'It is not used, and not stored.': 'Kāore e whakamahia, kāore e rokiroki.',
  'Extensions come from the profile.': 'Nō te kōtaha ngā toronga.',
  'Names come from the register of agencies, never from a request.':
    'Nō te rēhita o ngā umanga ngā ingoa, kaua rawa nō te tono.',
  'since {0}': 'mai i te {0}',
  'Nobody encrypts to it yet. Say that the new key is in use on your gateway: see cert confirm.':
    'Kāore anō kia whakamunatia he mēra ki a ia. Kīia mai kei te whakamahia te kī hou i tō kūaha mēra: see cert confirm.',
  Profile: 'Kōtaha',
  Agency: 'Umanga',
  Names: 'Ngā ingoa',
  Valid: 'E whai mana ana',
  'from {0} until {1}': 'mai i te {0} tae atu ki te {1}',
  'Serial number': 'Tau rangatū',
  Download: 'Tikiake',
  'the certificate alone': 'ko te tiwhikete anake',
  'the certificate alone, for Windows and Java': 'ko te tiwhikete anake, mō Windows me Java',
  'PEM with its chain': 'PEM me tōna mekameka',
  'up to the root; what servers want': 'tae atu ki te pūtake; ko tā ngā tūmau e hiahia ai',
  'with its chain, for mail gateways': 'me tōna mekameka, mō ngā kūaha mēra',
  Renewal: 'Whakahou',
  '<a class="govuk-link" href="/api/v1/certificates/{0}/renewal.ics">The days for your calendar</a>. How to renew: <a class="govuk-link" href="/gateways">Mail gateways and servers</a>.':
    '<a class="govuk-link" href="/api/v1/certificates/{0}/renewal.ics">Ngā rā mō tō maramataka</a>. Me pēhea te whakahou: <a class="govuk-link" href="/gateways">Ngā kūaha mēra me ngā tūmau</a>.',
  'This certificate': 'Tēnei tiwhikete',
  'Time to renew': 'Te wā whakahou',
  'The one that takes its place': 'Te mea ka riwhi',
  'Both are good': 'E pai ana ngā mea e rua',
  'The certificate that takes its place': 'Te tiwhikete ka riwhi',
  'This certificate is revoked: nobody accepts it any more.':
    'Kua whakakorea tēnei tiwhikete: kāore tētahi e whakaae ki a ia ināianei.',
  'This certificate has ended.': 'Kua mutu tēnei tiwhikete.',
  'It was renewed. Both certificates are good until {0}: put the new one into use before that day.':
    'Kua whakahoutia. E pai ana ngā tiwhikete e rua tae atu ki te {0}: whakamahia te mea hou i mua i taua rā.',
  'It ends {0} and is not renewed by itself: order another one in time.':
    'Ka mutu {0}, ā, kāore e whakahou aunoa: tonoa tētahi atu i te wā tika.',
  'It can be renewed from {0}, {1}, and ends on {2}.': 'Ka taea te whakahou mai i te {0}, {1}, ā, ka mutu i te {2}.',
  'It can be renewed now, and ends {0}, on {1}.': 'Ka taea te whakahou ināianei, ā, ka mutu {0}, i te {1}.',
  'The upright line is today.': 'Ko te rārangi tū te rā nei.',
  'The same as days': 'He ōrite, hei rā',
  From: 'Mai i',
  Until: 'Tae atu ki',
  'Your order': 'Tō tono',
  'What for': 'Mō te aha',
  Ordered: 'I tonoa',
  Approvals: 'Ngā whakaaetanga',
  '{0} of {1}': '{0} o te {1}',
  Reference: 'Tohutoro',
  'Keep the address of this page: it is how you come back, and whoever has it sees what you see. It names no person, agency or host before the certificates are there.':
    'Tiakina te wāhitau o tēnei whārangi: koinā te ara hoki mai, ā, ka kite te tangata kei a ia taua wāhitau i tāu e kite nei. Kāore e whakaingoa i te tangata, i te umanga, i te tūmau rānei i mua i te taenga o ngā tiwhikete.',
  'It waits for operators: {0} more have to approve it, before {1}. Load this page again to see.':
    'E tatari ana ki ngā kaiwhakahaere: kia {0} atu anō e whakaae, i mua i te {1}. Utaina anō tēnei whārangi kia kite.',
  'It is approved, and the certificates are being made. Load this page again in a moment.':
    'Kua whakaaetia, ā, kei te hangaia ngā tiwhikete. Utaina anō tēnei whārangi ā kō ake nei.',
  'The certificates are there. Fetch them and set up your gateway.':
    'Kua tae mai ngā tiwhikete. Tīkina, ka whakarite ai i tō kūaha mēra.',
  'An operator rejected it. Your registration agent can see why.':
    'I whakahētia e tētahi kaiwhakahaere. Ka kite tō māngai rēhita he aha ai.',
  'The signer refused it. Your registration agent can see why.':
    'I whakahētia e te kaiwaitohu. Ka kite tō māngai rēhita he aha ai.',
  'It was withdrawn. Ask your registration agent.': 'I tangohia. Pātai atu ki tō māngai rēhita.',
  'Nobody approved it in time. Have it ordered again.': 'Kāore tētahi i whakaae i te wā tika. Me tono anō.',
  'It is being prepared.': 'Kei te whakaritea.',
  'Set up {0}': 'Whakaritea {0}',
  'Work in a folder that only you and the program can read, like <span class="see-serial">{0}</span>, with the key that you made for the request in it. Write the SHA-256 of your certificate in place of SHA256.':
    'Mahi i roto i tētahi kōpaki ka taea te pānui e kōrua anake ko te pūmanawa, pērā i <span class="see-serial">{0}</span>, me te kī i hangaia e koe mō te tono kei roto. Tuhia te SHA-256 o tō tiwhikete hei riwhi i SHA256.',
  'Fetch the root certificate and the chain, and compare the fingerprint with the one on paper. The last command must print the line below it.':
    'Tīkina te tiwhikete pūtake me te mekameka, ka whakataurite ai i te tapukara ki tērā kei te pepa. Me tā e te whakahau whakamutunga te rārangi o raro iho.',
  'Fetch your certificate with its chain, by the SHA-256 that stands on its page, and see that it goes with your key: the two last lines must be alike.':
    'Tīkina tō tiwhikete me tōna mekameka, mā te SHA-256 kei tōna whārangi, ka tiro ai e hāngai ana ki tō kī: me ōrite ngā rārangi whakamutunga e rua.',
  'Put key and certificate into one file (PKCS#12). You are asked for a passphrase; remove the file when it is imported.':
    'Whakakotahihia te kī me te tiwhikete ki tētahi kōnae (PKCS#12). Ka pātaihia koe mō tētahi kīanga huna; mukua te kōnae i muri i te kawemai.',
  'Fetch the encryption certificates of all members; do so every day, for instance by cron.':
    'Tīkina ngā tiwhikete whakamuna o ngā mema katoa; mahia ia rā, hei tauira mā cron.',
  'Postfix speaks TLS and hands mail to CipherMail, which signs and encrypts at the edge of your domain.':
    'Ka kōrero a Postfix i te TLS, ka tuku mēra ki a CipherMail, ka waitohu, ka whakamuna hoki i te tapa o tō rohe.',
  'Postfix: its server certificate, trust in our root, and CipherMail behind it.':
    'Postfix: tōna tiwhikete tūmau, te whakapono ki tō mātou pūtake, me CipherMail kei muri.',
  'CipherMail: import see-root.pem as a root and see-chain.pem as intermediate certificates, then both PKCS#12 files as keys. Choose gateway-sign for the signing and gateway-encrypt for the decryption of your domain.':
    'CipherMail: kawemaihia a see-root.pem hei pūtake me see-chain.pem hei tiwhikete waenga, kātahi ngā kōnae PKCS#12 e rua hei kī. Kōwhiria a gateway-sign mō te waitohu me gateway-encrypt mō te wetemuna o tō rohe.',
  'CipherMail: import members.p7b as certificates, and choose for each domain its own.':
    'CipherMail: kawemaihia a members.p7b hei tiwhikete, ka kōwhiri ai mō ia rohe tōna ake.',
  'SEPPmail keeps roots, keys of managed domains and certificates of other domains in three places. Menus have other names in some versions.':
    'E toru ngā wāhi kei SEPPmail mō ngā pūtake, ngā kī o ngā rohe whakahaere me ngā tiwhikete o ētahi atu rohe. He ingoa kē ō ngā rārangi kōwhiringa i ētahi putanga.',
  'X.509 root certificates: import see-root.pem and see-chain.pem, and mark the root as trusted.':
    'Ngā tiwhikete pūtake X.509: kawemaihia a see-root.pem me see-chain.pem, ka tohu ai i te pūtake he pono.',
  'Your managed domain, S/MIME domain encryption: import gateway-encrypt.p12 to decrypt and gateway-sign.p12 to sign.':
    'Tō rohe whakahaere, whakamuna rohe S/MIME: kawemaihia a gateway-encrypt.p12 hei wetemuna me gateway-sign.p12 hei waitohu.',
  'Domain certificates: import members.p7b. Each certificate is for the domain of the address in it.':
    'Ngā tiwhikete rohe: kawemaihia a members.p7b. Mō te rohe o te wāhitau kei roto ia tiwhikete.',
  'Revocation: SEPPmail asks the OCSP address in each certificate. Let it reach {0} through your firewall.':
    'Whakakorenga: ka pātai a SEPPmail ki te wāhitau OCSP kei ia tiwhikete. Tukua kia tae ki {0} mā tō pātūahi.',
  'Exchange uses a server certificate for TLS between mail servers; Outlook does S/MIME for people. Type the commands of Windows into an administrator’s PowerShell.':
    'Ka whakamahi a Exchange i tētahi tiwhikete tūmau mō te TLS i waenga i ngā tūmau mēra; mā Outlook te S/MIME mō te tangata. Patohia ngā whakahau o Windows ki te PowerShell a te kaiwhakarite.',
  'On Windows: trust the root, add the issuing CAs, import the certificate.':
    'I Windows: whakaponohia te pūtake, tāpirihia ngā CA tuku, kawemaihia te tiwhikete.',
  'Windows knows a certificate by its SHA-1 without colons:':
    'E mōhio ana a Windows ki tētahi tiwhikete mā tōna SHA-1, kāore he irarua:',
  'Use it for SMTP:': 'Whakamahia mō SMTP:',
  'Let Outlook on the web check the certificates of people:':
    'Tukua a Outlook i te tukutuku kia taki i ngā tiwhikete a te tangata:',
  'For MailMarshal and any other gateway that takes keys as PKCS#12 and certificates as PKCS#7.':
    'Mō MailMarshal me ētahi atu kūaha mēra ka tango i ngā kī hei PKCS#12 me ngā tiwhikete hei PKCS#7.',
  'Import see-root.cer as a trusted root and see-chain.pem as intermediate authorities.':
    'Kawemaihia a see-root.cer hei pūtake pono me see-chain.pem hei mana waenga.',
  'Import gateway-sign.p12 as the key that signs mail of your domain, and gateway-encrypt.p12 as the one that decrypts it.':
    'Kawemaihia a gateway-sign.p12 hei kī waitohu i ngā mēra o tō rohe, me gateway-encrypt.p12 hei kī wetemuna.',
  'Import members.p7b as certificates of other domains.': 'Kawemaihia a members.p7b hei tiwhikete o ētahi atu rohe.',
  'Revocation: give these addresses if your gateway asks for them.':
    'Whakakorenga: hoatu ēnei wāhitau mehemea ka pātaihia e tō kūaha mēra.',
  'A web server with a certificate of ours that staples OCSP answers, and lets people in by their certificates where you want that.':
    'He tūmau tukutuku me tētahi tiwhikete nā mātou ka āpiti i ngā whakautu OCSP, ka tuku hoki i te tangata kia uru mā tāna tiwhikete ki te hiahia koe.',
  'The server:': 'Te tūmau:',
  'Check and load it:': 'Tirohia, ka uta ai:',
  'A load balancer that ends TLS with a certificate of ours.':
    'He taurite uta ka whakamutu i te TLS mā tētahi tiwhikete nā mātou.',
  'HAProxy wants certificate, chain and key in one file, which nobody else may read.':
    'E hiahia ana a HAProxy kia kotahi te kōnae mō te tiwhikete, te mekameka me te kī, ā, kaua e pānuihia e tētahi atu.',
  'A Java program that trusts our root, and has a certificate of its own.':
    'He pūmanawa Java e whakapono ana ki tō mātou pūtake, he tiwhikete anō tōna.',
  'A trust store with our root. The second command shows the fingerprint again.':
    'He pātaka whakapono me tō mātou pūtake. Ka whakaatu anō te whakahau tuarua i te tapukara.',
  'Start the program with both, and with revocation switched on:':
    'Tīmatahia te pūmanawa me ngā mea e rua, me te whakakorenga kua whakakāngia:',
  'and this line in the file that it names:': 'me tēnei rārangi i te kōnae e whakaingoatia ana:',
  'You make the keys on your gateway and send us requests (PKCS#10). Your agency’s registration agent orders, two operators approve, and the certificates are there.':
    'Ka hangaia e koe ngā kī i tō kūaha mēra, ka tuku tono mai (PKCS#10). Ka tono te māngai rēhita o tō umanga, ka whakaae ngā kaiwhakahaere tokorua, kua tae ngā tiwhikete.',
  '1. Make two keys and two requests': '1. Hangaia ngā kī e rua me ngā tono e rua',
  'One key signs, the other decrypts: never the same.':
    'Ka waitohu tētahi kī, ka wetemuna tētahi: kaua rawa kia kotahi.',
  'We take the public key and the proof that you have the private one. Names in a request are ignored: they come from the register of agencies, so you need not fill them in.':
    'Ka tangohia e mātou te kī tūmatanui me te tohu kei a koe te kī tūmataiti. Ka waiho ngā ingoa kei te tono: nō te rēhita o ngā umanga kē, nō reira kāore he take o te whakakī.',
  '2. Check them before you send them': '2. Tirohia i mua i te tuku',
  '<a class="govuk-link" href="/gateways/check">Check a request</a>: what we would take, what we ignore, and every rule that it breaks. Nothing is stored.':
    '<a class="govuk-link" href="/gateways/check">Tirohia tētahi tono</a>: ngā mea ka tangohia, ngā mea ka waiho, me ngā ture katoa ka takahia. Kāore he mea e rokiroki.',
  'From a command line': 'Mai i te rārangi whakahau',
  '3. Have them ordered': '3. Whakahaua te tono',
  'The registration agent of your agency orders with the files, for one mail domain:':
    'Ka tono te māngai rēhita o tō umanga mā ngā kōnae, mō te rohe mēra kotahi:',
  'They can give you the address of the order, with which you see how far it is: <span class="see-serial">{0}/gateways/orders/…</span>':
    'Ka taea e rātou te hoatu te wāhitau o te tono, e kite ai koe i tōna ahunga: <span class="see-serial">{0}/gateways/orders/…</span>',
  '4. Fetch the certificates and set up your gateway': '4. Tīkina ngā tiwhikete, whakaritea tō kūaha mēra',
  'The page of the order leads to each certificate as PEM, DER, PKCS#7 and with its whole chain. Then follow the steps for your product; they have the addresses and fingerprints of this instance in them.':
    'Mā te whārangi o te tono ka tae ki ia tiwhikete hei PEM, DER, PKCS#7, me tōna mekameka katoa. Kātahi ka whai i ngā hipanga mō tō hua; kei roto ngā wāhitau me ngā tapukara o tēnei pūnaha.',
  'To whom you can encrypt': 'Ki a wai e taea ai te whakamuna',
  'The encryption certificates of the gateways of all members, each good now, made new every quarter of a minute. Above each certificate of the PEM file stand its agency, its domain and its fingerprint.':
    'Ngā tiwhikete whakamuna o ngā kūaha mēra o ngā mema katoa, e pai ana ia mea ināianei, ka hangaia anō ia hauwhā meneti. Kei runga ake i ia tiwhikete o te kōnae PEM tōna umanga, tōna rohe me tōna tapukara.',
  '(members, domains and dates for programs; signed in <span class="see-serial">members.json.jws</span>)':
    '(ngā mema, ngā rohe me ngā rā mā ngā pūmanawa; kua waitohua i <span class="see-serial">members.json.jws</span>)',
  'Renew before they end': 'Whakahoutia i mua i te mutunga',
  'In the last 30 days the old key asks for the new certificate; no token is needed. Make a new key and request as in step 1, then:':
    'I ngā rā whakamutunga e 30, mā te kī tawhito e tono te tiwhikete hou; kāore he tokena e hiahiatia. Hangaia he kī hou me te tono pērā i te hipanga 1, kātahi:',
  'For the encryption certificate the signing key signs both, the old certificate and the new request: <span class="see-serial">cat gateway-encrypt.pem new-encrypt.csr</span> in place of the request. Your sponsor agrees, two operators approve; then the same curl command answers with the certificate. The old one stays good until its end.':
    'Mō te tiwhikete whakamuna, ka waitohua e te kī waitohu ngā mea e rua, te tiwhikete tawhito me te tono hou: <span class="see-serial">cat gateway-encrypt.pem new-encrypt.csr</span> hei riwhi i te tono. Ka whakaae tō kaitautoko, ka whakaae ngā kaiwhakahaere tokorua; kātahi ka whakahoki taua whakahau curl anō i te tiwhikete. Ka pai tonu te mea tawhito tae noa ki tōna mutunga.',
  'Once the new encryption key is in use on your gateway, say so: only then do others encrypt to it.':
    'Kia whakamahia te kī whakamuna hou i tō kūaha mēra, kīia mai: ā reira anake ka whakamuna ētahi atu ki a ia.',
  'The page of a certificate shows its days on a time line, and has them for your calendar.':
    'Ka whakaatu te whārangi o tētahi tiwhikete i ōna rā ki tētahi rārangi wā, kei reira hoki mō tō maramataka.',
  'Addresses that your gateway needs': 'Ngā wāhitau e hiahiatia ana e tō kūaha mēra',
  'OCSP:': 'OCSP:',
  'Revocation lists:': 'Ngā rārangi whakakore:',
  'Chain:': 'Mekameka:',
  'To sign, and for servers: a key on the curve P-384.': 'Hei waitohu, mō ngā tūmau hoki: he kī i te ānau P-384.',
  'To decrypt mail: RSA with 3072 bits, which most gateways need.':
    'Hei wetemuna mēra: RSA e 3072 ōna moka, e hiahiatia ana e te nuinga o ngā kūaha mēra.',
  'Choose a file, or paste its text.': 'Kōwhiria he kōnae, whakapiri rānei i tōna kupu.',
  'This is a private key. Keep it to yourself: we take the request only. If it is in use already, make a new one.':
    'He kī tūmataiti tēnei. Puritia māu anake: ko te tono anake tā mātou e tango ai. Mehemea kei te whakamahia kētia, hangaia he kī hou.',
};
