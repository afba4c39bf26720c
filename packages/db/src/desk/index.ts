export * from './order-to-approve.ts';
