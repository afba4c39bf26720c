import { ScimError } from './scim-error.ts';

export const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** Resources on a page, unless fewer are asked for. */
export const MOST_ON_PAGE = 200;

export interface Paging {
  /** The place of the first one; the first of all is 1. */
  readonly startIndex: number;
  readonly count: number;
}

/** Reads `startIndex` and `count` (RFC 7644 3.4.2.4): what is below the least counts as the least, and no page is larger than ours. */
export function readPaging(query: Readonly<Record<string, unknown>>): Paging {
  return {
    startIndex: Math.max(1, wholeNumber(query['startIndex'], 'startIndex') ?? 1),
    count: Math.min(MOST_ON_PAGE, Math.max(0, wholeNumber(query['count'], 'count') ?? MOST_ON_PAGE)),
  };
}

function wholeNumber(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^-?[0-9]{1,9}$/.test(value)) return Number(value);
  throw new ScimError(400, `${name} is a whole number.`, 'invalidValue');
}

/** A page of resources (RFC 7644 3.4.2). */
export function listResponse<T>(resources: readonly T[], totalResults: number, startIndex: number) {
  return {
    schemas: [LIST_SCHEMA],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: [...resources],
  };
}
