import type { SafeHtml } from '@see/language';
import { deskIslands } from '../messages/mi/desk-islands.ts';
import { orderWords } from '../messages/mi/order-words.ts';
import { speaker } from './speaker.ts';

/** Says what the scripts of the desk say, in the language of the page. */
export const say: (text: SafeHtml) => string = speaker({ ...deskIslands, ...orderWords });
