// The list of desks: in their order, with what runs and what was missed. Pure.

import { DESKS, type DeskName, type DeskView } from '../../data/floor';

export type DeskTone = 'missed' | 'running' | 'quiet' | 'closed';

export interface DeskRow {
  readonly desk: DeskName;
  readonly running: number;
  readonly missed: number;
  readonly tone: DeskTone;
}

/** Every desk; one that the charter does not open is told as closed, not left out. The record always opens. */
export function deskRows(views: readonly DeskView[]): readonly DeskRow[] {
  return DESKS.map((desk) => {
    const { running, missed } = views.find((view) => view.desk === desk) ?? { running: 0, missed: 0 };
    const open = desk === 'record' || views.some((view) => view.desk === desk);
    return {
      desk,
      running,
      missed,
      tone: !open ? 'closed' : missed > 0 ? 'missed' : running > 0 ? 'running' : 'quiet',
    };
  });
}
