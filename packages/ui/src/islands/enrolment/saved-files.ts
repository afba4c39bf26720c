import { part } from '../part.ts';
import { type Device, type Flavour, flavourFor } from './device.ts';

/** One certificate's key file in both forms. */
export interface KeyFile {
  readonly title: string;
  readonly stem: string;
  readonly blobs: Readonly<Record<Flavour, Blob>>;
}

const OTHER: Readonly<Record<Flavour, Flavour>> = { modern: 'compatible', compatible: 'modern' };
const NAMES: Readonly<Record<Flavour, string>> = {
  modern: 'newer systems',
  compatible: 'older Apple, Android and Windows',
};

/** Draws the download links of every file, the form for this device first. The links live as long as the page. */
export function drawFiles(files: readonly KeyFile[], device: Device): void {
  const list = part('files');
  const template = part<HTMLTemplateElement>('file-template');
  list.replaceChildren();
  const flavour = flavourFor(device);
  for (const file of files) {
    const item = template.content.cloneNode(true) as DocumentFragment;
    fill(item, '.see-file__title', file.title);
    link(item, '.see-file__main', file, flavour, `Download ${file.stem}.p12`);
    link(item, '.see-file__other', file, OTHER[flavour], `Download the form for ${NAMES[OTHER[flavour]]}`);
    list.append(item);
  }
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
