import { describe, expect, it } from 'vitest';
import { indexed } from '../../data/floor';
import type { SituationView } from '../../data/wire';
import { SIMULATED_FLOOR } from '../../simulation/floor';
import { ownersIn, sidesOf } from './conflicts';
import { mapItems, recordOf, volumeOf } from './items';

const CIRCLE = { area: { circle: [331_254_000, 358_012_000, 500] }, start: 1, end: 2 };
const CORRIDOR = {
  area: {
    corridor: [
      [
        [1, 2],
        [3, 4],
      ],
      50,
    ],
  },
  start: 1,
  end: 2,
  floor: [100, 'AMSL'],
  ceiling: [200, 'AGL'],
};

describe('volumes', () => {
  it('are the same in the record and on the map', () => {
    for (const volume of [CIRCLE, CORRIDOR]) {
      const [drawn] = volumeOf(volume);
      expect(drawn && recordOf(drawn)).toEqual(volume);
    }
  });

  it('that are none are not drawn', () => {
    expect(volumeOf({ area: { square: 1 }, start: 1, end: 2 })).toEqual([]);
    expect(volumeOf({ area: CIRCLE.area, start: '1', end: 2 })).toEqual([]);
  });
});

describe('items', () => {
  const floor = indexed(SIMULATED_FLOOR);
  const standing = { version: 'AAA 1', state: 'filed', activity: 'fire', bound: [], volumes: [CIRCLE], doubtful: [] };
  const verdict = {
    space: 'overlaps',
    time: 'overlaps',
    height: 'overlaps',
    distance_m: 0,
    distance_error_m: 0,
    time_gap_ms: -5,
    height_gap_m: null,
  } as const;
  const conflict = {
    items: ['AAA 1', 'BBB 2'],
    status: 'conflict',
    verdict,
    coordination: null,
    coordination_state: null,
    way: null,
    responses: [],
  } as const;
  const situation: SituationView = {
    items: [
      { ...standing, reference: 'AAA 1', kind: 'notice', member: 'AAA' },
      { ...standing, reference: 'BBB 2', kind: 'zone', member: 'BBB', activity: 'protected-site' },
    ],
    conflicts: [conflict],
    complete: true,
  };

  it('know what they clash with until that is settled', () => {
    expect(mapItems(situation, floor, 'en').map((one) => one.conflicts)).toEqual([['BBB 2'], ['AAA 1']]);
    const settled = { ...situation, conflicts: [{ ...conflict, coordination_state: 'agreed' }] };
    expect(mapItems(settled, floor, 'en').map((one) => one.conflicts)).toEqual([[], []]);
  });

  it('that are protected sites are drawn as such', () => {
    expect(mapItems(situation, floor, 'en').map((one) => one.kind)).toEqual(['notice', 'site']);
  });

  it('are settled by those whose they are', () => {
    expect(sidesOf(conflict, ownersIn(situation))).toEqual(['AAA', 'BBB']);
  });
});
