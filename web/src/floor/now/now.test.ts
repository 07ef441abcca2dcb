import { describe, expect, it } from 'vitest';
import { clockOf, ringOf } from '../../simulation/clocks';
import { nowRows } from './now';

const clock = (about: string, due_ms: number, more = {}) => clockOf({ about, due_ms, since_ms: 0, ...more });

describe('what runs now', () => {
  it('is ordered: the longest missed first, then the soonest due', () => {
    const rows = nowRows(
      [clock('AAA 3', 30), clock('AAA 1', 10), clock('AAA 2', 20), clock('AAA 0', 5)],
      [],
      'AAA',
      15,
    );
    expect(rows.map((row) => row.about)).toEqual(['AAA 0', 'AAA 1', 'AAA 2', 'AAA 3']);
    expect(rows.map((row) => row.missed)).toEqual([true, true, false, false]);
  });

  it('and rings comes before what does not, and is told once', () => {
    const ring = ringOf({ reference: 'AAA 9', whose: 'AAA', due_ms: 90 });
    const rows = nowRows([clock('AAA 1', 10), clock('AAA 9', 90)], [ring], 'AAA', 15);
    expect(rows.map((row) => row.about)).toEqual(['AAA 9', 'AAA 1']);
    expect(rows[0]?.ring).toBe(ring);
  });

  it("rings for the facilitator too, though the clock is another member's", () => {
    const ring = ringOf({ reference: 'BBB 9', whose: 'AAA', stage: 'facilitator' });
    expect(nowRows([], [ring], 'FAC', 0)).toMatchObject([{ about: 'BBB 9', owedBy: 'AAA', next: 'open' }]);
  });

  it('asks for one act of whoever must act, and of nobody else', () => {
    const next = (more: object) => nowRows([clock('BBB 1', 10, more)], [], 'AAA', 0)[0]?.next;
    expect(next({ member: 'AAA' })).toBe('acknowledge');
    expect(next({ member: 'AAA', name: 'line.present' })).toBe('present');
    expect(next({ member: 'AAA', name: 'dispute.answer' })).toBe('open');
    expect(next({ member: 'BBB' })).toBe('wait');
  });

  it('is not missed one millisecond before its time, and tells how much of it is gone', () => {
    const at = (nowMs: number) => nowRows([clock('AAA 1', 100)], [], 'AAA', nowMs)[0];
    expect([at(99)?.missed, at(100)?.missed]).toEqual([false, true]);
    expect([at(25)?.gone, at(500)?.gone]).toEqual([0.25, 1]);
  });

  it('a clock that was met does not run', () => {
    expect(nowRows([clock('AAA 1', 100, { stopped_ms: 50 })], [], 'AAA', 60)).toEqual([]);
  });
});
