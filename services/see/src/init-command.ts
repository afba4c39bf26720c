import { initEvaluation, initProduction, type ProductionInput } from '@see/cli';
import { type Configuration, type Instance, readConfiguration } from '@see/process';
import type { Command } from 'commander';
import { makeInstance } from './init.ts';

interface InitOptions {
  readonly preset: string;
  readonly organization: string;
  readonly country: string;
  readonly policyArc?: string;
  readonly permit?: readonly string[];
  readonly administrator?: readonly string[];
  readonly administratorPassphraseFile?: readonly string[];
  readonly recovery?: readonly string[];
  readonly rootPassphraseFile?: string;
  readonly signerPassphraseFile?: string;
  readonly vaPassphraseFile?: string;
  readonly workerPassphraseFile?: string;
  readonly json?: boolean;
}

/** `see init`: the root, the issuing CAs, the anchor and the first statements. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('make an instance: root and issuing CAs, anchor, first statements')
    .requiredOption('--preset <preset>', 'evaluation (everything generated) or production')
    .option('--organization <name>', 'who runs the authority; stands in the CA names', 'Secure Electronic Environment')
    .option('--country <code>', 'two letters', 'NZ')
    .option('--policy-arc <oid>', 'object identifier under which policies are numbered')
    .option('--permit <suffix...>', "suffixes of the agencies' domains, e.g. govt.nz")
    .option('--administrator <file...>', 'key files of the two first administrators (see operator keygen)')
    .option('--administrator-passphrase-file <file...>', 'files with their passphrases, in the same order')
    .option('--recovery <file...>', 'public key files of the three recovery keys')
    .option('--root-passphrase-file <file>', 'seals the root key, which is kept apart')
    .option('--signer-passphrase-file <file>', 'seals the issuing keys')
    .option('--va-passphrase-file <file>', "seals va's keys")
    .option('--worker-passphrase-file <file>', "seals the worker's keys")
    .option('--json', 'print the instance as JSON')
    .action(async (options: InitOptions) => {
      const configuration = readConfiguration(process.env, process.cwd());
      const say = (message: string): void => {
        if (!options.json) process.stdout.write(`${message}\n`);
      };
      const instance = await make(options, configuration, say);
      if (options.json) process.stdout.write(`${JSON.stringify(instance, null, 2)}\n`);
      say(`Root certificate, SHA-256: ${instance.rootFingerprint}`);
      say('Compare these groups by another channel before anybody installs the root.');
      say('Next: npx --yes pnpm@12 see up');
    });
}

async function make(
  options: InitOptions,
  configuration: Configuration,
  say: (message: string) => void,
): Promise<Instance> {
  const now = new Date();
  if (options.preset === 'evaluation') {
    return makeInstance(
      configuration,
      (layout, database) => initEvaluation(layout, database, configuration, now, say),
      say,
    );
  }
  if (options.preset !== 'production')
    throw Object.assign(new Error(`${options.preset} is no preset: evaluation or production`), { code: 'bad-preset' });
  const {
    rootPassphraseFile: root,
    signerPassphraseFile: signer,
    vaPassphraseFile: va,
    workerPassphraseFile: worker,
  } = options;
  const input: ProductionInput = {
    organization: options.organization,
    country: options.country,
    policyArc: options.policyArc ?? '',
    permittedDomains: options.permit ?? [],
    administratorKeys: options.administrator ?? [],
    administratorPassphraseFiles: options.administratorPassphraseFile ?? [],
    recoveryKeys: options.recovery ?? [],
    passphraseFiles: {
      ...(root ? { root } : {}),
      ...(signer ? { signer } : {}),
      ...(va ? { va } : {}),
      ...(worker ? { worker } : {}),
    },
  };
  return makeInstance(
    configuration,
    (layout, database) => initProduction(layout, database, configuration, input, now, say),
    say,
  );
}
