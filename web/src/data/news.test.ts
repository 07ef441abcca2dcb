import { describe, expect, it } from 'vitest';
import { viewsToRead } from './news';

describe('news', () => {
  it('of a case reads that case anew', () => {
    const about = { desk: 'line', kind: 'message', state: 'sent', over: false, acts: [] };
    expect(viewsToRead({ seq: 1, type: 'case', reference: 'AAA 4', ...about })).toContainEqual(['case', 'AAA 4']);
  });

  it('of a fork reads everything that a fork can change', () => {
    expect(viewsToRead({ seq: 1, type: 'fork' })).toEqual([['status'], ['feed'], ['cases'], ['case'], ['now']]);
  });

  it('that only keeps the line alive reads nothing', () => {
    expect(viewsToRead({ seq: 1, type: 'beat' })).toEqual([]);
  });
});
