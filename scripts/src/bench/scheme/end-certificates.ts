import { writeFileSync } from 'node:fs';
import { inLanes, type Member, type Scheme } from './scheme.ts';

/** Declares that people leave as operators do who have many: a file, and the keys of both. */
export async function declareLeavers(scheme: Scheme, leavers: readonly Member[]): Promise<void> {
  const file = scheme.evaluation('leavers.txt');
  writeFileSync(file, `${leavers.map(({ email }) => email).join('\n')}\n`);
  const keys = ['operator1', 'operator2'].map((name) => scheme.evaluation(`${name}.key.json`));
  await scheme.instance.seeJson('person', 'leavers', file, '--key', ...keys, '--yes');
}

/** Declares that people have lost their tokens, one by one as they call. */
export async function declareLostTokens(scheme: Scheme, losers: readonly Member[]): Promise<void> {
  await inLanes(4, losers, async ({ personId }) => {
    await scheme.operator.post(`/api/v1/people/${personId}/life-events`, { kind: 'lost-token' });
  });
}
