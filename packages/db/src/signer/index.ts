export { moveOrders } from '../move-orders.ts';
export * from './checkpoints.ts';
export * from './crls.ts';
export * from './escrowed-keys.ts';
export * from './issuance.ts';
export * from './lease.ts';
export * from './ocsp-keys.ts';
export * from './orders.ts';
export * from './redemptions.ts';
