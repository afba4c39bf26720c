import type { Database } from '@see/db/service';
import { readResponderKeyOutcomes } from '@see/db/va';
import type { Authority } from '@see/domain';
import { generatePkcs8, SoftwareSigner } from '@see/keys';
import type { Log } from '@see/process';
import { type TrustedCa, type TrustedCas, trustedCa } from '../trust/trusted-ca.ts';
import { type Delegate, delegateFault, delegateFrom, isLive, isPastHalfLife } from './delegate.ts';
import type { DelegateStore } from './delegate-store.ts';
import { requestResponderCertificate, spkiSha256 } from './key-request.ts';
import { type ResponderKey, responderKeyOf, wantedResponderKey } from './responder-key.ts';
import type { VaIdentity } from './va-identity.ts';

export interface KeyringDeps {
  readonly db: Database;
  readonly store: DelegateStore;
  readonly identity: VaIdentity;
  readonly instance: string;
  readonly now: () => Date;
  readonly log: Log;
  /** Whether the status table says that a delegate's own certificate is revoked. */
  readonly isRevoked: (ca: string, serial: string) => boolean;
}

/** Keys of one CA at once, asked for or certified (design, section 4). */
const MOST_KEYS = 4;
const ASK_AGAIN_AFTER_MS = 600_000;

interface Key {
  readonly ca: string;
  readonly pkcs8: Uint8Array;
  readonly signer: SoftwareSigner;
  readonly madeAt: number;
  delegate: Delegate | undefined;
}

/**
 * The responder keys: one at a time for each issuing CA, of the kind that the configuration names, made here, certified by
 * the signer for at most 14 days, replaced at half of its life or when the configuration names another kind, kept over
 * restarts. Until a new one is certified the old one signs.
 */
export class DelegateKeyring {
  readonly #deps: KeyringDeps;
  readonly #askAgain = new Map<string, number>();
  #keys: Key[] = [];
  #registered = true;
  /** Undefined until the configuration was read. */
  #wanted: ResponderKey | undefined;
  /** The configured kind, where the profile does not take it; said once. */
  #notTaken: ResponderKey | undefined;
  #tending: Promise<void> = Promise.resolve();

  constructor(deps: KeyringDeps) {
    this.#deps = deps;
  }

  /** Takes the sealed keys; certificates that are not good for these CAs are left aside. */
  async restore(cas: TrustedCas): Promise<void> {
    const keys: Key[] = [];
    for (const stored of this.#deps.store.read()) {
      const signer = SoftwareSigner.fromPkcs8(stored.pkcs8);
      const key: Key = { ca: stored.ca, pkcs8: stored.pkcs8, signer, madeAt: stored.madeAt, delegate: undefined };
      const ca = trustedCa(cas, stored.ca);
      if (stored.certificate && ca && !(await this.#certify(key, stored.certificate, ca))) continue;
      keys.push(key);
    }
    this.#keys = keys;
  }

  /**
   * The delegate that signs for a CA now: of those that live and are not revoked, the one certified last, of the wanted kind
   * where there is one.
   */
  active(ca: string): Delegate | undefined {
    let best: Delegate | undefined;
    for (const { delegate } of this.#usable(ca)) if (!best || this.#isBetter(delegate, best)) best = delegate;
    return best;
  }

  #isBetter(one: Delegate, other: Delegate): boolean {
    const isWanted = this.#isWanted(one);
    if (isWanted !== this.#isWanted(other)) return isWanted;
    return one.certificate.notBefore >= other.certificate.notBefore;
  }

  #isWanted({ signer }: Delegate): boolean {
    return this.#wanted === undefined || responderKeyOf(signer.algorithm) === this.#wanted;
  }

  /** The delegate with this certificate, if its key is here; also one that does not sign any more. */
  withCertificate(der: Uint8Array): Delegate | undefined {
    return this.#keys.find(({ delegate }) => delegate && Buffer.from(delegate.certificate.der).equals(der))?.delegate;
  }

  /** Takes certificates that have come, drops what is over, asks for what is due. One run at a time. */
  tend(cas: TrustedCas, authority: Authority): Promise<void> {
    this.#tending = this.#tending.catch(() => undefined).then(() => this.#tend(cas, authority));
    return this.#tending;
  }

  async #tend(cas: TrustedCas, authority: Authority): Promise<void> {
    this.#want(authority);
    await this.#collect(cas);
    this.#drop(this.#keys.filter((key) => key.delegate && key.delegate.certificate.notAfter <= this.#deps.now()));
    if (!this.#mayAsk(authority)) return;
    for (const ca of cas.issuing.values()) if (this.#isDue(ca.id)) await this.#make(ca);
  }

  #want(authority: Authority): void {
    const wanted = wantedResponderKey(authority);
    const { responderKey } = authority.configuration.status;
    if (wanted !== responderKey && responderKey !== this.#notTaken)
      this.#deps.log('error', 'the profile ocsp-responder does not take the configured kind of key', {
        configured: responderKey,
        used: wanted,
      });
    this.#notTaken = wanted === responderKey ? undefined : responderKey;
    this.#wanted = wanted;
  }

  /** Whether our identity key is registered; said once when it is not. */
  #mayAsk(authority: Authority): boolean {
    const { identity, log } = this.#deps;
    const registered = identity.isRegistered(authority);
    if (!registered && this.#registered)
      log('error', 'the identity key of va is not registered; no responder keys can be asked for', {
        keyId: identity.keyId,
      });
    this.#registered = registered;
    return registered;
  }

  /** Looks what became of the keys that were asked for; asks again where a crash came between key and request. */
  async #collect(cas: TrustedCas): Promise<void> {
    const { db, identity, instance, log } = this.#deps;
    const waiting = new Map(
      this.#keys.filter((key) => !key.delegate).map((key) => [spkiSha256(key.signer.spki).toHex(), key]),
    );
    if (waiting.size === 0) return;
    const outcomes = await readResponderKeyOutcomes(
      db,
      [...waiting.keys()].map((hex) => Uint8Array.fromHex(hex)),
    );
    for (const { spkiSha256: hash, certificate, refusal } of outcomes) {
      const key = waiting.get(hash.toHex());
      const ca = key && trustedCa(cas, key.ca);
      if (!key || !ca) continue;
      waiting.delete(hash.toHex());
      if (refusal) {
        log('error', 'a responder key was refused', { ca: ca.id, ...refusal });
        this.#giveUp(key);
      } else if (certificate) {
        if (await this.#certify(key, certificate, ca)) {
          log('info', 'a responder key is certified', { ca: ca.id, until: key.delegate?.certificate.notAfter });
          this.#save();
        } else this.#giveUp(key);
      }
    }
    for (const key of waiting.values()) await requestResponderCertificate(db, identity, instance, key.ca, key.signer);
  }

