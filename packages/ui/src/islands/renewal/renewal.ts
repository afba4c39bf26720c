import { t } from '@see/language';
import { decodePem, encodeBase64, encodePem, toHex } from '@see/x509';
import { dayIn } from '../../components/time.ts';
import { renewalIsland } from '../../messages/mi/renewal-island.ts';
import { profileWords } from '../../profile-words.ts';
import { guessDevice } from '../enrolment/device.ts';
import { makeKeyFile } from '../enrolment/key-file.ts';
import { requestKey } from '../enrolment/key-pair.ts';
import { makePassphrase } from '../enrolment/passphrase.ts';
import { drawFiles, showPassphrase } from '../enrolment/saved-files.ts';
import { part, write } from '../part.ts';
import { pageSpeech, speaker } from '../speaker.ts';
import { showStep } from '../step.ts';
import { nameOf, type OwnKey, openKeyFile, signText, successorKind } from './own-key.ts';
import { type Renewal, RenewalRefused, sendConfirmation, sendRenewal } from './send-renewal.ts';
import { isWaitingFile, readWaitingFile, type WaitingRenewal, writeWaitingFile } from './waiting-file.ts';
import { fileFault, isPassing, isUnderWay, refusalWords, stageWords } from './words.ts';

/**
 * The renewal page: the file of today, a new key made here, a request signed with the key of today, and the new file once it
 * is approved. Keys and passphrases stay in the page and in the files that the reader saves.
 */
const say = speaker(renewalIsland);
/** How often it is asked how far the order is; milliseconds. */
const EVERY = 10_000;

/** What is known so far. `saved` is whether the page may be closed without a loss. */
const state: {
  old?: OwnKey;
  /** The certificate that signs, for one that cannot sign for itself. */
  signer?: OwnKey;
  passphrase: string;
  waiting?: WaitingRenewal;
  issued?: Renewal;
  saved: boolean;
} = { passphrase: '', saved: true };

/** A file and its passphrase as one of the forms has them; says what is missing on the form. */
async function chosen(form: 'old' | 'signer'): Promise<{ octets: Uint8Array; passphrase: string } | undefined> {
  const file = part<HTMLInputElement>(`${form}-file`).files?.[0];
  const passphrase = part<HTMLInputElement>(`${form}-passphrase`).value.trim();
  if (!file) return fault(form, say(t`Choose the file.`));
  if (passphrase === '') return fault(form, say(t`Type the passphrase of the file.`));
  if (file.size > 1_048_576) return fault(form, say(fileFault(undefined)));
  return { octets: new Uint8Array(await file.arrayBuffer()), passphrase };
}

function fault(form: 'old' | 'signer', text: string): undefined {
  part(`${form}-error`).hidden = text === '';
  write(`${form}-error-text`, text);
  part(`${form}-group`).classList.toggle('govuk-form-group--error', text !== '');
  if (text !== '') part(`${form}-file`).focus();
  return undefined;
}

/** Runs what a form asks for; a fault of the file is said on it. */
async function withFile(form: 'old' | 'signer', use: (octets: Uint8Array, passphrase: string) => Promise<void>) {
  fault(form, '');
  const given = await chosen(form);
  if (!given) return;
  const button = part<HTMLButtonElement>(`${form}-continue`);
  button.disabled = true;
  try {
    await use(given.octets, given.passphrase);
  } catch (error) {
    fault(form, say(fileFault(error)));
  } finally {
    button.disabled = false;
  }
}

async function takeOld(octets: Uint8Array, passphrase: string): Promise<void> {
  state.passphrase = passphrase;
  if (isWaitingFile(octets)) {
    state.waiting = await readWaitingFile(octets, passphrase);
    await ask();
    return;
  }
  const old = await openKeyFile(octets, passphrase);
  state.old = old;
  write('check-name', nameOf(old));
  write('check-serial', toHex(old.certificate.serialNumber));
  write('check-until', dayIn(old.certificate.notAfter, pageSpeech({})));
  part('check-signer').hidden = old.signs;
  showStep('check');
}

async function takeSigner(octets: Uint8Array, passphrase: string): Promise<void> {
  const signer = await openKeyFile(octets, passphrase);
  if (!signer.signs)
    return fault('signer', say(t`This certificate cannot sign either. Choose the one for signing in or signing mail.`));
  state.signer = signer;
  await makeAndSend();
}

async function makeAndSend(): Promise<void> {
  const { old } = state;
  const signer = state.signer ?? old;
  if (!old || !signer) return;
  showStep('making');
  state.saved = false;
  try {
    write('making-status', say(t`Making the new key on this device`));
    const key = await requestKey(successorKind(old));
    const csr = encodePem('CERTIFICATE REQUEST', key.csr);
    const replaced = signer === old ? '' : encodePem('CERTIFICATE', old.der);
    write('making-status', say(t`Signing the request with your key of today`));
    const waiting = { key, request: await signText(`${replaced}${csr}`, signer) };
    state.waiting = waiting;
    await ask();
  } catch (error) {
    refuse(error);
  }
}

