import { describe, expect, it } from 'vitest';
import { itemOf, ladderOf } from '../../simulation/items';
import { batches, isOwed, MAX_TOGETHER } from './showing';

const rung = { rung: 'shown', at_ms: 1, reference: 'AAA 1', position: 'duty-1', detail: '' };

describe('shown', () => {
  it('is signed once, for what was addressed to us', () => {
    const item = itemOf({ ladders: [ladderOf('AAA')] });
    expect(isOwed(item, 'AAA')).toBe(true);
    expect(isOwed(item, 'FAC')).toBe(false);
    expect(isOwed({ ...item, ladders: [ladderOf('AAA', { rungs: [rung] })] }, 'AAA')).toBe(false);
    expect(
      isOwed({ ...item, because: { code: 'x', reason: '', arguments: {}, before: null, unseen: false } }, 'AAA'),
    ).toBe(false);
  });

  it('is signed for several at once, but not for more than a statement may name, nor across cases', () => {
    const items = Array.from({ length: MAX_TOGETHER + 3 }, (_, at) => itemOf({ digest: String(at), case: 'BBB 1' }));
    const other = itemOf({ digest: 'other', case: 'BBB 2' });
    expect(batches([...items, other, other]).map((one) => one.length)).toEqual([MAX_TOGETHER, 3, 1]);
  });
});
