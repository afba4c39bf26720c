import { type HtmlValue, html, type SafeHtml, t } from '@see/language';

/** Where an agency stands between its application and its end. */
export type AgencyStage =
  | 'applied'
  | 'verified'
  | 'scoped'
  | 'certified'
  | 'phase-1'
  | 'phase-2'
  | 'suspended'
  | 'removed';

interface Stage {
  readonly id: AgencyStage;
  readonly name: SafeHtml;
  /** What comes next, and who does it. */
  readonly next: SafeHtml;
}

const PATH: readonly Stage[] = [
  {
    id: 'applied',
    name: t`Applied`,
    next: t`Another operator finds its name and identifier in a register, on the page of agencies.`,
  },
  {
    id: 'verified',
    name: t`Verified`,
    next: t`Two operators sign its scope: <span class="see-serial">see agency propose</span>, <span class="see-serial">see statement sign</span>.`,
  },
  {
    id: 'scoped',
    name: t`Admitted`,
    next: t`Its gateways get certificates; then its site is tested and an operator <a class="govuk-link" href="#reports">records the report</a>.`,
  },
  {
    id: 'certified',
    name: t`Site certified`,
    next: t`Two operators sign the activation: <span class="see-serial">see agency activate</span>.`,
  },
  {
    id: 'phase-1',
    name: t`Member, gateways`,
    next: t`Two operators sign the second phase, in which its people get certificates: <span class="see-serial">see agency phase</span>.`,
  },
  {
    id: 'phase-2',
    name: t`Member, gateways and people`,
    next: t`Its scope is reviewed and signed again every year, by two operators.`,
  },
];

const ENDS: Readonly<Partial<Record<AgencyStage, Stage>>> = {
  suspended: {
    id: 'suspended',
    name: t`Suspended`,
    next: t`Nothing is issued, and it is in no list of members. Two operators resume or remove it: <span class="see-serial">see statement propose</span>.`,
  },
  removed: {
    id: 'removed',
    name: t`Removed`,
    next: t`Its certificates are ended by two operators: <span class="see-serial">see agency abolish</span>.`,
  },
};

/**
 * The life of an agency as a row of stations, and where this one stands. The picture has no words in it, so that it can be
 * as narrow as a phone; the list below it has, and says which station is the present one.
 */
export function agencyLife(name: string, stage: AgencyStage): SafeHtml {
  const end = ENDS[stage];
  const path = end ? [...PATH, end] : PATH;
  const at = path.findIndex(({ id }) => id === stage);
  const here = path[at];
  if (!here) return html``;
  return html`<figure class="see-life"><figcaption class="govuk-body">${t`${name} stands at station ${at + 1} of ${path.length}: ${here.name}.`} ${t`Next: ${here.next}`}</figcaption>
${picture(path.length, at, end !== undefined)}
<ol class="see-life__names">${path.map((station, index) => item(station.name, index, at))}</ol></figure>`;
}

function item(name: HtmlValue, index: number, at: number): SafeHtml {
  if (index === at)
    return html`<li class="see-life__name see-life__name--here" aria-current="step"><strong>${name}</strong></li>`;
  return html`<li class="see-life__name ${index > at && 'see-muted'}">${name}${index < at && html`<span class="govuk-visually-hidden"> ${t`(passed)`}</span>`}</li>`;
}

/** Units from one station to the next: as wide as its name below it on a broad screen. */
const WIDE = 170;

function picture(stations: number, at: number, ended: boolean): SafeHtml {
  const x = (index: number): number => (index + 0.5) * WIDE;
  return html`<svg class="see-life__picture" viewBox="0 0 ${stations * WIDE} 40" aria-hidden="true" focusable="false"><line class="see-life__line" x1="${x(0)}" y1="20" x2="${x(stations - 1)}" y2="20"/><line class="see-life__line see-life__line--passed" x1="${x(0)}" y1="20" x2="${x(at)}" y2="20"/>${Array.from(
    { length: stations },
    (_, index) =>
      html`<circle class="see-life__station ${index < at && 'see-life__station--passed'} ${index === at && (ended ? 'see-life__station--end' : 'see-life__station--here')}" cx="${x(index)}" cy="20" r="${index === at ? 14 : 9}"/>`,
  )}</svg>`;
}
