import { lstatSync, readdirSync, statfsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  assertServiceLogin,
  findLoginUrl,
  inspectDatabase,
  openDatabase,
  type ServiceName,
  serviceNames,
} from '@see/db';
import {
  type Configuration,
  findLayout,
  hasSeparateAccounts,
  type Layout,
  readInstance,
  readProcessRecord,
} from '@see/process';
import { readDoorState } from './door-state.ts';
import { findInstanceDatabase } from './instance-database.ts';
import { keptKeysFinding } from './kept-keys-finding.ts';

/** One thing that was looked at. */
export interface DoctorFinding {
  readonly check: string;
  readonly verdict: 'right' | 'warning' | 'wrong';
  readonly detail: string;
  /** What to do; absent when it is right. */
  readonly remedy?: string;
}

/** Looks at everything around an instance: nothing is changed, no secret is printed. */
export async function diagnose(configuration: Configuration): Promise<DoctorFinding[]> {
  const findings: DoctorFinding[] = [checkNode()];
  let layout: Layout;
  try {
    layout = findLayout(configuration.dataDir);
  } catch (error) {
    return [
      ...findings,
      wrong('data folder', messageOf(error), 'run "see start" for an evaluation or "see init" for production'),
    ];
  }
  findings.push(checkInstance(layout), checkAccounts(), checkSpace(layout), checkSecrets(layout));
  findings.push(...(await checkDatabase(layout, configuration)));
  findings.push(checkServices(layout));
  findings.push(...(await checkPorts(layout, configuration)), await checkDoors(layout, configuration));
  return findings;
}

/** The findings in words, one a line, with the remedy below. */
export function formatFindings(findings: readonly DoctorFinding[]): string {
  return findings
    .map(({ check, verdict, detail, remedy }) => {
      const line = `${MARKS[verdict]} ${check.padEnd(16)} ${detail}`;
      return remedy === undefined ? line : `${line}\n    ${remedy}`;
    })
    .join('\n');
}

const MARKS = { right: 'ok     ', warning: 'warning', wrong: 'WRONG  ' } as const;

function right(check: string, detail: string): DoctorFinding {
  return { check, verdict: 'right', detail };
}

function warning(check: string, detail: string, remedy: string): DoctorFinding {
  return { check, verdict: 'warning', detail, remedy };
}

function wrong(check: string, detail: string, remedy: string): DoctorFinding {
  return { check, verdict: 'wrong', detail, remedy };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function checkNode(): DoctorFinding {
  const version = process.versions.node;
  return Number(version.split('.')[0]) >= 26
    ? right('node', version)
    : wrong('node', `${version} is too old`, 'start through "npx --yes pnpm@12 see …", which brings Node 26');
}

function checkInstance(layout: Layout): DoctorFinding {
  try {
    const instance = readInstance(layout.dataDir);
    if (!instance)
      return wrong(
        'instance',
        `none in ${layout.dataDir}`,
        'run "see start" for an evaluation or "see init" for production',
      );
    const detail = `${instance.preset}, made ${instance.createdAt}, state in ${layout.stateDir}`;
    return instance.preset === 'production'
      ? right('instance', detail)
      : warning('instance', detail, 'its keys and passphrases lie on this disk: for evaluation only');
  } catch (error) {
    return wrong('instance', messageOf(error), 'restore instance.json from a backup');
  }
}

function checkAccounts(): DoctorFinding {
  return hasSeparateAccounts()
    ? right('accounts', 'each process runs under its own user id')
    : warning(
        'accounts',
        'all processes run as one user: the signer is safe from attacks through SQL and HTTP, not from this user',
        'start as root, which gives each process its own user id, or run the signer on a machine of its own',
      );
}

const LOW_SPACE = 1024 ** 3;

function checkSpace(layout: Layout): DoctorFinding {
  const { bavail, bsize } = statfsSync(layout.stateDir);
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free for ${layout.stateDir}`;
  return free < LOW_SPACE
    ? wrong('disk', detail, 'make room: PostgreSQL stops when the disk is full (nothing is lost then)')
    : right('disk', detail);
}

function checkSecrets(layout: Layout): DoctorFinding {
  const open = [
    join(layout.stateDir, 'login'),
    join(layout.stateDir, 'root'),
    layout.evaluationDir,
    ...serviceNames.map((name) => join(layout.stateDir, name)),
  ].flatMap(exposedIn);
  return open.length === 0
    ? right('secrets', 'no secret file may be read by others')
    : wrong(
        'secrets',
        `others may read ${open.join(', ')}`,
        'chmod 0600 the files and 0700 the folders, and think about who may have read them',
      );
}

function exposedIn(folder: string): string[] {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found || (found.mode & 0o077) === 0) return [];
  return [
    folder,
    ...readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => (lstatSync(path).mode & 0o077) !== 0),
  ];
}

async function checkDatabase(layout: Layout, configuration: Configuration): Promise<DoctorFinding[]> {
  const database = findInstanceDatabase(layout, configuration);
  if (!database)
    return [warning('database', 'the embedded PostgreSQL does not run', 'run "see start"; most checks need it')];
  const serviceUrl = (service: ServiceName): string | undefined =>
    configuration.database.kind === 'external'
      ? findLoginUrl(layout.stateDir, configuration.database, service)
      : database.embedded?.serviceUrl(service);
  try {
    const facts = await inspectDatabase(database.ownerUrl);
    const logins = await Promise.all(serviceNames.map((service) => checkLogin(service, serviceUrl(service))));
    return [
      facts.notDurable.length === 0
        ? right('database', `${database.kind} PostgreSQL ${facts.version}, durable`)
        : wrong(
            'database',
            `${facts.notDurable.join(', ')} is off`,
            'switch it on: what was acknowledged can be lost in a power cut',
          ),
      facts.pending.length === 0
        ? right('schema', 'up to date')
        : wrong('schema', `not applied: ${facts.pending.join(', ')}`, 'run "see db migrate"'),
      Math.abs(facts.clockAheadMs) < 5_000
        ? right('clock', `within ${Math.abs(facts.clockAheadMs)} ms of the database's`)
        : wrong(
            'clock',
            `differs ${facts.clockAheadMs} ms from the database's`,
            'set both clocks; beyond 30 s the signer refuses to sign',
          ),
      facts.openIntents.length === 0
        ? right('intents', 'every serial number has its certificate')
        : wrong(
            'intents',
            `no certificate for ${facts.openIntents.join(', ')}`,
            'the signer finishes them when it runs; if they stay, logs/signer.log says why',
          ),
      facts.staleCrls.length === 0
        ? right('CRLs', 'in time')
        : wrong(
            'CRLs',
            `run out: ${facts.staleCrls.join(', ')}`,
            'the signer makes those of issuing CAs when it runs; root: see crl publish',
          ),
      keptKeysFinding(facts.copies),
      ...logins,
    ];
  } catch (error) {
    return [wrong('database', messageOf(error), 'look into logs/postgres.log')];
  }
}

