import { type SafeHtml, t } from '@see/language';

/** What a certificate is for, in a few words; the title of the profile where there are none here. */
export function profileWords(profileId: string, title: string): SafeHtml | string {
  return WORDS[profileId]?.name ?? title;
}

/** The same in a sentence, for those of persons; undefined for other profiles. */
export function profileUse(profileId: string): SafeHtml | undefined {
  return WORDS[profileId]?.use;
}

const WORDS: Readonly<Record<string, { readonly name: SafeHtml; readonly use?: SafeHtml }>> = {
  'user-auth': {
    name: t`Signing in`,
    use: t`You show it to websites and services of agencies, so that they know it is you.`,
  },
  'user-sign': {
    name: t`Signing mail and documents`,
    use: t`Those who read your mail see that it is from you and that nobody has changed it.`,
  },
  'user-encrypt': {
    name: t`Receiving encrypted mail`,
    use: t`Others encrypt mail to you with it, and only your key opens it.`,
  },
  'gateway-sign': { name: t`Signing mail as the gateway` },
  'gateway-encrypt': { name: t`Receiving encrypted mail as the gateway` },
  'tls-server': { name: t`Website or server (TLS)` },
};
