export * from './discovery.ts';
export * from './list-response.ts';
export * from './read-change.ts';
export * from './read-filter.ts';
export * from './scim-error.ts';
export * from './user.ts';
