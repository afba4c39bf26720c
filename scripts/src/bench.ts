import { benchCrl } from './bench/crl.ts';
import { benchEnrolment } from './bench/enrolment.ts';
import { benchIssuance } from './bench/issuance.ts';
import { benchOcsp } from './bench/ocsp.ts';
import { benchPages } from './bench/pages.ts';
import { benchSoak } from './bench/soak.ts';
import { benchVa } from './bench/va.ts';

/** `npx --yes pnpm@12 bench <what>`: figures beside their limit, taken in one run. */
const BENCHES: Readonly<Record<string, (argument?: string) => Promise<void>>> = {
  crl: benchCrl,
  issuance: benchIssuance,
  enrolment: benchEnrolment,
  ocsp: benchOcsp,
  pages: benchPages,
  soak: (minutes) => benchSoak(minutes === undefined ? undefined : Number(minutes)),
  va: benchVa,
};

const [name = '', argument] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench) await bench(argument);
else {
  process.stderr.write(`bench what? One of: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exitCode = 2;
}
