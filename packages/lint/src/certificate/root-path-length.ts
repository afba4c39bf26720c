import type { CertificateRule } from '../rule.ts';

/** A root should not limit the path. */
export const rootPathLength: CertificateRule = {
  id: 'w_prfr_path_length',
  severity: 'warning',
  source: 'PRF-R; SBR 7.1.2.1',
  purposes: ['root'],
  check({ basicConstraints }) {
    return basicConstraints?.pathLen === undefined ? undefined : 'the root has a path length';
  },
};
