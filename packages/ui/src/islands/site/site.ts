import { Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink } from 'govuk-frontend';
import { enableCopyButtons } from './copy-button.ts';
import { useOwnZone } from './zone.ts';

/**
 * The script of every page: the menu of a narrow screen, focus on error summaries, buttons that take one press, copy
 * buttons. Each page works without it.
 */
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
const PARTS = [
  ['govuk-button', Button],
  ['govuk-error-summary', ErrorSummary],
  ['govuk-notification-banner', NotificationBanner],
  ['govuk-service-navigation', ServiceNavigation],
  ['govuk-skip-link', SkipLink],
] as const;
for (const [name, Part] of PARTS) {
  for (const element of document.querySelectorAll(`[data-module="${name}"]`)) new Part(element);
}
enableCopyButtons(document);
useOwnZone(document.documentElement);
