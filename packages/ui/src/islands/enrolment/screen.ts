import { part } from '../part.ts';
import { showStep } from '../step.ts';

/** The steps of the page, each a section that the server drew. One is shown at a time. */
export type Step = 'code' | 'details' | 'device' | 'making' | 'save' | 'dead-end';

/** Shows one step of the page. */
export function show(step: Step): void {
  showStep(step);
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
