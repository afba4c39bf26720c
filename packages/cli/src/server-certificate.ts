/** What the API tells of the certificate of ra's own TLS doors. */
export interface ServerCertificateView {
  readonly [member: string]: unknown;
  readonly state: 'serving' | 'ending' | 'closed';
  readonly detail: string;
  readonly doors: { readonly https: boolean; readonly mtls: boolean };
  readonly hosts: readonly string[];
  readonly certificate: {
    readonly serial: string;
    readonly names: readonly string[];
    readonly notAfter: string;
  } | null;
  readonly request: { readonly csr: string; readonly spkiSha256: string } | null;
}

/** Where the API tells it. */
export const SERVER_CERTIFICATE = '/api/v1/server-certificate';
