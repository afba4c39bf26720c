/** One row of a state machine. A machine has at most one row for a state and an event. */
export interface Transition<State extends string, Event extends string> {
  /** The states in which the event may happen; null is before the object exists. */
  readonly from: readonly State[] | null;
  readonly event: Event;
  /** The state that follows; null where the event leaves each state as it is. */
  readonly to: State | null;
  /** The process whose login makes the transition; the database refuses it to others where rows are moved. */
  readonly by: 'ra' | 'worker' | 'signer';
  /** What must hold besides, in words; the code that makes the transition checks it. */
  readonly guard: string;
  /** The kind of audit event that is written in the same transaction. */
  readonly audit: string;
}

/** States, those that are never left, and every transition there is. What no row allows is refused. */
export interface StateMachine<State extends string, Event extends string> {
  readonly name: string;
  readonly states: readonly State[];
  readonly final: readonly State[];
  readonly transitions: readonly Transition<State, Event>[];
}

/** The state after an event; undefined when the event can not happen in this state. */
export function nextState<State extends string, Event extends string>(
  machine: StateMachine<State, Event>,
  state: State,
  event: Event,
): State | undefined {
  const row = machine.transitions.find((candidate) => candidate.event === event && candidate.from?.includes(state));
  return row && (row.to ?? state);
}

/** The states in which an event may happen, and the one that follows. Throws for an event that moves nothing. */
export function moveOf<State extends string, Event extends string>(
  machine: StateMachine<State, Event>,
  event: Event,
): { readonly from: readonly State[]; readonly to: State } {
  const rows = machine.transitions.filter((row) => row.event === event && row.from !== null);
  const [to, ...others] = new Set(rows.map((row) => row.to));
  if (to === undefined || to === null || others.length > 0) throw new TypeError(`${event} moves nothing to one state`);
  return { from: rows.flatMap((row) => row.from ?? []), to };
}

/** The state in which an object begins with an event. Throws for an event with which nothing begins. */
export function moveInto<State extends string, Event extends string>(
  machine: StateMachine<State, Event>,
  event: Event,
): State {
  const to = machine.transitions.find((row) => row.event === event && row.from === null)?.to;
  if (!to) throw new TypeError(`nothing begins with ${event}`);
  return to;
}

/** The machine as a diagram (Mermaid) and a table (Markdown). */
export function describeMachine(machine: StateMachine<string, string>): string {
  const arrows = machine.transitions.flatMap(({ from, event, to }) =>
    from === null ? [`  [*] --> ${to}: ${event}`] : from.map((state) => `  ${state} --> ${to ?? state}: ${event}`),
  );
  const rows = machine.transitions.map(
    ({ from, event, to, by, guard, audit }) =>
      `| ${from === null ? '–' : from.join(', ')} | ${event} | ${guard} | ${to ?? 'as it was'} | ${by} | \`${audit}\` |`,
  );
  return [
    `## ${machine.name}`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...arrows,
    ...machine.final.map((state) => `  ${state} --> [*]`),
    '```',
    '',
    '| from | event | only if | to | made by | audit event |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
