import type { StateMachine } from './state-machine.ts';

export type CertificateState = 'good' | 'held' | 'revoked';
export type CertificateEvent = 'issue' | 'hold' | 'release' | 'revoke';

/** The life of a certificate (WF-C). That it expires is told by its own dates, whatever its state. */
export const CERTIFICATE_MACHINE: StateMachine<CertificateState, CertificateEvent> = {
  name: 'Certificate',
  states: ['good', 'held', 'revoked'],
  final: ['revoked'],
  transitions: [
    {
      from: null,
      event: 'issue',
      to: 'good',
      by: 'signer',
      guard: 'see the order',
      audit: 'certificate.issued',
    },
    {
      from: ['good'],
      event: 'hold',
      to: 'held',
      by: 'ra',
      guard: 'the profile permits a hold (REV-8)',
      audit: 'revocation.hold',
    },
    {
      from: ['held'],
      event: 'release',
      to: 'good',
      by: 'ra',
      guard: 'a statement of one operator, of two beyond 30 days',
      audit: 'revocation.release',
    },
    {
      from: ['good', 'held', 'revoked'],
      event: 'revoke',
      to: 'revoked',
      by: 'ra',
      guard: 'the profile allows the reason; a revoked one only to say keyCompromise',
      audit: 'revocation.revoke',
    },
  ],
};