  async #certify(key: Key, der: Uint8Array, ca: TrustedCa): Promise<boolean> {
    const fault = await delegateFault(der, key.signer, ca);
    if (fault === undefined) {
      key.delegate = delegateFrom(ca, der, key.signer);
      return true;
    }
    this.#deps.log('error', 'a responder certificate is not usable', { ca: ca.id, fault });
    return false;
  }

  #isDue(ca: string): boolean {
    const { now } = this.#deps;
    const own = this.#keys.filter((key) => key.ca === ca);
    if (own.length >= MOST_KEYS || own.some((key) => !key.delegate)) return false;
    if ((this.#askAgain.get(ca) ?? 0) > now().getTime()) return false;
    const young = this.#usable(ca).filter(({ delegate }) => !isPastHalfLife(delegate, now()));
    if (young.some(({ delegate }) => this.#isWanted(delegate))) return false;
    // The last place is for the next key of the same kind: a kind that changes often must not leave a CA without one.
    return young.length === 0 || own.length < MOST_KEYS - 1;
  }

  #usable(ca: string): { readonly delegate: Delegate }[] {
    const { now, isRevoked } = this.#deps;
    return this.#keys.flatMap(({ delegate }) =>
      delegate && delegate.ca.id === ca && isLive(delegate, now()) && !isRevoked(ca, delegate.certificate.serialHex)
        ? [{ delegate }]
        : [],
    );
  }

  /** Seals the key first: a request whose key got lost would use up one of the four places for 14 days. */
  async #make(ca: TrustedCa): Promise<void> {
    const { db, identity, instance, now } = this.#deps;
    const pkcs8 = await generatePkcs8(this.#wanted ?? 'P-384');
    const signer = SoftwareSigner.fromPkcs8(pkcs8);
    this.#keys = [...this.#keys, { ca: ca.id, pkcs8, signer, madeAt: now().getTime(), delegate: undefined }];
    this.#save();
    await requestResponderCertificate(db, identity, instance, ca.id, signer);
  }

  #giveUp(key: Key): void {
    this.#askAgain.set(key.ca, this.#deps.now().getTime() + ASK_AGAIN_AFTER_MS);
    this.#drop([key]);
  }

  #drop(keys: readonly Key[]): void {
    if (keys.length === 0) return;
    this.#keys = this.#keys.filter((key) => !keys.includes(key));
    this.#save();
  }

  #save(): void {
    this.#deps.store.write(
      this.#keys.map(({ ca, pkcs8, delegate, madeAt }) => ({
        ca,
        pkcs8,
        certificate: delegate?.certificate.der,
        madeAt,
      })),
    );
  }
}
