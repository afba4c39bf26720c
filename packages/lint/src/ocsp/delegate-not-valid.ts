import type { OcspRule } from '../rule.ts';

/** The delegate is valid when it signs. */
export const delegateNotValid: OcspRule = {
  id: 'e_rev24_delegate_not_valid',
  severity: 'error',
  source: 'REV-24',
  check({ delegate, basic: { producedAt } }) {
    if (delegate === undefined) return undefined;
    const { notBefore, notAfter } = delegate.certificate;
    return producedAt < notBefore || producedAt > notAfter ? 'the delegate is not valid at producedAt' : undefined;
  },
};
