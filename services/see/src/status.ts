import { type EmbeddedPostgres, findInstanceHolder } from '@see/db';
import {
  type Configuration,
  findLayout,
  type Instance,
  type Layout,
  LayoutError,
  type RecordedProcess,
  readInstance,
  readProcessRecord,
} from '@see/process';
import { type DoorState, readDoorState } from './door-state.ts';
import { findInstanceDatabase } from './instance-database.ts';

/** What `see status --json` prints. Its fields are stable. */
export interface Status {
  readonly running: boolean;
  readonly phase: 'absent' | 'stopped' | 'starting' | 'running' | 'stopping' | 'leftover';
  readonly dataDir: string;
  readonly stateDir?: string;
  readonly instance?: Pick<Instance, 'instance' | 'preset' | 'createdAt' | 'urls' | 'ports' | 'rootFingerprint'>;
  readonly supervisor?: { readonly pid: number; readonly since: string; readonly orphaned: boolean };
  readonly services: Readonly<Record<string, Pick<RecordedProcess, 'pid' | 'since' | 'ready' | 'restarts'>>>;
  /** How the TLS doors stand; absent unless ra answers. */
  readonly doors?: DoorState;
  readonly database: {
    readonly kind: 'embedded' | 'external';
    readonly answers: boolean;
    readonly pid?: number;
    readonly cluster?: string;
    readonly socketFolder?: string;
  };
}

/** Looks at the instance of a data folder and changes nothing. Every process named in the answer has been seen running. */
export async function readStatus(configuration: Configuration): Promise<Status> {
  const { dataDir } = configuration;
  let layout: Layout;
  try {
    layout = findLayout(dataDir);
  } catch (error) {
    if (!(error instanceof LayoutError) || error.code !== 'data-folder-missing') throw error;
    return {
      running: false,
      phase: 'absent',
      dataDir,
      services: {},
      database: { kind: configuration.database.kind, answers: false },
    };
  }
  const instance = readInstance(layout.dataDir);
  const record = readProcessRecord(layout);
  const database = findInstanceDatabase(layout, configuration);
  const holder =
    database && (await findInstanceHolder(database.ownerUrl, database.lockKey).catch(() => 'unreachable' as const));
  const supervisor =
    holder && holder !== 'unreachable'
      ? { pid: holder.pid, since: holder.since, orphaned: holder.orphaned }
      : record?.supervisorRuns
        ? { pid: record.supervisor.pid, since: record.supervisor.since, orphaned: false }
        : undefined;
  const services = Object.fromEntries(
    Object.entries(record?.services ?? {}).map(([name, { pid, since, ready, restarts }]) => [
      name,
      { pid, since, ready, restarts },
    ]),
  );
  const doors =
    instance && services['ra']?.ready
      ? await readDoorState({ ...instance.ports, ...configuration.givenPorts })
      : undefined;
  const leftover = database?.embedded !== undefined || Object.keys(services).length > 0;
  return {
    running: supervisor !== undefined,
    phase: supervisor ? (record?.phase ?? 'running') : leftover ? 'leftover' : instance ? 'stopped' : 'absent',
    dataDir: layout.dataDir,
    stateDir: layout.stateDir,
    ...(instance && { instance: pickPublic(instance) }),
    ...(supervisor && { supervisor }),
    services,
    ...(doors && { doors }),
    database: {
      kind: configuration.database.kind,
      answers: database !== undefined && holder !== 'unreachable',
      ...(configuration.database.kind === 'embedded' && embeddedPlace(layout, database?.embedded)),
    },
  };
}

/** The status in words. */
export function formatStatus(status: Status): string {
  const lines = [`Instance in ${status.dataDir}: ${PHASES[status.phase]}`];
  if (status.stateDir !== undefined && status.stateDir !== status.dataDir)
    lines.push(`State folder  ${status.stateDir}`);
  if (status.supervisor) {
    const { pid, since, orphaned } = status.supervisor;
    lines.push(`Supervisor    pid ${pid}, since ${since}${orphaned ? ', whoever started it is gone' : ''}`);
  }
  for (const [name, service] of Object.entries(status.services)) {
    const again = service.restarts > 0 ? `, started again ${service.restarts} times` : '';
    lines.push(
      `${name.padEnd(13)} pid ${service.pid}, ${service.ready ? 'ready' : 'starting'}, since ${service.since}${again}`,
    );
  }
  const { database } = status;
  const where = database.cluster === undefined ? '' : `, cluster ${database.cluster}`;
  lines.push(
    `PostgreSQL    ${database.kind}, ${database.answers ? `answers${database.pid ? `, pid ${database.pid}` : ''}` : 'does not answer'}${where}`,
  );
  if (status.doors) lines.push(`TLS           ${status.doors.detail}`);
  if (status.instance) {
    lines.push(`Preset        ${status.instance.preset}, made ${status.instance.createdAt}`);
    for (const [face, url] of Object.entries(status.instance.urls)) lines.push(`${face.padEnd(13)} ${url}`);
    lines.push(`Root SHA-256  ${status.instance.rootFingerprint}`);
  }
  return lines.join('\n');
}

const PHASES: Readonly<Record<Status['phase'], string>> = {
  absent: 'none was made here yet; "see start" makes one for evaluation',
  stopped: 'stopped',
  starting: 'starting',
  running: 'running',
  stopping: 'stopping',
  leftover: 'not supervised, but processes of it still run; "see start" takes them over, "see stop" ends them',
};

function pickPublic({
  instance,
  preset,
  createdAt,
  urls,
  ports,
  rootFingerprint,
}: Instance): NonNullable<Status['instance']> {
  return { instance, preset, createdAt, urls, ports, rootFingerprint };
}

function embeddedPlace(layout: Layout, embedded: EmbeddedPostgres | undefined): Partial<Status['database']> {
  return {
    cluster: embedded?.cluster ?? `${layout.stateDir}/postgres`,
    socketFolder: embedded?.runDir ?? layout.database.runDir,
    ...(embedded && { pid: embedded.identity.pid }),
  };
}
