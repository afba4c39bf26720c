import { startInstance } from '../../../test/support/instance.ts';
import { approveBatch, type Imported, importPeople, makeBatch, membersOf } from './scheme/bring-in-people.ts';
import { checkScheme, expectedStatus } from './scheme/check-scheme.ts';
import { declareLeavers, declareLostTokens } from './scheme/end-certificates.ts';
import { joinAgencies, renameAgency } from './scheme/join-agencies.ts';
import { killEach } from './scheme/kill-processes.ts';
import { recoverKey } from './scheme/recover-key.ts';
import { redeemCodes, waitForCodes } from './scheme/redeem-codes.ts';
import { Scheme } from './scheme/scheme.ts';

/** How large a run is. */
interface Size {
  readonly people: number;
  readonly leavers: number;
  readonly lostTokens: number;
}

const WHOLE: Size = { people: 3_000, leavers: 200, lostTokens: 50 };
const PROFILES = ['user-auth', 'user-sign'];

/**
 * A run of the scheme on a new instance, from three agencies that join to an auditor who counts, with a kill -9 of each
 * process while codes are redeemed. Prints the time of each step; throws when anything does not agree.
 * `SEE_BENCH_PEOPLE` makes it smaller, the rest in proportion.
 */
export async function benchEnrolment(): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const size = sizeOf(process.env['SEE_BENCH_PEOPLE']);
  print(`A run of the scheme: ${JSON.stringify(size)}, ${PROFILES.join(' + ')} each`);
  const instance = await startInstance();
  try {
    await run(new Scheme(instance, print), size);
  } finally {
    await instance.remove();
  }
}

async function run(scheme: Scheme, size: Size): Promise<void> {
  const agencies = await scheme.step('three agencies join', () => joinAgencies(scheme));
  const perAgency = Math.ceil(size.people / agencies.length);
  const imports: Imported[] = [];
  await scheme.step(
    `${perAgency * agencies.length} people are imported, and certificates ordered for each`,
    async () => {
      for (const agency of agencies) imports.push(await importPeople(agency, perAgency, PROFILES));
    },
  );
  const batches = await scheme.step('the codes are bound', async () => {
    const made: string[] = [];
    for (const imported of imports) made.push(await makeBatch(scheme, imported));
    return made;
  });
  await scheme.step('three batches are read, hashed and approved', async () => {
    for (const batch of batches) await approveBatch(scheme, batch);
  });
  const members = (await Promise.all(imports.map(membersOf))).flat();
  const codes = await scheme.step('every order is verified and its code mailed', () => waitForCodes(scheme, members));
  const issued = await scheme.step('all codes are redeemed, with real keys', async () => {
    let redeemed = 0;
    const share = (killed: number): boolean => redeemed >= (members.length * (killed + 1)) / 8;
    const killing = killEach(scheme, share);
    const done = await redeemCodes(scheme, members, codes, (count) => {
      redeemed = count;
    });
    await killing;
    return done;
  });
  const left = members
    .filter((_, index) => index % Math.floor(members.length / size.leavers) === 0)
    .slice(0, size.leavers);
  const gone = new Set(left.map(({ personId }) => personId));
  const lost = members.filter(({ personId }) => !gone.has(personId)).slice(0, size.lostTokens);
  await scheme.step(`${left.length} people leave`, () => declareLeavers(scheme, left));
  await scheme.step(`${lost.length} tokens are lost`, () => declareLostTokens(scheme, lost));
  const [renamed] = agencies;
  if (renamed) await scheme.step('an agency is renamed', () => renameAgency(scheme, renamed, 'Manatū Hauora'));
  const more = await scheme.step('one encryption key is kept and recovered', () => recoverKey(scheme, agencies));
  const expected = expectedStatus(issued, gone, new Set(lost.map(({ personId }) => personId)));
  await scheme.step(
    'an auditor counts',
    () => checkScheme(scheme, issued, expected, more),
    (said) => said,
  );
  scheme.print(`${scheme.seconds.toFixed(1).padStart(8)} s  in all`);
}

function sizeOf(people: string | undefined): Size {
  if (people === undefined) return WHOLE;
  const count = Number(people);
  if (!Number.isInteger(count) || count < 30) throw new Error('SEE_BENCH_PEOPLE is a number of at least 30');
  const share = count / WHOLE.people;
  return {
    people: count,
    leavers: Math.ceil(WHOLE.leavers * share),
    lostTokens: Math.ceil(WHOLE.lostTokens * share),
  };
}
