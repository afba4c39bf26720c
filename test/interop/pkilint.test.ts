import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEVIATIONS, type Deviation, deviationOf } from './deviations.ts';
import { caIds, leaves } from './leaves.ts';
import { answerNames, certificateNames, type Document, faultyCertificate, fetchAnswer } from './lint-documents.ts';
import { haveTool, run } from './tool.ts';
import { world } from './world.ts';

const pkilint = haveTool('lint_pkix_cert', 'pip install pkilint==0.13.3');

interface Finding {
  readonly severity: string;
  readonly code: string;
  readonly message: string | null;
}

const met = new Set<Deviation>();

/** Lints with one of pkilint's programs. Returns the findings of level error and above that are no known deviation. */
async function lint(program: string, { name, file }: Document, ...options: string[]): Promise<Finding[]> {
  const { stdout, text } = await run(program, ['lint', ...options, '-s', 'ERROR', '-f', 'JSON', file]);
  if (!stdout.toString().startsWith('{')) throw new Error(`${program} ${name}:\n${text}`);
  const report = JSON.parse(stdout.toString()) as { results: { finding_descriptions: Finding[] }[] };
  const findings = report.results.flatMap((result) => result.finding_descriptions);
  return findings.filter((finding) => {
    const deviation = deviationOf(finding.code, finding.message ?? '', name);
    if (deviation) met.add(deviation);
    return deviation === undefined;
  });
}

const pem = (name: string): Document => ({ name, file: world().at(`${name}.pem`) });

describe.skipIf(!pkilint)('pkilint finds no error', () => {
  it.each(certificateNames)('in certificate %s (RFC 5280)', async (name) => {
    expect(await lint('lint_pkix_cert', pem(name))).toEqual([]);
  });

  it.each(leaves)('between $name and its CA', async ({ name, ca }) => {
    expect(await lint('lint_pkix_signer_signee_cert_chain', pem(name), world().ca(ca))).toEqual([]);
  });

  it.each([...caIds, 'root'] as const)('between CA %s and the root', async (id) => {
    expect(await lint('lint_pkix_signer_signee_cert_chain', pem(`ca-${id}`), world().root)).toEqual([]);
  });

  it.each([...caIds, 'root'] as const)('in the CRL of CA %s', async (id) => {
    const crl = { name: `CRL of ${id}`, file: world().crl(id) };
    const type = id === 'root' ? 'ARL' : 'CRL';
    expect(await lint('lint_crl', crl, '-t', type, '-p', 'PKIX')).toEqual([]);
    expect(await lint('lint_crl', crl, '-t', type, '-p', 'BR')).toEqual([]);
  });

  it.each(answerNames)('in the OCSP answer %s and its delegate', async (name) => {
    const { answer, delegate, ca } = await fetchAnswer(name);
    expect(await lint('lint_ocsp_response', answer)).toEqual([]);
    expect(await lint('lint_pkix_cert', delegate)).toEqual([]);
    expect(await lint('lint_pkix_signer_signee_cert_chain', delegate, ca)).toEqual([]);
  });

  it.each(leaves.filter(({ use }) => use === 'mail'))('in $name by the S/MIME baseline, strict', async ({ name }) => {
    const type = name.startsWith('gateway') ? 'ORGANIZATION-STRICT' : 'SPONSORED-STRICT';
    expect(await lint('lint_cabf_smime_cert', pem(name), '-t', type)).toEqual([]);
  });
});

describe.skipIf(!pkilint)('pkilint', () => {
  let faulty: Document;
  beforeAll(async () => {
    faulty = await faultyCertificate();
  });

  it('finds the faults of a faulty certificate', async () => {
    expect((await lint('lint_pkix_cert', faulty)).map(({ code }) => code)).toEqual([
      'pkix.basic_constraints_extension_not_critical',
      'pkix.ca_certificate_keycertsign_keyusage_not_set',
      'pkix.duplicate_certificate_policy_oids',
    ]);
  });

  it('finds a CA that did not issue the certificate', async () => {
    const codes = await lint('lint_pkix_signer_signee_cert_chain', pem('user-auth'), world().ca('gateway'));
    expect(codes.map(({ code }) => code)).toContain('pkix.signature_verification_failed');
  });

  it('finds that user-auth is none for mail', async () => {
    const codes = await lint('lint_cabf_smime_cert', pem('user-auth'), '-t', 'SPONSORED-STRICT');
    expect(codes.map(({ code }) => code)).toContain('cabf.smime.emailprotection_eku_missing');
  });

  it('finds a hold on the CRL of a CA that allows none', async () => {
    const crl = { name: 'CRL of tls', file: world().crl('individual') };
    expect(await lint('lint_crl', crl, '-t', 'CRL', '-p', 'BR')).toMatchObject([
      { severity: 'ERROR', code: 'cabf.crl_prohibited_reason_code' },
    ]);
  });

  // Last: every deviation of pkilint's that is listed was met above, so that none outlives its cause.
  it('has met every deviation', () => {
    const listed = DEVIATIONS.filter(({ code }) => !code.startsWith('e_'));
    expect(listed.filter((deviation) => !met.has(deviation))).toEqual([]);
  });
});

describe('docs/conformance.md', () => {
  it.each(DEVIATIONS)('explains $code ($anchor)', ({ code, anchor }) => {
    const file = fileURLToPath(new URL('../../docs/conformance.md', import.meta.url));
    const section = readFileSync(file, 'utf8').split(`<a id="${anchor}"></a>`)[1]?.split('<a id=')[0];
    expect(section).toContain(code);
  });
});
