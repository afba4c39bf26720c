import { normaliseCode } from '@see/domain';
import { type SafeHtml, t } from '@see/language';
import { decodeBase64, encodeBase64, toHex } from '@see/x509';
import { dayIn } from '../../components/time.ts';
import { enrolmentIsland } from '../../messages/mi/enrolment-island.ts';
import { profileUse, profileWords } from '../../profile-words.ts';
import { part, write } from '../part.ts';
import { pageSpeech, speaker } from '../speaker.ts';
import { type CodeKey, deriveCodeKey } from './code-key.ts';
import { type Device, guessDevice } from './device.ts';
import { copyKey, namesOf } from './key-copy.ts';
import { makeKeyFile } from './key-file.ts';
import { type RequestedKey, requestKey } from './key-pair.ts';
import { makePassphrase } from './passphrase.ts';
import {
  checkCode,
  type IssuedCertificate,
  type KeptFor,
  type RedemptionDetails,
  RedemptionRefused,
  redeem,
  type SentKey,
} from './redemption.ts';
import { drawFiles, type KeyFile, showPassphrase } from './saved-files.ts';
import { fieldError, progress, show } from './screen.ts';
import { deadEnd, mayHaveLost, mendable } from './words.ts';

/**
 * The enrolment page: code, details, keys made here, files saved. The private keys exist in this page's memory and in
 * the files that the reader saves, nowhere else; the code itself is never sent either, only proofs made with it.
 */
const orderId = part('enrolment').dataset['order'] ?? '';
const say = speaker(enrolmentIsland);

/** What is known so far. A key that was made is kept until its files are drawn, so a lost connection loses nothing. */
interface Progress {
  codeKey?: CodeKey;
  details?: RedemptionDetails;
  keys?: RequestedKey[];
  /** What was made of the keys to be sent; the same when it is sent again. */
  sent?: readonly SentKey[];
  saved: boolean;
  /** SHA-256 of the certificate that is looked at afterwards, hex. */
  issued?: string;
}
const state: Progress = { saved: true };

function isSlow(error: unknown): boolean {
  return error instanceof RedemptionRefused && error.code === 'slow';
}

function capable(): boolean {
  return window.isSecureContext && typeof crypto.subtle?.generateKey === 'function' && typeof Blob === 'function';
}

function fail(error: unknown): void {
  const { title, text } = deadEnd(error);
  write('dead-end-title', say(title));
  write('dead-end-text', say(text));
  part('dead-end-lost').hidden = !mayHaveLost(error);
  const again = state.keys !== undefined && (mendable(error) !== undefined || isSlow(error));
  part('try-again').hidden = !again;
  state.saved = !again;
  show('dead-end');
}

async function enterCode(): Promise<void> {
  const button = part<HTMLButtonElement>('code-continue');
  const code = normaliseCode(part<HTMLInputElement>('code').value);
  if (code === undefined) {
    fieldError(
      say(t`A code has 16 letters and digits, like 7K3M-9QF2-XT0A-BC4D. Check that all four groups are there.`),
    );
    return;
  }
  fieldError(undefined);
  button.disabled = true;
  write('code-status', say(t`Checking your code. This takes a few seconds.`));
  try {
    const codeKey = await deriveCodeKey(code, orderId);
    state.details = await checkCode(orderId, toHex(await codeKey.proof()));
    state.codeKey = codeKey;
    part<HTMLInputElement>('code').value = '';
    drawDetails(state.details);
    show('details');
  } catch (error) {
    const text = mendable(error);
    if (text === undefined) fail(error);
    else fieldError(say(text));
  } finally {
    button.disabled = false;
    write('code-status', '');
  }
}

function drawDetails(details: RedemptionDetails): void {
  write('details-name', details.displayName);
  write('details-email', details.email);
  write('details-agency', details.agency);
  part('details-profiles').replaceChildren(
    ...details.profiles.map(({ id, title, description }) => {
      const item = document.createElement('li');
      const name = document.createElement('strong');
      const use = profileUse(id);
      name.textContent = wordsFor(id, title);
      item.append(name, `: ${use ? say(use) : description}`);
      return item;
    }),
  );
  // Before any key is made: whether somebody else will be able to open it, and who.
  part('no-escrow').hidden = !details.profiles.some(({ id, escrow }) => id === 'user-encrypt' && !escrow);
  const kept = details.profiles.flatMap(({ escrow }) => (escrow ? [escrow] : []));
  for (const said of document.querySelectorAll<HTMLElement>('[data-kept]')) said.hidden = kept.length === 0;
  if (kept[0]) write('escrow-agents', say(namesOf(kept[0])));
  const guess = guessDevice(navigator.userAgent);
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name="device"]')) {
    radio.checked = radio.value === guess;
  }
}

