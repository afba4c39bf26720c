import { createHash } from 'node:crypto';
import { type Authority, type CertificateType, crlPlanOf } from '@see/domain';
import type { CrlScope } from '@see/issuance/crl-scope';
import { crlUrl } from '@see/issuance/pointers';
import {
  type HtmlValue,
  html,
  LANGUAGE_NAMES,
  LANGUAGE_TAGS,
  LANGUAGES,
  type Language,
  type SafeHtml,
  speechOf,
  t,
} from '@see/language';
import { type Profile, profileOf } from '@see/policy/profile';
import { mi } from '../messages/mi.ts';
import type { TrustedCa, TrustedCas } from '../trust/trusted-ca.ts';
import { POLICY_STYLE } from './policy-style.ts';

/**
 * The policy page: what certificates of each type and profile stand for, as the verified authority says it. What it says is
 * English and binds; everything around it is in the reader's language.
 */
export function policyDocument(authority: Authority, cas: TrustedCas | undefined, language: Language): string {
  const { configuration } = authority;
  const types = [...authority.types.values()].sort((one, other) => one.arc - other.arc);
  const profiles = [...authority.profiles.values()]
    .filter((profile) => profile.active)
    .map((profile) => profileOf(profile.content))
    .sort((one, other) => (one.policyArc ?? 0) - (other.policyArc ?? 0));
  return html`<!doctype html>
<html lang="${LANGUAGE_TAGS[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t`Certificate policies of the Secure Electronic Environment`}</title>
<style>${POLICY_STYLE}</style>
</head>
<body>
<header>
${languages(language)}
<h1>${t`Certificate policies of the Secure Electronic Environment`}</h1>
<p>${t`What a certificate of this authority stands for. Every certificate names a <a href="#types">type</a>, which says whom it stands for, and a <a href="#profiles">profile</a>, which says what it may be used for. Both are numbered under <code>${configuration.policyArc}</code>.`}</p>
${configuration.preset === 'evaluation' && html`<p><strong>${t`This is an evaluation instance. Do not rely on its certificates.`}</strong></p>`}
</header>
<nav aria-label="${t`Types`}">
<ul>
${types.map(
  (type) => html`<li><a href="#${type.id}">${inEnglish(type.title)}</a></li>
`,
)}</ul>
</nav>
<main>
${summary()}
<section id="types" aria-labelledby="types-title">
<h2 id="types-title">${t`Types`}</h2>
${types.map((type) => typeHtml(type, configuration.policyArc, profiles))}</section>
<section id="profiles" aria-labelledby="profiles-title">
<h2 id="profiles-title">${t`Profiles`}</h2>
${profiles.map((profile) => profileHtml(profile, configuration.policyArc, authority.types))}</section>
<section id="status" aria-labelledby="status-title">
<h2 id="status-title">${t`Whether a certificate is still good`}</h2>
<p>${t`Ask <code>${configuration.vaUrl}/ocsp</code> (RFC 6960) or take the list of the authority that issued it. A revocation shows in OCSP within a second and on the list within a minute; a revoked certificate never becomes good again. Serial numbers that were never issued are answered as revoked.`}</p>
</section>
<section id="authorities" aria-labelledby="authorities-title">
<h2 id="authorities-title">${t`Authorities`}</h2>
${cas ? [cas.root, ...cas.issuing.values()].map((ca) => caHtml(ca, configuration)) : html`<p>${t`Not loaded at the moment.`}</p>`}</section>
</main>
</body>
</html>
`.in(speechOf(language, mi));
}

/** The other languages, each by its own name. */
function languages(current: Language): SafeHtml {
  return html`<nav class="see-languages" aria-label="${t`Language`}">${LANGUAGES.filter((language) => language !== current).map((language) => html`<a class="see-languages__link" href="/language/${language}" lang="${LANGUAGE_TAGS[language]}" hreflang="${LANGUAGE_TAGS[language]}">${LANGUAGE_NAMES[language]}</a>`)}</nav>`;
}

function summary(): SafeHtml {
  return html`<section aria-labelledby="summary-title">
<h2 id="summary-title">${t`In short`}</h2>
<ul>
<li>${t`Certificates stand for public servants, their roles and devices, and for the mail gateways and servers of government agencies.`}</li>
<li>${t`Names come from the registry and not from the request. Somebody else than the applicant approves each order.`}</li>
<li>${t`Keys for signing and for signing in are made by their holder and are never with us. Where the profile says so, a copy of a key for encryption is kept, which two recovery agents together can open.`}</li>
<li>${t`A certificate can be revoked at any time, and that cannot be undone.`}</li>
</ul>
<p>${t`What types and profiles say is in English, and that text binds. Everything else on this page helps to read it.`}</p>
</section>`;
}

