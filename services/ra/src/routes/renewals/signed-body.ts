import { type App, Type } from '@see/http';

/** The longest body that can be right: base64 of the longest signed request, with line breaks and JSON around it. */
export const SIGNED_BODY_LIMIT = 200_000;

const Json = Type.Object(
  {
    request: Type.String({ minLength: 1, maxLength: 190_000, description: 'CMS SignedData as PEM, or base64 of DER' }),
  },
  { additionalProperties: false },
);

export const SIGNED_TYPES = [
  'application/cms',
  'application/pkcs7-mime',
  'application/x-pem-file',
  'text/plain',
] as const;

/** Schema of a body that is a signed request: JSON, or the octets of a file. */
export const signedBody = {
  content: {
    'application/json': { schema: Json },
    ...Object.fromEntries(SIGNED_TYPES.map((type) => [type, { schema: Type.Unknown() }])),
  },
};

/** Lets a scope take the octets of files. */
export function takeSignedOctets(scope: App): void {
  for (const type of SIGNED_TYPES) {
    scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, octets, done) => {
      done(null, new Uint8Array(octets as Buffer));
    });
  }
}

/** The request in a body that kept the schema. */
export function signedRequestOf(body: unknown): string | Uint8Array {
  return body instanceof Uint8Array ? body : (body as { readonly request: string }).request;
}
