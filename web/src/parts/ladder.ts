// The ladder of a statement for one addressee, as six rungs: reached, due (a clock runs for it), overdue (it ran out), open
// (nothing runs for it), wrong (read back otherwise than said) or absent (nothing of it is to be read back). Pure.

import type { LadderView, RungView } from '../data/wire';

export const RUNGS = ['stored', 'shown', 'acknowledged', 'read-back', 'passed-on', 'outcome'] as const;
export type RungName = (typeof RUNGS)[number];
export type RungState = 'reached' | 'due' | 'overdue' | 'open' | 'wrong' | 'absent';

export interface RungModel {
  readonly rung: RungName;
  readonly state: RungState;
  readonly mark: RungView | null;
  readonly dueMs: number | null;
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
    const dueMs = rung === 'acknowledged' && !ladder.acknowledged ? ladder.due_ms : null;
    return { rung, mark, dueMs, state: stateOf(rung, mark, dueMs, ladder, hasCritical, nowMs) };
  });
  return {
    member: ladder.member,
    rungs,
    furthest: rungs.findLast((one) => one.state === 'reached') ?? null,
    trouble: rungs.find((one) => one.state === 'overdue' || one.state === 'wrong') ?? null,
    declined: ladder.declined,
  };
}

function stateOf(
  rung: RungName,
  mark: RungView | null,
  dueMs: number | null,
  ladder: LadderView,
  hasCritical: boolean,
  nowMs: number,
): RungState {
  if (rung === 'read-back' && ladder.mismatched.length > 0) return 'wrong';
  if (mark) return 'reached';
  if (rung === 'read-back' && !hasCritical) return 'absent';
  if (dueMs !== null) return nowMs >= dueMs ? 'overdue' : 'due';
  return 'open';
}
