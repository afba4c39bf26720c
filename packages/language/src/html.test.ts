import { describe, expect, it } from 'vitest';
import { html } from './html.ts';

describe('html', () => {
  it.each([
    ['markup in text', html`<p>${'<script>alert(1)</script>'}</p>`, '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['a way out of an attribute', html`<a title="${'" onclick="x'}">`, '<a title="&quot; onclick=&quot;x">'],
    ['a single-quoted attribute', html`<a title='${"' x='"}'>`, "<a title='&#39; x=&#39;'>"],
    ['an entity', html`${'&lt;'}`, '&amp;lt;'],
    ['markup that was made here', html`<b>${html`<i>${'&'}</i>`}</b>`, '<b><i>&amp;</i></b>'],
    ['lists', html`${['<', html`<br>`, 1]}`, '&lt;<br>1'],
    ['nothing', html`a${null}${undefined}${false}b`, 'ab'],
    ['zero', html`${0}`, '0'],
  ])('writes %s', (_name, made, want) => {
    expect(String(made)).toBe(want);
  });

  it('does not take an object for markup because it looks like one', () => {
    const forged = { toString: () => '<script>' } as unknown as string;
    expect(() => String(html`${forged}`)).toThrow();
  });
});
