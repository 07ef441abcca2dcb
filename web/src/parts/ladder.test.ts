import { describe, expect, it } from 'vitest';
import { RUNGS, type RungView } from '../data/floor';
import { ladderModel } from './ladder';

function rungs(reached: number, due: Partial<Record<(typeof RUNGS)[number], number>> = {}): readonly RungView[] {
  return RUNGS.map((rung, at) => ({ rung, atMs: at < reached ? 1000 + at : null, dueMs: due[rung] ?? null }));
}

describe('a ladder', () => {
  it('tells the furthest rung reached, and the next one as due while its clock runs', () => {
    const model = ladderModel({ addressee: 'BBB', rungs: rungs(3, { acknowledged: 9000 }) }, 5000);
    expect(model.rungs.map((rung) => rung.state)).toEqual(['reached', 'reached', 'reached', 'due', 'open', 'open']);
    expect([model.furthest, model.overdue]).toEqual(['shown', null]);
  });

  it('is overdue at the very moment its clock runs out, on whatever rung', () => {
    const model = ladderModel({ addressee: 'BBB', rungs: rungs(2, { acknowledged: 5000 }) }, 5000);
    expect(model.overdue).toBe('acknowledged');
    expect(model.rungs[2]?.state).toBe('open');
  });

  it('that nobody has stepped on has no furthest rung', () => {
    expect(ladderModel({ addressee: 'BBB', rungs: rungs(0) }, 0).furthest).toBeNull();
  });
});
