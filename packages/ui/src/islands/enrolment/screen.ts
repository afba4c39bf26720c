/** The steps of the page, each a section that the server drew. One is shown at a time. */
export type Step = 'code' | 'details' | 'making' | 'save' | 'done' | 'dead-end';

/** An element that the page must have. A page without it is broken, which is better said at once. */
export function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

/** Shows one step, names it in the title bar and puts the focus on its heading, so that a screen reader reads it. */
export function show(step: Step): void {
  for (const section of document.querySelectorAll<HTMLElement>('[data-step]')) {
    section.hidden = section.dataset['step'] !== step;
  }
  const heading = document.querySelector<HTMLElement>(`[data-step="${step}"] h1`);
  if (!heading) return;
  document.title = `${heading.textContent} – SEE PKI`;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

/** Writes text into the page. Never markup. */
export function write(id: string, text: string): void {
  part(id).textContent = text;
}

/** Shows or clears the error of the code field, in the way of every other form here. */
export function fieldError(text: string | undefined): void {
  const message = part('code-error');
  const input = part<HTMLInputElement>('code');
  part('code-error-text').textContent = text ?? '';
  message.hidden = text === undefined;
  part('code-group').classList.toggle('govuk-form-group--error', text !== undefined);
  input.classList.toggle('govuk-input--error', text !== undefined);
  input.setAttribute('aria-describedby', text === undefined ? 'code-hint' : 'code-error code-hint');
  if (text === undefined) input.removeAttribute('aria-invalid');
  else {
    input.setAttribute('aria-invalid', 'true');
    input.focus();
    input.select();
  }
}

/** Tells screen readers, and shows beside the progress bar, what is being done. */
export function progress(text: string, done: number, all: number): void {
  part('making-status').textContent = text;
  const bar = part<HTMLProgressElement>('making-progress');
  bar.max = all;
  bar.value = done;
}
