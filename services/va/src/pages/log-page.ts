import { Refusal } from '@see/http/problem';
import { consistencyProof, inclusionProof } from '@see/merkle';
import type { Page } from '../http/page.ts';
import { type Reply, textReply } from '../http/reply.ts';
import type { LogTree, VerifiedCheckpoint } from './log-tree.ts';

const MOST_ENTRIES = 1_000;
const NUMBER = /^(0|[1-9][0-9]{0,14})$/;

/**
 * The audit log for witnesses (RFC 6962 in shape): `/log/checkpoint`, `/log/entries?start=&end=` (both included), and
 * `/log/proof/inclusion?index=&size=`, `/log/proof/consistency?first=&second=`. Entries are leaf hashes alone: the events
 * name persons, and are shown to auditors by the console and `see audit export`. Everything lies within the last signed
 * checkpoint.
 */
export function logPage(log: LogTree): Page {
  return ({ path, query }) => {
    if (!path.startsWith('/log/')) return undefined;
    const page = PAGES.get(path);
    if (!page) return undefined;
    const { checkpoint } = log;
    if (!checkpoint)
      throw new Refusal('unavailable', 'The log has no signed checkpoint yet.', { headers: { 'retry-after': '5' } });
    return page(log, checkpoint, query);
  };
}

type LogPage = (log: LogTree, checkpoint: VerifiedCheckpoint, query: string) => Reply;

const PAGES: ReadonlyMap<string, LogPage> = new Map<string, LogPage>(
  Object.entries({
    '/log/checkpoint': (_log, checkpoint) =>
      textReply(200, 'text/plain; charset=utf-8', checkpoint.note, { 'cache-control': 'no-cache' }),
    '/log/entries': (log, checkpoint, query) => {
      const [start, end] = readNumbers(query, ['start', 'end']);
      if (start > end || end >= checkpoint.size) throw outOfRange(checkpoint);
      const last = Math.min(end, start + MOST_ENTRIES - 1);
      const entries = [];
      for (let index = start; index <= last; index++)
        entries.push({ index, leafHash: log.tree.node(0, index).toBase64() });
      return lasting({ entries });
    },
    '/log/proof/inclusion': (log, checkpoint, query) => {
      const [index, size] = readNumbers(query, ['index', 'size']);
      if (index >= size || size > checkpoint.size) throw outOfRange(checkpoint);
      const leafHash = log.tree.node(0, index).toBase64();
      return lasting({
        index,
        size,
        leafHash,
        root: log.tree.root(size).toBase64(),
        proof: texts(inclusionProof(index, size, log.tree.node)),
      });
    },
    '/log/proof/consistency': (log, checkpoint, query) => {
      const [first, second] = readNumbers(query, ['first', 'second']);
      if (first > second || second > checkpoint.size) throw outOfRange(checkpoint);
      return lasting({ first, second, proof: texts(consistencyProof(first, second, log.tree.node)) });
    },
  } satisfies Record<string, LogPage>),
);

function texts(hashes: readonly Uint8Array[]): string[] {
  return hashes.map((hash) => hash.toBase64());
}

/** What the log once said it says for ever. */
function lasting(value: unknown): Reply {
  return textReply(200, 'application/json', `${JSON.stringify(value)}\n`, {
    'cache-control': 'public, max-age=86400, immutable',
  });
}

function readNumbers(query: string, names: readonly [string, string]): [number, number] {
  const parameters = [...new URLSearchParams(query)];
  const read = (name: string): number => {
    const values = parameters.filter(([key]) => key === name);
    const text = values[0]?.[1];
    if (values.length !== 1 || text === undefined || !NUMBER.test(text))
      throw new Refusal('invalid-request', `${name} is a whole number, given once.`);
    return Number(text);
  };
  if (parameters.length !== 2) throw new Refusal('invalid-request', `This address takes ${names.join(' and ')}.`);
  return [read(names[0]), read(names[1])];
}

function outOfRange(checkpoint: VerifiedCheckpoint): Refusal {
  return new Refusal('invalid-request', `The last signed checkpoint has ${checkpoint.size} entries.`);
}
