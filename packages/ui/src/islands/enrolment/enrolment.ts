import { normaliseCode } from '@see/domain';
import { encodeBase64, toHex } from '@see/x509';
import { part, write } from '../part.ts';
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
import { drawFiles, type KeyFile } from './saved-files.ts';
import { fieldError, progress, show } from './screen.ts';
import { deadEnd, mendable } from './words.ts';

/**
 * The enrolment page: code, details, keys made here, files saved. The private keys exist in this page's memory and in
 * the files that the reader saves, nowhere else; the code itself is never sent either, only proofs made with it.
 */
const orderId = part('enrolment').dataset['order'] ?? '';

/** What is known so far. A key that was made is kept until its files are drawn, so a lost connection loses nothing. */
interface Progress {
  codeKey?: CodeKey;
  details?: RedemptionDetails;
  keys?: RequestedKey[];
  /** What was made of the keys to be sent; the same when it is sent again. */
  sent?: readonly SentKey[];
  saved: boolean;
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
  write('dead-end-title', title);
  write('dead-end-text', text);
  const again = state.keys !== undefined && (mendable(error) !== undefined || isSlow(error));
  part('try-again').hidden = !again;
  state.saved = !again;
  show('dead-end');
}

async function enterCode(): Promise<void> {
  const button = part<HTMLButtonElement>('code-continue');
  const code = normaliseCode(part<HTMLInputElement>('code').value);
  if (code === undefined) {
    fieldError('A code has 16 letters and digits, like 7K3M-9QF2-XT0A-BC4D. Check that all four groups are there.');
    return;
  }
  fieldError(undefined);
  button.disabled = true;
  write('code-status', 'Checking your code. This takes a few seconds.');
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
    else fieldError(text);
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
    ...details.profiles.map(({ title, description }) => {
      const item = document.createElement('li');
      const name = document.createElement('strong');
      name.textContent = title;
      item.append(name, `: ${description}`);
      return item;
    }),
  );
  // Before any key is made: whether somebody else will be able to open it, and who.
  part('no-escrow').hidden = !details.profiles.some(({ id, escrow }) => id === 'user-encrypt' && !escrow);
  const kept = details.profiles.flatMap(({ escrow }) => (escrow ? [escrow] : []));
  for (const said of document.querySelectorAll<HTMLElement>('[data-kept]')) said.hidden = kept.length === 0;
  if (kept[0]) write('escrow-agents', namesOf(kept[0]));
  const guess = guessDevice(navigator.userAgent);
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name="device"]')) {
    radio.checked = radio.value === guess;
  }
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
      progress(
        `Making key ${state.keys.length + 1} of ${details.profiles.length} on this device`,
        state.keys.length,
        steps,
      );
      state.keys.push(await requestKey(details.profiles[state.keys.length]?.key ?? 'P-384'));
    }
    progress('Asking for your certificates', details.profiles.length, steps);
    state.sent ??= await Promise.all(
      state.keys.map((key, index) => toSend(key, codeKey, details.profiles[index]?.escrow ?? null)),
    );
    const issued = await redeem(orderId, state.sent);
    progress('Putting keys and certificates into files', details.profiles.length + 1, steps);
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
    files.push({ title: profile.title, stem: profile.id, blobs: { modern, compatible } });
  }
  const device = chosenDevice();
  drawFiles(files, device);
  write('passphrase', password);
  part('copy-passphrase').dataset['copy'] = password;
  write('valid-until', new Date(issued[0]?.notAfter ?? 0).toLocaleDateString('en-NZ', { dateStyle: 'long' }));
  write('serials', issued.map(({ serial }) => serial).join(', '));
  part<HTMLAnchorElement>('install-link').href = `/install/${device}`;
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
  state.keys = [];
  state.sent = [];
  show('done');
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
  part('details-continue').addEventListener('click', () => void makeAndSend());
  part('try-again').addEventListener('click', () => void makeAndSend());
  part('print-passphrase').addEventListener('click', () => window.print());
  part('save-continue').addEventListener('click', finish);
  window.addEventListener('beforeunload', (event) => {
    if (!state.saved) event.preventDefault();
  });
  part('steps').hidden = false;
  show('code');
  part('code').focus();
}

start();
