import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity, type ServiceName } from '@see/db';
import { readProcessRecord } from '@see/process';
import { afterEach, expect } from 'vitest';
import { type InstanceOptions, newInstance, type TestInstance } from './instance.ts';
import { query } from './query.ts';
import { waitUntil } from './wait-until.ts';

const instances: TestInstance[] = [];

afterEach(async () => {
  for (const instance of instances.splice(0)) await instance.remove();
});

/** An instance on fixture services that is not started yet; removed after the test. */
export async function make(options: InstanceOptions = {}): Promise<TestInstance> {
  const instance = await newInstance({ program: 'fixture', ...options });
  instances.push(instance);
  return instance;
}

/** An instance on fixture services that is up; removed after the test. */
export async function makeRunning(options: InstanceOptions = {}): Promise<TestInstance> {
  const instance = await make(options);
  await instance.start();
  return instance;
}

/** The supervisor as it recorded itself. */
export function supervisorOf(instance: TestInstance): ProcessIdentity {
  const record = readProcessRecord(instance.layout);
  if (!record) throw new Error('no supervisor is recorded');
  return record.supervisor;
}

/** A service that is ready now. */
export function serviceOf(instance: TestInstance, name: ServiceName): ProcessIdentity | undefined {
  const service = readProcessRecord(instance.layout)?.services[name];
  return service?.ready ? service : undefined;
}

/** Every service that runs now. */
export function servicesOf(instance: TestInstance): ProcessIdentity[] {
  return Object.values(readProcessRecord(instance.layout)?.services ?? {});
}

/** Whether the validation service answers, and so its database does. */
export async function answers(instance: TestInstance): Promise<boolean> {
  const response = await fetch(`${instance.urls.va}/`).catch(() => undefined);
  return response?.status === 200;
}

/** Expects that nothing of the instance runs and that no trace of a process is left. */
export async function expectDown(instance: TestInstance, processes: readonly ProcessIdentity[]): Promise<void> {
  for (const identity of processes) await waitUntil(`the end of ${identity.pid}`, () => !isRunning(identity));
  expect(() => instance.database).toThrow('does not run');
  expect(existsSync(join(instance.layout.stateDir, 'postgres', 'postmaster.pid'))).toBe(false);
  expect(existsSync(instance.layout.processesFile)).toBe(false);
  expect(await answers(instance)).toBe(false);
}

/** A table of its own, since the fixture's instance has no data: rows whose commit was acknowledged must be found again. */
export async function addRow(instance: TestInstance, value: number): Promise<void> {
  await query(instance.database.ownerUrl, 'create table if not exists acknowledged (value int)');
  await query(instance.database.ownerUrl, 'insert into acknowledged values ($1)', [value]);
}

/** The rows that {@link addRow} added. */
export async function rows(instance: TestInstance): Promise<number[]> {
  const found = await query<{ value: number }>(
    instance.database.ownerUrl,
    'select value from acknowledged order by value',
  );
  return found.map(({ value }) => value);
}
