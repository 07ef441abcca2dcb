import { describe, expect, it } from 'vitest';
import { ringOf } from '../simulation/clocks';
import { viewsToRead, withRings } from './news';

describe('news', () => {
  it('of a case reads that case anew', () => {
    const about = { desk: 'line', kind: 'message', state: 'sent', over: false, acts: [] };
    expect(viewsToRead({ seq: 1, type: 'case', reference: 'AAA 4', ...about })).toContainEqual(['case', 'AAA 4']);
  });

  it('of a fork reads everything that a fork can change', () => {
    expect(viewsToRead({ seq: 1, type: 'fork' })).toEqual([
      ['status'],
      ['feed'],
      ['cases'],
      ['case'],
      ['now'],
      ['sheet'],
      ['situation'],
    ]);
  });

  it('that only keeps the line alive reads nothing', () => {
    expect(viewsToRead({ seq: 1, type: 'beat' })).toEqual([]);
  });
});

describe('what rings', () => {
  const view = { now_ms: 0, clocks: [], rings: [ringOf()], silence: [], proof_due_ms: null, watches: [] };

  it('is what it was, and what is told', () => {
    const fresh = ringOf({ reference: 'BBB 8' });
    expect(withRings(view, { fresh: [fresh], gone: [] }).rings).toEqual([fresh, ringOf()]);
    expect(withRings(view, { fresh: [], gone: [ringOf({ stage: 'missed' })] }).rings).toEqual([]);
  });

  it('rings further, not twice, and may be told again', () => {
    const further = ringOf({ stage: 'alternates', alternates: 1 });
    const once = withRings(view, { fresh: [further], gone: [] });
    expect(once.rings).toEqual([further]);
    expect(withRings(once, { fresh: [further], gone: [] })).toEqual(once);
  });
});
