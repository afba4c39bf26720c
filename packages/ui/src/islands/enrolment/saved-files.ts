import { type SafeHtml, t } from '@see/language';
import { part, write } from '../part.ts';
import { type Device, type Flavour, flavourFor } from './device.ts';

/** One certificate's key file in both forms. */
export interface KeyFile {
  readonly title: string;
  readonly stem: string;
  readonly blobs: Readonly<Record<Flavour, Blob>>;
}

const OTHER: Readonly<Record<Flavour, Flavour>> = { modern: 'compatible', compatible: 'modern' };
const OTHER_FORM: Readonly<Record<Flavour, SafeHtml>> = {
  modern: t`Download the form for newer systems`,
  compatible: t`Download the form for older Apple, Android and Windows`,
};

/** Draws the download links of every file, the form for this device first. The links live as long as the page. */
export function drawFiles(files: readonly KeyFile[], device: Device, say: (text: SafeHtml) => string): void {
  const list = part('files');
  const template = part<HTMLTemplateElement>('file-template');
  list.replaceChildren();
  const flavour = flavourFor(device);
  part('flavour-note').hidden = flavour !== 'compatible';
  for (const file of files) {
    const item = template.content.cloneNode(true) as DocumentFragment;
    fill(item, '.see-file__title', file.title);
    link(item, '.see-file__main', file, flavour, say(t`Download ${`${file.stem}.p12`}`));
    link(item, '.see-file__other', file, OTHER[flavour], say(OTHER_FORM[OTHER[flavour]]));
    list.append(item);
  }
}

/** Shows the passphrase and makes its buttons work. */
export function showPassphrase(passphrase: string): void {
  write('passphrase', passphrase);
  part('copy-passphrase').dataset['copy'] = passphrase;
  part('print-passphrase').onclick = () => window.print();
}

function fill(root: DocumentFragment, selector: string, text: string): void {
  const element = root.querySelector(selector);
  if (element) element.textContent = text;
}

function link(root: DocumentFragment, selector: string, file: KeyFile, flavour: Flavour, text: string): void {
  const anchor = root.querySelector<HTMLAnchorElement>(selector);
  if (!anchor) return;
  anchor.href = URL.createObjectURL(file.blobs[flavour]);
  anchor.download = flavour === 'modern' ? `${file.stem}.p12` : `${file.stem}-older-devices.p12`;
  anchor.textContent = text;
  anchor.dataset['flavour'] = flavour;
}
