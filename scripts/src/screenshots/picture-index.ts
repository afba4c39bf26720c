/** A page of the tour with its pictures, by what they are of: desktop, phone, dark. */
export interface Shown {
  readonly name: string;
  readonly path: string;
  readonly reader: string;
  readonly pictures: Readonly<Record<string, string>>;
}

/** One page to look through all pictures. Names and paths are ours and hold no markup. */
export function pictureIndex(shown: readonly Shown[]): string {
  const rows = shown.map(
    ({ name, path, reader, pictures }) =>
      `<section id="${name}"><h2>${name}</h2><p><code>${path}</code> ${reader}</p><div>${Object.entries(pictures)
        .map(([kind, file]) => `<a href="${file}"><img loading="lazy" src="${file}" alt="${name}, ${kind}"></a>`)
        .join('')}</div></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages of SEE PKI</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem}h2{margin:2rem 0 0}p{margin:0 0 .5rem;color:#444}div{display:flex;gap:1rem;align-items:flex-start;overflow-x:auto}img{height:26rem;border:1px solid #999}nav{columns:14rem}</style>
<h1>${shown.length} pages</h1><nav>${shown.map(({ name }) => `<a href="#${name}">${name}</a><br>`).join('')}</nav>
${rows.join('\n')}</html>
`;
}
