import { describe, expect, it } from 'vitest';
import { viewsToRead } from './news';

describe('news', () => {
  it('of a case reads that case anew, by whatever form it is named', () => {
    const acts: readonly string[] = [];
    const named = viewsToRead({ seq: 1, type: 'case', case: 'AAA 4', acts });
    expect(named).toContainEqual(['case', 'AAA 4']);
    expect(viewsToRead({ seq: 1, type: 'case', case: { reference: 'AAA 4' }, acts })).toEqual(named);
  });

  it('of a fork reads everything that a fork can change', () => {
    expect(viewsToRead({ seq: 1, type: 'fork' })).toEqual([['status'], ['feed'], ['cases'], ['case'], ['now']]);
  });

  it('that only keeps the line alive reads nothing', () => {
    expect(viewsToRead({ seq: 1, type: 'beat' })).toEqual([]);
  });
});
