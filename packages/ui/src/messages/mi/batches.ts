import type { Catalogue } from '@see/language';

/** Batches of orders. */
export const batches: Catalogue = {
  'Batch of {0} orders': 'Puranga o ngā tono {0}',
  Batches: 'Ngā puranga',
  '{0} orders of {1}': 'Ngā tono {0} a {1}',
  Now: 'Ināianei',
  '{0} by {1}': '{0} nā {1}',
  one: 'kotahi',
  '{0}, by different persons: some of the orders have a risk':
    '{0}, nā ngā tāngata rerekē: he tūraru tō ētahi o ngā tono',
  'What stands out: {0} of {1}': 'Ngā mea rerekē: {0} o te {1}',
  'The first {0} are shown here. The desk and the command show all of them.':
    'Ka whakaaturia ngā mea {0} tuatahi i konei. Ka whakaaturia te katoa e te tēpu me te tohutono.',
  'Orders that differ from the others': 'Ngā tono he rerekē i ērā atu',
  For: 'Mō',
  Why: 'He aha ai',
  'Nothing. Look at some of the orders all the same.': 'Kāore he mea. Heoi anō, tirohia ētahi o ngā tono.',
  'A sample of the others': 'He tauira o ērā atu',
  'Orders that do not differ': 'Ngā tono kāore i rerekē',
  'There are no others.': 'Kāore ētahi atu.',
  'Nothing of this batch waits for approval.': 'Kāore he mea o tēnei puranga e tatari ana ki te whakaaetanga.',
  'Approve {0} of {1}': 'Whakaaetia ngā mea {0} o te {1}',
  'Orders with a risk wait until {0} different persons have signed this batch. They are the first of what stands out.':
    'Ka tatari ngā tono whai tūraru kia waitohua tēnei puranga e ngā tāngata rerekē e {0}. Ko ērā ngā mea tuatahi o ngā mea rerekē.',
  'One signature with your own approval key, made on your machine. The desk and the command fetch every order and show what stands out before they sign. What is wrong with one order: reject it first.':
    'Kotahi te waitohu mā tō ake kī whakaae, ka hangaia i tō mīhini. Ka tīkina ngā tono katoa e te tēpu me te tohutono, ka whakaatu i ngā mea rerekē i mua i te waitohu. Ki te hē tētahi tono: whakahēngia tērā i te tuatahi.',
  'Approve with a passkey': 'Whakaae mā te kī haumaru',
  'Handing in your approval.': 'E tuku ana i tō whakaaetanga.',
  'With a key file': 'Mā te kōnae kī',
  'Either way it must show this digest:': 'Ahakoa tēhea, me whakaatu i tēnei hēhi:',
  'Batches of orders': 'Ngā puranga tono',
  'Orders of one agency that are not on the dual list can be approved together, by one signature over all of them. Those with a risk wait for a second person who signs the same batch.':
    'Ka taea ngā tono a tētahi umanga kāore i te rārangi takirua te whakaae ngātahi, mā te waitohu kotahi. Ka tatari ngā mea whai tūraru ki te tangata tuarua ka waitohu i taua puranga anō.',
  '1 order': '1 tono',
  '{0} orders': '{0} tono',
  'No batch was made yet.': 'Kāore anō he puranga kia hangaia.',
  'No order waits that could be approved in a batch.':
    'Kāore he tono e tatari ana ka taea te whakaae i roto i te puranga.',
  'Make a batch': 'Hangaia he puranga',
  'All orders that wait and are not on the dual list, of': 'Ngā tono katoa e tatari ana, kāore i te rārangi takirua, a',
  'Make the batch': 'Hangaia te puranga',
  ' {0} still wait: they need another person too, or you may not approve them.':
    ' E {0} e tatari tonu ana: me whai tangata anō, kāore rānei koe e āhei ana ki te whakaae.',
  'Your approval is recorded.': 'Kua mauhangatia tō whakaaetanga.',
};
