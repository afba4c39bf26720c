import { html } from '@see/language';

/** The only style of the page; its hash is in the content security policy. */
export const POLICY_STYLE = html`:root{color-scheme:light dark;background:#fff;color:#0b0c0c}
body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1.5rem}
h1{line-height:1.2}
section{margin-top:2.5rem}
a{color:#0f4c42}
@media(prefers-color-scheme:dark){:root{background:#121212;color:#e8e8e8}a{color:#8fd3c5}}
:target{outline:3px solid currentColor;outline-offset:.75rem}
.see-languages{text-align:right}
.see-languages__link{display:inline-block;padding:.25rem}
dl{display:grid;grid-template-columns:minmax(9rem,auto) 1fr;gap:.25rem 1rem}
dt{font-weight:600}
dd{margin:0;overflow-wrap:anywhere}
code{overflow-wrap:anywhere}
@media(max-width:30rem){dl{display:block}dd{margin-bottom:.5rem}}`;
