import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApprovalKey, readApprovalKey } from '@see/cli';
import type { TestInstance } from '../../../../test/support/instance.ts';
import { SchemeClient } from './scheme-client.ts';

/** One who was brought in, with what was ordered for them. */
export interface Member {
  readonly personId: string;
  readonly email: string;
  readonly orderId: string;
}

/** An agency of the run, with the token of its sponsor. */
export interface MemberAgency {
  readonly id: string;
  readonly domain: string;
  readonly sponsorId: string;
  readonly sponsor: SchemeClient;
}

/** A run of the scheme: an instance and those who work with it. */
export class Scheme {
  readonly instance: TestInstance;
  readonly operators: readonly [ApprovalKey, ApprovalKey];
  /** The first operator, who enters and decides. */
  readonly operator: SchemeClient;
  readonly operator2: SchemeClient;
  readonly print: (line: string) => void;
  readonly #steps: { readonly step: string; readonly seconds: number }[] = [];

  constructor(instance: TestInstance, print: (line: string) => void) {
    this.instance = instance;
    this.print = print;
    const key = (name: string): ApprovalKey => readApprovalKey(this.evaluation(`${name}.key.json`), undefined);
    this.operators = [key('operator1'), key('operator2')];
    this.operator = this.client(this.evaluation('operator1.token'));
    this.operator2 = this.client(this.evaluation('operator2.token'));
  }

  evaluation(name: string): string {
    return join(this.instance.dataDir, 'evaluation', name);
  }

  /** Whoever holds the token in a file. */
  client(tokenFile: string): SchemeClient {
    return new SchemeClient(this.instance.urls.portal, readFileSync(tokenFile, 'utf8').trim());
  }

  /** Does a step and prints how long it took, with what it says of itself. */
  async step<T>(step: string, run: () => Promise<T>, say: (result: T) => string = () => ''): Promise<T> {
    const started = performance.now();
    const result = await run();
    const seconds = (performance.now() - started) / 1000;
    this.#steps.push({ step, seconds });
    this.print(`${seconds.toFixed(1).padStart(8)} s  ${step}${say(result)}`);
    return result;
  }

  /** Seconds of all steps so far. */
  get seconds(): number {
    return this.#steps.reduce((sum, { seconds }) => sum + seconds, 0);
  }
}

/** Runs work over items, so many at a time. */
export async function inLanes<T>(lanes: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
