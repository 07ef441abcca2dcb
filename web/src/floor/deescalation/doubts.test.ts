import { describe, expect, it } from 'vitest';
import type { DoubtView } from '../../data/wire';
import { apart, guessOf, heightsOf, kilometres, placeText } from './doubts';

const OUTSIDE: DoubtView = {
  volume: 0,
  code: 'outside-area',
  field: 'area',
  numbers: { distance_m: 212_400 },
  guess: [331_000_000, 358_000_000],
  how: 'swapped',
  reason: '',
};

describe('doubts', () => {
  it('say the place that may have been meant as it is read', () => {
    expect(guessOf(OUTSIDE)).toBe('33.10000 N 35.80000 E');
    expect(guessOf({ ...OUTSIDE, guess: null })).toBeNull();
    expect(placeText([-331_000_000, -1_000])).toBe('33.10000 S 0.00010 W');
    expect(kilometres(OUTSIDE)).toBe(212.4);
  });

  it('say a height in both units', () => {
    const high = { ...OUTSIDE, code: 'unit', field: 'ceiling', guess: null, numbers: { height_m: 30_000 } } as const;
    expect(heightsOf({ ...high, how: 'feet' })).toEqual({ entered: 30_000, meant: 9_144 });
    expect(heightsOf({ ...high, how: 'metres', numbers: { height_m: 304.8 } }).meant).toBeCloseTo(1_000);
  });

  it('are said once for each volume and field', () => {
    const second = { ...OUTSIDE, volume: 1 };
    expect(apart([OUTSIDE, { ...OUTSIDE, guess: null }, second])).toEqual([OUTSIDE, second]);
  });
});
