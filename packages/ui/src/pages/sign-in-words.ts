import { html, type SafeHtml, t } from '@see/language';

const METHODS: Readonly<Record<string, SafeHtml>> = {
  token: t`Access token`,
  passkey: t`Passkey`,
  certificate: t`Certificate`,
  oidc: t`Account`,
};

/** By what somebody signed in. */
export function signInMethodText(method: string): SafeHtml {
  return METHODS[method] ?? html`${method}`;
}
