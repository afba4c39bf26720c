import { Refusal } from '@see/http';
import type { OidcSettings } from '@see/process';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ServerMetadata,
} from 'openid-client';
import { type OidcFault, oidcFault } from './oidc-fault.ts';

/** What a browser is sent away with, and must come back with. */
export interface OidcRequest {
  /** Where the browser goes. */
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Seconds that the provider has for an answer, and milliseconds for which what it says about itself is believed. */
const PATIENCE = 5;
const FRESH = 3_600_000;

/**
 * The OpenID provider of a site, asked when somebody signs in and never before, so that a start does not need it. The
 * flow is the authorization code with PKCE (S256), state and nonce; the ID token's signature is verified, under an
 * algorithm of the settings, although it comes over TLS.
 */
export class OidcProvider {
  readonly #settings: OidcSettings;
  readonly #clientSecret: string | undefined;
  readonly #now: () => Date;
  #known: { readonly configuration: Configuration; readonly at: number } | undefined;

  constructor(settings: OidcSettings, clientSecret: string | undefined, now: () => Date) {
    this.#settings = settings;
    this.#clientSecret = clientSecret;
    this.#now = now;
  }

  get name(): string {
    return this.#settings.name;
  }

  get issuer(): string {
    return this.#settings.issuer;
  }

  /** Where to send a browser, with fresh values. Throws Refusal `unavailable` when the provider cannot be asked or used. */
  async begin(redirectUri: string): Promise<OidcRequest> {
    const configuration = await this.#discover();
    const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      response_type: 'code',
      // Who it is, and nothing else about them: no address, no name (IPP 1).
      scope: 'openid',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      acr_values: this.#settings.acrValues.join(' '),
      max_age: String(this.#settings.maxAge),
    });
    return { url, state, nonce, codeVerifier };
  }

  /**
   * Takes what a browser came back with: exchanges the code and validates the ID token (OpenID Connect Core 3.1.3.7:
   * signature, issuer, audience, times, nonce, auth_time), and that it has one of the acr values. Returns the subject, or
   * why not. Throws Refusal `unavailable` when the provider cannot be asked. NOT checked: whose account it is.
   */
  async finish(
    answer: URLSearchParams,
    { redirectUri, ...sent }: Omit<OidcRequest, 'url'> & { readonly redirectUri: string },
  ): Promise<{ readonly subject: string } | OidcFault> {
    const configuration = await this.#discover();
    const currentUrl = new URL(redirectUri);
    currentUrl.search = answer.toString();
    try {
      const tokens = await authorizationCodeGrant(configuration, currentUrl, {
        pkceCodeVerifier: sent.codeVerifier,
        expectedState: sent.state,
        expectedNonce: sent.nonce,
        maxAge: this.#settings.maxAge,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) return { fault: 'no-id-token' };
      const acr = claims['acr'];
      if (typeof acr !== 'string' || !this.#settings.acrValues.includes(acr)) return { fault: 'wrong-acr' };
      return { subject: claims.sub };
    } catch (error) {
      const fault = oidcFault(error);
      if (fault.fault === 'provider-away') throw this.#away(error);
      return fault;
    }
  }

  async #discover(): Promise<Configuration> {
    const now = this.#now().getTime();
    if (this.#known && Math.abs(now - this.#known.at) < FRESH) return this.#known.configuration;
    const { issuer, clientId } = this.#settings;
    const found = await discovery(new URL(issuer), clientId, undefined, None(), { timeout: PATIENCE }).catch(
      (error: unknown) => {
        throw this.#away(error);
      },
    );
    const configuration = this.#configure({ ...found.serverMetadata() });
    this.#known = { configuration, at: now };
    return configuration;
  }

  /** Narrows what the provider says it signs with to what is allowed here: the library takes nothing else. */
  #configure(metadata: ServerMetadata): Configuration {
    const { algorithms, clientId, name } = this.#settings;
    const offered = metadata.id_token_signing_alg_values_supported ?? [];
    const both = algorithms.filter((algorithm) => offered.includes(algorithm));
    if (both.length === 0) {
      throw new Refusal(
        'unavailable',
        `${name} signs with ${offered.join(', ') || 'nothing that it names'}, which is not taken here. An administrator may name it as an exception: SEE_OIDC_ALGORITHMS.`,
      );
    }
    const configuration = new Configuration(
      { ...metadata, id_token_signing_alg_values_supported: both },
      clientId,
      undefined,
      this.#authentication(metadata),
    );
    configuration.timeout = PATIENCE;
    enableNonRepudiationChecks(configuration);
    return configuration;
  }

  #authentication(metadata: ServerMetadata): ClientAuth {
    if (this.#clientSecret === undefined) return None();
    // RFC 8414 2: client_secret_basic where the provider does not say.
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return methods.includes('client_secret_basic')
      ? ClientSecretBasic(this.#clientSecret)
      : ClientSecretPost(this.#clientSecret);
  }

  #away(cause: unknown): Refusal {
    return new Refusal(
      'unavailable',
      `${this.name} does not answer at the moment, or not as an OpenID provider. Try again, or sign in by another way.`,
      { cause },
    );
  }
}
