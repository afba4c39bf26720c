import type { SafeHtml } from '@see/language';
import { signInIslands } from '../messages/mi/sign-in-islands.ts';
import { speaker } from './speaker.ts';

/** Says what the scripts of signing in and of registering passkeys say, in the language of the page. */
export const say: (text: SafeHtml) => string = speaker(signInIslands);
