import { type App, type ProblemCode, Refusal } from '@see/http';
import { errorBody, ScimError, type ScimType } from '@see/scim';

export const SCIM_TYPE = 'application/scim+json';

/** Runs what reads SCIM, and says its refusals in the catalogue's words, with the word that SCIM has for them. */
export async function asScim<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const code: ProblemCode = 'invalid-request';
    throw new Refusal(code, error.message, { cause: error, extensions: { scimType: error.scimType } });
  }
}

/** Says every refusal in a scope as SCIM does (RFC 7644 3.12), after it was recorded and logged as any other. */
export function scimErrors(scope: App): void {
  scope.addHook('onSend', async (_request, reply, payload) => {
    reply.header('cache-control', 'no-store');
    if (!String(reply.getHeader('content-type')).startsWith('application/problem+json')) return payload;
    const problem = JSON.parse(String(payload)) as { status: number; detail: string; scimType?: ScimType };
    reply.type(SCIM_TYPE);
    return JSON.stringify(errorBody(problem.status, problem.detail, problem.scimType));
  });
}
