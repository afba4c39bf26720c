import { type HtmlValue, t } from '@see/language';
import { verbatim } from '../../verbatim.ts';

/** A thing to do: words, and what is typed or written for it. */
export interface SetupStep {
  readonly text: HtmlValue;
  /** Typed into a shell, or written into the file of this name. */
  readonly command?: string;
  readonly file?: string;
  /** What a command has to print. */
  readonly prints?: string;
}

export interface GatewaySetup {
  readonly lead: HtmlValue;
  readonly steps: readonly SetupStep[];
}

export interface SetupFacts {
  readonly portal: string;
  readonly va: string;
  /** SHA-256 of the root certificate, lower-case hex. */
  readonly rootFingerprint: string;
}

type Writer = (facts: SetupFacts) => GatewaySetup;

/** Where the steps put files on systems like Unix. */
export const SETUP_FOLDER = '/etc/ssl/see';

/** Colons between octets, as OpenSSL prints a fingerprint. */
function colons(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}

function trust({ va, rootFingerprint }: SetupFacts): SetupStep[] {
  return [
    {
      text: t`Fetch the root certificate and the chain, and compare the fingerprint with the one on paper. The last command must print the line below it.`,
      command: verbatim`curl -o see-root.cer ${va}/ca/root.cer
curl -o see-chain.pem ${va}/ca/chain.pem
openssl x509 -inform DER -in see-root.cer -out see-root.pem
openssl x509 -in see-root.pem -noout -fingerprint -sha256`,
      prints: `sha256 Fingerprint=${colons(rootFingerprint)}`,
    },
  ];
}

function fetched({ portal }: SetupFacts, name: string): SetupStep {
  return {
    text: t`Fetch your certificate with its chain, by the SHA-256 that stands on its page, and see that it goes with your key: the two last lines must be alike.`,
    command: verbatim`curl -o ${name}.pem ${portal}/gateways/certificates/SHA256/chain.pem
openssl verify -CAfile see-root.pem -untrusted see-chain.pem ${name}.pem
openssl x509 -in ${name}.pem -noout -pubkey | openssl sha256
openssl pkey -in ${name}.key -pubout | openssl sha256`,
  };
}

function packed(name: string): SetupStep {
  return {
    text: t`Put key and certificate into one file (PKCS#12). You are asked for a passphrase; remove the file when it is imported.`,
    command: verbatim`openssl pkcs12 -export -in ${name}.pem -inkey ${name}.key -name see-${name} -out ${name}.p12`,
  };
}

function members({ va }: SetupFacts): SetupStep {
  return {
    text: t`Fetch the encryption certificates of all members; do so every day, for instance by cron.`,
    command: verbatim`curl -o members.p7b ${va}/members.p7b
openssl pkcs7 -inform DER -in members.p7b -print_certs -noout`,
  };
}

/** Both certificates of a mail gateway, as PKCS#12. */
const gatewayFiles = (facts: SetupFacts): SetupStep[] => [
  ...trust(facts),
  fetched(facts, 'gateway-sign'),
  fetched(facts, 'gateway-encrypt'),
  packed('gateway-sign'),
  packed('gateway-encrypt'),
];

const postfixCiphermail: Writer = (facts) => ({
  lead: t`Postfix speaks TLS and hands mail to CipherMail, which signs and encrypts at the edge of your domain.`,
  steps: [
    ...gatewayFiles(facts),
    fetched(facts, 'server'),
    {
      text: t`Postfix: its server certificate, trust in our root, and CipherMail behind it.`,
      command: verbatim`postconf -e 'smtpd_tls_cert_file = ${SETUP_FOLDER}/server.pem'
postconf -e 'smtpd_tls_key_file = ${SETUP_FOLDER}/server.key'
postconf -e 'smtpd_tls_security_level = may'
postconf -e 'smtpd_tls_protocols = >=TLSv1.2'
postconf -e 'smtp_tls_CAfile = ${SETUP_FOLDER}/see-chain.pem'
postconf -e 'smtp_tls_security_level = may'
postconf -e 'content_filter = smtp:[127.0.0.1]:10025'
postfix check`,
    },
    {
      text: t`CipherMail: import see-root.pem as a root and see-chain.pem as intermediate certificates, then both PKCS#12 files as keys. Choose gateway-sign for the signing and gateway-encrypt for the decryption of your domain.`,
    },
    members(facts),
    { text: t`CipherMail: import members.p7b as certificates, and choose for each domain its own.` },
  ],
});

