import { describe, expect, it } from 'vitest';
import type { RunningClock } from '../../data/floor';
import { clockRows } from './now';

const clock = (reference: string, dueMs: number, owedBy = 'AAA'): RunningClock => ({
  reference,
  desk: 'line',
  precedence: 'FLASH',
  author: 'BBB',
  owedBy,
  subject: { language: 'en', text: 'SIMULATION' },
  startedMs: 0,
  dueMs,
  next: 'acknowledge',
});

describe('Now', () => {
  it('shows the longest missed first, then the soonest due', () => {
    const rows = clockRows([clock('A', 900), clock('B', 100), clock('C', 400), clock('D', 1200)], 'AAA', 500);
    expect(rows.map((row) => [row.clock.reference, row.missed, row.spanMs])).toEqual([
      ['B', true, 400],
      ['C', true, 100],
      ['A', false, 400],
      ['D', false, 700],
    ]);
  });

  it('counts a clock as missed from the very moment it is due', () => {
    expect(clockRows([clock('A', 500)], null, 500)[0]?.missed).toBe(true);
    expect(clockRows([clock('A', 500)], null, 499)[0]?.missed).toBe(false);
  });

  it('tells whose turn it is', () => {
    const rows = clockRows([clock('A', 1, 'BBB'), clock('B', 2)], 'AAA', 0);
    expect(rows.map((row) => row.ours)).toEqual([false, true]);
  });

  it('orders equal times alike on every terminal, and leaves what it was given as it was', () => {
    const given = [clock('B', 7), clock('A', 7)];
    expect(clockRows(given, null, 0).map((row) => row.clock.reference)).toEqual(['A', 'B']);
    expect(given[0]?.reference).toBe('B');
  });
});
