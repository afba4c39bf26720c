import { t } from '@see/language';
import { say } from './sign-in-say.ts';

/** The service refused, or did not answer. The message is in plain words and may be shown. */
export class Refused extends Error {}

/** Sends JSON to our own service and reads its answer. Throws Refused. */
export async function postJson<T>(path: string, body: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
    });
  } catch {
    throw new Refused(say(t`There was no answer. Check your connection and try again.`));
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  const { detail } = (answer ?? {}) as { detail?: string };
  throw new Refused(detail ?? say(t`Something went wrong on our side. Try again in a minute.`));
}