const seppmail: Writer = (facts) => ({
  lead: t`SEPPmail keeps roots, keys of managed domains and certificates of other domains in three places. Menus have other names in some versions.`,
  steps: [
    ...gatewayFiles(facts),
    { text: t`X.509 root certificates: import see-root.pem and see-chain.pem, and mark the root as trusted.` },
    {
      text: t`Your managed domain, S/MIME domain encryption: import gateway-encrypt.p12 to decrypt and gateway-sign.p12 to sign.`,
    },
    members(facts),
    { text: t`Domain certificates: import members.p7b. Each certificate is for the domain of the address in it.` },
    {
      text: t`Revocation: SEPPmail asks the OCSP address in each certificate. Let it reach ${facts.va} through your firewall.`,
    },
  ],
});

const exchange: Writer = (facts) => ({
  lead: t`Exchange uses a server certificate for TLS between mail servers; Outlook does S/MIME for people. Type the commands of Windows into an administrator’s PowerShell.`,
  steps: [
    ...trust(facts),
    fetched(facts, 'server'),
    packed('server'),
    {
      text: t`On Windows: trust the root, add the issuing CAs, import the certificate.`,
      file: verbatim`PowerShell`,
      command: verbatim`foreach ($ca in 'gateway', 'individual', 'tls') { Invoke-WebRequest ${facts.va}/ca/$ca.cer -OutFile $ca.cer }
Import-Certificate -FilePath see-root.cer -CertStoreLocation Cert:\LocalMachine\Root
foreach ($ca in 'gateway', 'individual', 'tls') { Import-Certificate -FilePath "$ca.cer" -CertStoreLocation Cert:\LocalMachine\CA }
Import-PfxCertificate -FilePath server.p12 -CertStoreLocation Cert:\LocalMachine\My -Password (Read-Host -AsSecureString)`,
    },
    {
      text: t`Windows knows a certificate by its SHA-1 without colons:`,
      command: verbatim`openssl x509 -in server.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/://g'`,
    },
    {
      text: t`Use it for SMTP:`,
      file: verbatim`Exchange Management Shell`,
      command: verbatim`Enable-ExchangeCertificate -Thumbprint THUMBPRINT -Services SMTP`,
    },
    {
      text: t`Let Outlook on the web check the certificates of people:`,
      file: verbatim`Exchange Management Shell`,
      command: verbatim`Get-ChildItem Cert:\LocalMachine\CA, Cert:\LocalMachine\Root | Where-Object Subject -like '*SEE*' | Export-Certificate -Type SST -FilePath see.sst
Set-SmimeConfig -SMIMECertificateIssuingCA ([System.IO.File]::ReadAllBytes("$PWD\see.sst"))`,
    },
  ],
});

const mailmarshal: Writer = (facts) => ({
  lead: t`For MailMarshal and any other gateway that takes keys as PKCS#12 and certificates as PKCS#7.`,
  steps: [
    ...gatewayFiles(facts),
    { text: t`Import see-root.cer as a trusted root and see-chain.pem as intermediate authorities.` },
    {
      text: t`Import gateway-sign.p12 as the key that signs mail of your domain, and gateway-encrypt.p12 as the one that decrypts it.`,
    },
    members(facts),
    { text: t`Import members.p7b as certificates of other domains.` },
    {
      text: t`Revocation: give these addresses if your gateway asks for them.`,
      file: verbatim`OCSP, CRL`,
      command: verbatim`${facts.va}/ocsp
${facts.va}/crl/gateway.crl`,
    },
  ],
});

const nginx: Writer = (facts) => ({
  lead: t`A web server with a certificate of ours that staples OCSP answers, and lets people in by their certificates where you want that.`,
  steps: [
    ...trust(facts),
    fetched(facts, 'server'),
    {
      text: t`The server:`,
      file: verbatim`/etc/nginx/conf.d/see.conf`,
      command: verbatim`server {
    listen 443 ssl;
    server_name www.agency.govt.nz;
    ssl_certificate ${SETUP_FOLDER}/server.pem;
    ssl_certificate_key ${SETUP_FOLDER}/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_trusted_certificate ${SETUP_FOLDER}/see-chain.pem;
    ssl_stapling on;
    ssl_stapling_verify on;

    # People with certificates of ours; leave this out if you do not need it.
    ssl_client_certificate ${SETUP_FOLDER}/see-chain.pem;
    ssl_verify_client optional;
    ssl_verify_depth 2;
    ssl_ocsp on;
}`,
    },
    { text: t`Check and load it:`, command: verbatim`nginx -t && nginx -s reload` },
  ],
});

