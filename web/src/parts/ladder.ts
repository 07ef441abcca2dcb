// The ladder of a statement for one addressee: how each rung stands at a moment. A rung is reached, due (a clock runs for
// it), overdue (it ran out) or open (nothing runs for it). Only the lowest rung not reached can be due. Pure.

import type { LadderView, RungName, RungView } from '../data/floor';

export type RungState = 'reached' | 'due' | 'overdue' | 'open';

export interface RungModel extends RungView {
  readonly state: RungState;
}

export interface LadderModel {
  readonly addressee: string;
  readonly rungs: readonly RungModel[];
  /** The highest rung reached, and the lowest that is late. */
  readonly furthest: RungName | null;
  readonly overdue: RungName | null;
}

export function ladderModel(ladder: LadderView, nowMs: number): LadderModel {
  const next = ladder.rungs.findIndex((rung) => rung.atMs === null);
  const rungs = ladder.rungs.map((rung, at): RungModel => ({ ...rung, state: stateOf(rung, at === next, nowMs) }));
  return {
    addressee: ladder.addressee,
    rungs,
    furthest: rungs.findLast((rung) => rung.state === 'reached')?.rung ?? null,
    overdue: rungs.find((rung) => rung.state === 'overdue')?.rung ?? null,
  };
}

function stateOf(rung: RungView, isNext: boolean, nowMs: number): RungState {
  if (rung.atMs !== null) return 'reached';
  if (rung.dueMs !== null && nowMs >= rung.dueMs) return 'overdue';
  return isNext && rung.dueMs !== null ? 'due' : 'open';
}
