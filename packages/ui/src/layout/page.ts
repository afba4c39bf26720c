import { type HtmlValue, html, LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, type SafeHtml, t } from '@see/language';
import type { IslandName } from '../site.ts';
import type { View } from '../view.ts';

export interface NavigationItem {
  readonly text: HtmlValue;
  readonly href: string;
  readonly current?: boolean;
}

export interface PageParts {
  readonly title: HtmlValue;
  /** The part of the service, after the title in the browser's tab: Portal or Console. */
  readonly section: HtmlValue;
  readonly homeHref: string;
  readonly navigation: readonly NavigationItem[];
  /** Right of the navigation: who is signed in. */
  readonly navigationEnd?: HtmlValue;
  readonly beforeContent?: HtmlValue;
  readonly content: HtmlValue;
  readonly scripts?: readonly IslandName[];
  readonly mainClass?: string;
  /** Where the browser goes at once, by itself. */
  readonly onward?: string | undefined;
  /** Seconds after which the page loads itself where no scripts run; it must offer a way to stop that (WCAG 2.2.1). */
  readonly reload?: number | undefined;
}

/**
 * The whole document of a page: head, skip link, header, navigation, main, footer. Styles and scripts are our own
 * files with content-hash names and integrity; there is nothing inline, so the page works under our CSP.
 */
export function page(view: View, parts: PageParts): string {
  const { css, icon } = { css: view.assets['site.css'], icon: view.assets['icon.svg'] };
  const scripts = ['site.js' as const, ...(parts.scripts ?? [])];
  return html`<!doctype html>
<html lang="${LANGUAGE_TAGS[view.speech.language]}" class="govuk-template" data-zone="${view.speech.zone}">
<head>
<meta charset="utf-8">
<title>${[parts.title, ' – ', parts.section, ' – ']}SEE PKI</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#0f4c42">
${parts.onward && html`<meta http-equiv="refresh" content="0; url=${parts.onward}">`}
${parts.reload && html`<noscript><meta http-equiv="refresh" content="${parts.reload}"></noscript>`}
<link rel="icon" href="${icon.url}" type="image/svg+xml">
<link rel="stylesheet" href="${css.url}" integrity="${css.integrity}">
${scripts.map((name) => html`<script type="module" src="${view.assets[name].url}" integrity="${view.assets[name].integrity}"></script>`)}
</head>
<body class="govuk-template__body">
<a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">${t`Skip to main content`}</a>
<header>
${view.preset === 'evaluation' && html`<p class="see-evaluation"><span class="govuk-width-container">${t`Evaluation: certificates made here are for trying things out.`}</span></p>`}
<div class="govuk-generic-header see-header"><div class="govuk-generic-header__container govuk-width-container">
<div class="govuk-generic-header__logo"><a href="${parts.homeHref}" class="govuk-generic-header__homepage-link see-header__link">${emblem()}<span>SEE PKI</span><span class="see-header__section">${parts.section}</span></a></div>
${languages(view)}
</div></div>
${parts.navigation.length > 0 && navigation(parts)}
</header>
<div class="govuk-width-container">
${parts.beforeContent && html`<nav aria-label="${t`Back`}">${parts.beforeContent}</nav>`}
<main class="govuk-main-wrapper ${parts.mainClass ?? ''}" id="main-content">
${parts.content}
</main>
</div>
${footer(view)}
</body>
</html>`.in(view.speech);
}

function navigation(parts: PageParts): SafeHtml {
  return html`<div class="govuk-service-navigation" data-module="govuk-service-navigation"><div class="govuk-width-container see-navigation">
<div class="govuk-service-navigation__container">
<nav aria-label="${t`Menu`}" class="govuk-service-navigation__wrapper">
<button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" aria-controls="navigation" hidden aria-hidden="true">${t`Menu`}</button>
<ul class="govuk-service-navigation__list" id="navigation">
${parts.navigation.map(navigationItem)}
</ul>
</nav>
</div>
${parts.navigationEnd && html`<div class="see-navigation__end">${parts.navigationEnd}</div>`}
</div></div>`;
}

function navigationItem(item: NavigationItem): SafeHtml {
  if (!item.current) {
    return html`<li class="govuk-service-navigation__item"><a class="govuk-service-navigation__link" href="${item.href}">${item.text}</a></li>`;
  }
  return html`<li class="govuk-service-navigation__item govuk-service-navigation__item--active"><a class="govuk-service-navigation__link" href="${item.href}" aria-current="page"><strong class="govuk-service-navigation__active-fallback">${item.text}</strong></a></li>`;
}

function footer(view: View): SafeHtml {
  const links: readonly (readonly [HtmlValue, string])[] = [
    [t`Certificate policy`, `${view.urls.va}/cp`],
    [t`Root certificate`, `${view.urls.va}/ca/root.cer`],
    [t`API description`, `${view.urls.portal}/api/v1/openapi.json`],
  ];
  return html`<footer class="govuk-template__footer"><div class="govuk-footer"><div class="govuk-width-container"><div class="govuk-footer__meta"><div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
<h2 class="govuk-visually-hidden">${t`More`}</h2>
<ul class="govuk-footer__inline-list">
${links.map(([text, href]) => html`<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="${href}">${text}</a></li>`)}
</ul>
<p class="govuk-body-s see-footer__text">${t`Secure Electronic Environment: certificates for public servants, mail gateways and services.`}</p>
</div></div></div></div></footer>`;
}

/** The other languages, each by its own name; choosing one leads back to this page. */
function languages(view: View): SafeHtml {
  const back = encodeURIComponent(view.here);
  return html`<nav class="see-languages" aria-label="${t`Language`}">${LANGUAGES.filter((language) => language !== view.speech.language).map((language) => html`<a class="see-languages__link" href="/language/${language}?back=${back}" lang="${LANGUAGE_TAGS[language]}" hreflang="${LANGUAGE_TAGS[language]}">${LANGUAGE_NAMES[language]}</a>`)}</nav>`;
}

/** A keyhole in a shield; drawn here, so that nothing has to be fetched. */
function emblem(): SafeHtml {
  return html`<svg class="see-header__emblem" width="30" height="34" viewBox="0 0 30 34" aria-hidden="true" focusable="false"><path d="M15 1 29 6v11c0 8-6 13.5-14 16C7 30.5 1 25 1 17V6Z" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="15" cy="13.5" r="4" fill="currentColor"/><path d="M13 15.5h4l1.5 8.5h-7Z" fill="currentColor"/></svg>`;
}
