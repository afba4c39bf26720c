import { buildOcspRequest, parseOcspResponse } from '@see/ocsp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { certIdOf, type IssuedCertificate, issue, openVa, revoke, type TestVa, whenReady } from './va-harness.ts';

const HOUR = 3_600_000;
let world: World;
let va: TestVa;
let ahead = 0;

beforeAll(async () => {
  world = await makeWorld();
  va = await openVa(world, { now: () => new Date(Date.now() + ahead) });
  await whenReady(world, va);
});
afterAll(async () => {
  await va?.close();
  await world?.close();
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${va.url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(name) && !line.startsWith('#'))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function ask(certificate: IssuedCertificate) {
  const body = buildOcspRequest([certIdOf(world, certificate, 'sha1')]);
  const response = await fetch(`${va.url}/ocsp`, { method: 'POST', body });
  const { basic } = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
  const [single] = basic?.responses ?? [];
  if (!single) throw new Error('no answer');
  return { status: single.status.kind, thisUpdate: single.thisUpdate.getTime() };
}

const signedOnDemand = () => metric('see_va_ocsp_answers_total{status="good",path="signed"}');
/** Whether there is an answer about every certificate that va knows, the one that was issued last among them. */
async function isAllSigned(): Promise<boolean> {
  const issued = await world.owner
    .selectFrom('certificates')
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return (await metric('see_va_ocsp_signed ')) === Number(issued.count);
}

describe('REV-24 answers are signed before anyone asks', () => {
  it('when a certificate is issued, anew before half of its life, and when it is revoked', async () => {
    const certificate = await issue(world);
    await waitUntil('all are signed', isAllSigned);
    const onDemand = await signedOnDemand();
    const first = await ask(certificate);
    expect(first.status).toBe('good');

    // A part of them comes later: each has its own moment between 36 and 46 hundredths of twelve hours.
    ahead = 5.6 * HOUR;
    await waitUntil('it is signed anew', async () => (await ask(certificate)).thisUpdate > first.thisUpdate + HOUR);
    expect(await signedOnDemand()).toBe(onDemand);

    await revoke(world, certificate);
    await waitUntil('it is revoked', async () => (await ask(certificate)).status === 'revoked', 5_000);
  });

  it('all of them, each at its own moment', async () => {
    const certificates = await Promise.all(Array.from({ length: 40 }, () => issue(world)));
    await waitUntil('all are signed', isAllSigned);
    const first = await Promise.all(certificates.map((one) => ask(one)));
    const onDemand = await signedOnDemand();
    ahead += 4.9 * HOUR;
    const renewed = async () => {
      const second = await Promise.all(certificates.map((one) => ask(one)));
      return second.filter((one, index) => one.thisUpdate > (first[index]?.thisUpdate ?? 0) + HOUR).length;
    };
    await waitUntil('some are signed anew', async () => (await renewed()) > 4);
    // Passes are a second apart: two more change nothing.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await renewed()).toBeLessThan(36);
    expect(await signedOnDemand()).toBe(onDemand);
  });
});
