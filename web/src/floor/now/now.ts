// Now: every running clock of all desks. Missed ones come first, the longest missed at the top; then the soonest due. Pure.

import type { RunningClock } from '../../data/floor';

export interface ClockRow {
  readonly clock: RunningClock;
  readonly missed: boolean;
  /** Until it is due, or since it was; never negative. */
  readonly spanMs: number;
  /** Share of its time that is gone, 0 to 1. */
  readonly gone: number;
  /** Whether the viewer's member must act. */
  readonly ours: boolean;
}

export function clockRows(clocks: readonly RunningClock[], member: string | null, nowMs: number): readonly ClockRow[] {
  return clocks
    .toSorted((left, right) => left.dueMs - right.dueMs || compareText(left.reference, right.reference))
    .map((clock) => {
      const whole = Math.max(1, clock.dueMs - clock.startedMs);
      return {
        clock,
        missed: nowMs >= clock.dueMs,
        spanMs: Math.abs(clock.dueMs - nowMs),
        gone: Math.min(1, Math.max(0, (nowMs - clock.startedMs) / whole)),
        ours: clock.owedBy === member,
      };
    });
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
