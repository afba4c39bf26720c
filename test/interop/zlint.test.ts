import { describe, expect, it } from 'vitest';
import { deviationOf } from './deviations.ts';
import { caIds } from './leaves.ts';
import { answerNames, certificateNames, type Document, faultyCertificate, fetchAnswer } from './lint-documents.ts';
import { haveTool, run } from './tool.ts';
import { world } from './world.ts';

const zlint = haveTool('zlint', 'go install github.com/zmap/zlint/v3/cmd/zlint@v3.6.1');

/** Sources of rules that bind everybody, not only public CAs. */
const SOURCES = 'RFC5280,RFC5480,RFC5891,Community';

/** Names of the rules that a document breaks, warnings included and known deviations not; also how many it passed. */
async function lint({ name, file }: Document): Promise<{ broken: string[]; passed: number }> {
  const { stdout, text } = await run('zlint', ['-includeSources', SOURCES, file]);
  if (!stdout.toString().startsWith('{')) throw new Error(`zlint ${file}:\n${text}`);
  const report = Object.entries(JSON.parse(stdout.toString()) as Record<string, { result: string }>);
  const broken = report.filter(([, { result }]) => ['warn', 'error', 'fatal'].includes(result)).map(([rule]) => rule);
  return {
    broken: broken.filter((rule) => !deviationOf(rule, rule, name)),
    passed: report.filter(([, { result }]) => result === 'pass').length,
  };
}

describe.skipIf(!zlint)('zlint finds neither error nor warning', () => {
  it.each(certificateNames)('in certificate %s', async (name) => {
    const { broken, passed } = await lint({ name, file: world().at(`${name}.pem`) });
    expect(broken).toEqual([]);
    expect(passed).toBeGreaterThan(20);
  });

  it.each([...caIds, 'root'] as const)('in the CRL of CA %s', async (id) => {
    const { broken, passed } = await lint({ name: `CRL of ${id}`, file: world().crlPem(id) });
    expect(broken).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });

  it.each(answerNames)('in the delegate that signs the OCSP answer %s', async (name) => {
    const { delegate } = await fetchAnswer(name);
    expect((await lint(delegate)).broken).toEqual([]);
  });
});

describe.skipIf(!zlint)('zlint', () => {
  it('finds the faults of a faulty certificate', async () => {
    const { broken } = await lint(await faultyCertificate());
    expect(broken).toEqual(expect.arrayContaining(['e_basic_constraints_not_critical', 'e_ext_cert_policy_duplicate']));
  });

  it('finds a hold on the CRL of a CA that allows none', async () => {
    const { broken } = await lint({ name: 'CRL of tls', file: world().crlPem('individual') });
    expect(broken).toEqual(['e_cab_crl_has_valid_reason_code']);
  });
});
