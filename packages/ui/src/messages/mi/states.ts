import type { Catalogue } from '@see/language';

/** States of orders, certificates and agencies. */
export const states: Catalogue = {
  'Being prepared': 'E whakaritea ana',
  'Waits for approval': 'E tatari ana ki te whakaaetanga',
  Approved: 'Kua whakaaetia',
  'Code sent': 'Kua tukuna te waehere',
  'Being issued': 'E tukuna ana',
  Issued: 'Kua tukuna',
  Rejected: 'Kua whakahēngia',
  'Refused by the signer': 'I whakahēngia e te kaiwaitohu',
  Withdrawn: 'Kua unuhia',
  Lapsed: 'Kua pahemo',
  'Code locked': 'Kua rakaina te waehere',
  Good: 'E pai ana',
  'On hold': 'Kei te whakatārewa',
  Revoked: 'Kua whakakorea',
  Expired: 'Kua mutu',
  'Admitted, not active yet': 'Kua whakauruhia, kāore anō kia hohe',
  Member: 'Mema',
  Suspended: 'Kua whakatārewatia',
  Removed: 'Kua tangohia atu',
};
