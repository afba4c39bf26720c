import { randomBytes } from 'node:crypto';
import { notify, withTransaction, writeAudit } from '@see/db';
import {
  assertLease,
  countLiveResponders,
  insertCertificates,
  insertIntents,
  type OcspKeyRequest,
  readOcspRequest,
  readOpenIntents,
  readOpenOcspRequests,
  refuseOcspRequest,
} from '@see/db/signer';
import { activeProfile, crlPlanOf, type Refusal, serviceKeysOf } from '@see/domain';
import { type IssuingCa, type LintedTbs, prepareCertificate, type SerialNumber, serialNumber } from '@see/issuance';
import { keyViolations, type Profile, profileOf, SUBJECT_ATTRIBUTES, type VerifiedCsr, verifyCsr } from '@see/policy';
import { canonicalBytes, importPublicJwk, signatureFaultInPool, statementDigest } from '@see/statement';
import { encodeName, type Name, parseTbsCertificate } from '@see/x509';
import type { ChainKeeper } from './chain-keeper.ts';
import { certificateRow, type IssuanceDeps, issuedEvent } from './issue-batch.ts';
import { LEASE } from './lease-keeper.ts';

/** Live responder certificates that a CA may have at once (design, section 4). */
const MOST_LIVE = 4;

interface Checked {
  readonly request: OcspKeyRequest;
  readonly csr: VerifiedCsr;
  readonly ca: IssuingCa;
  readonly profile: Profile;
}

/** Certifies va's own short-lived responder keys, asked for under va's registered identity key. */
export class OcspDesk {
  readonly #deps: IssuanceDeps;
  readonly #chain: ChainKeeper;

  constructor(deps: IssuanceDeps, chain: ChainKeeper) {
    this.#deps = deps;
    this.#chain = chain;
  }

