export * from './expiry-notices.ts';
export * from './lapse-orders.ts';
export * from './link-letters.ts';
export * from './mailbox-links.ts';
export * from './mails.ts';
export * from './order-mails.ts';
export * from './preparing-orders.ts';
export * from './recoveries.ts';
