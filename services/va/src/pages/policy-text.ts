import { createHash } from 'node:crypto';
import type { Authority, CertificateType } from '@see/domain';
import { type Profile, profileOf } from '@see/policy';
import type { TrustedCa, TrustedCas } from '../trust/trusted-ca.ts';
import { type Html, html } from './html.ts';

/** The only style of the page; its hash is in the content security policy. */
export const POLICY_STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1.5rem}
h1{line-height:1.2}
section{margin-top:2.5rem}
:target{outline:3px solid currentColor;outline-offset:.75rem}
dl{display:grid;grid-template-columns:minmax(9rem,auto) 1fr;gap:.25rem 1rem}
dt{font-weight:600}
dd{margin:0;overflow-wrap:anywhere}
@media(max-width:30rem){dl{display:block}dd{margin-bottom:.5rem}}`;

/** The policy page: what certificates of each type and profile stand for, as the verified authority says it. */
export function policyHtml(authority: Authority, cas: TrustedCas | undefined): string {
  const { configuration } = authority;
  const types = [...authority.types.values()].sort((one, other) => one.arc - other.arc);
  const profiles = [...authority.profiles.values()]
    .filter((profile) => profile.active)
    .map((profile) => profileOf(profile.content))
    .sort((one, other) => (one.policyArc ?? 0) - (other.policyArc ?? 0));
  return html`<!doctype html>
<html lang="en-NZ">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Certificate policies of the Secure Electronic Environment</title>
<style>${{ html: POLICY_STYLE }}</style>
</head>
<body>
<header>
<h1>Certificate policies of the Secure Electronic Environment</h1>
<p>What a certificate of this authority stands for. Every certificate names a <a href="#types">type</a>, which says whom it stands for, and a <a href="#profiles">profile</a>, which says what it may be used for. Both are numbered under <code>${configuration.policyArc}</code>.</p>
${configuration.preset === 'evaluation' ? html`<p><strong>This is an evaluation instance. Do not rely on its certificates.</strong></p>` : html``}
</header>
<nav aria-label="Types">
<ul>
${types.map((type) => html`<li><a href="#${type.id}">${type.title}</a></li>\n`)}</ul>
</nav>
<main>
<section id="types" aria-labelledby="types-title">
<h2 id="types-title">Types</h2>
${types.map((type) => typeHtml(type, configuration.policyArc, profiles))}</section>
<section id="profiles" aria-labelledby="profiles-title">
<h2 id="profiles-title">Profiles</h2>
${profiles.map((profile) => profileHtml(profile, configuration.policyArc, authority.types))}</section>
<section id="status" aria-labelledby="status-title">
<h2 id="status-title">Whether a certificate is still good</h2>
<p>Ask <code>${configuration.vaUrl}/ocsp</code> (RFC 6960) or take the list of the authority that issued it. A revocation shows in OCSP within a second and on the list within a minute; a revoked certificate never becomes good again. Serial numbers that were never issued are answered as revoked.</p>
</section>
<section id="authorities" aria-labelledby="authorities-title">
<h2 id="authorities-title">Authorities</h2>
${cas ? [cas.root, ...cas.issuing.values()].map((ca) => caHtml(ca, configuration.vaUrl)) : html`<p>Not loaded at the moment.</p>`}</section>
</main>
</body>
</html>
`.html;
}

function typeHtml(type: CertificateType, arc: string, profiles: readonly Profile[]): Html {
  const used = profiles.filter((profile) => profile.types.includes(type.id));
  return html`<section id="${type.id}" aria-labelledby="${type.id}-title">
<h3 id="${type.id}-title">${type.title}</h3>
<p>${type.text}</p>
<dl>
<dt>Policy</dt><dd><code>${arc}.1.${type.arc}</code></dd>
<dt>Assurance</dt><dd>${type.assurance}</dd>
<dt>Key</dt><dd>${type.hardwareToken ? 'In a hardware token' : 'In software or hardware'}</dd>
${type.qualifier === null ? html`` : html`<dt>Name ends in</dt><dd><code>[${type.qualifier}]</code></dd>\n`}<dt>Profiles</dt><dd>${used.length === 0 ? 'None at the moment' : used.map((profile, index) => html`${index > 0 ? ', ' : ''}<a href="#profile-${profile.id}">${profile.title}</a>`)}</dd>
</dl>
</section>
`;
}

function profileHtml(profile: Profile, arc: string, types: ReadonlyMap<string, CertificateType>): Html {
  const keys = [
    ...profile.curves,
    ...(profile.rsaBits ? [`RSA of ${profile.rsaBits.min} to ${profile.rsaBits.max} bits`] : []),
  ];
  const titles = profile.types.map((id) => types.get(id)?.title ?? id);
  return html`<section id="profile-${profile.id}" aria-labelledby="profile-${profile.id}-title">
<h3 id="profile-${profile.id}-title">${profile.title}</h3>
<p>${profile.description}</p>
<dl>
${profile.policyArc === null ? html`` : html`<dt>Policy</dt><dd><code>${arc}.2.${profile.policyArc}</code></dd>\n`}<dt>Version</dt><dd>${profile.version}</dd>
<dt>Keys</dt><dd>${keys.join(', ')}</dd>
${profile.exception === null ? html`` : html`<dt>Exception</dt><dd>${profile.exception}</dd>\n`}<dt>Valid for</dt><dd>${profile.validityDays} days, at most ${profile.maxValidityDays}</dd>
<dt>Approved by</dt><dd>${profile.quorum === 1 ? 'One person' : `${profile.quorum} persons`}</dd>
<dt>Copy of the private key</dt><dd>${profile.escrow === null ? 'None' : 'Kept; two recovery agents together can open it'}</dd>
<dt>May be on hold</dt><dd>${profile.holdPermitted ? 'Yes' : 'No'}</dd>
${titles.length === 0 ? html`` : html`<dt>Types</dt><dd>${titles.join(', ')}</dd>\n`}</dl>
</section>
`;
}

function caHtml(ca: TrustedCa, vaUrl: string): Html {
  const fingerprint = createHash('sha256').update(ca.certificate.der).digest('hex').toUpperCase();
  return html`<section aria-labelledby="ca-${ca.id}">
<h3 id="ca-${ca.id}">${ca.id}</h3>
<dl>
<dt>Certificate</dt><dd><a href="${vaUrl}/ca/${ca.id}.cer">${ca.id}.cer</a></dd>
<dt>SHA-256</dt><dd><code>${(fingerprint.match(/.{4}/g) ?? []).join(' ')}</code></dd>
<dt>Revocation list</dt><dd><a href="${vaUrl}/crl/${ca.id}.crl">${ca.id}.crl</a></dd>
</dl>
</section>
`;
}
