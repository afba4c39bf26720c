import { findOrderRefusal, listOrderCertificates, type OrderRow } from '@see/db/ra';
import { encodePem } from '@see/x509';
import type { Ra } from '../../ra.ts';

/** What the holder is told of their renewal: how far it is, and the certificate with its chain once it is there. */
export async function renewalView(ra: Ra, order: OrderRow) {
  const [issued, refusal] = await Promise.all([
    order.state === 'issued' ? listOrderCertificates(ra.db, order.id) : [],
    findOrderRefusal(ra.db, order.id),
  ]);
  const [first] = issued;
  return {
    orderId: order.id,
    state: order.state,
    stateReason: refusal?.detail ?? order.stateReason,
    profile: order.profiles[0] ?? '',
    approvals: order.approvals,
    quorum: order.quorum,
    certificate: first
      ? {
          sha256: first.certificate.sha256.toHex(),
          serial: first.certificate.serial.toHex(),
          notAfter: first.certificate.notAfter.toISOString(),
          pem: encodePem('CERTIFICATE', first.der),
          chain: ra.cas.chain(first.certificate.ca).map((der) => encodePem('CERTIFICATE', der)),
        }
      : null,
  };
}
