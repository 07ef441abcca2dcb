// The desks with their counts: clocks that run and clocks that are missed. Order is that of the declarations, the Line first;
// the record comes last. Pure.

import type { Floor } from '../../data/floor';
import type { ClockView, Titles } from '../../data/wire';

export interface DeskRow {
  readonly desk: string;
  readonly title: Titles;
  readonly running: number;
  readonly missed: number;
  /** Whether the charter opens any of its kinds. */
  readonly open: boolean;
}

export function deskRows(floor: Floor, clocks: readonly ClockView[], nowMs: number): readonly DeskRow[] {
  const rows = floor.view.desks.map(({ name, title, kinds }): DeskRow => {
    const own = clocks.filter((clock) => clock.desk === name && clock.stopped_ms === null);
    const missed = own.filter((clock) => nowMs >= clock.due_ms).length;
    return {
      desk: name,
      title,
      running: own.length - missed,
      missed,
      open: kinds.some((kind) => floor.rule(kind.name) !== null),
    };
  });
  return rows.toSorted((left, right) => Number(right.desk === 'line') - Number(left.desk === 'line'));
}