/** What the authority says, in the language in which it was signed. */
function inEnglish(text: string): SafeHtml {
  return html`<span lang="${LANGUAGE_TAGS.en}">${text}</span>`;
}

/** A term with what it is; nothing where that is null. */
function entry(term: HtmlValue, value: HtmlValue): HtmlValue {
  return (
    value !== null &&
    html`<dt>${term}</dt><dd>${value}</dd>
`
  );
}

function typeHtml(type: CertificateType, arc: string, profiles: readonly Profile[]): SafeHtml {
  const used = profiles.filter((profile) => profile.types.includes(type.id));
  const links = used.map(
    (profile, index) => html`${index > 0 && ', '}<a href="#profile-${profile.id}">${inEnglish(profile.title)}</a>`,
  );
  return html`<section id="${type.id}" aria-labelledby="${type.id}-title">
<h3 id="${type.id}-title">${inEnglish(type.title)}</h3>
<p>${inEnglish(type.text)}</p>
<dl>
${entry(t`Policy`, html`<code>${arc}.1.${type.arc}</code>`)}${entry(t`Assurance`, inEnglish(type.assurance))}${entry(t`Key`, type.hardwareToken ? t`In a hardware token` : t`In software or hardware`)}${entry(t`Name ends in`, type.qualifier && html`<code>[${type.qualifier}]</code>`)}${entry(t`Profiles`, used.length === 0 ? t`None at the moment` : links)}</dl>
</section>
`;
}

function profileHtml(profile: Profile, arc: string, types: ReadonlyMap<string, CertificateType>): SafeHtml {
  const rsa = profile.rsaBits && t`RSA of ${profile.rsaBits.min} to ${profile.rsaBits.max} bits`;
  const keys = [...profile.curves, ...(rsa ? [rsa] : [])].flatMap((key, index) => (index > 0 ? [', ', key] : [key]));
  const titles = profile.types.map((id) => types.get(id)?.title ?? id);
  return html`<section id="profile-${profile.id}" aria-labelledby="profile-${profile.id}-title">
<h3 id="profile-${profile.id}-title">${inEnglish(profile.title)}</h3>
<p>${inEnglish(profile.description)}</p>
<dl>
${entry(t`Policy`, profile.policyArc === null ? null : html`<code>${arc}.2.${profile.policyArc}</code>`)}${entry(t`Version`, profile.version)}${entry(t`Keys`, keys)}${entry(t`Exception`, profile.exception === null ? null : inEnglish(profile.exception))}${entry(t`Valid for`, t`${profile.validityDays} days, at most ${profile.maxValidityDays}`)}${entry(t`Approvals needed`, profile.quorum === 1 ? t`One person` : t`${profile.quorum} persons`)}${entry(t`Copy of the private key`, profile.escrow === null ? t`None` : t`Kept; two recovery agents together can open it`)}${entry(t`May be on hold`, profile.holdPermitted ? t`Yes` : t`No`)}${entry(t`Types`, titles.length === 0 ? null : inEnglish(titles.join(', ')))}</dl>
</section>
`;
}

function caHtml(ca: TrustedCa, { vaUrl, status }: Authority['configuration']): SafeHtml {
  const fingerprint = createHash('sha256').update(ca.certificate.der).digest('hex').toUpperCase();
  const certificate = `${ca.id}.cer`;
  const { delta, shards } = crlPlanOf(status, ca.id);
  return html`<section aria-labelledby="ca-${ca.id}">
<h3 id="ca-${ca.id}">${ca.id}</h3>
<dl>
${entry(t`Certificate`, html`<a href="${vaUrl}/ca/${certificate}">${certificate}</a>`)}${entry('SHA-256', html`<code>${(fingerprint.match(/.{4}/g) ?? []).join(' ')}</code>`)}${entry(t`Revocation list`, crlLink(vaUrl, ca.id, 'full'))}${entry(t`What changed since that list`, delta ? crlLink(vaUrl, ca.id, 'delta') : null)}${shards.map((count) => entry(t`Revocation lists in ${count} parts`, html`${crlLink(vaUrl, ca.id, `${count}-0`)} – ${crlLink(vaUrl, ca.id, `${count}-${count - 1}`)}`))}</dl>
</section>
`;
}

function crlLink(vaUrl: string, ca: string, scope: CrlScope): SafeHtml {
  const url = crlUrl(vaUrl, ca, scope);
  return html`<a href="${url}">${url.slice(`${vaUrl}/crl/`.length)}</a>`;
}
