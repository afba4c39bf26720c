import { html, type SafeHtml, t } from '@see/language';

const ROLES: Readonly<Record<string, SafeHtml>> = {
  administrator: t`administrator`,
  operator: t`operator`,
  sponsor: t`sponsor`,
  'registration-agent': t`registration agent`,
  'ca-operations': t`CA operations`,
  auditor: t`auditor`,
};

/** A role as people say it. */
export function roleName(role: string): SafeHtml {
  return ROLES[role] ?? html`${role}`;
}

/** A role, and the agency for which it is held. */
export function roleAt(role: string, agency: string | undefined): SafeHtml {
  return html`${roleName(role)}${agency && `, ${agency}`}`;
}
