import { describe, expect, it } from 'vitest';
import { caseOf } from '../../simulation/cases';
import { itemOf } from '../../simulation/items';
import { currentOf, pins, suspended, untilMs } from './pins';

const stop = caseOf('stop', [
  itemOf({ reference: 'AAA 9', case: 'AAA 9', kind: 'stop', content: { until: 100, activity: 'fire' } }),
]);

describe('over the Line', () => {
  it('stands what is in force, and a proof of life that is asked of us', () => {
    const proof = (addressees: readonly string[]) =>
      caseOf('proof', [itemOf({ kind: 'proof', addressees, content: {} })]);
    const suspend = caseOf('suspend', [itemOf({ kind: 'suspend' })]);
    const found = pins([stop, suspend, proof(['AAA']), proof(['BBB']), { ...stop, over: true }], 'AAA');
    expect([found.stops.length, found.suspensions.length, found.proofs.length]).toEqual([1, 1, 1]);
  });
});

describe('a STOP', () => {
  it('is in force until its latest extension that counts', () => {
    const extend = (until: number, because: typeof VOID | null) =>
      itemOf({ reference: `AAA ${until}`, kind: 'extend', content: { until }, because });
    const VOID = { code: 'x', reason: '', arguments: {}, before: null, unseen: false };
    expect(untilMs(stop)).toBe(100);
    expect(untilMs({ ...stop, items: [...stop.items, extend(200, null), extend(300, VOID)] })).toBe(200);
  });

  it('that was corrected says what the correction says', () => {
    const corrected = caseOf('stop', [
      itemOf({ reference: 'AAA 9', case: 'AAA 9', kind: 'stop', content: { until: 100 }, superseded: 'AAA 12' }),
      itemOf({ reference: 'AAA 12', case: 'AAA 9', kind: 'correction', about: ['AAA 9'], content: { until: 150 } }),
    ]);
    expect(currentOf(corrected)?.reference).toBe('AAA 12');
    expect(untilMs(corrected)).toBe(150);
  });
});

describe('a suspension', () => {
  it('names what it stops', () => {
    const named = caseOf('suspend', [itemOf({ kind: 'suspend', content: { scope: 'named', kinds: ['message'] } })]);
    expect(suspended(named)).toEqual({ all: false, kinds: ['message'] });
    expect(suspended(caseOf('suspend', [itemOf({ kind: 'suspend', content: { scope: 'all' } })])).all).toBe(true);
  });
});
