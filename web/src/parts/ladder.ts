// The ladder of a statement for one addressee, as six rungs: reached, due (a clock runs for it), overdue (it ran out), open
// (nothing runs for it), wrong (read back otherwise than said) or absent (nothing of it is to be read back). *Passed on* is
// reached only when every unit named has confirmed; until then it is due, or overdue, or, where no clock runs, unconfirmed. Pure.

import type { LadderView, RungView, UnitView } from '../data/wire';

export const RUNGS = ['stored', 'shown', 'acknowledged', 'read-back', 'passed-on', 'outcome'] as const;
export type RungName = (typeof RUNGS)[number];
export type RungState = 'reached' | 'due' | 'overdue' | 'unconfirmed' | 'open' | 'wrong' | 'absent';

export interface RungModel {
  readonly rung: RungName;
  readonly state: RungState;
  readonly mark: RungView | null;
  readonly dueMs: number | null;
  /** Of *passed on*: the units it was passed on to. */
  readonly units: readonly UnitView[];
}

export interface LadderModel {
  readonly member: string;
  readonly rungs: readonly RungModel[];
  /** The highest rung reached. */
  readonly furthest: RungModel | null;
  /** What is late or wrong. */
  readonly trouble: RungModel | null;
  readonly declined: RungView | null;
}

export function ladderModel(ladder: LadderView, hasCritical: boolean, nowMs: number): LadderModel {
  const marks = new Map(ladder.rungs.map((mark) => [mark.rung, mark]));
  const rungs = RUNGS.map((rung): RungModel => {
    const mark = marks.get(rung) ?? null;
    const units = rung === 'passed-on' ? ladder.units : [];
    const dueMs = dueOf(rung, ladder);
    return { rung, mark, dueMs, units, state: stateOf(rung, mark, dueMs, ladder, hasCritical, nowMs) };
  });
  return {
    member: ladder.member,
    rungs,
    furthest: rungs.findLast((one) => one.mark !== null && one.state !== 'wrong') ?? null,
    trouble: rungs.find((one) => one.state === 'overdue' || one.state === 'wrong') ?? null,
    declined: ladder.declined,
  };
}

/** Until when a rung is to be reached, null where no clock runs for it. */
function dueOf(rung: RungName, ladder: LadderView): number | null {
  if (rung === 'acknowledged') return ladder.acknowledged ? null : ladder.due_ms;
  return rung === 'passed-on' ? ladder.units_due_ms : null;
}

export const isConfirmed = (ladder: Pick<LadderView, 'units'>): boolean =>
  ladder.units.every((unit) => unit.confirmed !== null);

function stateOf(
  rung: RungName,
  mark: RungView | null,
  dueMs: number | null,
  ladder: LadderView,
  hasCritical: boolean,
  nowMs: number,
): RungState {
  if (rung === 'read-back' && ladder.mismatched.length > 0) return 'wrong';
  if (rung === 'passed-on' && mark && !isConfirmed(ladder)) {
    if (dueMs === null) return 'unconfirmed';
    return nowMs >= dueMs ? 'overdue' : 'due';
  }
  if (mark) return 'reached';
  if (rung === 'read-back' && !hasCritical) return 'absent';
  if (dueMs !== null) return nowMs >= dueMs ? 'overdue' : 'due';
  return 'open';
}