/** Asks how far the order is, and shows that. */
async function ask(): Promise<void> {
  const { waiting } = state;
  if (!waiting) return;
  try {
    const renewal = await sendRenewal(waiting.request);
    if (renewal.certificate) await drawSave(renewal, waiting);
    else await drawWaiting(renewal, waiting);
  } catch (error) {
    refuse(error);
  }
}

async function drawWaiting(renewal: Renewal, waiting: WaitingRenewal): Promise<void> {
  if (!isUnderWay(renewal.state)) {
    refuse(new RenewalRefused('refused', renewal.stateReason ?? renewal.state));
    return;
  }
  write('waiting-state', say(stageWords(renewal.state, renewal.approvals, renewal.quorum)));
  write('waiting-reference', renewal.orderId.slice(0, 8).toUpperCase());
  const link = part<HTMLAnchorElement>('waiting-file');
  if (!link.href.startsWith('blob:')) {
    link.href = URL.createObjectURL(await writeWaitingFile(waiting, state.passphrase));
    link.download = 'renewal-waiting.pem';
    link.addEventListener('click', () => {
      state.saved = true;
    });
  }
  // Once: showing a step moves the focus.
  if (document.querySelector<HTMLElement>('[data-step="waiting"]')?.hidden) showStep('waiting');
  setTimeout(() => void ask(), EVERY);
}

async function drawSave(renewal: Renewal, { key }: WaitingRenewal): Promise<void> {
  const { certificate, profile } = renewal;
  if (!certificate) return;
  state.issued = renewal;
  state.saved = false;
  const base64 = (pem: string): string => encodeBase64(decodePem(pem, 'CERTIFICATE')[0] ?? new Uint8Array());
  const issued = {
    ...{ profile, serial: certificate.serial, notAfter: certificate.notAfter },
    certificate: base64(certificate.pem),
    chain: certificate.chain.map(base64),
  };
  const words = profileWords(profile, profile);
  const title = typeof words === 'string' ? words : say(words);
  const password = makePassphrase((octets) => crypto.getRandomValues(octets));
  const modern = await makeKeyFile(key, issued, title, password, 'modern');
  const compatible = await makeKeyFile(key, issued, title, password, 'compatible');
  drawFiles(
    [{ title, stem: `${profile}-${certificate.notAfter.slice(0, 4)}`, blobs: { modern, compatible } }],
    guessDevice(navigator.userAgent),
    say,
  );
  showPassphrase(password);
  write('valid-until', dayIn(new Date(certificate.notAfter), pageSpeech({})));
  write('serials', certificate.serial);
  // Nobody encrypts to the new key before its holder says that it works.
  part('confirm-later').hidden = profile !== 'user-encrypt' || state.signer !== undefined;
  showStep('save');
}

async function finish(): Promise<void> {
  const ticked = part<HTMLInputElement>('saved').checked;
  part('saved-error').hidden = ticked;
  if (!ticked) {
    part('saved').focus();
    return;
  }
  const { issued, signer } = state;
  try {
    if (signer && issued?.certificate) await sendConfirmation(await signText(issued.certificate.pem, signer));
  } catch (error) {
    part('confirm-later').hidden = false;
    if (isPassing(error)) return;
  }
  state.saved = true;
  location.replace(`/install?certificate=${issued?.certificate?.sha256 ?? ''}`);
}

function refuse(error: unknown): void {
  const { title, text } = refusalWords(error);
  write('refused-title', say(title));
  write('refused-text', say(text));
  write('refused-detail', error instanceof Error ? error.message : '');
  part('refused-said').hidden = !(error instanceof RenewalRefused) || error.message === '';
  const again = isPassing(error) && state.waiting !== undefined;
  part('try-again').hidden = !again;
  state.saved = !again;
  showStep('refused');
}

function start(): void {
  part('no-script').hidden = true;
  if (!window.isSecureContext || typeof crypto.subtle?.generateKey !== 'function') {
    part('old-browser').hidden = false;
    return;
  }
  for (const [form, use] of [
    ['old', takeOld],
    ['signer', takeSigner],
  ] as const)
    part(`${form}-form`).addEventListener('submit', (event) => {
      event.preventDefault();
      void withFile(form, use);
    });
  part('check-continue').addEventListener('click', () => (state.old?.signs ? void makeAndSend() : showStep('signer')));
  part('try-again').addEventListener('click', () => void ask());
  part('save-continue').addEventListener('click', () => void finish());
  window.addEventListener('beforeunload', (event) => {
    if (!state.saved) event.preventDefault();
  });
  part('steps').hidden = false;
  showStep('file');
}

start();
