import { type SafeHtml, t } from '@see/language';
import {
  choicePicture,
  consolePicture,
  folderPicture,
  listPicture,
  type Picture,
  passphrasePicture,
  settingsPicture,
  tabsPicture,
  telephonePassphrasePicture,
} from './pictures.ts';

export const INSTALL_DEVICES = ['windows', 'mac', 'iphone', 'android', 'firefox', 'linux'] as const;
export type InstallDevice = (typeof INSTALL_DEVICES)[number];

/** One thing to do, and what the screen looks like then. */
export interface InstallStep {
  readonly text: SafeHtml;
  readonly picture?: SafeHtml;
}

export interface InstallGuide {
  readonly title: SafeHtml;
  /** The device as an answer to "where will you use it?". */
  readonly choice: SafeHtml;
  readonly summary: SafeHtml;
  readonly steps: readonly InstallStep[];
  /** How to see that it is there. */
  readonly check: InstallStep;
  /** What "wrong password" means there. */
  readonly wrong: SafeHtml;
}

const step = (text: SafeHtml, picture?: Picture, alt?: SafeHtml): InstallStep =>
  picture && alt ? { text, picture: picture(alt) } : { text };

const FOLDER = t`Drawing: a folder with files; the file with the key symbol is selected.`;
const WIZARD = t`Drawing: a window with two choices; the first one is selected and the button to go on is marked.`;
const PASSPHRASE = t`Drawing: a window with a field for the password; the button to go on is marked.`;
const LIST = t`Drawing: a list of certificates; one of them is marked.`;
const SETTINGS = t`Drawing: the settings of a telephone; one line is marked.`;
const TELEPHONE = t`Drawing: a telephone that asks for the password.`;

