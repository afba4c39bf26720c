import type { OcspRule } from '../rule.ts';

/** Every answer ends before its delegate does. */
export const delegateEndsFirst: OcspRule = {
  id: 'e_rev24_delegate_ends_first',
  severity: 'error',
  source: 'REV-24',
  check({ delegate, basic }) {
    if (delegate === undefined) return undefined;
    const late = basic.responses.some(
      ({ nextUpdate }) => nextUpdate !== undefined && nextUpdate > delegate.certificate.notAfter,
    );
    return late ? 'an answer is good for longer than the delegate' : undefined;
  },
};
