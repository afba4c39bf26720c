export * from './columns.ts';
export * from './import-context.ts';
export * from './import-plan.ts';
export type { ImportProblem } from './import-problem.ts';
export { CSV_LIMITS } from './read-csv.ts';
export * from './read-people.ts';
export type { Conflict, KnownPerson } from './registry-conflict.ts';
export * from './sample.ts';
export * from './write-csv.ts';
