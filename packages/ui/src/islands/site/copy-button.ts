import { t } from '@see/language';
import { siteIsland } from '../../messages/mi/site-island.ts';
import { speaker } from '../speaker.ts';

const say = speaker(siteIsland);

/** Shows every `data-copy` button below a root and makes it copy its text; says so on the button itself. */
export function enableCopyButtons(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false;
    const label = button.textContent;
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(
        () => {
          button.textContent = say(t`Copied`);
          setTimeout(() => {
            button.textContent = label;
          }, 2_000);
        },
        () => {
          button.textContent = say(t`Select the text and copy it`);
        },
      );
    });
  }
}
