import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:https';
import Provider from 'oidc-provider';

/** What the provider does with the next person who comes, and how it lies about them. Sent by the test that started it. */
export interface OidcBehaviour {
  readonly subject: string;
  readonly acr: string;
  /** Replaces claims of ID tokens, or removes those that are null. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** How ID tokens are signed when they are changed; the provider's own key and algorithm by default. */
  readonly signature?: 'none' | 'HS256' | 'other-key' | 'RS256';
  /** Answers the token endpoint with this status. */
  readonly broken?: number;
}

/**
 * A real OpenID provider in a process of its own, on loopback: `oidc-provider`, with one client, whose people sign in by
 * themselves as the test says. Prints nothing; says over the channel when it listens.
 */
const [redirectUris = '', clientSecret = '', port = '0', tlsKey = '', tlsCertificate = ''] = process.argv.slice(2);
const signing = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey;
let behaviour: OidcBehaviour = { subject: 'nobody', acr: 'urn:mfa' };

const jwk = (key: KeyObject, kid: string, alg: string) => ({ ...key.export({ format: 'jwk' }), kid, alg, use: 'sig' });
// Another site than localhost, as a provider is: cookies of ours do not come along from there.
const issuer = `https://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'see',
      client_secret: clientSecret,
      redirect_uris: redirectUris.split(' '),
      id_token_signed_response_alg: 'ES384',
    },
    {
      client_id: 'other',
      client_secret: clientSecret,
      redirect_uris: redirectUris.split(' '),
      id_token_signed_response_alg: 'ES384',
    },
  ],
  jwks: { keys: [jwk(signing, 'own', 'ES384'), jwk(rsa, 'rsa', 'RS256')] as never },
  enabledJWA: { idTokenSigningAlgValues: ['ES384', 'RS256'] },
  acrValues: ['urn:mfa', 'urn:password'],
  cookies: { keys: ['only a test'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client?.clientId ?? '',
      accountId: ctx.oidc.session?.accountId ?? '',
    });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});
provider.use(async (ctx, next) => {
  if (ctx.path.startsWith('/interaction/')) {
    const login = { accountId: behaviour.subject, acr: behaviour.acr, remember: false };
    await provider.interactionFinished(ctx.req, ctx.res, { login });
    ctx.respond = false;
    return;
  }
  if (ctx.path === '/token' && behaviour.broken !== undefined) {
    ctx.status = behaviour.broken;
    ctx.body = { error: 'server_error' };
    return;
  }
  await next();
  if (ctx.path === '/token' && (behaviour.claims || behaviour.signature)) lie(ctx.body as { id_token?: string });
});

function lie(body: { id_token?: string }): void {
  const [, payload = ''] = body.id_token?.split('.') ?? [];
  if (payload === '') return;
  const claims = {
    ...(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>),
    ...behaviour.claims,
  };
  for (const [name, value] of Object.entries(claims)) if (value === null) delete claims[name];
  body.id_token = jws(claims);
}

function jws(claims: object): string {
  const [alg, kid] = ALGORITHMS[behaviour.signature ?? 'own'] ?? ['ES384', 'own'];
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode({ alg, kid, typ: 'JWT' })}.${encode(claims)}`;
  return `${input}.${signatureOf(input)}`;
}

const ALGORITHMS: Readonly<Record<string, readonly [string, string]>> = {
  own: ['ES384', 'own'],
  'other-key': ['ES384', 'own'],
  none: ['none', 'own'],
  HS256: ['HS256', 'own'],
  RS256: ['RS256', 'rsa'],
};

function signatureOf(input: string): string {
  switch (behaviour.signature) {
    case 'none':
      return '';
    case 'HS256':
      return createHmac('sha256', clientSecret).update(input).digest('base64url');
    case 'RS256':
      return sign('sha256', Buffer.from(input), rsa).toString('base64url');
    default: {
      const key = createPrivateKey(
        (behaviour.signature === 'other-key' ? other : signing).export({ format: 'pem', type: 'pkcs8' }),
      );
      return sign('sha384', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    }
  }
}

process.on('message', (message) => {
  behaviour = message as OidcBehaviour;
  process.send?.('taken');
});
process.once('disconnect', () => process.exit());
const answer = provider.callback();
createServer({ key: tlsKey, cert: tlsCertificate }, (request, response) => void answer(request, response)).listen(
  Number(port),
  '127.0.0.1',
  () => process.send?.('listening'),
);
