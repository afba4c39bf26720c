import { MOST_ON_PAGE } from './list-response.ts';
import { USER_SCHEMA } from './read-change.ts';

const CONFIG_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const TYPE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const SCHEMA_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** What the service can do (RFC 7643 5). */
export function serviceProviderConfig(base: string) {
  return {
    schemas: [CONFIG_SCHEMA],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_ON_PAGE },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Token of the feed',
        description: 'Authorization: Bearer with the token that was shown once when the feed was made',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** The only kind of resource (RFC 7643 6). */
export function userResourceType(base: string) {
  return {
    schemas: [TYPE_SCHEMA],
    id: 'User',
    name: 'User',
    endpoint: '/Users',
    description: 'People of the agency that the feed belongs to',
    schema: USER_SCHEMA,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
  };
}

interface AttributeOptions {
  readonly type?: 'string' | 'boolean' | 'complex';
  readonly writable?: true;
  readonly many?: true;
  readonly exact?: true;
  readonly unique?: true;
  readonly parts?: readonly object[];
}

function attribute(name: string, description: string, options: AttributeOptions = {}) {
  return {
    name,
    type: options.type ?? 'string',
    multiValued: options.many === true,
    description,
    required: options.unique === true,
    caseExact: options.exact === true,
    mutability: options.writable ? 'readWrite' : 'readOnly',
    returned: 'default',
    uniqueness: options.unique ? 'server' : 'none',
    ...(options.parts ? { subAttributes: options.parts } : {}),
  };
}

/** What a user has here (RFC 7643 7): all of it is read-only but `active`. */
export function userSchema(base: string) {
  return {
    schemas: [SCHEMA_SCHEMA],
    id: USER_SCHEMA,
    name: 'User',
    description: 'A person of the agency',
    attributes: [
      attribute('userName', 'Mail address', { unique: true }),
      attribute('name', 'Name', {
        type: 'complex',
        parts: [
          attribute('formatted', 'As in certificates'),
          attribute('familyName', 'Surname'),
          attribute('givenName', 'Given name'),
        ],
      }),
      attribute('displayName', 'Name as in certificates'),
      attribute('emails', 'Mail addresses', {
        type: 'complex',
        many: true,
        parts: [
          attribute('value', 'The address'),
          attribute('type', 'Always work'),
          attribute('primary', 'Always true', { type: 'boolean' }),
        ],
      }),
      attribute('externalId', "The agency's own number", { exact: true }),
      attribute('active', 'Set to false when the person has left. It is never set to true here.', {
        type: 'boolean',
        writable: true,
      }),
    ],
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${USER_SCHEMA}` },
  };
}
