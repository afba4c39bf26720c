/**
 * How sponsor, console and mail call an order when the link is not to be given away: the first eight digits of its id. The link
 * needs all 32. Throws RangeError for what is no order id.
 */
export function orderReference(orderId: string): string {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(orderId)) throw new RangeError('this is no order id');
  return orderId.slice(0, 8).toUpperCase();
}