async function checkLogin(service: ServiceName, url: string | undefined): Promise<DoctorFinding> {
  const check = `login ${service}`;
  if (url === undefined) return warning(check, 'no login yet', 'run "see up" once, or set its SEE_DATABASE_URL_…');
  const db = openDatabase(url, { applicationName: 'see doctor', max: 1 });
  try {
    await assertServiceLogin(db, service);
    return right(check, 'can do no more than its grants');
  } catch (error) {
    return wrong(check, messageOf(error), 'take the rights away from the login');
  } finally {
    await db.destroy();
  }
}

function checkServices(layout: Layout): DoctorFinding {
  const record = readProcessRecord(layout);
  if (!record?.supervisorRuns) return warning('services', 'the instance does not run', 'run "see start"');
  const waiting = Object.entries(record.services).filter(([, service]) => !service.ready);
  const names = Object.keys(record.services).join(', ');
  return waiting.length === 0
    ? right('services', `${names} are ready`)
    : wrong('services', `not ready: ${waiting.map(([name]) => name).join(', ')}`, `look into ${layout.logsDir}`);
}

async function checkPorts(layout: Layout, configuration: Configuration): Promise<DoctorFinding[]> {
  const running = readProcessRecord(layout)?.supervisorRuns === true;
  const ports = { ...(readInstance(layout.dataDir)?.ports ?? configuration.ports), ...configuration.givenPorts };
  return Promise.all(
    SERVED.map(async (face) => {
      const port = ports[face];
      const answers = await answersOn(port);
      if (answers === running) return right(`port ${port}`, running ? `${face} answers` : 'free');
      return running
        ? warning(`port ${port}`, `${face} does not answer`, `look into ${layout.logsDir}`)
        : wrong(
            `port ${port}`,
            `another program listens where ${face} should`,
            `stop it or set SEE_${face.toUpperCase()}_PORT`,
          );
    }),
  );
}

/** The faces that something listens on whenever the instance runs; those of TLS need a certificate first. */
const SERVED = ['va', 'portal', 'desk'] as const;

async function checkDoors(layout: Layout, configuration: Configuration): Promise<DoctorFinding> {
  if (readProcessRecord(layout)?.supervisorRuns !== true) return right('TLS', 'the instance does not run');
  const ports = { ...(readInstance(layout.dataDir)?.ports ?? configuration.ports), ...configuration.givenPorts };
  const doors = await readDoorState(ports);
  if (!doors) return warning('TLS', 'it is not known how the doors stand', `look into ${layout.logsDir}`);
  if (doors.state === 'serving') return right('TLS', doors.detail);
  return warning('TLS', doors.detail, 'docs/tls.md says how the service gets its certificate');
}

function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.setTimeout(2_000, () => done(false));
  });
}
