import { describe, expect, it } from 'vitest';
import { caseOf } from '../../simulation/cases';
import { clockOf } from '../../simulation/clocks';
import { itemOf } from '../../simulation/items';
import { OTHER_DESK } from '../../simulation/otherDesk';
import { subjectOf, told, urgentClock } from './cases';

const kind = OTHER_DESK.kinds[0] ?? null;

describe('a case in short', () => {
  it('is about its first label, else its text', () => {
    expect(subjectOf(kind, itemOf({ content: { subject: 'Water line', lang: 'en' } }))).toEqual({
      text: 'Water line',
      language: 'en',
    });
    expect(subjectOf(kind, itemOf())?.text).toContain('SIMULATION');
    expect(subjectOf(kind, itemOf({ content: { persons: 3 } }))).toBeNull();
  });

  it('shows the clock that was missed longest, not one that was met', () => {
    const clocks = [clockOf({ due_ms: 50 }), clockOf({ due_ms: 10, stopped_ms: 5 }), clockOf({ due_ms: 20 })];
    expect(urgentClock(caseOf('message', [itemOf()], { clocks }), 30)).toMatchObject({ missed: true, spanMs: 10 });
    expect(urgentClock(caseOf('message', [itemOf()]), 0)).toBeNull();
  });

  it('tells what was said; acknowledgements stand on the ladder, unless they are void', () => {
    const void_ = { code: 'x', reason: '', arguments: {}, before: null, unseen: false };
    const items = [itemOf(), itemOf({ kind: 'acknowledge' }), itemOf({ kind: 'acknowledge', because: void_ })];
    expect(told(caseOf('message', items))).toHaveLength(2);
  });
});
