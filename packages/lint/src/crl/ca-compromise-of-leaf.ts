import type { CrlRule } from '../rule.ts';

/** cACompromise is for certificates of CAs. */
export const caCompromiseOfLeaf: CrlRule = {
  id: 'e_rev5_ca_compromise_of_leaf',
  severity: 'error',
  source: 'REV-5',
  purposes: ['issuing-ca'],
  check({ faults }) {
    return faults.cACompromise && `the serial ${faults.cACompromise} has the reason cACompromise`;
  },
};
