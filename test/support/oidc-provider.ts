import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import {
  assembleSigned,
  buildTbsCertificate,
  encodeName,
  encodePem,
  oid,
  signatureAlgorithm,
  subjectAltName,
} from '@see/x509';
import type { OidcBehaviour } from './fixture-oidc-provider.ts';
import { freePorts } from './free-ports.ts';

const FIXTURE = fileURLToPath(new URL('./fixture-oidc-provider.ts', import.meta.url));

/** A running OpenID provider in a process of its own. */
export class TestProvider {
  readonly issuer: string;
  /** What its TLS is verified by, PEM. */
  readonly certificate: string;
  readonly #child: ChildProcess;

  private constructor(issuer: string, certificate: string, child: ChildProcess) {
    this.issuer = issuer;
    this.certificate = certificate;
    this.#child = child;
  }

  static async start(redirectUris: readonly string[], clientSecret: string): Promise<TestProvider> {
    const [port = 0] = await freePorts(1);
    const { key, certificate } = selfSigned();
    const options = [redirectUris.join(' '), clientSecret, String(port), key, certificate];
    const child = fork(FIXTURE, options, { stdio: 'ignore' });
    // As NODE_EXTRA_CA_CERTS does at a start.
    setDefaultCACertificates([...getCACertificates('default'), certificate]);
    await once(child, 'message');
    return new TestProvider(`https://127.0.0.1:${port}`, certificate, child);
  }

  /** What it does with those who come from now on. */
  async behave(behaviour: OidcBehaviour): Promise<void> {
    this.#child.send(behaviour);
    await once(this.#child, 'message');
  }

  /**
   * What a browser does that is sent there: follows it until it leads back, keeping cookies. Returns where it leads to.
   */
  async visit(url: string, backTo: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let next = url;
    for (let hops = 0; hops < 8 && !next.startsWith(backTo); hops++) {
      const answer = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`${next} answers ${answer.status}: ${await answer.text()}`);
      next = new URL(location, next).href;
    }
    return new URL(next);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}

/** A certificate for 127.0.0.1 that nobody but this test trusts. */
function selfSigned(): { readonly key: string; readonly certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const name = encodeName([[{ type: oid.commonName, value: 'Agency login' }]]);
  const algorithm = signatureAlgorithm('ecdsa-sha384');
  const tbs = buildTbsCertificate({
    serialNumber: new Uint8Array([1]),
    signatureAlgorithmDer: algorithm,
    issuerDer: name,
    notBefore: new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000),
    notAfter: new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000),
    subjectDer: name,
    spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    extensions: [subjectAltName([{ kind: 'iPAddress', bytes: new Uint8Array([127, 0, 0, 1]) }])],
  });
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    certificate: encodePem('CERTIFICATE', assembleSigned(tbs, algorithm, sign('sha384', tbs, privateKey))),
  };
}
