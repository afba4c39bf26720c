import { describe, expect, it } from 'vitest';
import { html } from './html.ts';

describe('html', () => {
  it('escapes values and leaves HTML as it is', () => {
    expect(
      html`<p title="${'"><script>'}">${"a & b's"} ${html`<b>${'<'}</b>`} ${[html`1`, html`2`]} ${3}</p>`.html,
    ).toBe('<p title="&quot;&gt;&lt;script&gt;">a &amp; b&#39;s <b>&lt;</b> 12 3</p>');
  });
});
