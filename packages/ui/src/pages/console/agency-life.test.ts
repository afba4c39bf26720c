import { describe, expect, it } from 'vitest';
import { speechIn } from '../../view.ts';
import { type AgencyStage, agencyLife } from './agency-life.ts';

const STAGES: readonly AgencyStage[] = [
  'applied',
  'verified',
  'scoped',
  'certified',
  'phase-1',
  'phase-2',
  'suspended',
  'removed',
];

describe('the picture of an agency’s life', () => {
  it.each(STAGES)('marks one station and no other for %s, and says what comes next', (stage) => {
    const written = agencyLife('The Treasury', stage).in(speechIn('en'));
    expect(written.match(/aria-current="step"/g)).toHaveLength(1);
    expect(written.match(/see-life__station--(?:here|end)/g)).toHaveLength(1);
    const ended = stage === 'suspended' || stage === 'removed';
    const station = ended ? 7 : STAGES.indexOf(stage) + 1;
    expect(written).toContain(`The Treasury stands at station ${station} of ${ended ? 7 : 6}: `);
    expect(written).toContain('Next: ');
    expect(written.match(/see-life__station--passed/g)?.length ?? 0).toBe(station - 1);
  });

  it('is in te reo Māori too', () => {
    expect(agencyLife('Te Tai Ōhanga', 'scoped').in(speechIn('mi'))).toContain(
      'Kei te teihana 3 o te 6 a Te Tai Ōhanga',
    );
  });
});
