import { readFileSync } from 'node:fs';
import { AGENCY_MACHINE, CERTIFICATE_MACHINE, ORDER_MACHINE, RECOVERY_MACHINE, type StateMachine } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { STATE_MACHINES_FILE, stateMachinesPage } from './state-machines.ts';

describe('the state machines', () => {
  it('are documented as they are: else run node scripts/src/state-machines.ts', () => {
    expect(readFileSync(STATE_MACHINES_FILE, 'utf8')).toBe(stateMachinesPage());
  });

  it.each<[string, StateMachine<string, string>]>(
    [ORDER_MACHINE, CERTIFICATE_MACHINE, AGENCY_MACHINE, RECOVERY_MACHINE].map((machine) => [machine.name, machine]),
  )('%s: is whole', (_name, machine) => {
    const { states, final, transitions } = machine;
    const pairs = transitions.flatMap(({ from, event }) => (from ?? ['']).map((state) => `${state} ${event}`));
    expect(new Set(pairs).size, 'one row for a state and an event').toBe(pairs.length);
    const reached = new Set(transitions.filter(({ from }) => from === null).map(({ to }) => to));
    for (const _ of states) {
      for (const { from, to } of transitions) if (from?.some((state) => reached.has(state))) reached.add(to);
    }
    for (const state of states) expect(reached, 'every state can be reached').toContain(state);
    const left = new Set(transitions.flatMap(({ from, to }) => (from ?? []).filter((s) => to !== null && s !== to)));
    expect(states.filter((state) => !left.has(state)).toSorted(), 'final is what is never left').toEqual(
      [...final].toSorted(),
    );
  });
});
