import { randomBytes } from 'node:crypto';
import { DEFAULT_RISK_POLICY, personId, type Refusal, RefusedError } from '@see/domain';
import type { Configuration, Instance, Layout } from '@see/process';
import { readSecretFile } from '@see/process';
import { readApprovalKey, readPublicKey } from '../keys/approval-key.ts';
import { type Administrator, initInstance } from './init-instance.ts';
import { policyArcFault } from './policy-arc.ts';

/** What the ceremony brings along; every file is named, nothing is generated but keys of CAs and processes. */
export interface ProductionInput {
  readonly organization: string;
  readonly country: string;
  readonly policyArc: string;
  readonly permittedDomains: readonly string[];
  /** Key files of the two first administrators, who are present. */
  readonly administratorKeys: readonly string[];
  readonly administratorPassphraseFiles: readonly string[];
  /** Public key files of the three recovery keys. */
  readonly recoveryKeys: readonly string[];
  readonly passphraseFiles: {
    readonly root?: string;
    readonly signer?: string;
    readonly va?: string;
    readonly worker?: string;
  };
}

/**
 * Makes an instance for production. Refuses, with every reason at once, names that are not real ones, plain http for
 * people, missing keys and passphrases: nothing is defaulted that somebody would have to trust.
 */
export async function initProduction(
  layout: Layout,
  database: { readonly kind: 'embedded' | 'external'; readonly ownerUrl: string },
  configuration: Configuration,
  input: ProductionInput,
  now: Date,
  say: (message: string) => void,
): Promise<Instance> {
  const faults = productionFaults(configuration, input);
  if (faults.length > 0) throw new RefusedError('unsafe-production', faults);
  const { root = '', signer = '', va = '', worker = '' } = input.passphraseFiles;
  const administrator = (index: number): Administrator => {
    const passphraseFile = input.administratorPassphraseFiles[index];
    const key = readApprovalKey(
      input.administratorKeys[index] ?? '',
      passphraseFile ? readSecretFile(passphraseFile) : undefined,
    );
    return { personId: personId(randomBytes(10)), name: key.label || `administrator ${index + 1}`, key };
  };
  return initInstance(
    {
      layout,
      configuration,
      database,
      preset: 'production',
      organization: input.organization,
      country: input.country,
      policyArc: input.policyArc,
      risk: DEFAULT_RISK_POLICY,
      permittedDomains: input.permittedDomains,
      people: () => ({
        administrators: [administrator(0), administrator(1)],
        recoveryKeys: input.recoveryKeys.map((file) => readPublicKey(file).publicKey),
        passphrases: {
          root: readSecretFile(root),
          signer: readSecretFile(signer),
          va: readSecretFile(va),
          worker: readSecretFile(worker),
        },
      }),
      now,
      say,
    },
    async ({ administrators }) => {
      for (const { name, personId: id } of administrators) say(`Administrator ${name} is person ${id}`);
    },
  );
}

/** Everything that stands against making a production instance of this. */
export function productionFaults(configuration: Configuration, input: ProductionInput): Refusal[] {
  const faults: Refusal[] = [];
  const add = (path: string, message: string): void => {
    faults.push({ code: 'unsafe-production', path, message: `${path}: ${message}` });
  };
  for (const face of ['va', 'portal', 'desk'] as const) {
    const url = configuration.givenUrls[face];
    const variable = `SEE_${face.toUpperCase()}_URL`;
    if (!url) add(variable, 'the public name has to be given, it is sealed into certificates');
    else if (isLocal(new URL(url).hostname)) add(variable, `${url} is a name of this machine only`);
    else if (face !== 'va' && !url.startsWith('https://')) add(variable, 'people are served over https only');
    else if (face === 'va' && !url.startsWith('http://'))
      add(variable, 'CRLs and OCSP are fetched over http: https would need them itself (REV-13)');
  }
  if (isLocal(configuration.rpId)) add('SEE_RP_ID', 'passkeys need a real host name');
  const arcFault = policyArcFault(input.policyArc);
  if (arcFault) add('--policy-arc', arcFault);
  if (input.permittedDomains.length === 0)
    add('--permit', 'the suffixes below which agencies have their domains are sealed into the CAs');
  for (const domain of input.permittedDomains)
    if (isLocal(domain) || !domain.includes('.')) add('--permit', `${domain} is no suffix of agencies`);
  if (input.administratorKeys.length !== 2) add('--administrator', 'two administrators bring their keys');
  if (input.recoveryKeys.length !== 3) add('--recovery', 'three recovery keys are named (public parts)');
  for (const name of ['root', 'signer', 'va', 'worker'] as const) {
    if (!input.passphraseFiles[name]) add(`--${name}-passphrase-file`, 'a file with the passphrase is needed');
  }
  if (input.organization.startsWith('SEE Evaluation'))
    add('--organization', 'name the organisation that runs the authority');
  return faults;
}

function isLocal(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.endsWith('.local') ||
    host.endsWith('.test') ||
    host.endsWith('.example') ||
    /^[0-9.]+$/.test(host) ||
    host.includes(':')
  );
}