  async run(): Promise<void> {
    for (const request of await readOpenOcspRequests(this.#deps.db)) {
      const checked = await this.#check(request);
      if ('code' in checked) await this.#refuse(request, checked);
      else await this.#issue(checked);
    }
  }

  /** Finishes responder certificates whose intent was durable before a crash. */
  async finishOpenIntents(
    before: Date,
    report: (message: string, fields: Record<string, unknown>) => void,
  ): Promise<void> {
    for (const intent of await readOpenIntents(this.#deps.db, before)) {
      if (intent.ocspRequestId === null) continue;
      const request = await readOcspRequest(this.#deps.db, intent.ocspRequestId);
      const checked = request && (await this.#check(request));
      if (!checked || 'code' in checked) {
        report('an OCSP intent can not be finished', { id: intent.id });
        continue;
      }
      const { notBefore } = parseTbsCertificate(intent.tbs);
      const tbs = this.#prepare(checked, intent.serial as SerialNumber, notBefore);
      if (Buffer.from(tbs.bytes).equals(intent.tbs)) await this.#sign(intent.id, checked, tbs);
      else report('an OCSP intent does not follow from its request', { id: intent.id });
    }
  }

  async #check(request: OcspKeyRequest): Promise<Checked | Refusal> {
    const { authority } = this.#chain;
    const key = serviceKeysOf(authority, 'va').find((candidate) => candidate.keyId === request.keyId);
    if (!key) return { code: 'service-key-unknown', message: 'the request is not made under a registered key of va' };
    const spki = request.spkiSha256.toHex();
    const digest = statementDigest(
      'ocsp-key',
      canonicalBytes({ v: 1, instance: authority.instance, ca: request.ca, spki }),
    );
    const signature = { form: 'jws', jws: request.signature };
    if ((await signatureFaultInPool(signature, digest, key.keyId, importPublicJwk(key.publicKey))) !== undefined) {
      return { code: 'bad-signature', message: 'the request is not signed by va' };
    }
    const ca = this.#deps.ring.cas.get(request.ca);
    const active = activeProfile(authority, 'ocsp-responder');
    if (!ca || !active)
      return { code: 'profile-not-active', message: 'no such CA, or no active profile ocsp-responder' };
    const profile = profileOf(active.content);
    const result = await verifyCsr(request.csr);
    if (!result.ok) return result.violations[0] ?? { code: 'malformed-csr', message: 'the CSR is malformed' };
    if (result.verified.key.sha256.toHex() !== spki)
      return { code: 'key-not-approved', message: 'the CSR holds another key' };
    const fault = keyViolations(result.verified.key.key, profile)[0];
    if (fault) return fault;
    if (this.#deps.ring.caKeys.has(spki)) return { code: 'ca-key', message: "the key is a CA's own" };
    return { request, csr: result.verified, ca, profile };
  }

  async #issue(checked: Checked): Promise<void> {
    const at = this.#deps.clock.now();
    const serial = serialNumber(randomBytes(16));
    const tbs = this.#prepare(checked, serial, at);
    const id = await withTransaction(this.#deps.db, async (tx) => {
      await assertLease(tx, LEASE, this.#deps.holder);
      if ((await countLiveResponders(tx, checked.ca.id, at)) >= MOST_LIVE) return undefined;
      const [intent] = await insertIntents(
        tx,
        [
          {
            ca: checked.ca.id,
            serial,
            orderDigest: null,
            item: null,
            ocspRequestId: checked.request.id,
            profileId: checked.profile.id,
            profileDigest: Uint8Array.fromHex(checked.profile.digest),
            spkiSha256: checked.csr.key.sha256,
            subjectKey: `va:${checked.ca.id}`,
            tbs: tbs.bytes,
          },
        ],
        at,
      );
      return intent;
    });
    if (id === undefined) {
      await this.#refuse(checked.request, {
        code: 'too-many-responders',
        message: `CA ${checked.ca.id} has ${MOST_LIVE} live responder certificates`,
      });
    } else {
      this.#deps.step('ocsp-1-intent-committed');
      await this.#sign(id, checked, tbs);
    }
  }

  #prepare(checked: Checked, serial: SerialNumber, notBefore: Date): LintedTbs {
    const { profile, ca, csr } = checked;
    const configuration = this.#chain.authority.configuration;
    const name = `SEE ${ca.id} OCSP responder ${csr.key.sha256.subarray(0, 6).toHex()}`;
    const subject: Name = profile.subject.map((rule) => [
      {
        type: SUBJECT_ATTRIBUTES[rule.attribute],
        value: rule.value ?? (rule.from === 'responder.name' ? name : configuration.country),
      },
    ]);
    return prepareCertificate({
      ca,
      profile,
      vaUrl: this.#deps.vaUrl(),
      crls: crlPlanOf(configuration.status, ca.id),
      serial,
      subjectDer: encodeName(subject),
      subjectAltNameDer: null,
      type: null,
      policyOids: [],
      spki: csr.key.spki,
      notBefore,
      validitySeconds: profile.validityDays * 86_400,
    });
  }

  async #sign(id: number, checked: Checked, tbs: LintedTbs): Promise<void> {
    const der = await tbs.sign(checked.ca.key);
    const at = this.#deps.clock.now();
    const row = {
      ...certificateRow(id, checked.ca.id, der),
      orderId: null,
      agencyId: null,
      personId: null,
      profileId: checked.profile.id,
      spkiSha256: checked.csr.key.sha256,
    };
    await withTransaction(this.#deps.db, async (tx) => {
      await assertLease(tx, LEASE, this.#deps.holder);
      await insertCertificates(tx, [row], at);
      await writeAudit(tx, [issuedEvent(row)]);
      await notify(tx, 'see_issued', id);
    });
  }

  async #refuse(request: OcspKeyRequest, refusal: Refusal): Promise<void> {
    await withTransaction(this.#deps.db, async (tx) => {
      await refuseOcspRequest(tx, request.id, refusal.code, refusal.message, this.#deps.clock.now());
      await writeAudit(tx, [
        {
          kind: 'signing.refused',
          outcome: 'failure',
          actor: { process: 'signer' },
          objectType: 'ocsp-key-request',
          objectId: String(request.id),
          detail: { code: refusal.code, message: refusal.message },
        },
      ]);
      await notify(tx, 'see_ocsp_keys', request.id);
    });
  }
}
