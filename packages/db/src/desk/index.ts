export { type BatchOrder, findBatch, readBatchOrders } from '../ra/batches.ts';
export * from './order-to-approve.ts';
