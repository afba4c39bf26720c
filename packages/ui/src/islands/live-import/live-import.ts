import { liveImport } from '../../messages/mi/live-import.ts';
import { dataOf, part, write } from '../part.ts';
import { speaker } from '../speaker.ts';
import { remainingText } from './remaining.ts';

/**
 * Keeps the page of a running import up to date by the server's event stream. When the import is done, paused or
 * resumed, the page is loaded again: it then has other buttons. Without this script the page loads itself.
 */
interface Progress {
  readonly state: string;
  readonly waiting: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const say = speaker(liveImport);
const shown = dataOf('progress', 'state');
const source = new EventSource(dataOf('progress', 'events'));

source.addEventListener('progress', (event: MessageEvent<string>) => {
  const progress = JSON.parse(event.data) as Progress;
  part<HTMLProgressElement>('progress').value = progress.done + progress.skipped + progress.failed;
  for (const name of ['waiting', 'done', 'skipped', 'failed'] as const) write(`count-${name}`, String(progress[name]));
  const pace = { ...progress, createdAt: new Date(progress.createdAt), updatedAt: new Date(progress.updatedAt) };
  write('remaining', say(remainingText(pace)));
  if (progress.state !== shown) {
    source.close();
    location.replace(location.pathname);
  }
});
// The answer to a button of the page leads on by itself.
addEventListener('submit', () => source.close());
