import { describe, expect, it } from 'vitest';
import { itemOf } from '../../simulation/items';
import { callBegun } from './call';

describe('the record of a call', () => {
  const theirs = itemOf({ reference: 'BBB 7', author: 'BBB', position: 'duty-2', addressees: ['AAA', 'FAC'] });
  const mine = itemOf({ reference: 'AAA 9', author: 'AAA', position: 'duty-1', addressees: ['AAA', 'BBB'] });

  it('begins with who said what was read, the minute, and all that was read', () => {
    expect(callBegun(theirs, 'AAA', ['FAC 1', 'BBB 7'], 125_999)).toEqual({
      filled: { read: ['FAC 1', 'BBB 7'], time: 120_000, with: 'BBB/duty-2' },
      to: ['BBB'],
    });
  });

  it('goes, of an own statement, to whom that was addressed', () => {
    expect(callBegun(mine, 'AAA', [], 0)).toEqual({ filled: { read: ['AAA 9'], time: 0, with: 'BBB' }, to: ['BBB'] });
  });

  it('leaves open with whom, where nobody was addressed', () => {
    const toNobody = callBegun({ ...mine, addressees: [] }, 'AAA', [], 0);
    expect([toNobody.to, 'with' in toNobody.filled]).toEqual([[], false]);
  });
});
