/** Who looks at a page: nobody signed in, or somebody of the evaluation instance by their token. */
export type Reader = 'anybody' | 'operator1' | 'administrator1' | 'treasury-sponsor';

/** A page of the tour. `{name}` in a path is replaced by what the scene made under that name. */
export interface Stop {
  readonly name: string;
  readonly path: string;
  readonly reader: Reader;
  /** Another origin than the portal's. */
  readonly at?: 'desk' | 'va';
}

const public_ = (name: string, path: string): Stop => ({ name, path, reader: 'anybody' });
const operator = (name: string, path: string): Stop => ({ name, path, reader: 'operator1' });
const administrator = (name: string, path: string): Stop => ({ name, path, reader: 'administrator1' });
const sponsor = (name: string, path: string): Stop => ({ name, path, reader: 'treasury-sponsor' });

/** Every page that has an address, in the order in which people would meet them. */
export const TOUR: readonly Stop[] = [
  public_('portal-start', '/'),
  public_('portal-reference', '/enrol'),
  public_('portal-reference-wrong', '/enrol?order=nonsense'),
  public_('portal-enrol', '/enrol/{personOrder}'),
  public_('portal-install', '/install'),
  ...['windows', 'mac', 'iphone', 'android', 'firefox', 'linux'].map((device) =>
    public_(`portal-install-${device}`, `/install/${device}`),
  ),
  public_('portal-test', '/test'),
  public_('portal-done', '/done/{certificate}'),
  public_('portal-my', '/my'),
  public_('portal-renew', '/renew'),
  public_('portal-revoke', '/revoke'),
  public_('portal-lost', '/lost'),
  public_('portal-lost-asked', '/lost?asked=yes'),
  public_('portal-recover', '/recover'),
  public_('portal-not-found', '/nothing'),
  public_('gateways', '/gateways'),
  public_('gateways-check', '/gateways/check'),
  ...['postfix-ciphermail', 'seppmail', 'exchange', 'mailmarshal', 'nginx', 'apache', 'haproxy', 'java'].map(
    (product) => public_(`gateways-setup-${product}`, `/gateways/setup/${product}`),
  ),
  public_('gateways-order', '/gateways/orders/{gatewayOrder}'),
  public_('gateways-certificate', '/gateways/certificates/{certificate}'),
  { ...public_('policies', '/cp'), at: 'va' },
  { ...public_('desk-start', '/'), at: 'desk' },
  { ...public_('desk-register', '/register'), at: 'desk' },
  { ...public_('desk-order', '/orders/{pendingOrder}'), at: 'desk' },
  public_('console-sign-in', '/console/sign-in'),
  public_('console-passkey', '/console/passkey'),
  operator('console-home', '/console'),
  operator('console-search', '/console/search?q=grace'),
  operator('console-orders', '/console/orders'),
  operator('console-order', '/console/orders/{pendingOrder}'),
  operator('console-order-issued', '/console/orders/{gatewayOrder}'),
  operator('console-batches', '/console/batches'),
  operator('console-certificates', '/console/certificates'),
  operator('console-certificate', '/console/certificates/{certificate}'),
  operator('console-certificate-revoke', '/console/certificates/{certificate}/revoke'),
  operator('console-people', '/console/people'),
  operator('console-person', '/console/people/{person}'),
  operator('console-person-new', '/console/people/new'),
  operator('console-person-order', '/console/people/{person}/order'),
  operator('console-declare', '/console/people/{person}/declare'),
  operator('console-declare-leaver', '/console/people/{person}/declare?kind=leaver'),
  operator('console-leavers', '/console/leavers'),
  operator('console-imports', '/console/imports'),
  operator('console-import-new', '/console/imports/new'),
  operator('console-agencies', '/console/agencies'),
  operator('console-agency', '/console/agencies/treasury'),
  operator('console-application-new', '/console/agencies/applications/new'),
  operator('console-site-report-new', '/console/agencies/treasury/site-reports/new'),
  operator('console-hr-feeds', '/console/hr-feeds'),
  operator('console-hr-feed-new', '/console/hr-feeds/new'),
  operator('console-hr-feed', '/console/hr-feeds/{hrFeed}'),
  operator('console-records', '/console/records?standing=all'),
  operator('console-mails', '/console/mails?state=all'),
  operator('console-recoveries', '/console/recoveries'),
  operator('console-recovery-find', '/console/recoveries/new?q=treasury.govt.nz'),
  operator('console-profiles', '/console/profiles'),
  operator('console-profile', '/console/profiles/user-auth'),
  operator('console-statements', '/console/statements'),
  operator('console-sessions', '/console/sessions'),
  operator('console-services', '/console/services'),
  operator('console-service', '/console/services/{service}'),
  operator('console-service-new', '/console/services/new'),
  operator('console-figures', '/console/figures'),
  operator('console-report', '/console/reports/{month}'),
  administrator('console-home-administrator', '/console'),
  administrator('console-audit', '/console/audit'),
  administrator('console-operators', '/console/operators'),
  administrator('console-reviews', '/console/access-reviews'),
  sponsor('sponsor-home', '/console'),
  sponsor('sponsor-orders', '/console/orders'),
  sponsor('sponsor-people', '/console/people'),
  sponsor('sponsor-person-new', '/console/people/new'),
  sponsor('sponsor-person-order', '/console/people/{person}/order'),
];
