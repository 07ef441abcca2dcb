import { describe, expect, it } from 'vitest';
import { positionsOn } from './positions';

const shift = (position: string, alternates: readonly string[] = []) => ({
  position,
  days: [0],
  from: 0,
  until: 1440,
  alternates,
});

describe('to whom a watch may be handed', () => {
  it('is every position on the roster once, shifts first, the liaison last, and never oneself', () => {
    const roster = {
      zone: 'UTC',
      shifts: [shift('duty-1', ['duty-3']), shift('duty-2', ['duty-1'])],
      holidays: [{ from: '2026-12-01', until: '2026-12-02', shifts: [shift('duty-4')] }],
      liaison: 'head-1',
    };
    expect(positionsOn(roster, 'duty-1')).toEqual(['duty-2', 'duty-4', 'duty-3', 'head-1']);
  });

  it('is nobody where there is no roster, or one that cannot be read', () => {
    for (const roster of [undefined, null, [], 'x', { shifts: 5 }, { shifts: [null, 3], liaison: 7 }]) {
      expect(positionsOn(roster, 'duty-1')).toEqual([]);
    }
  });
});
