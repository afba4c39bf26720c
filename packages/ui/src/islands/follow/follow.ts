/**
 * Follows something that goes on: asks how far it is, moves the bar and says it in words that the service made for the
 * reader. When it is over, the page is loaded again. Loading it by hand shows the same.
 */
const EVERY = 1_000;

/** What the service says: how much is done, in numbers and words. */
interface Progress {
  readonly value: number;
  readonly over: boolean;
  readonly count: string;
  readonly estimate: string;
}

async function look(address: string): Promise<void> {
  const progress = await ask(address).catch(() => undefined);
  if (progress?.over) {
    location.reload();
    return;
  }
  if (progress) show(progress);
  setTimeout(() => void look(address), EVERY);
}

function show({ value, count, estimate }: Progress): void {
  const bar = document.querySelector<HTMLProgressElement>('#progress');
  if (bar) bar.value = value;
  for (const [id, text] of [
    ['progress-count', count],
    ['progress-estimate', estimate],
  ] as const) {
    const element = document.getElementById(id);
    if (element && element.textContent !== text) element.textContent = text;
  }
}

async function ask(address: string): Promise<Progress | undefined> {
  const answer = await fetch(address, { redirect: 'error', cache: 'no-store' });
  return answer.ok ? ((await answer.json()) as Progress) : undefined;
}

const address = document.querySelector<HTMLElement>('[data-follow]')?.dataset['follow'];
if (address !== undefined) setTimeout(() => void look(address), EVERY);