const GUIDES: Readonly<Record<InstallDevice, InstallGuide>> = {
  windows: {
    title: t`Windows`,
    choice: t`Windows, in Edge, Chrome or Outlook`,
    summary: t`Edge, Chrome and Outlook use the certificates of Windows.`,
    steps: [
      step(
        t`Open the folder with the file, which is usually Downloads, and open the .p12 file with a double click. The Certificate Import Wizard starts.`,
        folderPicture,
        FOLDER,
      ),
      step(t`Leave “Current User” selected and choose “Next” twice.`, choicePicture, WIZARD),
      step(
        t`Type or paste the passphrase with its dashes. Leave the boxes below it as they are, unless your service desk told you otherwise. Choose “Next”.`,
        passphrasePicture,
        PASSPHRASE,
      ),
      step(t`Leave “Automatically select the certificate store” selected, choose “Next”, then “Finish”.`),
      step(t`Close Edge, Chrome and Outlook, and open them again.`),
    ],
    check: step(
      t`Press the Windows key, type “Manage user certificates”, open “Personal”, then “Certificates”: your name is in the list.`,
      listPicture,
      LIST,
    ),
    wrong: t`Windows 7, 8 and early versions of Windows 10 say that the password is incorrect. Use the form of the file for older systems.`,
  },
  mac: {
    title: t`Mac`,
    choice: t`Mac`,
    summary: t`Safari, Chrome and Mail use the certificates of the keychain.`,
    steps: [
      step(t`Open the .p12 file with a double click. Keychain Access starts.`, folderPicture, FOLDER),
      step(t`When it asks for a keychain, choose “login”.`, choicePicture, WIZARD),
      step(
        t`Type or paste the passphrase with its dashes, then the password of your Mac when it asks for that.`,
        passphrasePicture,
        PASSPHRASE,
      ),
      step(t`Close Safari, Chrome and Mail, and open them again.`),
    ],
    check: step(t`In Keychain Access open “My Certificates”: your name is in the list.`, listPicture, LIST),
    wrong: t`“Wrong password” mostly means that this version of macOS does not read the form of the file. Use the one for older systems, which has the same key and passphrase.`,
  },
  iphone: {
    title: t`iPhone and iPad`,
    choice: t`iPhone or iPad`,
    summary: t`Safari and Mail use the certificates of the system.`,
    steps: [
      step(
        t`Open the .p12 file in Files, where it is in Downloads. The message “Profile Downloaded” appears. On an iPad or with a watch it asks for the device first.`,
      ),
      step(t`Open Settings. Near the top, tap “Profile Downloaded”, then “Install”.`, settingsPicture, SETTINGS),
      step(
        t`Enter the code of the device, then the passphrase with its dashes.`,
        telephonePassphrasePicture,
        TELEPHONE,
      ),
      step(t`For signed mail: Settings, Apps, Mail, Mail Accounts, your account, Advanced; switch “Sign” on.`),
    ],
    check: step(t`Open Settings, General, VPN & Device Management: your certificate is in the list.`),
    wrong: t`“Wrong password” mostly means that this version of iOS does not read the form of the file. Use the one for older systems, which has the same key and passphrase.`,
  },
  android: {
    title: t`Android`,
    choice: t`Android`,
    summary: t`Chrome and mail programs use the certificates of the system.`,
    steps: [
      step(t`Open Settings and search for “Install a certificate”.`, settingsPicture, SETTINGS),
      step(t`Choose “VPN & app user certificate” and select the .p12 file in Downloads.`),
      step(
        t`Type the passphrase with its dashes, and give the certificate a name.`,
        telephonePassphrasePicture,
        TELEPHONE,
      ),
      step(t`Android may ask you to set a screen lock first. It does so to protect your key.`),
    ],
    check: step(
      t`Open Settings, Security, Encryption & credentials, User credentials: your certificate is in the list.`,
    ),
    wrong: t`Android 12 and older say that the password is wrong for the newer form of the file. Use the one for older systems.`,
  },
  firefox: {
    title: t`Firefox and Thunderbird`,
    choice: t`Firefox or Thunderbird on a computer`,
    summary: t`Both keep certificates of their own, apart from those of the system.`,
    steps: [
      step(
        t`Open Settings, then “Privacy & Security”. At the bottom, under “Certificates”, choose “View Certificates”.`,
      ),
      step(
        t`On the tab “Your Certificates” choose “Import” and select the .p12 file.`,
        tabsPicture,
        t`Drawing: a window with tabs; the first tab and the button to import are marked.`,
      ),
      step(t`Type or paste the passphrase with its dashes.`, passphrasePicture, PASSPHRASE),
      step(
        t`For mail in Thunderbird: Account Settings, “End-To-End Encryption”, “S/MIME”; select your certificates for signing and for encryption.`,
      ),
    ],
    check: step(t`Your name is on the tab “Your Certificates”.`, listPicture, LIST),
    wrong: t`Check that you typed the dashes too. Very old versions need the form of the file for older systems.`,
  },
  linux: {
    title: t`Other systems and the command line`,
    choice: t`Something else`,
    summary: t`Chrome on Linux uses the NSS store in your home folder.`,
    steps: [
      step(
        t`For Chrome: <code class="see-lines">pk12util -d sql:$HOME/.pki/nssdb -i user-auth.p12</code>`,
        consolePicture,
        t`Drawing: a console window with a command.`,
      ),
      step(t`For PEM files: <code class="see-lines">openssl pkcs12 -in user-auth.p12 -out user-auth.pem</code>`),
      step(
        t`For curl: <code class="see-lines">curl --cert user-auth.p12 --cert-type P12 --pass PASSPHRASE https://…</code>`,
      ),
    ],
    check: step(
      t`<code class="see-lines">certutil -L -d sql:$HOME/.pki/nssdb</code> lists your name with <code>u,u,u</code>.`,
    ),
    wrong: t`Programs older than OpenSSL 1.1 need the form of the file for older systems.`,
  },
};

/** The steps for one kind of device. */
export function installGuide(device: InstallDevice): InstallGuide {
  return GUIDES[device];
}
