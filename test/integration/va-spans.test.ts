import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseOcspResponse } from '@see/ocsp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_TRACE, openTrace } from '../../services/va/src/run/trace.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { issue, ocspRequest, openVa, revoke, whenReady } from './va-harness.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly status?: { readonly code?: number };
}

let world: World;
/** A collector as OTLP over HTTP has it, which keeps what it is sent. */
let collector: Server;
const bodies: string[] = [];

beforeAll(async () => {
  world = await makeWorld();
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(Buffer.concat(parts).toString());
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  collector?.close();
  await world?.close();
});

function spans(): Span[] {
  return bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: Span[] }[] }) =>
      resource.scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
}

describe('spans', () => {
  it('are sent by OTLP where an endpoint is named, and tell of nobody and no certificate', async () => {
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const va = await openVa(world, { trace: await openTrace(endpoint, world.instance.instance) });
    await whenReady(world, va);
    const certificate = await issue(world);
    const statusOf = async () => {
      const response = await fetch(`${va.url}/ocsp`, { method: 'POST', body: ocspRequest(world, certificate) });
      return parseOcspResponse(new Uint8Array(await response.arrayBuffer())).basic?.responses[0]?.status.kind;
    };
    await waitUntil('it is good', async () => (await statusOf()) === 'good');
    await revoke(world, certificate);
    await waitUntil('it is revoked', async () => (await statusOf()) === 'revoked');
    await va.close();
    const names = new Set(spans().map(({ name }) => name));
    for (const name of [
      'status.load',
      'status.issued',
      'status.revocations',
      'crl.take',
      'ocsp.sign',
      'snapshot.write',
    ])
      expect(names).toContain(name);
    const all = bodies.join('');
    expect(all).toContain('"see-va"');
    expect(all.toLowerCase()).not.toContain(certificate.serial.toHex());
    expect(all).not.toContain('grace');
  });

  it('inside one another are one trace, and a failure is told and goes on', async () => {
    bodies.length = 0;
    const trace = await openTrace(`http://127.0.0.1:${(collector.address() as AddressInfo).port}/`, 'test');
    const failing = trace.of('outer', {}, () =>
      trace.of('inner', { ca: 'tls' }, () => Promise.reject(new TypeError('no'))),
    );
    await expect(failing).rejects.toThrow('no');
    await trace.close();
    const [inner, outer] = ['inner', 'outer'].map((name) => spans().find((span) => span.name === name));
    expect(inner?.parentSpanId).toBe(outer?.spanId);
    expect(inner?.traceId).toBe(outer?.traceId);
    expect([inner?.status?.code, outer?.status?.code]).toEqual([2, 2]);
  });

  it('are none without an endpoint, and a collector that is away holds nothing up', async () => {
    expect(await openTrace(undefined, 'test')).toBe(NO_TRACE);
    expect(await openTrace('', 'test')).toBe(NO_TRACE);
    const trace = await openTrace('http://127.0.0.1:9', 'test');
    expect(await trace.of('work', {}, async () => 7)).toBe(7);
    const started = performance.now();
    await trace.close();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
