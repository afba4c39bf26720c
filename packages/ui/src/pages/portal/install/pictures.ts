import { type HtmlValue, html, type SafeHtml } from '@see/language';

/**
 * Drawings of what a step looks like on a screen, made of plain shapes and without words, so that they hold for every
 * version and language of a system. What matters is in the accent colour. Each has a text that says what it shows.
 */
export type Picture = (alt: HtmlValue) => SafeHtml;

/** A window on a desktop, 300 by 170; `content` is drawn below its title bar. */
function desktop(alt: HtmlValue, content: SafeHtml): SafeHtml {
  return drawing(
    alt,
    300,
    170,
    html`<rect class="see-picture__frame" x="1" y="1" width="298" height="168" rx="8"/><path class="see-picture__bar" d="M1 9a8 8 0 0 1 8-8h282a8 8 0 0 1 8 8v17H1Z"/><circle class="see-picture__dot" cx="264" cy="14" r="4"/><circle class="see-picture__dot" cx="280" cy="14" r="4"/>${content}`,
  );
}

/** The screen of a telephone, 150 by 200. */
function telephone(alt: HtmlValue, content: SafeHtml): SafeHtml {
  return drawing(
    alt,
    150,
    200,
    html`<rect class="see-picture__frame" x="1" y="1" width="148" height="198" rx="16"/><rect class="see-picture__bar" x="55" y="8" width="40" height="6" rx="3"/>${content}`,
  );
}

function drawing(alt: HtmlValue, width: number, height: number, content: SafeHtml): SafeHtml {
  return html`<svg class="see-picture" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${alt}" focusable="false">${content}</svg>`;
}

function bar(x: number, y: number, width: number): SafeHtml {
  return html`<rect class="see-picture__text" x="${x}" y="${y}" width="${width}" height="7" rx="3"/>`;
}

function button(x: number, y: number, pressed: boolean): SafeHtml {
  return html`<rect class="${pressed ? 'see-picture__accent' : 'see-picture__plain'}" x="${x}" y="${y}" width="54" height="20" rx="4"/><rect class="${pressed ? 'see-picture__light' : 'see-picture__text'}" x="${x + 13}" y="${y + 7}" width="28" height="6" rx="3"/>`;
}

/** A field with a passphrase, as dots in groups. */
function secret(x: number, y: number, width: number): SafeHtml {
  const dots = [0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12].filter((at) => 12 + at * 9 < width);
  return html`<rect class="see-picture__field" x="${x}" y="${y}" width="${width}" height="24" rx="3"/>${dots.map((at) => html`<circle class="see-picture__ink" cx="${x + 12 + at * 9}" cy="${y + 12}" r="3"/>`)}`;
}

function file(x: number, y: number, chosen: boolean): SafeHtml {
  return html`<path class="${chosen ? 'see-picture__accent' : 'see-picture__plain'}" d="M${x} ${y}h26l12 12v36h-38Z"/>${chosen && html`<circle class="see-picture__light" cx="${x + 19}" cy="${y + 22}" r="6"/><path class="see-picture__light" d="M${x + 16} ${y + 25}h6l2 13h-10Z"/>`}`;
}

/** A folder with several files; the one with the key is chosen. */
export const folderPicture: Picture = (alt) =>
  desktop(
    alt,
    html`${file(36, 52, false)}${file(130, 52, true)}${file(224, 52, false)}${bar(30, 112, 50)}${bar(118, 112, 62)}${bar(218, 112, 50)}`,
  );

/** A wizard: the first of two choices is taken, and the button to go on is pressed. */
export const choicePicture: Picture = (alt) =>
  desktop(
    alt,
    html`${bar(24, 44, 150)}<circle class="see-picture__field" cx="36" cy="76" r="8"/><circle class="see-picture__accent" cx="36" cy="76" r="4"/>${bar(54, 73, 90)}<circle class="see-picture__field" cx="36" cy="100" r="8"/>${bar(54, 97, 110)}${button(160, 138, true)}${button(224, 138, false)}`,
  );

