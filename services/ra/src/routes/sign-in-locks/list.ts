import { type App, Type } from '@see/http';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Time } from '../../schemas/fields.ts';
import { listLocks } from '../../sign-in/attempts.ts';

const LockSchema = Type.Object(
  {
    subject: Type.String({ description: 'An address, or the kind and hash of a credential, whether or not it exists' }),
    failures: Type.Integer(),
    until: Time,
  },
  { title: 'SignInLock' },
);

export function listSignInLocks(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/sign-in-locks',
    {
      config: access('sign-in-lock.list'),
      schema: {
        summary: 'What is locked because signing in failed too often; each lock ends by itself',
        tags: ['sessions'],
        response: { 200: Type.Object({ items: Type.Array(LockSchema) }) },
      },
    },
    async () => ({ items: (await listLocks(ra)).map((lock) => ({ ...lock, until: lock.until.toISOString() })) }),
  );
}
