export * from './code-deliveries.ts';
export * from './expiry-notices.ts';
export * from './lapse-orders.ts';
export * from './preparing-orders.ts';
export * from './recoveries.ts';