/** What a certificate is for, in the reader's words. */
function wordsFor(id: string, title: string): string {
  const words = profileWords(id, title);
  return typeof words === 'string' ? words : say(words);
}

function chosenDevice(): Device {
  return (document.querySelector<HTMLInputElement>('input[name="device"]:checked')?.value ?? 'windows') as Device;
}

async function makeAndSend(): Promise<void> {
  const { details, codeKey } = state;
  if (!details || !codeKey) return;
  show('making');
  state.saved = false;
  const steps = details.profiles.length + 2;
  try {
    state.keys ??= [];
    while (state.keys.length < details.profiles.length) {
      const making: SafeHtml = t`Making key ${state.keys.length + 1} of ${details.profiles.length} on this device`;
      progress(say(making), state.keys.length, steps);
      state.keys.push(await requestKey(details.profiles[state.keys.length]?.key ?? 'P-384'));
    }
    progress(say(t`Asking for your certificates`), details.profiles.length, steps);
    state.sent ??= await Promise.all(
      state.keys.map((key, index) => toSend(key, codeKey, details.profiles[index]?.escrow ?? null)),
    );
    const issued = await redeem(orderId, state.sent);
    progress(say(t`Putting keys and certificates into files`), details.profiles.length + 1, steps);
    await drawSave(details, state.keys, issued);
    show('save');
  } catch (error) {
    fail(error);
  }
}

async function toSend(key: RequestedKey, codeKey: CodeKey, keptFor: KeptFor | null): Promise<SentKey> {
  return {
    csr: encodeBase64(key.csr),
    tag: toHex(await codeKey.tag(key.spki)),
    ...(keptFor ? { escrow: await copyKey(key, keptFor, codeKey) } : {}),
  };
}

async function drawSave(
  details: RedemptionDetails,
  keys: readonly RequestedKey[],
  issued: readonly IssuedCertificate[],
): Promise<void> {
  if (issued.length !== keys.length) throw new Error('the service sent another number of certificates');
  const password = makePassphrase((octets) => crypto.getRandomValues(octets));
  const files: KeyFile[] = [];
  for (const [index, certificate] of issued.entries()) {
    const key = keys[index];
    const profile = details.profiles[index];
    if (!key || !profile) throw new Error('a certificate has no key');
    const friendlyName = `${details.displayName} - ${profile.title}`;
    const modern = await makeKeyFile(key, certificate, friendlyName, password, 'modern');
    const compatible = await makeKeyFile(key, certificate, friendlyName, password, 'compatible');
    files.push({ title: wordsFor(profile.id, profile.title), stem: profile.id, blobs: { modern, compatible } });
  }
  drawFiles(files, chosenDevice(), say);
  showPassphrase(password);
  write('valid-until', dayIn(new Date(issued[0]?.notAfter ?? 0), pageSpeech({})));
  write('serials', issued.map(({ serial }) => serial).join(', '));
  state.issued = await fingerprintOf(issued.find(({ profile }) => profile === 'user-auth') ?? issued[0]);
}

async function fingerprintOf(issued: IssuedCertificate | undefined): Promise<string> {
  const der = decodeBase64(issued?.certificate ?? '');
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(der ?? []))));
}

function finish(): void {
  const error = part('saved-error');
  const ticked = part<HTMLInputElement>('saved').checked;
  error.hidden = ticked;
  if (!ticked) {
    part('saved').focus();
    return;
  }
  state.saved = true;
  // In place of this page, so that nobody comes back to keys and passphrase.
  location.replace(`/install/${chosenDevice()}?certificate=${state.issued ?? ''}`);
}

function start(): void {
  part('no-script').hidden = true;
  if (!capable()) {
    part('old-browser').hidden = false;
    return;
  }
  part('code-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void enterCode();
  });
  part('details-continue').addEventListener('click', () => show('device'));
  part('device-back').addEventListener('click', () => show('details'));
  part('device-continue').addEventListener('click', () => void makeAndSend());
  part('try-again').addEventListener('click', () => void makeAndSend());
  part('save-continue').addEventListener('click', finish);
  window.addEventListener('beforeunload', (event) => {
    if (!state.saved) event.preventDefault();
  });
  part('steps').hidden = false;
  show('code');
  part('code').focus();
}

start();