const apache: Writer = (facts) => ({
  lead: t`A web server with a certificate of ours that staples OCSP answers, and lets people in by their certificates where you want that.`,
  steps: [
    ...trust(facts),
    fetched(facts, 'server'),
    {
      text: t`The server:`,
      file: verbatim`/etc/apache2/sites-available/see.conf`,
      command: verbatim`SSLUseStapling on
SSLStaplingCache "shmcb:/var/run/apache2/stapling(128000)"
<VirtualHost *:443>
    ServerName www.agency.govt.nz
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCertificateFile ${SETUP_FOLDER}/server.pem
    SSLCertificateKeyFile ${SETUP_FOLDER}/server.key

    # People with certificates of ours; leave this out if you do not need it.
    SSLCACertificateFile ${SETUP_FOLDER}/see-chain.pem
    SSLVerifyClient optional
    SSLVerifyDepth 2
    SSLOCSPEnable leaf
</VirtualHost>`,
    },
    {
      text: t`Check and load it:`,
      command: verbatim`a2enmod ssl socache_shmcb && a2ensite see && apachectl -t && apachectl graceful`,
    },
  ],
});

const haproxy: Writer = (facts) => ({
  lead: t`A load balancer that ends TLS with a certificate of ours.`,
  steps: [
    ...trust(facts),
    fetched(facts, 'server'),
    {
      text: t`HAProxy wants certificate, chain and key in one file, which nobody else may read.`,
      command: verbatim`cat server.pem server.key > server-with-key.pem
chmod 600 server-with-key.pem`,
    },
    {
      text: t`The server:`,
      file: verbatim`/etc/haproxy/haproxy.cfg`,
      command: verbatim`frontend see
    mode http
    timeout client 30s
    bind :443 ssl crt ${SETUP_FOLDER}/server-with-key.pem ssl-min-ver TLSv1.2 ca-file ${SETUP_FOLDER}/see-chain.pem verify optional
    default_backend application
backend application
    mode http
    timeout connect 5s
    timeout server 30s
    server one 127.0.0.1:8080`,
    },
    {
      text: t`Check and load it:`,
      command: verbatim`haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl reload haproxy`,
    },
  ],
});

const java: Writer = (facts) => ({
  lead: t`A Java program that trusts our root, and has a certificate of its own.`,
  steps: [
    ...trust(facts),
    {
      text: t`A trust store with our root. The second command shows the fingerprint again.`,
      command: verbatim`keytool -importcert -noprompt -alias see-root -file see-root.cer -keystore see-trust.p12 -storetype PKCS12
keytool -list -alias see-root -keystore see-trust.p12`,
      prints: colons(facts.rootFingerprint),
    },
    fetched(facts, 'server'),
    packed('server'),
    {
      text: t`Start the program with both, and with revocation switched on:`,
      file: verbatim`java`,
      command: verbatim`java -Djavax.net.ssl.trustStore=${SETUP_FOLDER}/see-trust.p12 -Djavax.net.ssl.keyStore=${SETUP_FOLDER}/server.p12 \
  -Dcom.sun.net.ssl.checkRevocation=true -Djava.security.properties=ocsp.properties -jar application.jar`,
    },
    {
      text: t`and this line in the file that it names:`,
      file: verbatim`ocsp.properties`,
      command: verbatim`ocsp.enable=true`,
    },
  ],
});

/** The products that have a page, in the order of the list. Names of products are the same in every language. */
export const GATEWAY_PRODUCTS = [
  { id: 'postfix-ciphermail', name: verbatim`Postfix + CipherMail`, write: postfixCiphermail },
  { id: 'seppmail', name: verbatim`SEPPmail`, write: seppmail },
  { id: 'exchange', name: verbatim`Exchange`, write: exchange },
  { id: 'mailmarshal', name: verbatim`MailMarshal`, write: mailmarshal },
  { id: 'nginx', name: verbatim`nginx`, write: nginx },
  { id: 'apache', name: verbatim`Apache`, write: apache },
  { id: 'haproxy', name: verbatim`HAProxy`, write: haproxy },
  { id: 'java', name: verbatim`Java`, write: java },
] as const;
