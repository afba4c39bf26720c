/**
 * How much a reader refuses. `strict`, for what comes from outside and what we make: names, addresses and serials must be
 * fit to be certified. `lenient`, for certificates and CRLs that someone else has signed already: the DER must be sound,
 * the values are handed on as they are.
 */
export type Strictness = 'strict' | 'lenient';
