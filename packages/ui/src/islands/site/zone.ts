import { dayIn, momentIn } from '../../components/time.ts';
import { pageSpeech } from '../speaker.ts';

/**
 * Writes the times of the page anew in the browser's own zone, where it is another than the one in which the server
 * wrote them (`data-zone` of the document).
 */
export function useOwnZone(root: HTMLElement): void {
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  if (!zone || zone === root.dataset['zone']) return;
  const speech = { ...pageSpeech({}), zone };
  for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-moment]')) {
    const time = new Date(element.dateTime);
    element.textContent = element.dataset['moment'] === 'day' ? dayIn(time, speech) : momentIn(time, speech);
  }
  root.dataset['zone'] = zone;
}
