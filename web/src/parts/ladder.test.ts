import { describe, expect, it } from 'vitest';
import type { LadderView } from '../data/wire';
import { ladderModel, RUNGS } from './ladder';

function ladder(reached: number, more: Partial<LadderView> = {}): LadderView {
  return {
    member: 'BBB',
    rungs: RUNGS.slice(0, reached).map((rung, at) => ({
      rung,
      at_ms: 1000 + at,
      reference: `BBB ${at}`,
      position: 'duty-2',
      detail: '',
    })),
    acknowledged: reached > 2,
    mismatched: [],
    declined: null,
    due_ms: 5000,
    units: [],
    units_due_ms: null,
    ...more,
  };
}

const states = (model: ReturnType<typeof ladderModel>) => model.rungs.map((rung) => rung.state);

describe('a ladder', () => {
  it('tells the furthest rung reached, and what is due while its clock runs', () => {
    const model = ladderModel(ladder(2), true, 4999);
    expect(states(model)).toEqual(['reached', 'reached', 'due', 'open', 'open', 'open']);
    expect([model.furthest?.rung, model.trouble]).toEqual(['shown', null]);
  });

  it('is overdue at the very moment its clock runs out', () => {
    expect(ladderModel(ladder(2), true, 5000).trouble?.rung).toBe('acknowledged');
  });

  it('that was read back otherwise says so, though it was taken', () => {
    const model = ladderModel(ladder(3, { mismatched: ['place'] }), true, 0);
    expect(states(model)).toEqual(['reached', 'reached', 'reached', 'wrong', 'open', 'open']);
    expect(model.trouble?.rung).toBe('read-back');
  });

  it('has no rung for reading back where nothing is critical', () => {
    expect(states(ladderModel(ladder(3), false, 0))[3]).toBe('absent');
  });

  it('is not passed on before the unit has confirmed: its clock runs, and runs out', () => {
    const passed = { rung: 'passed-on', at_ms: 9000, reference: 'BBB 9', position: 'duty-2', detail: 'OP4' };
    const unit = { alias: 'OP4', passed, confirmed: null, confirmed_by: '', how: '', confirmed_ms: null };
    const open = ladder(5, { units: [unit], units_due_ms: 10_000 });
    expect(ladderModel(open, true, 9_999).rungs[4]).toMatchObject({ state: 'due', dueMs: 10_000, units: [unit] });
    expect(ladderModel(open, true, 9_999)).toMatchObject({ furthest: { rung: 'passed-on' }, trouble: null });
    expect(ladderModel(open, true, 10_000).trouble?.rung).toBe('passed-on');
    expect(ladderModel({ ...open, units_due_ms: null }, true, 10_000).rungs[4]?.state).toBe('unconfirmed');
    const confirmed = { ...unit, confirmed: { ...passed, rung: 'unit-confirmed', at_ms: 9500 } };
    expect(ladderModel({ ...open, units: [confirmed] }, true, 10_000).rungs[4]?.state).toBe('reached');
    expect(ladderModel({ ...open, units: [confirmed, unit] }, true, 10_000).rungs[4]?.state).toBe('overdue');
  });

  it('that nobody has stepped on has no furthest rung', () => {
    expect(ladderModel(ladder(0), false, 0).furthest).toBeNull();
  });
});
