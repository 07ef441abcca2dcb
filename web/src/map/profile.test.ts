import { describe, expect, it } from 'vitest';
import { profileOf, roundStep, shareOf } from './profile';
import type { MapItem, Volume } from './volume';

const item = (reference: string, band: Partial<Volume>): MapItem => ({
  reference,
  kind: 'notice',
  member: 'AAA',
  title: { text: 'SIMULATION', language: 'en' },
  state: '',
  volumes: [{ area: { circle: [0, 0, 1] }, from: 0, until: 1, ...band }],
  conflicts: [],
});

describe('the height profile', () => {
  it('has one column for each datum, and never one for two', () => {
    const items = [
      item('AAA 1', { floor: [10_000, 'AGL'], ceiling: [50_000, 'AGL'] }),
      item('BBB 1', { floor: [10_000, 'AMSL'], ceiling: [50_000, 'AMSL'] }),
      item('AAA 2', { floor: [10_000, 'WGS84'] }),
    ];
    const { columns } = profileOf(items);
    expect(columns.map((one) => [one.datum, one.bands.map((band) => band.reference)])).toEqual([
      ['AMSL', ['BBB 1']],
      ['AGL', ['AAA 1']],
      ['WGS84', ['AAA 2']],
    ]);
  });

  it('shows a band over two datums in both columns, open at the end that is over the other', () => {
    const { columns } = profileOf([item('AAA 1', { floor: [10_000, 'AGL'], ceiling: [50_000, 'AMSL'] })]);
    const [amsl, agl] = columns.map((column) => column.bands[0]);
    expect(amsl).toMatchObject({ floorCm: null, floorElsewhere: true, ceilingCm: 50_000, ceilingElsewhere: false });
    expect(agl).toMatchObject({ floorCm: 10_000, floorElsewhere: false, ceilingCm: null, ceilingElsewhere: true });
  });

  it('tells an absent ceiling from one stated elsewhere', () => {
    const [column] = profileOf([item('AAA 1', { floor: [10_000, 'AGL'] })]).columns;
    expect(column?.bands[0]).toMatchObject({ ceilingCm: null, ceilingElsewhere: false });
  });

  it('names what has neither floor nor ceiling, and draws no column for it', () => {
    expect(profileOf([item('AAA 1', {})])).toEqual({ columns: [], unbounded: ['AAA 1'] });
  });

  it('has round ticks that hold every height, below sea level too', () => {
    const [column] = profileOf([item('AAA 1', { floor: [-40_000, 'AMSL'], ceiling: [91_440, 'AMSL'] })]).columns;
    if (!column) throw new Error('no column');
    expect(column.lowestCm).toBeLessThanOrEqual(-40_000);
    expect(column.highestCm).toBeGreaterThanOrEqual(91_440);
    expect(column.ticksCm).toEqual([0, 50_000, 100_000]);
    expect([shareOf(column, column.lowestCm), shareOf(column, column.highestCm)]).toEqual([0, 1]);
    expect([roundStep(33_000), roundStep(11), roundStep(70)]).toEqual([50_000, 20, 100]);
  });
});