/** A dialog that asks for the passphrase. */
export const passphrasePicture: Picture = (alt) =>
  desktop(
    alt,
    html`${bar(24, 44, 170)}${bar(24, 60, 120)}${secret(24, 82, 220)}${button(160, 138, true)}${button(224, 138, false)}`,
  );

/** A list of certificates; one of them is the reader's. */
export const listPicture: Picture = (alt) =>
  desktop(
    alt,
    html`<rect class="see-picture__plain" x="1" y="26" width="76" height="142"/>${bar(14, 42, 46)}${bar(14, 60, 40)}${bar(14, 78, 46)}<rect class="see-picture__accent" x="86" y="38" width="204" height="26" rx="3"/><rect class="see-picture__light" x="98" y="48" width="90" height="7" rx="3"/><rect class="see-picture__light" x="226" y="48" width="50" height="7" rx="3"/>${bar(98, 80, 80)}${bar(226, 80, 50)}${bar(98, 102, 96)}${bar(226, 102, 50)}`,
  );

/** A window with tabs of which one is open, and a button to import. */
export const tabsPicture: Picture = (alt) =>
  desktop(
    alt,
    html`<rect class="see-picture__accent" x="18" y="38" width="84" height="22" rx="4"/><rect class="see-picture__light" x="30" y="46" width="58" height="6" rx="3"/>${bar(122, 46, 50)}${bar(196, 46, 50)}<path class="see-picture__line" d="M18 60h264"/>${bar(24, 76, 120)}${bar(24, 96, 96)}${button(24, 138, false)}${button(90, 138, true)}`,
  );

/** A console with a command. */
export const consolePicture: Picture = (alt) =>
  desktop(
    alt,
    html`<path class="see-picture__line" d="m24 48 10 9-10 9"/><rect class="see-picture__accent" x="46" y="54" width="150" height="7" rx="3"/>${bar(24, 82, 110)}${bar(24, 98, 160)}<path class="see-picture__line" d="m24 118 10 9-10 9"/>`,
  );

/** A list of settings on a telephone; one of them is to be tapped. */
export const settingsPicture: Picture = (alt) =>
  telephone(
    alt,
    html`${bar(20, 30, 60)}<rect class="see-picture__accent" x="12" y="50" width="126" height="26" rx="6"/><rect class="see-picture__light" x="24" y="60" width="76" height="7" rx="3"/><path class="see-picture__arrow" d="m122 57 6 6-6 6"/>${[92, 118, 144, 170].map((y) => html`${bar(24, y, 64 + (y % 3) * 8)}<path class="see-picture__line" d="M20 ${y + 16}h110"/>`)}`,
  );

/** A dialog on a telephone that asks for the passphrase. */
export const telephonePassphrasePicture: Picture = (alt) =>
  telephone(
    alt,
    html`${bar(22, 50, 80)}${bar(22, 66, 56)}${secret(18, 88, 114)}<rect class="see-picture__accent" x="74" y="128" width="58" height="22" rx="5"/><rect class="see-picture__light" x="88" y="136" width="30" height="6" rx="3"/>`,
  );

/** The browser asks which certificate to show: the reader's is chosen. */
export const choosePicture: Picture = (alt) =>
  desktop(
    alt,
    html`${bar(24, 42, 140)}<rect class="see-picture__field" x="24" y="58" width="252" height="66" rx="3"/><rect class="see-picture__accent" x="30" y="64" width="240" height="24" rx="3"/><rect class="see-picture__light" x="42" y="73" width="86" height="7" rx="3"/><rect class="see-picture__light" x="200" y="73" width="56" height="7" rx="3"/>${bar(42, 104, 76)}${bar(200, 104, 50)}${button(160, 138, true)}${button(224, 138, false)}`,
  );
