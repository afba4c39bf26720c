/** Shows one of the page's sections, names it in the title bar and puts the focus on its heading, so that a screen reader reads it. */
export function showStep(step: string): void {
  for (const section of document.querySelectorAll<HTMLElement>('[data-step]')) {
    section.hidden = section.dataset['step'] !== step;
  }
  const heading = document.querySelector<HTMLElement>(`[data-step="${step}"] h1`);
  if (!heading) return;
  const [, ...place] = document.title.split(' – ');
  document.title = [heading.textContent, ...place].join(' – ');
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}
