import { html, type SafeHtml, t } from '@see/language';

/** A command to type, with a copy button where scripts run. */
export function command(text: string): SafeHtml {
  return html`<div class="see-command"><pre class="see-command__text" tabindex="0"><code>${text}</code></pre><button type="button" class="govuk-button govuk-button--secondary see-command__copy" data-copy="${text}" hidden>${t`Copy`}</button></div>`;
}

/** Bytes as hex in groups of four, which wrap and can be compared by eye. */
export function fingerprint(hex: string): SafeHtml {
  const groups = hex.match(/.{1,4}/g) ?? [];
  return html`<code class="see-fingerprint">${groups.join(' ')}</code>`;
}
