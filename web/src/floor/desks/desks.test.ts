import { describe, expect, it } from 'vitest';
import { indexed } from '../../data/floor';
import { clockOf } from '../../simulation/clocks';
import { SIMULATED_FLOOR } from '../../simulation/floor';
import { deskRows } from './desks';

const floor = indexed(SIMULATED_FLOOR);

describe('the desks', () => {
  it('count what runs and what is missed, each clock once', () => {
    const clocks = [clockOf({ due_ms: 10 }), clockOf({ due_ms: 20 }), clockOf({ due_ms: 30, stopped_ms: 5 })];
    expect(deskRows(floor, clocks, 10)[0]).toMatchObject({ desk: 'line', running: 1, missed: 1 });
  });

  it('come as they are declared, the Line first, and one that no charter opens says so', () => {
    const closed = indexed({
      ...SIMULATED_FLOOR,
      kinds: SIMULATED_FLOOR.kinds.filter((rule) => rule.desk !== 'works'),
    });
    expect(deskRows(closed, [], 0).map((row) => [row.desk, row.open])).toEqual([
      ['line', true],
      ['works', false],
    ]);
  });
});
