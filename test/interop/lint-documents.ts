import { writeFileSync } from 'node:fs';
import { caIds, leaves } from './leaves.ts';
import { runWell } from './tool.ts';
import { world } from './world.ts';

/** Something to lint: a name for messages, and the file. */
export interface Document {
  readonly name: string;
  readonly file: string;
}

/** Names of all certificates: every profile and kind of key, and the CAs. */
export const certificateNames: readonly string[] = [
  ...leaves.map(({ name }) => name),
  ...(['root', ...caIds] as const).map((id) => `ca-${id}`),
];

const ANSWERS = [
  { name: 'pre-signed', ca: 'individual', options: ['-no_nonce'], subject: 'user-auth' },
  { name: 'with a nonce, by SHA-256', ca: 'individual', options: ['-sha256'], subject: 'user-sign' },
  { name: 'revoked', ca: 'individual', options: [], subject: 'revoked' },
  { name: 'held', ca: 'individual', options: ['-no_nonce'], subject: 'held' },
  { name: 'never issued', ca: 'individual', options: [], subject: undefined },
  { name: 'of the gateway CA', ca: 'gateway', options: ['-no_nonce'], subject: 'gateway-sign' },
  { name: 'of the TLS CA', ca: 'tls', options: ['-no_nonce'], subject: 'tls-server' },
  { name: 'of the operations CA', ca: 'operations', options: ['-no_nonce'], subject: 'operator' },
] as const;

/** Names of the kinds of OCSP answers; {@link fetchAnswer} gets one. */
export const answerNames = ANSWERS.map(({ name }) => name);

/** Asks for an OCSP answer of this kind. Leaves it and the delegate's certificate in files. */
export async function fetchAnswer(name: string): Promise<{ answer: Document; delegate: Document; ca: string }> {
  const wanted = ANSWERS.find((one) => one.name === name);
  if (!wanted) throw new Error(`no answer ${name}`);
  const { at, ca, ocspUrl, root } = world();
  const answer = at(`lint-${ANSWERS.indexOf(wanted)}.ocsp`);
  const delegate = at(`lint-${ANSWERS.indexOf(wanted)}.delegate.pem`);
  const subject = wanted.subject ? ['-cert', at(`${wanted.subject}.pem`)] : ['-serial', '0x5b5b5b5b5b5b5b5b5b5b5b5b'];
  const question = [...wanted.options, '-issuer', ca(wanted.ca), ...subject];
  await runWell('openssl', ['ocsp', ...question, '-url', ocspUrl, '-CAfile', root, '-respout', answer]);
  const text = await runWell('openssl', ['ocsp', '-respin', answer, '-noverify', '-resp_text']);
  const [pem = ''] = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/) ?? [];
  writeFileSync(delegate, pem);
  return {
    answer: { name: `OCSP answer ${name}`, file: answer },
    delegate: { name: 'ocsp-responder', file: delegate },
    ca: ca(wanted.ca),
  };
}

/** A certificate with faults that every linter has to find: shows that the tests can fail. */
export async function faultyCertificate(): Promise<Document> {
  const file = world().at('faulty.pem');
  const key = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${file}.key`];
  const faults = [
    'basicConstraints=CA:TRUE',
    'keyUsage=digitalSignature',
    'certificatePolicies=2.5.29.32.0,2.5.29.32.0',
  ];
  const extensions = faults.flatMap((fault) => ['-addext', fault]);
  await runWell('openssl', [...key, '-out', file, '-days', '9', '-subj', '/CN=Faulty', ...extensions]);
  return { name: 'faulty', file };
}
